// SPDX-License-Identifier: Apache-2.0
/** Policies through the engines: what is refused and how it is said, who selects, what reload does. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ADMITTING, makeBundle } from "./bundle.ts";
import { assertAllowed, assertRefused, Session, SHARED } from "./session.ts";

const session = new Session({ docker: true });
const run = session.run.bind(session);
const ok = session.ok.bind(session);
const lockc = "docker run --rm --runtime lockc";

/** What Docker users type to get more than baseline gives: the sentence must name control and remedy. */
const ASKED: readonly [flag: string, sentence: RegExp][] = [
  [
    "--privileged",
    /refuses a privileged container: .*\(rule privileged\.allow; Pod Security Standards: Privileged Containers\); start it without --privileged.*LOCKC_E_ADMISSION/,
  ],
  [
    "--pid=host",
    /refuses the host's pid namespace \(rule hostNamespaces\.allow; Pod Security Standards: Host Namespaces\); start it without --pid=host.*LOCKC_E_NAMESPACE/,
  ],
  [
    "--net=host",
    /refuses the host's network namespace \(rule hostNamespaces\.allow; Pod Security Standards: Host Namespaces\); start it without --network=host/,
  ],
  [
    "--cap-add ALL",
    /refuses the capabilities DAC_READ_SEARCH, .* \(rule capabilities\.allow; Pod Security Standards: Capabilities\); start it without --cap-add/,
  ],
  [
    "--device /dev/vda",
    /refuses the block device \/dev\/vda \(b \d+:0\) \(rule devices\.allow\); start it without --device/,
  ],
  [
    "--security-opt seccomp=unconfined",
    /without a seccomp filter \(rule seccomp\.require; Pod Security Standards: Seccomp\); start it without --security-opt seccomp=unconfined/,
  ],
  [
    "--security-opt systempaths=unconfined",
    /nothing hides \/proc\/.* \(rule maskedPaths\.require; Pod Security Standards: \/proc Mount Type\); start it without --security-opt systempaths=unconfined/,
  ],
  [
    "-v /proc:/host/proc",
    /the mount of \\?"\/proc\\?" on \\?"\/host\/proc\\?".*\(rule hostPaths\.allow; Pod Security Standards: HostPath Volumes\); use a volume/,
  ],
  [
    "--sysctl net.core.somaxconn=128",
    /the kernel parameter net\.core\.somaxconn \(rule sysctls\.allow; Pod Security Standards: Sysctls\); start it without --sysctl/,
  ],
];

describe("what Docker users ask for beyond baseline", () => {
  for (const [flag, sentence] of ASKED) {
    test(`${flag} is refused by baseline in one sentence`, async () => {
      const { status, stderr } = await run(`${lockc} ${flag} busybox true`);
      assert.equal(status, 125, stderr);
      assert.match(stderr, sentence);
      assert.match(stderr, /policy \\?"baseline\\?" refuses/);
    });
  }

  test("all of it together is admitted by privileged", async () => {
    // Docker itself refuses to set net.* in the host's network namespace.
    const flags = ASKED.map(([flag]) => flag).filter((flag) => !flag.startsWith("--sysctl"));
    const command = `docker run --rm --runtime lockc-privileged ${flags.join(" ")} busybox true`;
    assertAllowed(await run(command), "privileged");
  });

  test("an ordinary container passes, and the refused ones left nothing behind", async () => {
    assert.equal(await ok(`${lockc} busybox echo hi`), "hi");
    assert.deepEqual(await session.containers(), []);
  });
});

