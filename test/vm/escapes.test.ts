// SPDX-License-Identifier: Apache-2.0
/**
 * Every known way out of a container, on each kernel: it leads out under plain runc with
 * the flags of somebody careless, and also under lockc with a policy that restricts
 * nothing. Then that very container gets another policy, and each is refused by the rule
 * that is meant to. LOCKC_WRITE_DOCS=1 writes docs/escapes.md anew.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { HELD_RULES } from "../../core/rule/bits.ts";
import type { RuleName } from "../../core/rule/values.ts";
import { ALL_RELEASES, chosenReleases } from "../../tool/tiers.ts";
import type { Release } from "../../vm/releases.ts";
import {
  compileEscapes,
  type Escape,
  FOLDERS,
  type Held,
  listEscapes,
  type Outcome,
  type PolicyName,
  SESSION_POLICIES,
  Trial,
  untold,
} from "./escapes.ts";
import { Session } from "./session.ts";

/** The second column of the table "Held by the kernel", by rule. */
function heldLines(): ReadonlyMap<string, string> {
  const text = readFileSync(join(import.meta.dirname, "../../docs/policies.md"), "utf8");
  const section = text.slice(text.indexOf("\n## Held by the kernel\n"));
  const rows = section
    .slice(0, section.indexOf("\n\nUnder "))
    .matchAll(/^\| `(\w+)` \| (.*?) \|/gm);
  return new Map([...rows].map(([, rule, promise]) => [rule!, promise!]));
}

/** Named in a line, but not as what it promises. */
const REMARKS: readonly string[] = ["AF_UNIX", "setuid(2)"];

/** Held while there is no user code yet that could escape: inside.test.ts. */
const BEFORE_USER_CODE: readonly RuleName[] = ["hooks"];
const TRIED = HELD_RULES.filter((rule) => !BEFORE_USER_CODE.includes(rule));

