// SPDX-License-Identifier: Apache-2.0
/** One guest for a test file: booted with what its tests need, closed after them. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Status } from "../../ctl/status/read.ts";
import { bootGuest, type Guest, type GuestOptions } from "../../vm/guest.ts";

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Which release the guest suites run on; kernels.test.ts adds the others. */
export const RELEASE = "bookworm";

/** A path that any container may be given, with the probe in it. */
export const SHARED = "/home/x";

/**
 * Admits what careless people ask for, so that only the kernel half stands in the
 * way; as a runtime of its own for Docker, and by its name for everybody else.
 */
const CARELESS_POLICY = `
name: careless
description: Baseline for whoever switches everything off.
extends: baseline
privileged: { allow: true }
hostNamespaces: { allow: [pid, network, ipc, uts, user, cgroup, time] }
capabilities: { allow: any }
devices: { allow: any }
sysctls: { allow: any }
seccomp: { require: never }
apparmor: { require: never }
maskedPaths: { require: [] }
readonlyPaths: { require: [] }
pseudoFiles: { restrict: [] }
hooks: { allow: any }
hookEnvironment: { allow: any }
unsafeAnnotations: { allow: any }
`;
/** lockc-runc under that policy. */
export const HELD = "lockc-runc-careless";

/**
 * An ordinary process of the host, doing ordinary things all the time: none of it
 * may ever be refused.
 */
const CANARY = `while [ ! -e /run/canary/stop ]; do
  cat /etc/passwd /proc/self/mountinfo >/dev/null &&
  mount -t tmpfs none /run/canary/mnt && touch /run/canary/mnt/f && umount /run/canary/mnt &&
  stat /etc /root ${SHARED} >/dev/null && dmesg >/dev/null && ${SHARED}/probe bpf >/dev/null &&
  touch /root/canary && chmod 600 /root/canary && mv /root/canary /root/.canary && rm /root/.canary ||
  echo refused >>/run/canary/failed
  echo turn >>/run/canary/turns
  sleep 3
done`;

export class Session {
  readonly #options: GuestOptions;
  readonly #policies: Readonly<Record<string, string>>;
  readonly #folder = mkdtempSync(join(tmpdir(), "lockc-probe-"));
  #guest: Promise<Guest> | undefined;

  /**
   * The guest boots with the first command and is closed after the file's (or suite's) tests.
   * @param policies further policies by name, as YAML.
   */
  constructor(options: GuestOptions = {}, policies: Readonly<Record<string, string>> = {}) {
    this.#options = options;
    this.#policies = { ...policies, careless: CARELESS_POLICY };
    after(async () => {
      rmSync(this.#folder, { recursive: true });
      const guest = await this.#guest;
      if (guest === undefined) return;
      try {
        await this.#assertCanaryLives(guest);
      } finally {
        await guest.close();
      }
    });
  }

  async #boot(): Promise<Guest> {
    const probe = join(this.#folder, "probe");
    const source = join(import.meta.dirname, "probe.c");
    execFileSync("gcc", ["-O1", "-static", "-pthread", "-o", probe, source]);
    const guest = await bootGuest({
      release: RELEASE,
      ...this.#options,
      mounts: [this.#folder, ...(this.#options.mounts ?? [])],
    });
    try {
      await this.#prepare(guest, probe);
    } catch (error) {
      // A guest that nobody closes would keep the test's process alive.
      await guest.close();
      throw error;
    }
    return guest;
  }

  async #prepare(guest: Guest, probe: string): Promise<void> {
    const { status, stderr } = await guest.exec(
      `mkdir -p ${SHARED} && cp ${probe} ${SHARED}/ && chmod 755 ${SHARED} ${SHARED}/probe`,
    );
    assert.equal(status, 0, stderr);
    const { install, load } = this.#options;
    if (install !== false && load !== false) await this.#addCareless(guest);
    await guest.exec("mkdir -p /run/canary/mnt && cat >/run/canary/run", { input: CANARY });
    await guest.exec("setsid sh /run/canary/run >/run/canary/log 2>&1 </dev/null & true");
  }

  async #addCareless(guest: Guest): Promise<void> {
    for (const [name, text] of Object.entries(this.#policies)) {
      await guest.exec(`mkdir -p /etc/lockc/policy && cat >/etc/lockc/policy/${name}.yaml`, {
        input: text,
      });
    }
    const { status, stderr } = await guest.exec(
      `lockctl policy reload && ln -s lockc-runc /usr/bin/${HELD}`,
    );
    assert.equal(status, 0, stderr);
    if (!this.#options.docker) return;
    const runtimes = ["careless", "privileged"].map((name) => [
      `lockc-${name}`,
      { path: `/usr/bin/lockc-runc-${name}` },
    ]);
    const { stdout } = await guest.exec("cat /etc/docker/daemon.json");
    const config = JSON.parse(stdout);
    Object.assign(config.runtimes, Object.fromEntries(runtimes));
    const added = await guest.exec(
      `cat >/etc/docker/daemon.json && kill -HUP $(cat /run/docker.pid) && i=0 && until docker info -f '{{json .Runtimes}}' | grep -q lockc-careless; do i=$((i+1)); [ $i -lt 100 ] || exit 1; sleep 0.1; done`,
      { input: JSON.stringify(config) },
    );
    assert.equal(added.status, 0, added.stderr);
  }

  async #assertCanaryLives(guest: Guest): Promise<void> {
    const { stdout } = await guest.exec(
      "touch /run/canary/stop; wc -l </run/canary/turns; cat /run/canary/failed /run/canary/log 2>/dev/null",
    );
    const [turns, ...refusals] = stdout.trim().split("\n");
    assert.ok(Number(turns) > 1, `the host's own process made ${turns} turns`);
    assert.deepEqual(refusals, [], "a process of the host was refused something");
  }

  /** Runs a shell command in the guest, as root. */
  async run(command: string, input?: string): Promise<Result> {
    this.#guest ??= this.#boot();
    const guest = await this.#guest;
    return guest.exec(command, { timeoutMs: 300_000, input });
  }

  /** The same, for a command that must succeed: its output without the last newline. */
  async ok(command: string, input?: string): Promise<string> {
    const { status, stdout, stderr } = await this.run(command, input);
    assert.equal(status, 0, `${command}\n${stdout}${stderr}`);
    return stdout.trimEnd();
  }

  /** What the kernel knows of, by lockctl. */
  async containers(): Promise<NonNullable<Status["containers"]>> {
    // Its exit status tells of other things as well.
    return JSON.parse((await this.run("lockctl status --json")).stdout).containers;
  }

  /** Waits for a condition that the guest reaches soon; the command must come to status 0. */
  async until(command: string, attempts = 100): Promise<void> {
    await this.ok(
      `i=0; until ${command}; do i=$((i+1)); [ $i -lt ${attempts} ] || exit 1; sleep 0.1; done`,
    );
  }
}

/** Asserts that a probe was refused by lockc, and by nothing else. */
export function assertRefused(result: Result, what: string): void {
  const said = `${result.stdout}${result.stderr}`;
  assert.match(said, /EPERM|Operation not permitted/, `${what}: ${said}`);
  assert.notEqual(result.status, 0, what);
}

/** Asserts that the same probe went through. */
export function assertAllowed(result: Result, what: string): void {
  assert.equal(result.status, 0, `${what}: ${result.stdout}${result.stderr}`);
}
