// SPDX-License-Identifier: Apache-2.0
/**
 * The token of a Kubernetes service account, on each kernel: a container that is given it, as
 * the kubelet makes it, starts, and reads it under plain runc and a policy that allows it alone.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Reason } from "../../ctl/advice/explain.ts";
import { type BundleOptions, makeBundle } from "./bundle.ts";
import { Session } from "./session.ts";

/** Admits what the bundle asks for, so that the kernel half alone stands in the way. */
const POD = `
name: pod
description: A test's.
extends: baseline
privileged: { allow: true }
hostNamespaces: { allow: [pid, network, ipc, uts, user, cgroup, time] }
devices: { allow: any }
capabilities: { allow: any }
hostPaths: { allow: any }
seccomp: { require: never }
apparmor: { require: never }
maskedPaths: { require: [] }
readonlyPaths: { require: [] }
`;
const POLICIES = {
  pod: POD,
  api: `${POD.replace("name: pod", "name: api")}serviceAccountToken: { allow: true }\n`,
  watched: `${POD.replace("name: pod", "name: watched")}serviceAccountToken: { mode: audit }\n`,
};

const BUNDLE = "/tmp/token";
const PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";
const VOLUME = "/var/lib/kubelet/pods/0a5c/volumes/kubernetes.io~projected/kube-api-access-x7k2p";
/** A JWT of system:serviceaccount:shop:web. */
const TOKEN = `e30.${Buffer.from('{"sub":"system:serviceaccount:shop:web"}').toString("base64url")}.c2ln`;

/** As the kubelet writes a volume's files: anew, in a directory of the time. */
const write = (time: string) =>
  `cd ${VOLUME} && mkdir ..${time} && echo ${TOKEN} >..${time}/token && echo shop >..${time}/namespace && echo certificate >..${time}/ca.crt && ln -s ..${time} ..data_tmp && mv -T ..data_tmp ..data && rm -rf $(ls -d ..2* | grep -v ${time}); for f in token namespace ca.crt; do ln -sfn ..data/$f $f; done`;

interface Case {
  readonly title: string;
  readonly source: string;
  readonly destination: string;
  /** Where the container finds it. */
  readonly at: string;
  /** The image's /var/run is a directory, and no link to /run. */
  readonly apart?: boolean;
}
const CASES: readonly Case[] = [
  { title: "at its place", source: VOLUME, destination: PLACE, at: PLACE },
  {
    title: "at its place, by the name that a link of the image gives it",
    source: VOLUME,
    destination: PLACE.slice(4),
    at: PLACE,
  },
  { title: "elsewhere", source: VOLUME, destination: "/srv/account", at: "/srv/account" },
  {
    title: "below what is mounted on a parent",
    source: "/srv/parent",
    destination: "/var/run/secrets",
    at: PLACE,
  },
  {
    title: "as a directory of what is mounted on a parent",
    source: "/srv/directory",
    destination: "/var/run/secrets",
    at: PLACE,
  },
  {
    title: "as a file of its own",
    source: `${VOLUME}/..data/token`,
    destination: "/srv/one/token",
    at: "/srv/one",
  },
  {
    title: "at its place, where the image's /var/run is a directory",
    source: VOLUME,
    destination: PLACE,
    at: PLACE,
    apart: true,
  },
];

