// SPDX-License-Identifier: Apache-2.0
/**
 * The ready policies in policy/examples: the very commands of each file's comment, with the
 * software that it names or a stand-in that does what that does. Baseline refuses the same
 * command, what the policy is for works under it, and what it must still stop is stopped.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { assertAllowed, assertRefused, Session } from "./session.ts";

const FOLDER = join(import.meta.dirname, "../../policy/examples");

/** What the comment at the head of a policy file tells people to type. */
interface Recipe {
  /** Each with its continued lines. */
  readonly commands: readonly string[];
  /** What belongs below "runtimes" in daemon.json. */
  readonly runtimes: object;
}

function readRecipe(name: string): Recipe {
  const text = readFileSync(join(FOLDER, `${name}.yaml`), "utf8");
  const head = text.slice(0, text.indexOf(`\nname: ${name}\n`) + 1);
  const blocks = [...head.matchAll(/(^# {3,}.*\n)+/gm)].map(([block]) =>
    block.replace(/^# {3}/gm, ""),
  );
  const isRuntime = (block: string) => block.startsWith('"');
  const shell = blocks.filter((block) => !isRuntime(block)).join("");
  return {
    commands: shell
      .replaceAll(/\\\n\s+/g, "")
      .trimEnd()
      .split("\n"),
    runtimes: JSON.parse(`{${blocks.filter(isRuntime).join(",")}}`),
  };
}

/** One example's part of the table. */
interface Example {
  /** Image → what it runs, as a shell with the command's words as "$@". */
  readonly images: Readonly<Record<string, string>>;
  /** What baseline says to the commands that name a runtime of the example's own; undefined: it is stricter than baseline. */
  readonly baseline?: RegExp;
  /** Run before the comment's first command: what the host of such a container has. */
  readonly host?: string;
  /** What it is for, while it runs. */
  readonly works: () => Promise<void>;
  /** What it must still stop. */
  readonly stops: () => Promise<void>;
}

const session = new Session({ docker: true, software: true });
const run = session.run.bind(session);
const ok = session.ok.bind(session);

/** A client of a stream socket, for `python3 -c`; exits with 1 and says why it cannot connect. */
const CONNECT = `import socket,sys
s=socket.socket(socket.AF_UNIX)
try: s.connect(sys.argv[1])
except OSError as e: sys.exit(e.strerror)`;
const connect = (container: string, path: string) =>
  run(`docker exec --privileged ${container} python3 -c '${CONNECT}' ${path}`);

/** Lets questions through to Docker's socket, and no orders. */
const PROXY = `import http.client,http.server,socket
class Engine(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect("/var/run/docker.sock")
class Proxy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        engine = Engine("docker")
        engine.request("GET", self.path)
        answer = engine.getresponse()
        body = answer.read()
        self.send_response(answer.status)
        self.end_headers()
        self.wfile.write(body)
    def do_POST(self):
        self.send_error(403)
http.server.HTTPServer(("", 2375), Proxy).serve_forever()`;

/** A VPN's end: its key, a device of the kind tun, its address, and who waits for packets. */
const TUNNEL = `import fcntl,os,socket,struct
open("/etc/openvpn/key","w").write("made")
tun = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tun, 0x400454ca, struct.pack("16sH", b"tun0", 0x1001))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
address = struct.pack("16sHH4s8x", b"tun0", socket.AF_INET, 0, socket.inet_aton("10.8.0.1"))
fcntl.ioctl(s, 0x8916, address)
fcntl.ioctl(s, 0x8914, struct.pack("16sH14x", b"tun0", 0x41))
got = fcntl.ioctl(s, 0x8915, address)
print(socket.inet_ntoa(got[20:24]), "is up", flush=True)
while True: os.read(tun, 2000)`;

/** What backups need of restic: a repository that is made, and a snapshot that reads all and writes there. */
const RESTIC = `shift 2
case $1 in
init) touch /backup/config ;;
backup) shift; test -f /backup/config && tar -cf /backup/snapshot.tar "$@" ;;
esac`;

/** What NVIDIA's toolkit does as a runtime: it adds its hook to config.json and becomes the next one. */
const TOOLKIT = `const fs = require("node:fs");
const words = process.argv.slice(2);
if (words.includes("create")) {
  const file = words[words.indexOf("--bundle") + 1] + "/config.json";
  const config = JSON.parse(fs.readFileSync(file, "utf8"));
  config.hooks = { ...config.hooks, createContainer: [{ path: "/usr/local/bin/nvidia-hook", args: ["nvidia-hook"] }] };
  fs.writeFileSync(file, JSON.stringify(config));
}
const { status } = require("node:child_process").spawnSync("/usr/bin/lockc-runc-gpu", words, { stdio: "inherit" });
process.exit(status ?? 1);`;

const EXAMPLES: Readonly<Record<string, Example>> = {
  database: {
    images: {
      postgres:
        "cd /var/lib/postgresql/data && cp -a /srv/postgres/. . && chown -R app . && chmod 700 . && exec setpriv --reuid app --regid app --init-groups /usr/lib/postgresql/15/bin/postgres -D . -k /tmp",
    },
    works: async () => {
      const ask = (sql: string) =>
        `docker exec --user app database psql -h /tmp -At postgres -c '${sql}'`;
      await session.until(`${ask("select 1")} >/dev/null 2>&1`, 300);
      assert.equal(
        await ok(ask("create table t as select 6*7 as n; select n from t")),
        "SELECT 1\n42",
      );
      await ok("test -f /srv/postgres/PG_VERSION");
    },
    stops: async () => {
      assertRefused(await run("docker exec --privileged database chroot / true"), "chroot");
      const other = readRecipe("database").commands.at(-1)!;
      const elsewhere = other
        .replace("-v /srv/postgres:", "-v /srv/shop:")
        .replace("--name database", "--rm");
      assert.match((await run(elsewhere)).stderr, /outside the policy's host directories/);
      const idle = elsewhere
        .replace(/--cap-drop.*SETUID/, "")
        .replace("/srv/shop", "/srv/postgres");
      assert.match((await run(idle)).stderr, /refuses the capabilities .*MKNOD/);
    },
  },
  "socket-proxy": {
    images: {
      "tecnativa/docker-socket-proxy": `exec python3 -c '${PROXY}'`,
      traefik: "exec sleep infinity",
    },
    baseline: /it is the socket of an engine/,
    works: async () => {
      const ask = "docker exec traefik curl -s";
      await session.until(`${ask} http://socket-proxy:2375/version >/dev/null`, 300);
      assert.match(await ok(`${ask} http://socket-proxy:2375/containers/json`), /"\/traefik"/);
    },
    stops: async () => {
      const order =
        "-o /dev/null -w '%{http_code}' -X POST http://socket-proxy:2375/containers/traefik/stop";
      assert.equal(await ok(`docker exec traefik curl -s ${order}`), "403");
      const whole = "docker run --rm --runtime lockc-socket-proxy -v /run:/host traefik";
      assert.match((await run(whole)).stderr, /outside the policy's host directories/);
      assertRefused(await run("docker exec --privileged socket-proxy /bin/sh -c 'dmesg'"), "mount");
    },
  },
  "node-exporter": {
    images: {
      "quay.io/prometheus/node-exporter:latest": 'exec prometheus-node-exporter "$@"',
    },
    baseline: /in it is the socket of an engine/,
    // A mount with rslave takes a shared one, as systemd has it.
    host: `mount --make-rshared /
/usr/lib/lockc/node -e 'require("node:net").createServer().listen("/var/lib/service.sock")' >/dev/null 2>&1 </dev/null &
sleep 90001 >/dev/null 2>&1 </dev/null &`,
    works: async () => {
      const program = `fetch("http://127.0.0.1:9100/metrics").then((it) => it.text()).then(console.log)`;
      await session.until(`/usr/lib/lockc/node -e '${program}' >/run/metrics 2>/dev/null`, 300);
      const metrics = await ok("cat /run/metrics");
      for (const collector of [
        "diskstats",
        "filesystem",
        "meminfo",
        "netdev",
        "hwmon",
        "thermal_zone",
      ]) {
        const told = `node_scrape_collector_success{collector="${collector}"} 1`;
        assert.ok(metrics.includes(told), told);
      }
      assert.match(metrics, /^node_disk_reads_completed_total\{device="vda"\} [1-9]/m);
      assert.match(metrics, /^node_filesystem_size_bytes\{.*mountpoint="\/"\} [1-9]/m);
      assert.match(
        metrics,
        /^node_filesystem_device_error\{.*mountpoint="\/var\/lib\/docker"\} 0/m,
      );
      assert.match(await ok("docker exec node-exporter ls /host/etc"), /^shadow$/m);
    },
    stops: async () => {
      for (const path of ["/host/var/lib/service.sock", "/host/run/docker.sock"]) {
        assertRefused(await connect("node-exporter", path), path);
      }
      assert.match(
        (await run("docker exec --privileged node-exporter touch /host/etc/x")).stderr,
        /Read-only|Operation not permitted/,
      );
      // Docker's AppArmor profile refuses it first, where there is one.
      const kill = "docker exec --privileged node-exporter pkill -f 'sleep 90001'";
      assert.match((await run(kill)).stderr, /not permitted|Permission denied/);
      await ok("pgrep -f '[s]leep 90001'");
    },
  },
  cadvisor: {
    images: { "gcr.io/cadvisor/cadvisor": "exec sleep infinity" },
    baseline: /refuses the mount of/,
    host: "docker run -d --name counted --runtime lockc busybox sleep 100000",
    works: async () => {
      const inside = (command: string) => ok(`docker exec cadvisor ${command}`);
      const id = (await ok("docker inspect -f '{{.Id}}' counted")).trim();
      const cgroup = (
        await inside(`find /sys/fs/cgroup -path '*${id}*' -name memory.current`)
      ).trim();
      assert.match(await inside(`cat ${cgroup}`), /^[1-9]\d*$/);
      assert.match(await inside("cat /sys/block/vda/size"), /^[1-9]\d*$/);
      await inside("stat -f /rootfs");
      await inside("du -s /rootfs/var/lib/docker/containers /var/lib/docker/containers");
    },
    stops: async () => {
      assertRefused(await connect("cadvisor", "/rootfs/run/docker.sock"), "the engine's socket");
      const move = "docker exec --privileged cadvisor sh -c 'echo 1 >/sys/fs/cgroup/cgroup.procs'";
      assert.match((await run(move)).stderr, /Read-only|not permitted|Permission/);
    },
  },
  "log-shipper": {
    images: {
      "fluent/fluent-bit":
        "exec tail -n +1 -F /var/log/test.log /var/lib/docker/containers/*/*-json.log >/tmp/shipped",
    },
    baseline: /"\/var\/log" on "\/var\/log"/,
    host: "docker run --name talker busybox echo said-by-a-container; echo said-by-the-host >/var/log/test.log",
    works: async () => {
      for (const line of ["said-by-the-host", "said-by-a-container"]) {
        await session.until(`docker exec log-shipper grep -q ${line} /tmp/shipped`, 300);
      }
    },
    stops: async () => {
      const other =
        "docker run --rm --runtime lockc-log-shipper -v /var/lib/docker:/d:ro busybox true";
      assert.match((await run(other)).stderr, /outside the policy's host directories/);
      assert.match(
        (await run("docker exec --privileged log-shipper touch /var/log/x")).stderr,
        /Read-only|not permitted/,
      );
    },
  },
  vpn: {
    images: {
      "kylemanna/openvpn": `exec python3 -c '${TUNNEL}'`,
    },
    baseline: /refuses the capabilities NET_ADMIN/,
    works: async () => {
      await session.until("docker logs vpn 2>&1 | grep -q '^10.8.0.1 '", 300);
      assert.match(await ok("docker exec vpn cat /proc/net/dev"), /tun0:/);
      assert.equal(await ok("cat /srv/vpn/key"), "made");
    },
    stops: async () => {
      const net = "docker run --rm --runtime lockc-vpn --cap-add NET_ADMIN --net host busybox true";
      assert.match((await run(net)).stderr, /refuses the host's network namespace/);
      assertRefused(await run("docker exec --privileged vpn dmesg"), "mount");
    },
  },
  gpu: {
    images: { "vllm/vllm-openai": "exec sleep infinity" },
    baseline: /refuses the device .*nvidia/,
    host: `mkdir -p /srv/models && cd /dev && mknod nvidiactl c 195 255 && mknod nvidia0 c 195 0 && mknod nvidia-uvm c 511 0
ln -s lockc-runc /usr/bin/lockc-runc-gpu
cat >/usr/local/bin/nvidia-container-runtime <<'END'
#!/usr/lib/lockc/node
${TOOLKIT}
END
printf '#!/bin/sh\ncat >/run/gpu-hook\n' >/usr/local/bin/nvidia-hook
chmod 755 /usr/local/bin/nvidia-*`,
    works: async () => {
      for (const name of ["nvidiactl", "nvidia0", "nvidia-uvm"]) {
        const { stderr } = await run(`docker exec gpu cat /dev/${name}`);
        assert.match(stderr, /No such device/, name); // there is no driver
      }
      await ok("docker run --rm --runtime lockc-gpu-toolkit --device /dev/nvidia0 busybox true");
      assert.match(await ok("cat /run/gpu-hook"), /"status": ?"creating"/);
    },
    stops: async () => {
      const disk = "mknod /tmp/disk b 254 0 && cat /tmp/disk";
      assertRefused(await run(`docker exec --privileged gpu sh -c '${disk}'`), "a disk");
      const other = "docker run --rm --runtime lockc-gpu --device /dev/kmsg busybox true";
      assert.match((await run(other)).stderr, /refuses the device \/dev\/kmsg/);
    },
  },
  "ci-builder": {
    images: { "quay.io/buildah/stable": 'exec "$@"' },
    baseline: /"\/var\/cache\/ci" on .*; the rules devices, seccomp, apparmor refuse it too/,
    host: "modprobe fuse; test -e /dev/fuse",
    works: async () => {
      // What buildah's isolation "chroot" does.
      const build = `set -e; mount -t tmpfs none /mnt; mkdir /mnt/root; mount --rbind / /mnt/root
chroot /mnt/root sh -c "echo built >/var/lib/containers/image"`;
      await ok("docker exec -i ci-builder unshare -Urm sh", build);
      assert.equal(await ok("cat /var/cache/ci/image"), "built");
      await ok("docker exec ci-builder sh -c ': <>/dev/fuse'");
    },
    stops: async () => {
      const kernel = "docker exec ci-builder unshare -Urm cat /proc/vmallocinfo";
      assertRefused(await run(kernel), "the kernel's memory");
    },
  },
  backup: {
    images: { "restic/restic": RESTIC },
    baseline: /"\/" on "\/source"/,
    host: "mkdir -p /home/me && echo dear >/home/me/file",
    works: async () => {
      const list = await ok("tar -tf /srv/backup/snapshot.tar");
      for (const file of ["source/etc/shadow", "source/home/me/file"]) {
        assert.ok(list.split("\n").includes(file), file);
      }
    },
    stops: async () => {
      const under =
        "docker run --rm --runtime lockc-backup -v /:/source:ro --entrypoint sh restic/restic -c";
      assert.match((await run(`${under} 'touch /source/etc/x'`)).stderr, /Read-only|not permitted/);
      assert.match(
        (await run("docker run --rm --runtime lockc-backup -v /:/source busybox true")).stderr,
        /in it is the socket of an engine/,
      );
    },
  },
};

/** The images, each with the words of the software disk and its own program. */
async function makeImages(): Promise<void> {
  await ok("docker create --name made software true");
  for (const { images } of Object.values(EXAMPLES)) {
    for (const [image, script] of Object.entries(images)) {
      const entry = JSON.stringify(["sh", "-c", script, "sh"]);
      await ok(`docker commit -c "$(cat)" made ${image}`, `ENTRYPOINT ${entry}`);
    }
  }
  await ok("docker rm made");
}

before(async () => {
  await makeImages();
  const config = JSON.parse(await ok("cat /etc/docker/daemon.json"));
  for (const name of Object.keys(EXAMPLES))
    Object.assign(config.runtimes, readRecipe(name).runtimes);
  config.runtimes["lockc-gpu-toolkit"] = { path: "/usr/local/bin/nvidia-container-runtime" };
  await ok(
    "cat >/etc/docker/daemon.json && kill -HUP $(cat /run/docker.pid)",
    JSON.stringify(config),
  );
  await session.until("docker info -f '{{json .Runtimes}}' | grep -q lockc-backup");
});

test("every example is tried", () => {
  const files = readdirSync(FOLDER).map((file) => basename(file, ".yaml"));
  assert.deepEqual(Object.keys(EXAMPLES).sort(), files.sort());
});

for (const [name, example] of Object.entries(EXAMPLES)) {
  describe(name, () => {
    const { commands } = readRecipe(name);
    const own = commands.filter((command) => command.includes(`--runtime lockc-`));

    before(async () => {
      if (example.host) await ok(example.host);
      for (const command of commands.filter((it) => !it.startsWith("docker run")))
        await ok(command);
    });
    after(async () => {
      await run("docker rm -f $(docker ps -aq); docker network prune -f");
    });

    test("baseline refuses its command, as far as it is looser", async () => {
      assert.equal(own.length > 0, example.baseline !== undefined);
      for (const command of own) {
        const baseline = command
          .replace(/--runtime lockc-\S+/, "--runtime lockc")
          .replace(/-d --name \S+/, "--rm");
        const { status, stderr } = await run(baseline);
        assert.notEqual(status, 0);
        const said = stderr.replaceAll('\\"', '"'); // Docker quotes quotes
        assert.match(said, example.baseline!);
        assert.match(said, /policy "baseline" refuses/);
      }
    });

    test("its commands do what they say", async () => {
      for (const command of commands.filter((it) => it.startsWith("docker run"))) {
        assertAllowed(await run(command), command);
      }
      await example.works();
    });

    test("what it must stop is stopped", () => example.stops());
  });
}
