// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isAtLeastAsStrict, looserAt } from "../../core/policy/select.ts";
import { HELD_RULES } from "../../core/rule/bits.ts";
import { CAPABILITIES } from "../../core/rule/capabilities.ts";
import { pseudoAccess } from "../../core/rule/pseudo-files.ts";
import { effective, RULE_NAMES, RULES } from "../../core/rule/rules.ts";
import type { RuleName, RuleValues } from "../../core/rule/values.ts";
import { WIDEST } from "../../ctl/policy/resolve.ts";
import { readPolicies } from "../../ctl/policy/sources.ts";
import { LEVELS, POLICIES } from "../support/containers.ts";

const TOP = join(import.meta.dirname, "../..");
const FOLDERS = ["policy", "policy/examples"];

const policy = (name: string) => POLICIES.get(name)!;
const value = <R extends RuleName>(name: string, rule: R): RuleValues[R] =>
  effective(policy(name).rules, rule);

/** The items of a list, sorted. */
function items(name: string, rule: "capabilities" | "sysctls" | "selinuxTypes"): string[] {
  const list = value(name, rule);
  assert.notEqual(list, "any");
  return [...(list as readonly string[])].sort();
}

test("every policy begins with its schema and its intent, and is called as its file", () => {
  for (const folder of FOLDERS) {
    for (const file of readdirSync(join(TOP, folder)).filter((it) => it.endsWith(".yaml"))) {
      const text = readFileSync(join(TOP, folder, file), "utf8");
      const name = file.replace(/\.yaml$/, "");
      const up = folder.replace(/[^/]+/g, "\\.\\.");
      const head = `^# yaml-language-server: \\$schema=${up}/schemas/policy\\.schema\\.json\n#\n# ${name}: `;
      assert.match(text, new RegExp(head), file);
      assert.ok(POLICIES.has(name), name);
    }
  }
});

test("the folder holds the four levels and nothing else", () => {
  const names = readPolicies([join(TOP, "policy")]).map(({ name }) => name);
  assert.deepEqual(names.sort(), [...LEVELS].sort());
});

test("privileged refuses nothing", () => {
  assert.deepEqual(policy("privileged").rules, WIDEST);
  assert.equal(policy("privileged").kernel.rules, 0);
});

test("the levels get stricter: privileged, baseline, restricted; offline is a baseline", () => {
  const order = ["privileged", "baseline", "restricted"].map(policy);
  for (const [index, stricter] of order.entries()) {
    for (const looser of order.slice(0, index)) {
      assert.ok(isAtLeastAsStrict(stricter, looser), `${stricter.name}, ${looser.name}`);
      assert.ok(!isAtLeastAsStrict(looser, stricter), `${looser.name}, ${stricter.name}`);
    }
  }
  assert.ok(isAtLeastAsStrict(policy("offline"), policy("baseline")));
  assert.deepEqual(looserAt(policy("baseline"), policy("offline")), ["network", "pseudoFiles"]);
  assert.ok(!isAtLeastAsStrict(policy("offline"), policy("restricted")));
});

test("baseline leaves out no rule but those of restricted and offline", () => {
  const { rules } = policy("baseline");
  const same = Object.entries(rules).filter(([rule, { value: own }]) => {
    return JSON.stringify(own) === JSON.stringify(WIDEST[rule as RuleName].value);
  });
  assert.deepEqual(
    same.map(([rule]) => rule),
    [
      ...["nonRoot", "noNewPrivileges", "moduleRequests", "filelessMappings", "userNamespaces"],
      "network",
    ],
  );
  for (const level of LEVELS) {
    for (const { mode } of Object.values(policy(level).rules)) assert.equal(mode, "enforce");
  }
});

test("restricted leaves out no control of the Pod Security Standards", () => {
  for (const rule of RULE_NAMES.filter((name) => RULES[name].control !== null)) {
    assert.notDeepEqual(policy("restricted").rules[rule].value, WIDEST[rule].value, rule);
  }
});

test("the kernel holds every rule that baseline has for it, and more under restricted", () => {
  const held = (name: string) =>
    HELD_RULES.filter((rule) => {
      return JSON.stringify(policy(name).rules[rule]) !== JSON.stringify(WIDEST[rule]);
    });
  const missing = (name: string) => HELD_RULES.filter((rule) => !held(name).includes(rule));
  const spared = ["nonRoot", "noNewPrivileges", "moduleRequests", "filelessMappings"];
  assert.deepEqual(missing("baseline"), [...spared, "userNamespaces", "network"]);
  assert.deepEqual(missing("restricted"), ["filelessMappings", "network"]);
  assert.deepEqual(missing("offline"), [...spared, "userNamespaces"]);
});

