// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's rules about capabilities, user namespaces, sockets, devices and pseudo
 * files, on each kernel. Each act is tried three times: under plain runc and under a policy
 * without the rule, where it succeeds, and under the rule.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { chosenReleases } from "../../tool/tiers.ts";
import { configJson, makeBundle } from "./bundle.ts";
import { attempt } from "./refusals.ts";
import { HELD, Session, SHARED } from "./session.ts";

/** [act of the probe, what the rule makes of it, what becomes of it without (default: "ok")] */
type Row = readonly [act: string, held: "ok" | "EPERM", free?: string];

/** What engines give by default, without NET_RAW. */
const CAPABILITIES =
  "[AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]";
const PSEUDO_FILES = `[
  { filesystem: proc, path: /kcore, access: none },
  { filesystem: proc, path: /, access: read-only },
  { filesystem: proc, path: /self, access: read-write },
  { filesystem: proc, path: /sys/kernel/hostname, access: read-write },
  { filesystem: sysfs, path: /, access: read-only },
  { filesystem: sysfs, path: /power, access: none },
  { filesystem: sysfs, path: /power/pm_async, access: read-write },
  { filesystem: sysfs, path: /devices/**/power, access: none },
  { filesystem: cgroup2, path: /, access: own-cgroup },
  { filesystem: devtmpfs, path: /, access: read-only },
  { filesystem: debugfs, path: /, access: none },
  { filesystem: securityfs, path: /, access: none },
  { filesystem: tracefs, path: /, access: none }]`;
/** The host's root disk for reading only, and miscellaneous devices. */
const DEVICES = `[
  { path: /dev/vda, access: r },
  { type: c, major: 10, minor: any, access: rwm }]`;

/** The policies, each with one rule more than "without"; that one is the first. */
const POLICIES: Readonly<Record<string, string>> = {
  without: "",
  // With the rule about mappings, where the hook is attached that sees their addresses.
  capabilities: `capabilities: { allow: ${CAPABILITIES} }\nfilelessMappings: { allow: false }`,
  "user-namespaces": "userNamespaces: { allow: false }",
  network: "network: { allow: loopback }",
  "pseudo-files": `pseudoFiles: { restrict: ${PSEUDO_FILES} }`,
  // Nothing yet: admission would refuse a container with such a device cgroup.
  devices: "",
  audited: `
capabilities: { mode: audit, allow: ${CAPABILITIES} }
userNamespaces: { mode: audit, allow: false }
network: { mode: audit, allow: loopback }
pseudoFiles: { mode: audit, restrict: ${PSEUDO_FILES} }
devices: { mode: audit, allow: ${DEVICES} }`,
};

/** Through docker exec --privileged, which gives every capability and asks nobody. */
const CAPABILITY_ACTS: readonly Row[] = [
  ["chroot", "ok"],
  ["setuid", "ok"],
  ["chown /etc/passwd", "ok"],
  ["mknod /tmp/device", "ok"],
  ["clock", "EPERM"],
  ["hostname", "EPERM"],
  ["link", "EPERM"],
  ["newuts", "EPERM"],
  ["socket 17 3 3", "EPERM"],
  ["thread clock", "EPERM"],
  ["grandchild hostname", "EPERM"],
  // Low addresses, which the kernel asks for elsewhere.
  ["low 0", "EPERM"],
  ["low 61440", "EPERM"],
  ["low 65536", "ok"],
  ["grandchild low 0", "EPERM"],
  ["userns low 0", "EPERM", "EPERM"],
  // In a user namespace of its own a process may do what that gives it.
  ["userns newuts", "ok"],
  ["userns clock", "EPERM", "EPERM"],
  // Credentials that io_uring puts on a worker are still the container's.
  ["uring socket 17 3 3", "EPERM"],
  ["uring recred socket 17 3 3", "EPERM"],
  ["uring personality socket 17 3 3", "EPERM"],
  // What overlayfs does to its layers takes CAP_SYS_ADMIN, but not the container's.
  ["unlink /bin/arp", "ok"],
  ["uring unlink /bin/awk", "ok"],
  ["uring mkdir /made", "ok"],
];

