// SPDX-License-Identifier: Apache-2.0
/** Any value of any rule, out of few items, so that many of them overlap; and any policy. */
import fc from "fast-check";
import type { Policy } from "../../core/rule/policy.ts";
import { RULE_NAMES, RULES } from "../../core/rule/rules.ts";
import type { Mode, RuleName, Rules, RuleValues, SwitchName } from "../../core/rule/values.ts";
import { compileKernelRules } from "../../ctl/policy/compile.ts";

/** Like what is read from YAML and JSON, with a prototype. */
const record = <T>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(members, { noNullPrototype: true });

const some = <T>(...items: readonly T[]) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant("any" as const) },
    { weight: 6, arbitrary: fc.subarray([...items]) },
  );

const PATHS = [
  "/home",
  "/home/*",
  "/home/me",
  "/home/me/*",
  "/srv",
  "/srv/*",
  "/usr/bin/docker-init",
];
const hostPath = record({
  path: fc.constantFrom(...PATHS, "/etc", "/var/lib/docker/volumes"),
  access: fc.constantFrom("read-only" as const, "read-write" as const, "read-all" as const),
});

const access = fc.constantFrom("r", "w", "rw", "rwm", "m");
const device = fc.oneof(
  record({ path: fc.constantFrom("/dev/kmsg", "/dev/fuse"), access }),
  record({
    type: fc.constantFrom("b" as const, "c" as const),
    major: fc.constantFrom(1, 8, 10),
    minor: fc.constantFrom("any" as const, 0, 1, 3, 11, 229),
    access,
  }),
);

const required = (...paths: readonly string[]) =>
  record({ paths: fc.subarray([...paths]), unlessUserNamespace: fc.boolean() });

const pseudoFile = record({
  filesystem: fc.constantFrom("proc" as const, "sysfs" as const),
  path: fc.constantFrom("/", "/a", "/a/b", "/a/b/c", "/ab", "/x", "/a/**/b", "/**/x", "/a/b/**/a"),
  access: fc.constantFrom(
    "none" as const,
    "read-only" as const,
    "own-cgroup" as const,
    "read-write" as const,
  ),
});

const list = <T>(item: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant("any" as const) },
    {
      weight: 6,
      arbitrary: fc.uniqueArray(item, { maxLength: 5, selector: (value) => JSON.stringify(value) }),
    },
  );

const profile = fc.constantFrom("always" as const, "kept" as const, "never" as const);

const isSwitch = (name: RuleName) => typeof RULES[name].kind.widest === "boolean";

/** Every value that a rule can have. */
export const VALUES: { readonly [R in RuleName]: fc.Arbitrary<RuleValues[R]> } = {
  ...(Object.fromEntries(RULE_NAMES.filter(isSwitch).map((name) => [name, fc.boolean()])) as {
    [R in SwitchName]: fc.Arbitrary<boolean>;
  }),
  hostNamespaces: some("pid", "network", "ipc", "uts", "cgroup", "user", "time", "mount"),
  capabilities: some("SYS_ADMIN", "CHOWN", "NET_RAW", "NET_BIND_SERVICE", "SETUID", "SETGID"),
  hostPaths: list(hostPath),
  mountTypes: some("proc", "sysfs", "tmpfs", "devpts", "mqueue", "cgroup", "overlay", "ext4"),
  devices: list(device),
  sysctls: some("net.*", "net.ipv4.*", "net.ipv4.ip_forward", "kernel.*", "kernel.core_pattern"),
  seccomp: profile,
  apparmor: profile,
  selinuxTypes: some("container_t", "spc_t", "shadow_t"),
  maskedPaths: required("/proc", "/proc/acpi", "/proc/kcore", "/proc/keys", "/sys/firmware"),
  readonlyPaths: required("/proc", "/proc/sys", "/proc/bus", "/proc/sys/kernel", "/sys"),
  groups: some("root", "engine"),
  oomScoreAdj: fc.constantFrom(-1000, -500, -1, 0, 500),
  hooks: fc.oneof(
    fc.constantFrom("any" as const, "trusted" as const),
    fc.subarray(["/x/hook", "/y/hook", "/proc/236/exe"]),
  ),
  hookEnvironment: some("LD_*", "LD_PRELOAD", "PYTHON*", "PYTHONPATH", "BASH_ENV", "ENV"),
  unsafeAnnotations: some(
    "run.oci.*",
    "org.systemd.*",
    "org.systemd.property.*",
    "bundle",
    "com.*",
  ),
  network: fc.constantFrom("any" as const, "loopback" as const),
  pseudoFiles: fc.array(pseudoFile, { maxLength: 5 }),
};

const mode: fc.Arbitrary<Mode> = fc.constantFrom("enforce", "enforce", "enforce", "audit");

export const rules: fc.Arbitrary<Rules> = fc.record(
  Object.fromEntries(
    RULE_NAMES.map((name) => [
      name,
      record({ mode, value: VALUES[name] as fc.Arbitrary<unknown> }),
    ]),
  ),
) as unknown as fc.Arbitrary<Rules>;

export function policyOf(name: string, its: Rules): Policy {
  return { name, description: name, rules: its, kernel: compileKernelRules(its) };
}