describe("the road from a refusal to a policy", () => {
  /** What lockctl why prints for root's shell: lines that are not moved in. */
  const road = async (word: string) => {
    const text = await ok(`lockctl why ${word}`);
    const [, commands] = /to allow it, as root:\n\n(.*?)\n\n {2}then /s.exec(text) ?? [];
    const [label] = /--label org\.lockc\.policy=\S+/.exec(text) ?? [];
    assert.ok(commands && label, text);
    const [, register, runtime] =
      /chooses: (lockctl [^,]+), then (docker run [^;]+);/.exec(text.replace(/\n {4}/g, " ")) ?? [];
    return { commands, label, register, runtime };
  };
  /** The words for a runtime of its own, as the first refusal had them. */
  const own = { register: "", runtime: "" };
  const OWN = "/etc/lockc/policy/baseline-own";
  const start = (flags: string) => run(`${lockc} ${flags} -v /opt/shop:/d:ro busybox cat /d/file`);

  before(async () => {
    await ok("mkdir -p /opt/shop && echo there >/opt/shop/file");
  });
  after(async () => {
    await ok(
      `docker rm -f walked; rm -rf /opt/shop /etc/lockc/lockc.yaml ${OWN}*.yaml /usr/bin/lockc-runc-baseline-own; lockctl policy reload`,
    );
  });

  test("a container that was refused starts after the commands as they are printed", async () => {
    const { stderr } = await start("--name shop");
    const word = /more: lockctl why (\w+)/.exec(stderr)?.[1];
    assert.equal(word, "shop", stderr);
    const { commands, label, register, runtime } = await road(word);
    Object.assign(own, { register, runtime });
    await ok("sh -e", `${commands}\n`);
    const started = await start(label);
    assert.equal(started.stdout, "there\n", started.stderr);
    const other = await start("--label org.lockc.policy=privileged");
    assert.match(
      other.stderr,
      /which is looser than .*requests\.also in \/etc\/lockc\/lockc\.yaml/,
    );
  });

  test("a container that runs has what it was refused at once", async () => {
    await ok("docker run -d --name walked --runtime lockc busybox sleep 1000");
    const read = "docker exec walked head -n 1 /proc/vmallocinfo";
    assertRefused(await run(read), "before");
    await ok("sh -e", `${(await road("walked")).commands}\n`);
    assertAllowed(await run(read), "after");
    const settings = await ok("cat /etc/lockc/lockc.yaml");
    assert.equal(settings, "requests: { also: [baseline-own, baseline-own2] }");
  });

  test("the other ways lead there too: a runtime of its own, every container, a house baseline", async () => {
    await ok(`${own.register} && kill -HUP $(cat /run/docker.pid)`);
    await session.until("docker info -f '{{json .Runtimes}}' | grep -q lockc-baseline-own");
    await ok(`${own.runtime} --rm -v /opt/shop:/d:ro busybox true`);
    await ok("lockctl engine unregister docker --policy baseline-own");
    const settings = "cat >/etc/lockc/lockc.yaml && lockctl policy reload";
    await ok(settings, "defaultPolicy: baseline-own\n");
    assert.equal((await start("")).stdout, "there\n");
    await ok(settings, "");
    const house = "/etc/lockc/policy/baseline.yaml";
    await ok(`sed 's/^name: .*/name: baseline/' ${OWN}.yaml >${house} && lockctl policy reload`);
    const { stdout } = await start("");
    await ok(`rm ${house} && lockctl policy reload`);
    assert.equal(stdout, "there\n");
  });
});