const USER_NAMESPACE_ACTS: readonly Row[] = [
  ["newuser", "EPERM"],
  ["grandchild newuser", "EPERM"],
  ["userns newuts", "EPERM"],
  ["newuts", "ok"],
];

/** Addresses of the guest, in whose network namespace the container is, that are not loopback. */
const FAR = "192.0.2.1";
const FAR6 = "2001:db8::1";
const PORT = 7777;
/** A loose source route by way of FAR, as IP_OPTIONS and IP_RETOPTS take it. */
const SOURCE_ROUTE = "830704c000020100";

const NETWORK_ACTS: readonly Row[] = [
  // Families, types and protocols.
  ["socket 1 5 0", "ok"],
  ["socket 2 1 0", "ok"],
  ["socket 2 1 262", "ok"],
  ["socket 10 2 17", "ok"],
  ["socket 16 3 9", "ok"],
  ["netlink", "ok"],
  ["unix", "ok"],
  ["socket 2 3 1", "EPERM"],
  ["socket 2 3 255", "EPERM"],
  ["socket 2 10 3", "EPERM"],
  ["socket 2 1 132", "EPERM"],
  ["socket 10 3 58", "EPERM"],
  ["socket 16 3 15", "EPERM"],
  ["socket 17 2 0", "EPERM"],
  ["socket 17 3 3", "EPERM"],
  ["socket 38 5 0", "EPERM"],
  ["socket 40 1 0", "EPERM"],
  ["uring socket 17 3 3", "EPERM"],
  // connect(2), in each spelling of loopback …
  [`connect tcp 127.0.0.1 ${PORT}`, "ok"],
  [`connect tcp 0.0.0.0 ${PORT}`, "ok"],
  [`connect tcp ::1 ${PORT}`, "ok"],
  [`connect tcp :: ${PORT}`, "ok"],
  [`connect tcp ::ffff:127.0.0.1 ${PORT}`, "ok"],
  [`connect mptcp 127.0.0.1 ${PORT}`, "ok"],
  [`connect udp 127.0.0.1 ${PORT}`, "ok"],
  [`connect udp6 127.0.0.1 ${PORT}`, "ok"],
  [`uring connect tcp 127.0.0.1 ${PORT}`, "ok"],
  [`connect udp 127.0.0.12 ${PORT}`, "ok"],
  [`ephemeral ${PORT}`, "ok"],
  ["disconnect", "ok"],
  // … and of what is not.
  [`connect tcp ${FAR} ${PORT}`, "EPERM"],
  [`connect tcp ${FAR6} ${PORT}`, "EPERM"],
  [`connect tcp ::ffff:${FAR} ${PORT}`, "EPERM"],
  [`connect tcp ::7f00:1 ${PORT}`, "EPERM", "ENETUNREACH"],
  [`connect mptcp ${FAR} ${PORT}`, "EPERM"],
  [`connect udp ${FAR} ${PORT}`, "EPERM"],
  [`connect udp6 ${FAR} ${PORT}`, "EPERM"],
  [`connect udp6 ${FAR6} ${PORT}`, "EPERM"],
  [`connect tcp short:127.0.0.1 ${PORT}`, "EPERM", "EINVAL"],
  [`uring connect tcp ${FAR} ${PORT}`, "EPERM"],
  // Where dockerd listens.
  [`connect udp 127.0.0.11 ${PORT}`, "EPERM"],
  [`connect udp6 ::ffff:127.0.0.11 ${PORT}`, "EPERM"],
  [`send udp 127.0.0.11 ${PORT}`, "EPERM"],
  [`uring send udp 127.0.0.11 ${PORT}`, "EPERM"],
  ["attach udp 127.0.0.11 7006", "EPERM"],
  ["attach udp 127.0.0.12 7006", "ok"],
  [`thread connect tcp ${FAR} ${PORT}`, "EPERM"],
  [`grandchild connect tcp ${FAR} ${PORT}`, "EPERM"],
  // Sending without connect(2).
  [`send udp 127.0.0.1 ${PORT}`, "ok"],
  [`send udp6 ::1 ${PORT}`, "ok"],
  [`send udp6 127.0.0.1 ${PORT}`, "ok"],
  [`send udp unspec:127.0.0.1 ${PORT}`, "ok"],
  [`fastopen tcp 127.0.0.1 ${PORT}`, "ok"],
  [`uring send udp 127.0.0.1 ${PORT}`, "ok"],
  [`send udp ${FAR} ${PORT}`, "EPERM"],
  [`send udp unspec:${FAR} ${PORT}`, "EPERM"],
  [`send udp6 ${FAR} ${PORT}`, "EPERM"],
  [`send udp6 ::ffff:${FAR} ${PORT}`, "EPERM"],
  [`send udp6 ${FAR6} ${PORT}`, "EPERM"],
  [`sendmmsg udp ${FAR} ${PORT}`, "EPERM"],
  // The kernel asks about one of several messages to the same address.
  [`sendmmsg1 udp 127.0.0.1 ${PORT}`, "ok"],
  [`sendmmsg1 udp ${FAR} ${PORT}`, "EPERM"],
  [`sendmmsg udp 127.0.0.1 ${PORT}`, "EPERM"],
  [`fastopen tcp ${FAR} ${PORT}`, "EPERM"],
  [`fastopen tcp ${FAR6} ${PORT}`, "EPERM"],
  [`uring send udp ${FAR} ${PORT}`, "EPERM"],
  // bind(2) and listen(2).
  ["attach tcp 127.0.0.1 7001", "ok"],
  ["attach udp6 ::1 7001", "ok"],
  ["attach udp 0.0.0.0 0", "ok"],
  ["attach udp6 :: 0", "ok"],
  ["attach udp 0.0.0.0 7002", "EPERM"],
  ["attach tcp unspec:0.0.0.0 7002", "EPERM"],
  ["attach udp6 :: 7002", "EPERM"],
  [`attach tcp ${FAR} 0`, "EPERM"],
  ["listen tcp 127.0.0.1 7003", "ok"],
  ["listen tcp ::1 7003", "ok"],
  ["listen tcp ::ffff:127.0.0.1 7004", "ok"],
  ["listen mptcp 127.0.0.1 7005", "ok"],
  ["listen mptcp ::1 7005", "ok"],
  ["listen tcp - 0", "EPERM"],
  ["listen mptcp - 0", "EPERM"],
  ["listen tcp 0.0.0.0 0", "EPERM"],
  // Ancillary data and options that send a packet elsewhere than its address says:
  // IP_TOS, IP_PKTINFO by the loopback device and by another, IP_RETOPTS …
  [`control 127.0.0.1 ${PORT} 0 1 10`, "ok"],
  [`control 127.0.0.1 ${PORT} 0 8 010000000000000000000000`, "ok"],
  [`control 127.0.0.1 ${PORT} 0 8 020000000000000000000000`, "EPERM"],
  [`control 127.0.0.1 ${PORT} 0 8 010000007f00000100000000`, "ok"],
  [`control 0.0.0.0 ${PORT} 0 8 010000007f00000b00000000`, "EPERM"],
  [`control 127.0.0.1 ${PORT} 0 7 ${SOURCE_ROUTE}`, "EPERM"],
  [`control2 127.0.0.1 ${PORT} 0 7 ${SOURCE_ROUTE}`, "EPERM"],
  // … IP_TOS, IP_OPTIONS, IP_UNICAST_IF, SO_REUSEADDR, SO_BINDTODEVICE, SO_BINDTOIFINDEX,
  // IPV6_V6ONLY, IPV6_TCLASS, IPV6_PKTINFO, IPV6_FLOWLABEL_MGR
  ["option 0 1 10000000", "ok"],
  [`option 0 4 ${SOURCE_ROUTE}`, "EPERM"],
  [`option6 0 4 ${SOURCE_ROUTE}`, "EPERM"],
  ["option 0 50 00000001", "EPERM"],
  ["option 1 2 01000000", "ok"],
  ["option 1 25 6c6f00", "EPERM"],
  ["option 1 62 01000000", "EPERM"],
  ["option6 41 26 01000000", "ok"],
  ["option6 41 67 01000000", "ok"],
  [`option6 41 50 ${"00".repeat(16)}01000000`, "EPERM"],
  ["option6 41 32 00", "EPERM", "EINVAL"],
];