for (const release of ["bookworm", "trixie", "sid"] as const) {
  describe(release, () => {
    const session = new Session({ release }, POLICIES);
    const { run, ok } = { run: session.run.bind(session), ok: session.ok.bind(session) };

    const start = async (
      runtime: string,
      options: BundleOptions,
      meanwhile?: string,
      id = "pod",
    ) => {
      await makeBundle(session, BUNDLE, options);
      const beside = meanwhile ? `(sleep 2; ${meanwhile}; touch /home/x/go) >&2 &` : "";
      const { stdout } = await run(
        `cd ${BUNDLE}; rm -f /home/x/go; ${beside} ${runtime} run ${id} </dev/null 2>&1 | cat; ${runtime} delete -f ${id} 2>/dev/null; wait`,
      );
      return stdout;
    };
    const bundle = ({ source, destination }: Case, script: string): BundleOptions => ({
      args: ["/bin/sh", "-c", script],
      mounts: [{ destination, type: "bind", source, options: ["rbind", "rw"] }],
    });
    const isRead = (said: string) => said.includes(TOKEN);

    before(async () => {
      await ok(
        `mkdir -p ${VOLUME} && mount -t tmpfs -o mode=755 none ${VOLUME} && ${write("2026_1")}`,
      );
      await ok(
        `mkdir -p /srv/parent/kubernetes.io/serviceaccount && mount --bind ${VOLUME} /srv/parent/kubernetes.io/serviceaccount`,
      );
      await ok(
        `mkdir -p /srv/directory/kubernetes.io/serviceaccount && echo ${TOKEN} >/srv/directory/kubernetes.io/serviceaccount/token`,
      );
      await makeBundle(session, BUNDLE);
      await ok(
        `cd ${BUNDLE}/rootfs && mkdir -p run var/lib && ln -sfn /run var/run && for a in ln mv cp; do ln -sf busybox bin/$a; done`,
      );
      for (const name of Object.keys(POLICIES))
        await ok(`ln -s lockc-runc /usr/bin/lockc-runc-${name}`);
    });

    for (const [index, one] of CASES.entries()) {
      test(`${one.title} it can be listed and not opened`, async () => {
        const script = `echo started; ls -l ${one.at}/; cat ${one.at}/token`;
        const options = bundle(one, script);
        const root = `cd ${BUNDLE}/rootfs && rm -rf var/run`;
        if (one.apart) await ok(`${root} && mkdir var/run`);
        const held = await start("lockc-runc-pod", options, undefined, `pod${index}`);
        if (one.apart) await ok(`${root} && ln -s /run var/run`);
        assert.match(held, /started\n.* token.*token': Operation not permitted/s);
        assert.ok(!isRead(held));
      });
    }

    test("each of these refusals is told, with what would allow it, and no record is left", async () => {
      const reasons: Reason[] = JSON.parse(await ok("lockctl why --json"));
      for (const [index, { title }] of CASES.entries()) {
        const of = reasons.filter(({ event }) => event.container?.id === `pod${index}`);
        assert.deepEqual(
          of.map(({ event }) => [event.event, event.rule, event.policy]),
          [["denied", "serviceAccountToken", "pod"]],
          title,
        );
        assert.match(of[0]!.change ?? "", /serviceAccountToken:\n +allow: true/, title);
        assert.match(of[0]!.gives ?? "", /for all that its service account may do/, title);
      }
      assert.deepEqual(await session.containers(), []);
    });

    test("it is read under plain runc, by a policy that allows it, and by one that only audits", async () => {
      const options = bundle(CASES[0]!, `cat ${PLACE}/token`);
      for (const runtime of ["runc", "lockc-runc-api", "lockc-runc-watched"])
        assert.ok(isRead(await start(runtime, options)), runtime);
      assert.match(await ok("lockctl why"), /serviceAccountToken/);
    });

    test("one refusal is one event", async () => {
      await start("lockc-runc-pod", bundle(CASES[0]!, `cat ${PLACE}/token`), undefined, "once");
      const lines = (await ok("lockctl events --json --container once")).split("\n");
      const told = lines
        .map((line) => JSON.parse(line))
        .filter(({ rule }) => rule === "serviceAccountToken");
      assert.deepEqual(
        told.map(({ event, hook, count }) => [event, hook, count]),
        [["denied", "file_open", 1]],
      );
    });

    test("it stays shut as the kubelet makes it anew, and files elsewhere are open", async () => {
      const script = `until [ -e /x/go ]; do sleep 0.1; done; cat ${PLACE}/..2026_2/token; cat ${PLACE}/token; cat ${PLACE}/ca.crt; cat /run/own`;
      await ok(`echo mine >${BUNDLE}/rootfs/run/own`);
      const options = bundle(CASES[0]!, script);
      const held = await start("lockc-runc-pod", options, write("2026_2"));
      assert.ok(!isRead(held), held);
      assert.equal(held.match(/Operation not permitted/g)?.length, 3, held);
      assert.match(held, /mine/);
      const open = await start(
        "lockc-runc-api",
        { ...options, args: ["/bin/sh", "-c", script.replaceAll("..2026_2", "..2026_3")] },
        write("2026_3"),
      );
      assert.ok(isRead(open) && open.includes("certificate"), open);
    });

    test("by another name that it gets it is not to be had", async () => {
      const at = `${PLACE}/token`;
      const moves = ["ln", "mv", "cp"].map(
        (how) => `${how} ${at} /run/secrets/${how}; cat /run/secrets/${how}`,
      );
      const directory = `mv ${PLACE} /run/secrets/moved; cat /run/secrets/moved/token`;
      const script = [...moves, directory].join("; ");
      const options = bundle(CASES[4]!, script);
      const held = await start("lockc-runc-pod", options);
      assert.ok(!isRead(held), held);
      assert.ok(isRead(await start("lockc-runc-api", options)));
    });

    test("a container without one has no such rule, also after a reload", async () => {
      await makeBundle(session, BUNDLE, { args: ["/bin/sleep", "60"] });
      await ok(`cd ${BUNDLE} && lockc-runc-pod run -d pod </dev/null >/dev/null 2>&1`);
      const held = async (): Promise<string[]> => {
        const shown = JSON.parse(await ok("lockctl container show pod --json"));
        return [...shown.enforced, ...shown.audited];
      };
      const before = await held();
      assert.ok(before.includes("hostFiles") && !before.includes("serviceAccountToken"));
      await ok("lockctl policy reload --running");
      assert.deepEqual(await held(), before);
      await ok("lockctl container policy pod watched --force");
      assert.ok(!(await held()).includes("serviceAccountToken"));
      await run("lockc-runc-pod delete -f pod");
    });
  });
}