describe("the same road, by the words for other engines", () => {
  const NAME = "baseline-own";
  const podman = (flags: string) =>
    run(
      `podman ${flags.replace(/^(--runtime \S+)?/, "$1 --cgroup-manager cgroupfs --events-backend file run --rm --network none")} -v /opt/shop:/d:ro busybox cat /d/file`,
    );

  before(async () => {
    await ok("mkdir -p /opt/shop && echo there >/opt/shop/file");
    await ok("docker save busybox | podman load");
  });
  after(async () => {
    await ok(
      `rm -rf /opt/shop /etc/lockc/lockc.yaml /etc/lockc/policy/${NAME}*.yaml /usr/bin/lockc-runc-${NAME}*; lockctl policy reload`,
    );
  });

  test("Podman's container starts with the label, and by the runtime of its own, as they are printed", async () => {
    const lockc = "--runtime /usr/bin/lockc-runc";
    const { stderr } = await podman(`${lockc} --name pod-shop`);
    const [, word] = /more: lockctl why ([\w-]+)/.exec(stderr) ?? [];
    assert.equal(word, "pod-shop", stderr);
    const text = await ok(`lockctl why ${word}`);
    const [, commands] = /to allow it, as root:\n\n(.*?)\n\n {2}then /s.exec(text) ?? [];
    const [label] = /--label org\.lockc\.policy=\S+/.exec(text) ?? [];
    await ok("sh -e", `${commands}\n`);
    const labelled = await podman(`${lockc} ${label}`);
    assert.equal(labelled.stdout, "there\n", labelled.stderr);
    const said = text.replace(/\n {4}/g, " ");
    const [, register, runtime] =
      /: (lockctl engine register docker [^,]+), then docker run (--runtime [^;]+); podman,/.exec(
        said,
      ) ?? [];
    await ok(register!.replace("docker", "podman"));
    const own = await podman(runtime!);
    assert.equal(own.stdout, "there\n", own.stderr);
  });

  test("a pod's container starts with the annotation of the label's name", async () => {
    const name = "containerd-cri-default-container.json";
    const config = JSON.parse(
      readFileSync(join(import.meta.dirname, "../fixtures/configs/bookworm", name), "utf8"),
    );
    const inPod = async (annotations: Readonly<Record<string, string>>) => {
      await makeBundle(session, "/tmp/pod");
      const { process, linux, mounts } = config;
      const bind = {
        type: "bind",
        source: "/opt/shop",
        destination: "/d",
        options: ["rbind", "ro"],
      };
      const own = {
        ...config,
        process: { ...process, args: ["/bin/cat", "/d/file"], env: ["PATH=/bin"] },
        mounts: [...mounts.filter(({ type }: { type: string }) => type !== "bind"), bind],
        annotations: { ...config.annotations, ...annotations },
        // The sandbox's own, which there is none of here.
        linux: {
          ...linux,
          namespaces: linux.namespaces.map(({ type }: { type: string }) => ({ type })),
        },
      };
      delete own.process.apparmorProfile;
      await ok("cat >/tmp/pod/config.json", JSON.stringify(own));
      return run("cd /tmp/pod && lockc-runc run pod");
    };
    const { stderr } = await inPod({});
    const [, word] = /more: lockctl why (\S+)/.exec(stderr) ?? [];
    const text = await ok(`lockctl why ${word}`);
    const [, commands] = /to allow it, as root:\n\n(.*?)\n\n {2}then /s.exec(text) ?? [];
    assert.match(text, /for others the\s+annotation of that name/);
    await ok("sh -e", `${commands}\n`);
    const [, key, value] = /--label (\S+)=(\S+)/.exec(text) ?? [];
    const started = await inPod({ [key!]: value! });
    assert.equal(started.stdout, "there\n", started.stderr);
  });
});

describe("lockctl engine", () => {
  const FILE = "/etc/docker/daemon.json";
  const runtimes = "docker info -f '{{json .Runtimes}}'";

  test("makes a policy a runtime of Docker's, and takes it out again to the byte", async () => {
    await ok(`cp ${FILE} /root/daemon.json`);
    await ok("lockctl engine register docker --policy restricted && kill -HUP $(pidof dockerd)");
    await session.until(`${runtimes} | grep -q lockc-restricted`);
    assert.match(await ok("lockctl engine list"), /lockc-restricted/);
    const strict =
      "docker run --rm --runtime lockc-restricted --security-opt no-new-privileges --user 1000";
    assert.equal(await ok(`${strict} --cap-drop ALL busybox echo hi`), "hi");
    const { status, stderr } = await run(`${strict} --cap-add SYS_ADMIN busybox true`);
    assert.notEqual(status, 0);
    assert.match(stderr, /policy "restricted" refuses/);
    const named = "--policy restricted";
    await ok(`lockctl engine unregister docker ${named} && kill -HUP $(pidof dockerd)`);
    await ok(`cmp ${FILE} /root/daemon.json`);
    await session.until(`! ${runtimes} | grep -q lockc-restricted`);
  });
});