/** By rule, the parts of its line in docs/policies.md and the escapes by which they are tried. */
const PROMISES: Readonly<Partial<Record<RuleName, Readonly<Record<string, readonly string[]>>>>> = {
  hostFiles: {
    "files of mounts that the container was not given": ["mount-disk-read", "mount-disk-overlay"],
    opening: ["leaked-directory", "leaked-file-reopened", "open-by-handle", "chroot-twice"],
    changing: [
      "leaked-directory-chmod",
      "leaked-directory-unlink",
      "leaked-directory-xattr",
      "generation",
    ],
    "being passed them": ["passed-file", "passed-directory"],
    "sockets bound there": ["leaked-directory-socket"],
  },
  engineSockets: {
    "connecting to a socket in `engineSockets`": ["docker-socket", "containerd-socket"],
    "by whatever road": [
      "docker-socket-leaked",
      "docker-socket-passed",
      "docker-socket-proc-root",
      "docker-socket-symlink",
      "docker-socket-thread",
      "docker-socket-uring",
    ],
  },
  abstractSockets: {
    "abstract sockets of others": ["abstract-stream", "abstract-datagram", "abstract-stream-uring"],
    "making, and connecting or sending by, sockets of AF_VSOCK": ["vsock-host", "vsock-passed"],
    AF_RDS: ["socket-rds"],
    AF_QIPCRTR: ["socket-qipcrtr"],
    AF_ISDN: ["socket-isdn"],
    AF_IUCV: ["socket-iucv"],
  },
  serviceAccountToken: {
    "files of what has the token": ["token", "token-directory", "token-rotated"],
    opening: ["token-uring", "token-thread", "token-path", "token-handle"],
    linking: ["token-link"],
    moving: ["token-rename", "token-exchange"],
    "being passed them": ["token-passed"],
    "by whatever name": ["token-elsewhere", "token-proc-root", "token-directory-moved"],
  },
  mounting: {
    making: [
      "mount-bind",
      "mount-tmpfs",
      "mount-new-api",
      "open-tree",
      "fsconfig-parameter-namespace",
      "fsopen-i386",
    ],
    moving: ["mount-move", "pivot-root"],
    changing: ["mount-remount", "mount-setattr", "mount-propagation", "fspick-reconfigure"],
    removing: ["umount"],
  },
  kernelLog: {
    "syslog(2)": ["syslog", "syslog-console-level"],
    "/proc/kmsg": ["proc-kmsg"],
    "/dev/kmsg": ["dev-kmsg", "dev-kmsg-write"],
  },
  bpf: {
    "bpf(2)": ["bpf-map", "bpf-program", "bpf-by-id"],
    bpffs: ["bpffs", "bpffs-remove", "bpffs-mounted"],
  },
  capabilities: {
    "use of any other capability": [
      "clock-settime",
      "sethostname",
      "swapon",
      "reboot",
      "delete-module",
      "mount-setattr",
      "map-page-zero",
    ],
  },
  devices: {
    opening: ["disk-read", "disk-write", "disk-uring", "dev-mem", "dev-fuse", "dev-console"],
    making: ["disk-mknod"],
    "wherever the node lies": ["disk-bound-dev", "disk-mknod-thread"],
  },
  pseudoFiles: {
    "files of proc": ["core-pattern", "core-pattern-uring", "kcore", "kallsyms"],
    sysfs: ["power-state", "firmware-map", "sysfs-file-systems", "sysfs-disk-place"],
    "the kernel's other file systems": ["debugfs", "tracefs", "securityfs", "cgroup-move"],
    "wherever they are mounted": ["core-pattern-bound-proc", "sysfs-bound-disk", "proc-mounted"],
  },
  nonRoot: {
    "setuid(2)": ["root-again"],
    "set-user-ID programs": ["root-setuid-program"],
    "`exec --user 0`": ["root-program"],
  },
  noNewPrivileges: {
    "programs that give more than their caller has": ["capability-program", "setgid-program"],
  },
  otherProcesses: {
    tracing: ["ptrace-attach", "ptrace-seize", "process-vm-writev", "pidfd-getfd"],
    signalling: ["kill-host", "kill-queue", "kill-pidfd", "kill-by-owner"],
    "changing processes": ["prlimit-host", "sched-setaffinity-host", "cgroup-procs-host"],
    "what /proc/PID leads to of them": ["proc-root", "proc-fd", "proc-environ", "proc-mem"],
  },
  perf: { "perf_event_open(2)": ["perf-event", "perf-victim"] },
  kernelModules: {
    "init_module(2)": ["init-module"],
    "finit_module(2)": ["finit-module"],
    "delete_module(2)": ["delete-module"],
    "kexec_load(2)": ["kexec-load"],
    "kexec_file_load(2)": ["kexec-file-load"],
  },
  moduleRequests: { "making the kernel load a module": ["module-request"] },
  keyrings: {
    "add_key(2)": ["add-key"],
    "keyctl(2)": ["read-key", "session-key"],
    "request_key(2)": ["request-key"],
  },
  kernelLockdown: {
    "iopl(2)": ["iopl"],
    "ioperm(2)": ["ioperm"],
    "/dev/mem": ["dev-mem", "dev-port", "kcore", "kexec-load"],
  },
  setuidFiles: {
    "files with set-user-ID": ["setuid-chmod", "setuid-create", "setuid-fchmod", "setuid-deep"],
    "set-group-ID": ["setgid-chmod"],
    "their ACLs": ["setuid-acl", "setgid-acl"],
    "device nodes": ["device-node-for-host"],
    "file capabilities": ["file-capability"],
  },
  terminalInjection: {
    "ioctl(2) TIOCSTI": ["terminal-inject", "terminal-inject-own"],
    TIOCLINUX: ["terminal-paste"],
  },
  filelessPrograms: {
    "execve(2) of a memfd": ["memfd-exec"],
    "a file of tmpfs that has no name any more": ["unlinked-exec"],
  },
  filelessMappings: { "mapping such a file executable": ["memfd-map", "memfd-protect"] },
  userNamespaces: { "making user namespaces": ["user-namespace", "user-namespace-clone"] },
  network: {
    "sockets beyond AF_UNIX and loopback": [
      "connect-far",
      "send-far",
      "listen-everywhere",
      "packet-socket",
      "raw-socket",
      "resolver",
    ],
  },
};

const RELEASES = chosenReleases();
const DOCUMENT = join(import.meta.dirname, "../../docs/escapes.md");
const HELD_POLICIES: readonly PolicyName[] = [
  "careless",
  "debugger",
  "mappings",
  "offline",
  "restricted",
];

const folder = mkdtempSync(join(tmpdir(), "lockc-escapes-"));
const program = join(folder, "escapes");
after(() => rmSync(folder, { recursive: true }));
await compileEscapes(program);
const escapes = listEscapes(program);
const under = (policy: string) => escapes.filter((one) => one.policy === policy);
const names = (some: readonly Escape[]) => some.map(({ name }) => name);

/** Release → its kernel and what became of each escape there. */
const found = new Map<string, { kernel: string; results: Map<string, string> }>();

/**
 * 7.x asks for PERFMON or SYS_ADMIN where the hook of tracing refused to read another's memory
 * (kernel/fork.c, may_access_mm): under a policy that gives those, the refusal is only counted.
 */
const PAST_THE_HOOK: readonly string[] = ["proc-environ", "proc-maps", "process-madvise-host"];

