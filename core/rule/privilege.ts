// SPDX-License-Identifier: Apache-2.0
/** The rules of users, groups, capabilities and priorities. */
import type { Bundle } from "../bundle/bundle.ts";
import { listed } from "../words.ts";
import { CAPABILITIES } from "./capabilities.ts";
import { ALL_ACCESS, coversAll } from "./devices.ts";
import { one } from "./kinds.ts";
import { isProfile } from "./profiles.ts";
import { allowing, TYPED } from "./remedy.ts";
import { raisedPriorities } from "./scheduling.ts";
import type { Subject, Violation } from "./subject.ts";
import type { AnyOf } from "./values.ts";

/** Fewer than all, so that an engine that does not know the newest ones is recognised too. */
const ALL_CAPABILITIES = 37;

/** Marks that --privileged leaves in config.json (moby, daemon/oci_linux.go; CRI alike). */
function marksOfPrivilege({ bundle, mounts }: Subject): string[] {
  const { annotations } = bundle;
  const wide = bundle.deviceRules.some(
    (rule) => rule.allow && coversAll(rule) && (rule.access || ALL_ACCESS).includes("w"),
  );
  const writable = mounts.some(
    ({ request }) => /^(sysfs|cgroup2?)$/.test(request.type) && !request.readOnly,
  );
  const told =
    annotations["io.kubernetes.cri-o.PrivilegedRuntime"] === "true" ||
    annotations["io.podman.annotations.privileged"]?.toUpperCase() === "TRUE";
  return [
    ...(bundle.bounding.length >= ALL_CAPABILITIES ? ["all capabilities"] : []),
    ...(bundle.maskedPaths.length + bundle.readonlyPaths.length === 0
      ? ["nothing of /proc hidden"]
      : []),
    ...(wide ? ["every device"] : []),
    ...(writable ? ["/sys writable"] : []),
    ...(!bundle.filtersCalls && !isProfile(bundle.apparmorProfile)
      ? ["neither seccomp nor AppArmor"]
      : []),
    ...(told ? ["the engine says so"] : []),
  ];
}

export function judgePrivileged(allowed: boolean, subject: Subject): Violation[] {
  if (allowed) return [];
  const { bundle } = subject;
  if (bundle.windows || bundle.annotations["microsoft.com/hostprocess-container"] === "true") {
    return [
      {
        what: "a container of Windows, whose host processes no rule could hold",
        remedy: 'leave "windows" out of config.json',
      },
    ];
  }
  const marks = marksOfPrivilege(subject);
  if (marks.length < 2) return [];
  return [
    {
      what: `a privileged container: ${marks.join(", ")}`,
      remedy:
        "start it without --privileged (securityContext.privileged), with the few capabilities and devices that it needs",
      allowedBy: { allow: true },
    },
  ];
}

export function judgeCapabilities(allowed: AnyOf<string>, { bundle }: Subject): Violation[] {
  if (allowed === "any") return [];
  const names = bundle.capabilities.map((name) => name.toUpperCase().replace(/^CAP_/, ""));
  const extra = names.filter((name) => !allowed.includes(name));
  return [...judgeNames(allowed, extra, names), ...judgePriorities(allowed, bundle)];
}

/** What the runtime does with its own privilege, and the capability would let a process do. */
function judgePriorities(allowed: readonly string[], bundle: Bundle): Violation[] {
  if (allowed.includes("SYS_NICE")) return [];
  return raisedPriorities(bundle).map(({ what, remedy }) => ({
    what: `${what}, which takes the capability SYS_NICE`,
    remedy: `${remedy}, or ${allowing("capabilities", { add: ["SYS_NICE"] })}`,
    allowedBy: { add: ["SYS_NICE"] },
  }));
}