describe("who selects the policy", () => {
  const RESTRICTED = "--user 1000 --cap-drop ALL --security-opt no-new-privileges";

  test("a label may tighten: restricted admits what is made for it, and nothing else", async () => {
    const labelled = `${lockc} --label org.lockc.policy=restricted`;
    assert.match(await ok(`${labelled} ${RESTRICTED} busybox id`), /^uid=1000/);
    const { stderr } = await run(`${labelled} busybox true`);
    assert.match(stderr, /policy \\?"restricted\\?" refuses the capabilities .*--cap-drop ALL/);
    assert.match(stderr, /the rules nonRoot, noNewPrivileges refuse it too; more: lockctl why \w+/);
  });

  test("a label may not loosen, and an unknown one is refused", async () => {
    const { stderr } = await run(`${lockc} --label org.lockc.policy=privileged busybox true`);
    assert.match(
      stderr,
      /label org\.lockc\.policy asks for policy \\?"privileged\\?", which is looser/,
    );
    const unknown = await run(`${lockc} --label org.lockc.policy=nope busybox true`);
    assert.match(unknown.stderr, /policy \\?"nope\\?" \(label org\.lockc\.policy\) does not exist/);
  });

  test("a config.v2.json of one's own beside a file called hostname selects nothing", async () => {
    await ok(
      `mkdir -p ${SHARED}/fake && cd ${SHARED}/fake && echo x >hostname && echo '{"Config":{"Labels":{"org.lockc.policy":"restricted"}}}' >config.v2.json`,
    );
    assert.equal(
      await ok(`${lockc} -v ${SHARED}/fake/hostname:/etc/hostname busybox cat /etc/hostname`),
      "x",
    );
  });

  test("what Docker's labels ask for must be found: else the container is refused", async () => {
    const bundle = "/run/containerd/io.containerd.runtime.v2.task/moby/unheard";
    await makeBundle(session, bundle, { args: ["/bin/true"] });
    const create = `cd ${bundle} && lockc-runc run unheard`;
    const { status, stderr } = await run(create);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /cannot tell which policy the container's labels ask for: Docker's config\.v2\.json .*engineRoots.*LOCKC_E_POLICY/,
    );
    await ok("cat >/etc/lockc/lockc.yaml && lockctl policy reload", "requests: ignore\n");
    try {
      assert.match((await run(create)).stderr, /policy "baseline" refuses/);
    } finally {
      await ok(`rm -r ${bundle} /etc/lockc/lockc.yaml && lockctl policy reload`);
    }
  });

  test("a label holds with another data-root too, which reload finds", async () => {
    const config = JSON.parse(await ok("cat /etc/docker/daemon.json"));
    const set = async (file: object) => {
      await ok("kill $(cat /run/docker.pid); while [ -e /run/docker.pid ]; do sleep 0.1; done");
      await ok("cat >/etc/docker/daemon.json", JSON.stringify(file));
      await ok(
        "setsid dockerd --containerd=/run/containerd/containerd.sock >/run/dockerd.log 2>&1 </dev/null & true",
      );
      await session.until("docker version >/dev/null 2>&1", 300);
    };
    await set({ ...config, "data-root": "/mnt/docker-data" });
    try {
      await ok(
        "mkdir -p /tmp/small/bin && cp /bin/busybox /tmp/small/bin/id && tar -C /tmp/small -c . | docker import - small",
      );
      for (const step of ["", "lockctl policy reload"]) {
        await ok(step);
        const labelled = `${lockc} --label org.lockc.policy=restricted`;
        assert.match((await run(`${labelled} small /bin/id`)).stderr, /\\?"restricted\\?" refuses/);
        assert.match(await ok(`${labelled} ${RESTRICTED} small /bin/id`), /^uid=1000/);
        assert.match(await ok(`${lockc} small /bin/id`), /^uid=0/);
      }
      assert.match(await ok("lockctl status"), /^roots .*(\n .*)*\/mnt\/docker-data/m);
      assert.match(
        await ok("lockctl doctor; true"),
        /^ok .*\/mnt\/docker-data \(data-root in \/etc\/docker\/daemon\.json\)/m,
      );
    } finally {
      await set(config);
    }
  });

  test("the name that lockc-runc is called by selects, and so does a runtime's argument", async () => {
    const config = JSON.parse(await ok("cat /etc/docker/daemon.json"));
    config.runtimes.named = { path: "/usr/bin/lockc-runc-restricted" };
    config.runtimes.argued = {
      path: "/usr/bin/lockc-runc",
      runtimeArgs: ["--lockc-policy", "restricted"],
    };
    await ok(
      "cat >/etc/docker/daemon.json && kill -HUP $(cat /run/docker.pid)",
      JSON.stringify(config),
    );
    await session.until("docker info -f '{{json .Runtimes}}' | grep -q argued");
    for (const runtime of ["named", "argued"]) {
      const { stderr } = await run(`docker run --rm --runtime ${runtime} busybox true`);
      assert.match(stderr, /policy \\?"restricted\\?" refuses/, runtime);
    }
  });

  test("a floor holds against the administrator's own runtimes", async () => {
    await ok(
      "cat >/etc/lockc/lockc.yaml && lockctl policy reload",
      "engines:\n  docker:\n    floor: baseline\n",
    );
    try {
      const { stderr } = await run("docker run --rm --runtime lockc-privileged busybox true");
      assert.match(stderr, /policy \\?"privileged\\?" is looser than the floor \\?"baseline\\?"/);
    } finally {
      await ok("rm /etc/lockc/lockc.yaml && lockctl policy reload");
    }
  });
});

