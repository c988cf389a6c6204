// SPDX-License-Identifier: Apache-2.0
/**
 * Containers made with runc's own command line, under plain runc and under lockc-runc,
 * and what each command costs that a container passes in its life.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LOCKC_RUNC } from "./host.ts";
import { type Command, durations, type Spawn, untilGone } from "./spawn.ts";
import { type Comparison, compare } from "./statistics.ts";

/** What a container is made from, and where it is kept. */
export interface Site {
  readonly folder: string;
  readonly rootfs: string;
  /** Docker's own config.json of a container of its. */
  readonly config: string;
  /** The control group for everything. */
  readonly cgroup: string;
  readonly runc: string;
  /** See makeNoop. */
  readonly noop: string;
}

/** What is compared, and what shows how much of it is Node's. */
export const KINDS = ["plain", "lockc"] as const;
export type Kind = (typeof KINDS)[number] | "noop";

/** The control group of all containers of a kind. */
export const groupOf = ({ cgroup }: Site, kind: Kind): string => `${cgroup}/${kind}`;

/** One container: a bundle of its own, with the common root file system. */
export class Container {
  readonly #site: Site;
  readonly #kind: Kind;
  readonly #id: string;
  readonly #bundle: string;

  constructor(site: Site, kind: Kind, name: string) {
    this.#site = site;
    this.#kind = kind;
    this.#id = `${kind}-${name}`;
    this.#bundle = join(site.folder, "bundles", this.#id);
    mkdirSync(this.#bundle, { recursive: true });
    const config = bundleConfig(site, `/${groupOf(site, kind)}/${this.#id}`);
    writeFileSync(join(this.#bundle, "config.json"), JSON.stringify(config));
  }

  get #pidFile(): string {
    return join(this.#bundle, "pid");
  }

  /** runc's command line, as containerd writes it. */
  #words(verb: string, ...words: readonly string[]): Command {
    const { folder, runc, noop } = this.#site;
    const globals = ["--root", join(folder, `root-${this.#kind}`)];
    const log = ["--log", join(this.#bundle, "log.json"), "--log-format", "json"];
    const program = { plain: runc, lockc: LOCKC_RUNC, noop }[this.#kind];
    return { words: [program, ...globals, ...log, verb, ...words] };
  }

  create(): Command {
    return this.#words("create", "--bundle", this.#bundle, "--pid-file", this.#pidFile, this.#id);
  }

  /** With --force it is ended as well. */
  remove(...options: readonly string[]): Command {
    return this.#words("delete", ...options, this.#id);
  }

  gone(): Command {
    return untilGone(this.#pidFile);
  }

  /** One command each of a container that was created, in an order in which they are possible. */
  life(): readonly (readonly [verb: string, command: Command])[] {
    const id = this.#id;
    return [
      ["create", this.create()],
      ["start", this.#words("start", id)],
      ["state", this.#words("state", id)],
      ["ps", this.#words("ps", id)],
      ["events", this.#words("events", "--stats", id)],
      ["update", this.#words("update", "--cpu-share", "512", id)],
      ["pause", this.#words("pause", id)],
      ["resume", this.#words("resume", id)],
      ["kill", this.#words("kill", id, "KILL")],
      ["delete", this.remove()],
    ];
  }
}

/**
 * Docker's config.json without what belongs to that one container: its files, its network
 * and its control group.
 */
function bundleConfig({ config, rootfs }: Site, cgroupsPath: string): object {
  const { hooks: _, ...spec } = JSON.parse(config);
  return {
    ...spec,
    root: { path: rootfs, readonly: true },
    mounts: spec.mounts.filter(({ type }: { type: string }) => type !== "bind"),
    linux: { ...spec.linux, cgroupsPath },
  };
}

/**
 * Times each command of a container's life, of two containers side by side; `rounds` of
 * them one after the other, and one before that does not count.
 */
export function measureCommands(spawn: Spawn, site: Site, rounds: number): Comparison[] {
  const both = KINDS.map((kind) => new Container(site, kind, "life"));
  const lives = both.map((container) => container.life());
  const times = new Map<string, Record<(typeof KINDS)[number], number[]>>();
  for (let round = 0; round <= rounds; round++) {
    const turn = round % 2 === 0 ? [0, 1] : [1, 0];
    const commands = lives[0]!.flatMap(([verb], at) => [
      ...(verb === "delete" ? both.map((container) => container.gone()) : []),
      ...turn.map((which) => lives[which]![at]![1]),
    ]);
    const taken = durations(spawn(commands));
    if (round === 0) continue;
    for (const [at, [verb]] of lives[0]!.entries()) {
      const of = times.get(verb) ?? { plain: [], lockc: [] };
      times.set(verb, of);
      for (const [place, which] of turn.entries()) of[KINDS[which]!].push(taken[2 * at + place]!);
    }
  }
  return [...times].map(([verb, { plain, lockc }]) => compare(verb, plain, lockc));
}