/** /p is proc, /q its sys, /s sysfs' power, /y sysfs with all below it, /d the host's /dev. */
const PSEUDO_MOUNTS = "-v /proc:/p -v /proc/sys:/q -v /sys/power:/s -v /sys:/y -v /dev:/d";
const PSEUDO_ACTS: readonly Row[] = [
  ["open /proc/kcore", "EPERM"],
  ["open /p/kcore", "EPERM"],
  ["reopen /proc/kcore", "EPERM"],
  ["uring open /proc/kcore", "EPERM"],
  ["stat /proc/kcore", "ok"],
  ["write /proc/sysrq-trigger", "EPERM"],
  ["open /proc", "ok"],
  ["open /proc/self/status", "ok"],
  ["write /proc/self/oom_score_adj", "ok"],
  ["open /proc/sys", "ok"],
  ["open /proc/sys/kernel/sysrq", "ok"],
  ["write /proc/sys/kernel/sysrq", "EPERM"],
  ["write /p/sys/kernel/sysrq", "EPERM"],
  ["write /q/kernel/sysrq", "EPERM"],
  ["rdwr3 /proc/sys/kernel/sysrq", "EPERM"],
  ["uring write /proc/sys/kernel/sysrq", "EPERM"],
  ["truncate /proc/sys/kernel/sysrq", "EPERM"],
  ["write /proc/sys/net/ipv4/conf/all/forwarding", "EPERM"],
  ["write /proc/sys/kernel/hostname", "ok"],
  ["write /q/kernel/hostname", "ok"],
  ["open /sys", "ok"],
  ["open /sys/devices/system/cpu/online", "ok"],
  ["open /sys/devices/system/cpu/cpu0/topology/core_id", "ok"],
  ["write /sys/devices/system/cpu/cpu0/uevent", "EPERM"],
  ["chmod /sys/devices/system/cpu/online", "EPERM"],
  ["chown /sys/devices/system/cpu/online", "EPERM"],
  ["open /sys/devices/system/cpu", "ok"],
  ["open /sys/devices/system/cpu/power", "EPERM"],
  ["open /sys/devices/system/cpu/cpu0/power/control", "EPERM"],
  ["open /y/devices/system/cpu/cpu0/power/control", "EPERM"],
  ["open /sys/power", "EPERM"],
  ["open /sys/power/state", "EPERM"],
  ["open /s", "EPERM"],
  ["open /s/state", "EPERM"],
  ["chmod /s/state", "EPERM"],
  ["write /sys/power/pm_async", "ok"],
  ["write /s/pm_async", "ok"],
  // Its own cgroup is the container's, but for the limits that it was given.
  ["directory /sys/fs/cgroup/made", "ok"],
  ["write /sys/fs/cgroup/cgroup.procs", "ok"],
  ["write /sys/fs/cgroup/pids.max", "EPERM"],
  ["open /y/fs/cgroup/cgroup.procs", "ok"],
  ["write /y/fs/cgroup/cgroup.procs", "EPERM"],
  ["uring write /y/fs/cgroup/cgroup.procs", "EPERM"],
  ["directory /y/fs/cgroup/made", "EPERM"],
  ["open /y/kernel/debug", "EPERM"],
  ["open /y/kernel/security/lsm", "EPERM"],
  ["open /y/kernel/tracing/trace", "EPERM"],
  ["directory /y/kernel/tracing/instances/made", "EPERM"],
  // This rule leaves the devices of the host's /dev to another one.
  ["write /d/null", "ok"],
  ["open /d/vda", "ok"],
  ["open /d", "ok"],
  ["directory /d/made", "EPERM"],
  ["chmod /d/vdb", "EPERM"],
  // Other file systems have no such rules.
  ["open /etc/passwd", "ok"],
];