/** kubernetes/pod-security-admission, policy/check_capabilities_baseline.go. */
const ADDED =
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  );
/** The same, policy/check_sysctls.go. */
const SYSCTLS =
  "kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports net.ipv4.ip_unprivileged_port_start net.ipv4.ping_group_range net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes net.ipv4.tcp_keepalive_time net.ipv4.tcp_notsent_lowat net.ipv4.tcp_rmem net.ipv4.tcp_slow_start_after_idle net.ipv4.tcp_syncookies net.ipv4.tcp_wmem".split(
    " ",
  );
/** The same, policy/check_seLinuxOptions.go. */
const TYPES = ["container_engine_t", "container_init_t", "container_kvm_t", "container_t"];

test("the lists are those of the Pod Security Standards, and what engines give by default", () => {
  assert.deepEqual(items("baseline", "capabilities"), [...ADDED, "NET_RAW"].sort());
  assert.deepEqual(items("restricted", "capabilities"), ["NET_BIND_SERVICE"]);
  assert.deepEqual(items("baseline", "sysctls"), SYSCTLS);
  assert.deepEqual(items("baseline", "selinuxTypes"), TYPES);
  for (const name of items("baseline", "capabilities")) assert.ok(CAPABILITIES.includes(name));
});

test("what is hidden or read-only in a container, the kernel holds as well", () => {
  const { pseudoFiles } = policy("baseline").rules;
  const access = (path: string) => {
    const [, root, rest] = /^\/(proc|sys)(\/.+)$/.exec(path)!;
    const filesystem = root === "proc" ? "proc" : "sysfs";
    return pseudoAccess(pseudoFiles.value, filesystem, rest!);
  };
  for (const path of value("baseline", "maskedPaths").paths) assert.equal(access(path), "none");
  for (const path of value("baseline", "readonlyPaths").paths) {
    assert.match(access(path), /^(none|read-only)$/, path);
  }
});

/** What a level leaves open of a file of sysfs. */
const sysfs = (level: string, path: string) =>
  pseudoAccess(policy(level).rules.pseudoFiles.value, "sysfs", path);
const DISK = "/devices/pci0000:00/0000:00:05.0/virtio2/block/vda";

test("of sysfs baseline shuts what tells of the host, and leaves open what programs read", () => {
  const shut = [
    ...["/fs", "/fs/ext4/vda/session_write_kbytes", "/fs/btrfs", "/fs/xfs/stats"],
    ...["/block", "/class/block", "/class/bdi", "/dev/block", "/devices/virtual/bdi/253:0"],
    ...[DISK, `${DISK}/size`, `${DISK}/vda1/start`, `${DISK}/queue/rotational`],
    ...["/devices/virtual/block/loop0/loop/backing_file"],
    ...["/devices/pci0000:00/0000:01:00.0/nvme/nvme0/serial"],
    ...["/devices/pci0000:00/ata1/host0/target0:0:0/0:0:0:0/vpd_pg80"],
    ...["product_serial", "product_uuid", "board_serial", "board_asset_tag", "modalias"].map(
      (name) => `/devices/virtual/dmi/id/${name}`,
    ),
    ...["/firmware/dmi/tables/DMI", "/hypervisor/uuid"],
    ...["/module/ext4/sections/.text", "/module/ext4/notes/.note.Linux"],
    ...["/kernel/notes", "/kernel/btf/vmlinux", "/kernel/slab", "/kernel/debug"],
    ...["/devices/virtual/powercap/intel-rapl/intel-rapl:0/energy_uj", "/class/powercap"],
    ...["/devices/platform/coretemp.0/hwmon/hwmon1/temp1_input", "/class/hwmon"],
    ...["/devices/virtual/thermal/thermal_zone0/temp", "/class/thermal"],
  ];
  const open = [
    ...["/", "/devices", "/class", "/class/net", "/bus/pci/devices", "/fs/cgroup"],
    ...["/devices/system/cpu/online", "/devices/system/node/node0/meminfo"],
    ...["/devices/system/memory/block_size_bytes", "/kernel/mm/transparent_hugepage/enabled"],
    ...["/devices/virtual/net/lo/address", `${DISK.replace("block/vda", "net/eth0")}/mtu`],
    ...["sys_vendor", "product_name", "board_vendor", "bios_vendor", "chassis_asset_tag"].map(
      (name) => `/devices/virtual/dmi/id/${name}`,
    ),
    ...["/module/ext4/parameters", "/hypervisor/type", "/kernel/cpu_byteorder"],
  ];
  for (const path of shut) assert.equal(sysfs("baseline", path), "none", path);
  for (const path of open) assert.equal(sysfs("baseline", path), "read-only", path);
});