/** "RESULT, which the rules RULES counted", of those that are not as they should be. */
function differing(outcomes: readonly Outcome[], expected: (name: string) => Held): string[] {
  return outcomes
    .filter(({ name, result, rules }) => {
      const { refused, rule } = expected(name);
      return result !== refused || (rule === undefined ? rules.length > 0 : !rules.includes(rule));
    })
    .map(({ name, result, rules }) => {
      const { refused, rule = "none" } = expected(name);
      return `${name}: ${result} by ${rules.join(", ") || "none"}, not ${refused} by ${rule}`;
    });
}

const SUCCESS: Held = { refused: "ok" };
const declared = (name: string): Held => {
  const { gap, refused, rule } = escapes.find((one) => one.name === name)!;
  return gap === undefined ? { refused, rule } : SUCCESS;
};

test("there are enough of them, and each says by which rule it is refused, or why it is not", () => {
  assert.ok(escapes.length >= 60, `${escapes.length} escapes`);
  for (const { name, tries, rule, gap, policy } of escapes) {
    assert.match(name, /^[a-z0-9-]+$/);
    assert.ok(tries.length > 10, name);
    assert.equal(rule === undefined, gap !== undefined, `${name} has either a rule or a gap`);
    assert.ok(HELD_POLICIES.includes(policy as PolicyName), `${name}: ${policy}`);
  }
});

test("each is in the folder of its rule, or in gap/, and no two have one name", () => {
  assert.deepEqual(
    escapes.map(({ name }) => `${FOLDERS.get(name)}/${name}`).sort(),
    escapes.map(({ name, rule }) => `${rule ?? "gap"}/${name}`).sort(),
  );
  assert.equal(FOLDERS.size, escapes.length);
});

/** By which rules each is refused where the policy allows all else. */
const rulesOf = ({ rule, alone }: Escape) => [rule, ...(alone?.split(" ") ?? [])];
const byRule = (rule: RuleName) => escapes.filter((one) => rulesOf(one).includes(rule));

describe("what docs/policies.md promises that the kernel holds", () => {
  const lines = heldLines();

  test("each of its rules has promises here, and each rule of the kernel is there", () => {
    const tried = [...Object.keys(PROMISES), ...BEFORE_USER_CODE];
    assert.deepEqual(tried.sort(), [...lines.keys()].sort());
    assert.deepEqual([...lines.keys()].sort(), [...HELD_RULES].sort());
  });

  for (const rule of TRIED) {
    test(`${rule}: each promise is tried by escapes that this rule alone refuses`, () => {
      const line = lines.get(rule) ?? "";
      const promises = PROMISES[rule] ?? {};
      const tried = names(byRule(rule));
      for (const [promise, by] of Object.entries(promises)) {
        assert.ok(line.includes(promise), `it promises nothing like "${promise}"`);
        assert.notEqual(by.length, 0, promise);
        assert.deepEqual(
          by.filter((name) => !tried.includes(name)),
          [],
          promise,
        );
      }
      // System calls, paths and families: each is in some promise.
      const said = Object.keys(promises).join();
      const named = line.match(/\w+\(2\)|\/(dev|proc)\/\w+|\bAF_\w+|execve|mknod/g) ?? [];
      const open = named.filter((name) => !said.includes(name) && !REMARKS.includes(name));
      assert.deepEqual(open, []);
    });
  }
});

/** What another rule of such a policy refuses by itself; under it every capability is there. */
const WITH_MOUNTS: ReadonlyMap<string, Held> = new Map(
  under("careless").flatMap((one): (readonly [string, Held])[] => {
    if (one.gap !== undefined) return [];
    if (one.rule !== "mounting") return [[one.name, declared(one.name)]];
    const [rule] = rulesOf(one).filter((other) => other !== "mounting" && other !== "capabilities");
    return rule === undefined ? [] : [[one.name, { refused: "EPERM", rule }]];
  }),
);