/** /dev has what --privileged makes there, /d is the host's own; /x is a directory of the host. */
const DEVICE_ACTS: readonly Row[] = [
  ["write /dev/null", "ok"],
  ["open /dev/urandom", "ok"],
  ["open /dev/ptmx", "ok"],
  ["write /d/console", "EPERM"],
  ["node /tmp/made c:5:1", "ok"],
  ["open /dev/vda", "ok"],
  ["open /d/vda", "ok"],
  ["write /dev/cpu_dma_latency", "ok"],
  ["write /dev/vda", "EPERM"],
  ["rdwr3 /dev/vda", "EPERM"],
  ["open /dev/vdb", "EPERM"],
  ["open /d/vdb", "EPERM"],
  ["open /x/vdb", "EPERM"],
  ["open /dev/mem", "EPERM"],
  ["open /d/port", "EPERM"],
  ["write /d/kmsg", "EPERM"],
  ["reopen /dev/vdb", "EPERM"],
  ["uring open /dev/vdb", "EPERM"],
  ["thread open /dev/vdb", "EPERM"],
  ["grandchild open /dev/vdb", "EPERM"],
  ["stat /dev/vdb", "ok"],
  ["node /tmp/made c:1:3", "ok"],
  ["node /tmp/made c:10:229", "ok"],
  ["node /dev/shm/made c:0:0", "ok"],
  ["node /tmp/made c:1:1", "EPERM"],
  ["node /tmp/made b:254:0", "EPERM"],
];