test("of sysfs restricted and offline open no more than they list", () => {
  const open = [
    ...["/devices/system/cpu", "/devices/system/node", "/kernel/mm/hugepages"],
    ...["/kernel/mm/transparent_hugepage", "/class/net", "/devices/**/net", "/fs/cgroup"],
    ...["/kernel/address_bits", "/kernel/cpu_byteorder"],
  ];
  for (const level of ["restricted", "offline"]) {
    const said = policy(level).rules.pseudoFiles.value.filter(
      ({ filesystem, path }) => filesystem === "sysfs" && sysfs(level, path) !== "none",
    );
    assert.deepEqual(said.map(({ path }) => path).sort(), open.toSorted(), level);
  }
});

test("of the kernel's files baseline leaves no more open than AppArmor's docker-default", () => {
  const { value: list } = policy("baseline").rules.pseudoFiles;
  const wants = (filesystem: string, access: RegExp, ...paths: string[]) => {
    for (const path of paths) {
      assert.match(pseudoAccess(list, filesystem, path), access, `${filesystem} ${path}`);
    }
  };
  // Each deny line of containerd's contrib/apparmor/template.go; it knows the others by mount.
  wants(
    "proc",
    /^(read-only|none)$/,
    "/",
    "/uptime",
    "/bus/pci/00",
    "/fs/xfs",
    "/sys/vm/swappiness",
  );
  wants("proc", /^(read-only|none)$/, "/sys/kernel/core_pattern", "/sys/kernel/modprobe");
  wants("proc", /^none$/, "/sysrq-trigger", "/kcore");
  wants("sysfs", /^(read-only|none)$/, "/", "/kernel/uevent_helper", "/fs/ext4", "/module/a/b");
  wants("sysfs", /^none$/, "/firmware/acpi", "/devices/virtual/powercap/intel-rapl");
  wants("securityfs", /^none$/, "/apparmor/.load");
  wants("cgroup", /^read-only$/, "/release_agent", "/a/notify_on_release");
  wants("cgroup2", /^own-cgroup$/, "/", "/a/cgroup.procs");
  // What every program uses.
  wants("proc", /^read-write$/, "/self/oom_score_adj", "/self/attr/current", "/self/uid_map");
  wants("proc", /^read-only$/, "/cpuinfo", "/meminfo", "/sys/kernel/hostname", "/net", "/modules");
  wants("sysfs", /^read-only$/, "/devices/system/cpu/online", "/kernel/mm", "/class/net");
});

test("baseline admits data below data directories; single programs and the time zone for reading", () => {
  const hostPaths = value("baseline", "hostPaths");
  assert.ok(hostPaths !== "any");
  const writable = hostPaths.filter(({ access }) => access === "read-write");
  assert.deepEqual(
    writable.map(({ path }) => path),
    ["/home/*", "/srv/*", "/mnt/*", "/media/*", "/data/*", "/var/data/*"],
  );
  for (const { path, access } of hostPaths) {
    if (access === "read-write") continue;
    assert.match(
      path,
      /^(\/usr\/(bin|libexec\/\w+)\/[\w-]+|\/etc\/(localtime|timezone)|\/usr\/share\/zoneinfo(\/[\w+-]+)*)$/,
    );
  }
});

test("no level but privileged admits a file system with a device or of another host", () => {
  for (const level of LEVELS.filter((it) => it !== "privileged")) {
    const types = value(level, "mountTypes");
    for (const type of ["proc", "sysfs", "tmpfs", "devpts", "mqueue", "cgroup", "cgroup2"]) {
      assert.ok(types !== "any" && types.includes(type), type);
    }
    for (const type of ["ext4", "overlay", "nfs", "fuse", "bpf", "debugfs", "none", ""]) {
      assert.ok(types !== "any" && !types.includes(type), type);
    }
  }
});

/** Example → the rules at which it lets through what baseline does not. */
const LOOSER: Readonly<Record<string, readonly string[]>> = {
  backup: ["hostPaths"],
  cadvisor: ["hostPaths", "pseudoFiles"],
  "ci-builder": ["hostPaths", "devices", "seccomp", "apparmor", "unsafeAnnotations", "mounting"],
  database: [],
  gpu: ["hostPaths", "devices"],
  "log-shipper": ["hostPaths"],
  "node-exporter": ["hostNamespaces", "hostPaths", "pseudoFiles"],
  "socket-proxy": ["hostPaths", "engineSockets"],
  vpn: ["capabilities", "devices", "sysctls"],
};

test("the examples are looser than baseline only where they say so", () => {
  const names = readdirSync(join(TOP, "policy/examples")).map((file) => file.replace(".yaml", ""));
  assert.deepEqual(Object.keys(LOOSER).sort(), names.sort());
  for (const [name, rules] of Object.entries(LOOSER)) {
    assert.deepEqual(looserAt(policy(name), policy("baseline")), rules, name);
  }
});