describe("lockctl policy", () => {
  const write = (yaml: string) =>
    run("cat >/etc/lockc/policy/tried.yaml && lockctl policy reload --running", yaml);
  const READ = "docker exec tried cat /proc/vmallocinfo";
  const head = "name: tried\ndescription: A test's.\nextends: baseline\n";

  before(async () => {
    await ok("cat >/etc/lockc/policy/tried.yaml && lockctl policy reload", head);
    await ok(
      "docker run -d --name tried --runtime lockc --label org.lockc.policy=tried busybox sleep 1000",
    );
  });
  after(async () => {
    await ok("docker rm -f tried; rm /etc/lockc/policy/tried.yaml && lockctl policy reload");
  });

  test("a policy that extends baseline holds what baseline holds", async () => {
    assertRefused(await run(READ), "tried");
  });

  test("a broken file is told by line and column, and changes nothing", async () => {
    const { status, stderr } = await write(`${head}kernelLgo: { allow: true }\n`);
    assert.equal(status, 1);
    assert.match(stderr, /tried\.yaml:4:1: unknown key "kernelLgo"; did you mean "kernelLog"\?/);
    assertRefused(await run(READ), "the old rules");
  });

  test("reload leaves running containers their rules, --running gives them the new ones", async () => {
    const audited = `${head}pseudoFiles: { mode: audit }\n`;
    await ok("cat >/etc/lockc/policy/tried.yaml", audited);
    assert.match(await ok("lockctl policy reload"), /keep their old rules: (tried|[0-9a-f]{12})/);
    assertRefused(await run(READ), "before --running");
    const [held] = await session.containers();
    const { stdout } = await write(audited);
    assert.match(stdout, /with new rules: (tried|[0-9a-f]{12})/);
    assertAllowed(await run(READ), "audited");
    const [now] = await session.containers();
    assert.equal(now!.denials, held!.denials, "an audit is no denial");
    assert.ok(now!.audits > held!.audits, "and is counted");
    await write(head);
    assertRefused(await run(READ), "enforced again");
    assert.ok((await session.containers())[0]!.denials > now!.denials, "no count was lost");
  });

  test("a rule that is audited at creation admits and is counted", async () => {
    await write(`${head}capabilities: { mode: audit }\n`);
    await ok(
      "docker run -d --name audited --runtime lockc-privileged --label org.lockc.policy=tried --cap-add NET_ADMIN busybox sleep 1000",
    );
    const audited = (await session.containers()).find(({ audits }) => audits > 0);
    assert.equal(audited?.policy, "tried");
    await ok("docker rm -f audited");
    await write(head);
  });

  test("programs that every mapping passes are attached while a policy has their rule", async () => {
    const attached = () => run("ls /sys/fs/bpf/lockc/links/lockc_file_mprotect");
    assert.notEqual((await attached()).status, 0, "no built-in policy has the rule");
    await write(`${head}filelessMappings: { allow: false }\n`);
    assertAllowed(await attached(), "after a reload");
    assert.match(
      await ok("docker exec tried dmesg || true; lockctl status"),
      /(\d+) of \1 attached/,
    );
    await write(head);
    await ok("lockctl load");
    assert.notEqual((await attached()).status, 0, "nobody has it any more");
    assertRefused(await run(READ), "held all the while");
  });

  test("hostPaths that name a link of root hold for where it leads, by no other one", async () => {
    await ok(
      "mkdir -p /opt/real/data && ln -sfn /opt/real /opt/link && echo there >/opt/real/data/file",
    );
    const entry = "hostPaths: { add: [{ path: /opt/link/data, access: read-only }] }\n";
    const look = `${lockc} --label org.lockc.policy=tried -v /opt/link/data:/d:ro busybox cat /d/file`;
    await write(`${head}capabilities: { allow: [] }\n`);
    await ok("cat >/etc/lockc/lockc.yaml && lockctl policy reload", "requests: any\n");
    try {
      const strict = "--cap-drop ALL ";
      const given = look.replace("-v ", `${strict}-v `);
      assert.match((await run(given)).stderr, /outside the policy's host directories/);
      await write(`${head}capabilities: { allow: [] }\n${entry}`);
      assert.equal(await ok(given), "there");
      const shown = await ok("lockctl policy show tried");
      assert.ok(shown.includes("/opt/link/data") && shown.includes("/opt/real/data"), shown);
      await ok("chown -h 1000 /opt/link");
      await write(`${head}capabilities: { allow: [] }\n${entry}`);
      assert.match((await run(given)).stderr, /outside the policy's host directories/);
      assert.match(
        (await run("lockctl policy validate /etc/lockc/policy/tried.yaml")).stderr,
        /leads through \/opt\/link, a link that others than root can turn elsewhere/,
      );
    } finally {
      await ok("rm -r /opt/link /opt/real /etc/lockc/lockc.yaml");
      await write(head);
    }
  });

  test("a renamed container is known by its new name, and its refusals too", async () => {
    await ok("docker run -d --name before --runtime lockc busybox sleep 1000");
    try {
      await run("docker exec before cat /proc/vmallocinfo");
      await ok("docker rename before after");
      assert.match(await ok("lockctl container list"), /^after /m);
      assert.match((await run("lockctl container show before")).stderr, /renamed to "after"/);
      assert.match(await ok("lockctl why after"), /\/proc\/vmallocinfo/);
      assert.match(await ok("lockctl events --container after"), /vmallocinfo/);
      assert.match(await ok("lockctl why"), /\/proc\/vmallocinfo/);
    } finally {
      await ok("docker rm -f after before; true");
    }
  });

  test("explain says of a running container's bundle what lockc-runc said, and creates nothing", async () => {
    const bundle =
      "$(ls -d /run/*/*/*/*/io.containerd.runtime.v2.task/moby/* /run/*/io.containerd.runtime.v2.task/moby/* 2>/dev/null | head -n 1)";
    const before = await session.containers();
    const admitted = JSON.parse(await ok(`lockctl policy explain --bundle ${bundle} --json`));
    assert.equal(admitted.verdict, "admitted");
    assert.equal(admitted.engine, "docker");
    assert.equal(admitted.policy, "tried", "by the label");
    const named = JSON.parse(await ok(`lockctl policy explain $(basename ${bundle}) --json`));
    assert.deepEqual(
      [named.bundle, named.policy, named.reasons[0]],
      [admitted.bundle, "tried", "the container runs under it"],
    );
    const refused = await run(`lockctl policy explain --bundle ${bundle} --policy restricted`);
    assert.equal(refused.status, 1);
    assert.match(refused.stdout, /looser|deny +capabilities/);
    assert.deepEqual(await session.containers(), before);
  });
});

describe("a pod's sandbox", () => {
  const SANDBOX = "5a0d5a0d";
  const POLICY = `name: nonroot\ndescription: A test.\nextends: baseline\nnonRoot: { require: true }\n${ADMITTING}`;

  /** As the CRI plugin of containerd makes one: its program runs as user 0, as its image has it. */
  async function runAs(id: string) {
    const bundle = `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${id}`;
    await makeBundle(session, bundle, {
      args: ["id", "-u"],
      namespaces: ["pid", "network", "ipc", "uts", "mount"].map((type) => ({ type })),
      annotations: {
        "io.kubernetes.cri.container-type": "sandbox",
        "io.kubernetes.cri.sandbox-id": SANDBOX,
        "io.kubernetes.cri.sandbox-namespace": "shop",
        "io.kubernetes.cri.sandbox-name": "web",
      },
    });
    return run(`cd ${bundle} && lockc-runc --lockc-policy nonroot run ${id}`);
  }

  test("may be user 0 where its containers may not, and none of those passes for one", async () => {
    await ok("cat >/etc/lockc/policy/nonroot.yaml && lockctl policy reload", POLICY);
    const { status, stdout, stderr } = await runAs(SANDBOX);
    assert.deepEqual([status, stdout.trim()], [0, "0"], stderr);
    const container = await runAs("c0ffee00");
    assert.notEqual(container.status, 0);
    assert.match(container.stderr, /user 0 \(rule nonRoot\.require/);
    await ok("rm /etc/lockc/policy/nonroot.yaml && lockctl policy reload");
  });
});