const FREE = "--security-opt seccomp=unconfined --security-opt apparmor=unconfined";
const RULES: readonly (readonly [policy: string, flags: string, acts: readonly Row[]])[] = [
  ["capabilities", `${FREE} --cap-drop NET_RAW`, CAPABILITY_ACTS],
  ["user-namespaces", FREE, USER_NAMESPACE_ACTS],
  ["network", `${FREE} --network host`, NETWORK_ACTS],
  ["pseudo-files", `--privileged ${PSEUDO_MOUNTS}`, PSEUDO_ACTS],
  ["devices", "--privileged -v /dev:/d", DEVICE_ACTS],
];

/**
 * Containers in which every act succeeds: under plain runc, with all rules audited, and
 * (no kernel could make a difference there) without the rules.
 */
const FREELY = ["plain", "audited"];

for (const release of chosenReleases()) {
  describe(release, () => {
    const session = new Session({ release, docker: true });
    const ok = session.ok.bind(session);
    const freely = release === "bookworm" ? [...FREELY, "without"] : FREELY;

    const record = async (policy: string) =>
      (await session.containers()).find((container) => container.policy === policy)!;
    const acts = (rows: readonly Row[]) => rows.map(([act]) => act);
    const expected = (rows: readonly Row[], held: boolean) =>
      new Map(rows.map(([act, verdict, free]) => [act, held ? verdict : (free ?? "ok")]));
    /** How many of the acts only the rule stands in the way of. */
    const forbidden = (rows: readonly Row[]) =>
      rows.filter(([, verdict, free]) => verdict === "EPERM" && free !== "EPERM").length;
    const writePolicy = (name: string, rules: string) =>
      ok(
        `cat >/etc/lockc/policy/${name}.yaml`,
        `name: ${name}\ndescription: A test's.\nextends: careless\nhostPaths: { allow: any }\nkernelLockdown: { allow: true }\nkernelLog: { allow: true }\nabstractSockets: { allow: true }\n${rules}\n`,
      );
    /** Starts a container named after its policy, or after plain runc. */
    const start = (policy: string, flags: string) =>
      ok(
        `docker run -d --name ${policy} ${policy === "plain" ? "" : `--runtime lockc-privileged --label org.lockc.policy=${policy}`} ${flags} -v ${SHARED}:/x busybox sleep 100000`,
      );
    const attemptIn = (policy: string, rows: readonly Row[]) =>
      attempt(session, `docker exec --privileged ${policy}`, acts(rows));

    before(async () => {
      for (const [name, rules] of Object.entries(POLICIES)) await writePolicy(name, rules);
      await ok("lockctl policy reload");
      await ok(`mknod ${SHARED}/vdb b $(stat -c '0x%t 0x%T' /dev/vdb)`);
      for (const [type, at] of [
        ["debugfs", "/sys/kernel/debug"],
        ["tracefs", "/sys/kernel/tracing"],
      ]) {
        await ok(`mountpoint -q ${at} || mount -t ${type} none ${at}`);
      }
      await ok(`ip addr add ${FAR}/32 dev lo; ip -6 addr add ${FAR6}/128 dev lo nodad`);
      await ok("ip link add name far index 2 type dummy && ip link set far up");
      for (const address of ["127.0.0.1", "::1", FAR, FAR6]) {
        await ok(`${SHARED}/probe serve ${address} ${PORT} >/dev/null 2>&1 </dev/null & true`);
        await session.until(`${SHARED}/probe connect tcp ${address} ${PORT}`);
      }
      for (const free of freely) {
        await start(free, `--privileged --network host ${PSEUDO_MOUNTS}`);
      }
    });

    for (const [policy, flags, rows] of RULES) {
      describe(policy, () => {
        for (const free of freely) {
          test(`everything succeeds: ${free}`, async () => {
            assert.deepEqual(await attemptIn(free, rows), expected(rows, false));
          });
        }

        test("under the rule what it forbids is EPERM and counted, the rest succeeds", async () => {
          await start(policy, flags);
          if (policy === "devices") {
            await writePolicy(policy, `devices: { allow: ${DEVICES} }`);
            await ok("lockctl policy reload --running");
          }
          try {
            assert.deepEqual(await attemptIn(policy, rows), expected(rows, true));
            const { audits, denials } = await record(policy);
            assert.ok(denials >= forbidden(rows), `${denials} denials`);
            assert.equal(audits, 0);
          } finally {
            await ok(`docker rm -f ${policy}`);
          }
        });
      });
    }

    test("without the rules nothing was refused, and an audit counted what they forbid", async () => {
      if (freely.includes("without")) {
        const { denials, audits } = await record("without");
        assert.deepEqual({ denials, audits }, { denials: 0, audits: 0 });
      }
      const audited = await record("audited");
      assert.equal(audited.denials, 0);
      const all = RULES.reduce((sum, [, , rows]) => sum + forbidden(rows), 0);
      assert.ok(audited.audits >= all, `${audited.audits} audits of ${all} acts`);
    });

    test("bpffs comes along with a bind of /sys, and is open to nobody", async () => {
      const acts = ["stat /y/fs/bpf", "open /y/fs/bpf", "directory /y/fs/bpf/made"];
      const said = async (name: string) => [
        ...(await attempt(session, `docker exec --privileged ${name}`, acts)).values(),
      ];
      assert.deepEqual(await said("plain"), ["ok", "ok", "ok"]);
      assert.deepEqual(await said("audited"), ["ok", "EPERM", "EPERM"]);
    });

    test("the capabilities hold in a container's own user namespace as well", async () => {
      const bundle = "/tmp/remapped";
      await makeBundle(session, bundle);
      const config = configJson({ args: ["/bin/sleep", "1000"] }) as {
        process: { capabilities: object };
        linux: object;
      };
      const given = ["CAP_SETFCAP", "CAP_SYS_CHROOT"];
      config.process.capabilities = { bounding: given, effective: given, permitted: given };
      const identity = [{ containerID: 0, hostID: 0, size: 65536 }];
      config.linux = {
        namespaces: ["pid", "ipc", "uts", "mount", "user"].map((type) => ({ type })),
        uidMappings: identity,
        gidMappings: identity,
      };
      await ok(`cat >${bundle}/config.json`, JSON.stringify(config));
      const rows: readonly Row[] = [
        ["chroot", "ok"],
        ["hostname", "EPERM"],
        ["newuts", "EPERM"],
        ["userns newuts", "ok"],
      ];
      for (const [runc, held] of [
        ["runc", false],
        [`${HELD} --lockc-policy capabilities`, true],
      ] as const) {
        await ok(`cd ${bundle} && ${runc} run -d remapped >/dev/null 2>&1 </dev/null`);
        const exec = `${runc} exec --cap CAP_SYS_ADMIN remapped`;
        const said = await attempt(session, exec, acts(rows));
        assert.deepEqual(said, expected(rows, held), runc);
        await ok(`${runc} delete -f remapped`);
      }
    });
  });
}