for (const release of RELEASES) {
  describe(release, () => {
    const session = new Session({ release, docker: true, mounts: [folder] }, SESSION_POLICIES);
    const trial = new Trial(session);
    const results = new Map<string, string>();

    before(async () => {
      await trial.prepare(program);
      found.set(release, { kernel: await session.ok("uname -r"), results });
    });

    test("each leads out of a container under plain runc", async () => {
      const outcomes = await trial.try("plain", true, names(escapes));
      assert.deepEqual(
        differing(outcomes, () => SUCCESS),
        [],
      );
    });

    test("each does under lockc too, where the policy restricts nothing", async () => {
      const outcomes = await trial.try("held", true, names(escapes));
      assert.deepEqual(
        differing(outcomes, () => SUCCESS),
        [],
      );
    });

    for (const policy of HELD_POLICIES) {
      test(`under ${policy} each is refused by its rule, counted, and told by one event`, async (t) => {
        await trial.hold(policy);
        const outcomes = await trial.try("held", false, names(under(policy)));
        for (const { name, result } of outcomes) results.set(name, result);
        for (const { name, gap } of under(policy)) {
          if (gap !== undefined) t.diagnostic(`known gap: ${name}: ${gap}`);
        }
        assert.deepEqual(differing(outcomes, declared), []);
        assert.deepEqual(
          outcomes.flatMap((one) => untold(one, trial.id, declared(one.name).rule)),
          [],
        );
      });
    }

    test("where the policy lets it mount, nothing else leads out", async () => {
      await trial.hold("mounting");
      const outcomes = await trial.try("held", false, [...WITH_MOUNTS.keys()]);
      assert.deepEqual(
        differing(outcomes, (name) => WITH_MOUNTS.get(name)!),
        [],
      );
    });

    for (const rule of TRIED) {
      test(`${rule} refuses what it is for where the policy allows all else`, async () => {
        await trial.holdAlone(rule);
        const refused = byRule(rule);
        const outcomes = await trial.try("held", false, names(refused));
        const expected = (name: string): Held => {
          const one = refused.find((each) => each.name === name)!;
          if (release === "sid" && PAST_THE_HOOK.includes(name)) return { refused: "ok", rule };
          // By another rule than its own it is refused elsewhere, maybe with another errno.
          return { refused: one.rule === rule ? one.refused : "EPERM", rule };
        };
        assert.deepEqual(differing(outcomes, expected), []);
        assert.deepEqual(
          outcomes.flatMap((one) => untold(one, trial.id, rule)),
          [],
        );
      });
    }
  });
}

const HEAD = `# Escapes

Generated by \`LOCKC_WRITE_DOCS=1 node --test test/vm/escapes.test.ts\`. Do not edit.

Every file of [test/escapes](../test/escapes) is one way out of a container, in the folder of the
rule that refuses it. Each is first shown to lead out: under plain runc, with \`--privileged\`, the
host's namespaces and directories of the host, and again under lockc where the policy restricts
nothing. Then that container gets another policy, and the same call has to fail with the errno
below, counted by the rule below and told by one event.
The flags are what admission would refuse; here only
the kernel stands in the way. Under \`careless\` (baseline with every capability) each rule has to stand by itself;
\`debugger\` is baseline with SYS_PTRACE, \`mappings\` baseline without filelessMappings.
`;

const cells = (row: readonly string[]) => `| ${row.join(" | ")} |`;

/** What docs/escapes.md has of an escape on a release: for those that are not tried in this run. */
function writtenOf(name: string, release: Release): string {
  const row = readFileSync(DOCUMENT, "utf8")
    .split("\n")
    .find((line) => line.startsWith(`| [${name}](`));
  const told = row?.replace(/ \|$/, "").split(" | ").slice(-ALL_RELEASES.length);
  return told?.[ALL_RELEASES.indexOf(release)] ?? "untried";
}

/** The table, with what was found on the releases of this run. */
function writeTable(): string {
  const rows = escapes
    .toSorted((a, b) =>
      `${a.rule ?? "~"} ${a.name}`.localeCompare(`${b.rule ?? "~"} ${b.name}`, "en"),
    )
    .map(({ name, tries, cve, rule, policy, gap }) => {
      const file = `[${name}](../test/escapes/${FOLDERS.get(name)}/${name}.c)`;
      const told = ALL_RELEASES.map((release) => {
        const tried = found.get(release);
        return tried === undefined ? writtenOf(name, release) : tried.results.get(name)!;
      });
      return [file, cve ?? "", gap ? `${tries} (${gap})` : tries, rule ?? "none", policy, ...told];
    });
  const head = ["escape", "CVE", "what it tries", "refused by", "policy", ...ALL_RELEASES];
  const table = [head, head.map(() => "---"), ...rows].map(cells).join("\n");
  return `${HEAD}\n${table}\n`;
}

/** The line that changes with every new kernel. */
function writeKernels(): string {
  const kernels = ALL_RELEASES.map((release) => `${release} ${found.get(release)!.kernel}`);
  return `\nKernels: ${kernels.join(", ")}.\n`;
}

test("docs/escapes.md says what was found", () => {
  assert.deepEqual([...found.keys()], RELEASES, "not every kernel was tried");
  const table = writeTable();
  if (process.env.LOCKC_WRITE_DOCS) {
    assert.deepEqual(RELEASES, ALL_RELEASES, "only a run on all kernels writes it");
    writeFileSync(DOCUMENT, table + writeKernels());
  }
  const written = readFileSync(DOCUMENT, "utf8").replace(/\nKernels: .*\n$/, "");
  assert.equal(written, table);
});