function judgeNames(
  allowed: readonly string[],
  extra: readonly string[],
  has: readonly string[],
): Violation[] {
  if (extra.length === 0) return [];
  const what = `the capabilities ${listed(extra)}`;
  const without = withoutCapabilities(allowed, extra, has);
  const unknown = extra.filter((name) => !CAPABILITIES.includes(name));
  if (unknown.length > 0) {
    const none = `as lockc knows no ${listed(unknown, TYPED)}, which no policy can list`;
    return [{ what, remedy: `${without}, ${none}, or ${allowing("capabilities", undefined)}` }];
  }
  const allowedBy = { add: [...new Set(extra)] };
  return [{ what, remedy: `${without}, or ${allowing("capabilities", allowedBy)}`, allowedBy }];
}

/** Those that Docker and containerd give without being asked; Podman gives fewer of them. */
const GIVEN = new Set(
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  ),
);

/** What its engine gave by itself nobody added, so it has to be dropped. */
function withoutCapabilities(
  allowed: readonly string[],
  extra: readonly string[],
  has: readonly string[],
): string {
  if (!extra.some((name) => GIVEN.has(name))) {
    return `start it without --cap-add of ${listed(extra, TYPED)} (capabilities.add)`;
  }
  const kept = [...new Set(has)].filter((name) => allowed.includes(name));
  const add = kept.map((name) => ` --cap-add ${name}`).join("");
  const lists = kept.length > 0 ? `, capabilities.add: [${kept.join(", ")}]` : "";
  return `start it with --cap-drop ALL${add} (capabilities.drop: [ALL]${lists})`;
}

export function judgeNonRoot(required: boolean, { bundle }: Subject): Violation[] {
  if (!required || bundle.runsAs !== 0) return [];
  return [
    {
      what: "a first process that is user 0",
      remedy: "start it as another user (--user 1000, runAsUser, USER in the image)",
      allowedBy: { require: false },
    },
  ];
}

export function judgeGroups(allowed: AnyOf<string>, { bundle, host }: Subject): Violation[] {
  if (allowed === "any") return [];
  const gids = [bundle.gid, ...bundle.additionalGids];
  const remedy = "start it without --group-add of it (supplementalGroups), or with another --user";
  const root =
    !allowed.includes("root") && bundle.uid !== 0 && gids.includes(0)
      ? [
          {
            what: "a process in group 0, to which much of a host belongs",
            remedy,
            allowedBy: { add: ["root"] },
          },
        ]
      : [];
  if (allowed.includes("engine") || gids.every((gid) => gid === 0)) return root;
  const engines = host
    .engineSockets()
    .filter(({ gid }) => gid !== 0 && gids.includes(gid))
    .map(({ path, gid }) => ({
      what: `a process in group ${gid}, to which an engine's socket belongs (${path})`,
      remedy,
      allowedBy: { add: ["engine"] },
    }));
  return [...root, ...engines];
}

export function judgeNoNewPrivileges(required: boolean, { bundle }: Subject): Violation[] {
  if (!required || bundle.noNewPrivileges) return [];
  return [
    {
      what: "a container whose setuid programs may give more than their caller has",
      remedy: "start it with --security-opt no-new-privileges (allowPrivilegeEscalation: false)",
      allowedBy: { require: false },
    },
  ];
}

/** The kernel takes none below (proc_pid_oom_score_adj(5)). */
const LOWEST_SCORE = -1000;

/** The least that is let through. */
export const LEAST_SCORE = one<number>("min", LOWEST_SCORE, (wide, narrow) => wide <= narrow);

export function judgeOomScoreAdj(least: number, { bundle, context }: Subject): Violation[] {
  const asked = bundle.oomScoreAdj;
  // What lies below what the kernel takes is the runtime's to complain of.
  const given = Math.max(asked ?? 0, LOWEST_SCORE);
  if (context.origin.engine === "kubernetes" || asked === undefined || given >= least) {
    return [];
  }
  return [
    {
      what: `an oom_score_adj of ${asked}, which leaves others to the out-of-memory killer`,
      remedy: `start it with --oom-score-adj ${least} or more`,
      allowedBy: { min: given },
    },
  ];
}
