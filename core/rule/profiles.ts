// SPDX-License-Identifier: Apache-2.0
/** The rules of seccomp, AppArmor, SELinux, and of paths that are masked or read-only. */
import type { Engine } from "../engine/origin.ts";
import { isWithin } from "../path.ts";
import { listed } from "../words.ts";
import type { Subject, Violation } from "./subject.ts";
import type { AnyOf, RequiredPaths, RuleValues } from "./values.ts";

/** Engines that give a profile on their own: one that is missing was switched off. */
const GIVES_SECCOMP: ReadonlySet<Engine> = new Set<Engine>([
  "docker",
  "buildkit",
  "podman",
  "buildah",
]);
const GIVES_APPARMOR: ReadonlySet<Engine> = new Set<Engine>([
  "docker",
  "buildkit",
  "podman",
  "kubernetes",
]);

export function judgeSeccomp(
  required: RuleValues["seccomp"],
  { bundle, context }: Subject,
): Violation[] {
  const { engine } = context.origin;
  const needed = required === "always" || (required === "kept" && GIVES_SECCOMP.has(engine));
  if (!needed || bundle.filtersCalls) return [];
  return [
    {
      what: "a container without a seccomp filter",
      remedy:
        engine === "docker" || engine === "podman"
          ? "start it without --security-opt seccomp=unconfined"
          : "give it one (seccompProfile.type: RuntimeDefault, ctr run --seccomp)",
      allowedBy: { require: GIVES_SECCOMP.has(engine) ? "never" : "kept" },
    },
  ];
}

/** The kernel reads the name without the spaces around it, and parts joined by //&. */
export function isProfile(name: string): boolean {
  if (name.trim() === "") return false;
  return !(name.includes("unconfined") && /(^|[\s/:&])unconfined\s*($|\/\/)/.test(name));
}

export function judgeAppArmor(required: RuleValues["apparmor"], subject: Subject): Violation[] {
  const { bundle, context, host } = subject;
  const { engine } = context.origin;
  const needed = required === "always" || (required === "kept" && GIVES_APPARMOR.has(engine));
  if (!needed || isProfile(bundle.apparmorProfile) || !host.apparmor()) return [];
  return [
    {
      what: "a container without an AppArmor profile",
      remedy:
        "start it without --security-opt apparmor=unconfined (appArmorProfile.type: RuntimeDefault)",
      allowedBy: { require: GIVES_APPARMOR.has(engine) ? "never" : "kept" },
    },
  ];
}

export function judgeSELinux(allowed: AnyOf<string>, { bundle, host }: Subject): Violation[] {
  if (allowed === "any" || bundle.selinuxLabels.length === 0 || !host.selinux()) return [];
  return bundle.selinuxLabels.flatMap((label) => {
    const [user, role, type = ""] = label.split(":");
    // Mounts carry file types and object_r; only what the engine itself gives.
    const file = role === "object_r" && type === "container_file_t";
    const own = user === "system_u" && (role === "system_r" || role === "object_r");
    if (own && (file || allowed.includes(type))) return [];
    return [
      {
        what: `the SELinux label "${label}"`,
        remedy: `start it without --security-opt label (seLinuxOptions); allowed are the types ${allowed.join(", ")} of system_u:system_r`,
        allowedBy: own && /^[A-Za-z0-9_]+$/.test(type) ? { add: [type] } : undefined,
      },
    ];
  });
}

export function judgeMaskedPaths(required: RequiredPaths, subject: Subject): Violation[] {
  return judgePaths(required, subject, "hides", "masked", subject.bundle.maskedPaths);
}

export function judgeReadonlyPaths(required: RequiredPaths, subject: Subject): Violation[] {
  const { maskedPaths, readonlyPaths } = subject.bundle;
  const have = [...readonlyPaths, ...maskedPaths];
  return judgePaths(required, subject, "makes read-only", "readonly", have);
}

function judgePaths(
  { paths, unlessUserNamespace }: RequiredPaths,
  { bundle, host, mounts }: Subject,
  does: string,
  kind: string,
  have: readonly string[],
): Violation[] {
  if (unlessUserNamespace && !bundle.hasHostRoot) return [];
  const hidden = have.filter((other) => other !== "/"); // a mount on the root hides nothing
  const missing = paths.filter(
    (path) =>
      !hidden.some((other) => isWithin(path, other)) &&
      mounts.some(
        ({ request: { destination } }) =>
          isWithin(path, destination) || isWithin(destination, path),
      ) &&
      host.exists(path),
  );
  if (missing.length === 0) return [];
  return [
    {
      what: `a container in which nothing ${does} ${listed(missing)}`,
      remedy: `start it without --security-opt systempaths=unconfined (procMount: Unmasked), or list them in linux.${kind}Paths`,
      allowedBy: { require: paths.filter((path) => !missing.includes(path)) },
    },
  ];
}
