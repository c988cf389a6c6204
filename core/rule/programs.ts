// SPDX-License-Identifier: Apache-2.0
/** The rules of what else of the host's would run: hooks, handlers, kernel parameters. */
import { listed } from "../words.ts";
import { matchesName, one } from "./kinds.ts";
import { allowing } from "./remedy.ts";
import { steers } from "./steering.ts";
import type { Host, Place, Subject, Violation } from "./subject.ts";
import type { AnyOf, RuleValues } from "./values.ts";

/** By these crun has a library run what is in the container (crun(1), run.oci.handler). */
const HANDLERS = ["run.oci.handler", "module.wasm.image/*"];

export const isHandler = (name: string) => HANDLERS.some((pattern) => matchesName(pattern, name));

export function judgeSysctls(allowed: AnyOf<string>, { bundle }: Subject): Violation[] {
  if (allowed === "any") return [];
  return bundle.sysctls
    .map((name) => name.replaceAll("/", "."))
    .filter((name) => !allowed.some((pattern) => matchesName(pattern, name)))
    .map((name) => {
      const allowedBy = /^[a-z0-9_.-]+$/.test(name) ? { add: [name] } : undefined;
      return {
        what: `the kernel parameter ${name}`,
        remedy: `start it without --sysctl of it, or ${allowing("sysctls", allowedBy)}`,
        allowedBy,
      };
    });
}

/** Programs of the host that act for the container. */
export function judgeHooks(
  allowed: RuleValues["hooks"],
  { bundle, root, host }: Subject,
): Violation[] {
  if (allowed === "any") return [];
  const programs = bundle.hooks
    .filter(({ stage }) => stage !== "startContainer") // runs inside
    .map(({ stage, path }) => ({
      path,
      what: `the ${stage} hook "${path}", which runs on the host`,
    }));
  // The runtime connects to it as the host's root.
  const listeners = [bundle.seccompListener].filter(Boolean).map((path) => ({
    path,
    what: `the seccomp listener "${path}", by which a program of the host decides system calls`,
  }));
  return [...programs, ...listeners].flatMap(({ path, what }) => {
    const known = allowed === "trusted" || allowed.includes(path);
    const distrusted = host.distrust(path, root.path);
    const reason = known ? distrusted : "the policy does not list it";
    if (reason === undefined) return [];
    return [
      {
        what: `${what}: ${reason}`,
        remedy: "let root alone own and write it, outside of the container's files",
        allowedBy:
          distrusted === undefined && allowed !== "trusted"
            ? { allow: [...allowed, path] }
            : undefined,
      },
    ];
  });
}

/** As people write them, and as the schema takes them. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function judgeHookEnvironment(allowed: AnyOf<string>, subject: Subject): Violation[] {
  const { bundle, root, host } = subject;
  const hook = bundle.hooks.find(({ inherits }) => inherits);
  if (allowed === "any" || hook === undefined) return [];
  const steering = bundle.environment
    .flatMap((variable) => steers(variable) ?? [])
    .filter(({ name }) => !allowed.some((pattern) => matchesName(pattern, name)));
  const violation = (names: readonly string[], why: string, act: string): Violation => ({
    what: `${names.length === 1 ? "the variable" : "the variables"} ${listed(names)} of the container's environment, with which the ${hook.stage} hook "${hook.path}" runs on the host: ${why}`,
    remedy: `${act}, give the hook an environment of its own ("env" where the engine's hook or CDI file names it), or let the administrator add the name to hookEnvironment of a policy in /etc/lockc/policy`,
    allowedBy: names.every((name) => VARIABLE.test(name)) ? { add: names } : undefined,
  });
  const named = steering.flatMap(({ name, places }) => (places === undefined ? [name] : []));
  const leading = steering.flatMap(({ name, places = [] }) => {
    const why = places.map((place) => judgeLead(place, root, host)).find((reason) => reason);
    return why === undefined ? [] : [violation([name], why, LEAD_ELSEWHERE)];
  });
  if (named.length === 0) return leading;
  const names = [...new Set(named)];
  const steered = "loaders and interpreters find code by it, which may be the container's";
  const each = names.length === 1 ? "it" : "each of them";
  return [violation(names, steered, `leave ${each} empty (--env ${names[0]}=)`), ...leading];
}

const LEAD_ELSEWHERE =
  "let it name absolute directories only that are not there on the host or root's own (/usr/bin)";

function judgeLead(place: string, root: Place, host: Host): string | undefined {
  if (!place.startsWith("/")) return `it leads to "${place || "."}" in the container's own files`;
  const reason = host.distrustPlace(place, root.path);
  return reason && `it leads to "${place}", and ${reason}`;
}

/** crun(1): these make it open files, run programs, change namespaces. */
const UNSAFE = ["run.oci.*", "bundle", "org.systemd.property.*", "org.criu.config", ...HANDLERS];

export function judgeAnnotations(allowed: AnyOf<string>, subject: Subject): Violation[] {
  if (allowed === "any") return [];
  const told = subject.unsafeAnnotations.map((name) => (name.endsWith(".") ? `${name}*` : name));
  const { engine } = subject.context.origin;
  return (
    Object.keys(subject.bundle.annotations)
      .filter((name) => [...UNSAFE, ...told].some((pattern) => matchesName(pattern, name)))
      // crun calls unsafe what containerd itself writes into every bundle of Kubernetes.
      .filter((name) => engine !== "kubernetes" || !name.startsWith("io.kubernetes.cri"))
      .filter((name) => !allowed.some((pattern) => matchesName(pattern, name)))
      .map((name) => ({
        what: `the annotation "${name}", which changes what the runtime does on the host`,
        remedy: "leave it out (images can carry annotations too)",
        allowedBy: name.includes("*") || isHandler(name) ? undefined : { add: [name] },
      }))
  );
}

/** Any, those that only root can change, or these. */
export const HOOKS = one<RuleValues["hooks"]>("allow", "any", (wide, narrow) => {
  if (wide === "any") return true;
  if (narrow === "any") return false;
  if (wide === "trusted") return true;
  return narrow !== "trusted" && narrow.every((path) => wide.includes(path));
});
