// SPDX-License-Identifier: Apache-2.0
/**
 * `./install.sh --vm`: shows what containers can do under plain runc, and that
 * the same is refused under lockc. Everything happens in a throw-away guest.
 */
import { attend } from "./attend.ts";
import { bootGuest, type Guest } from "./guest.ts";
import { parseRequest, UsageError } from "./options.ts";

interface Escape {
  readonly title: string;
  readonly story: string;
  /** The command, with RUNTIME where --runtime belongs; what it prints on success proves the escape. */
  readonly command: string;
}

const CARELESS =
  "--cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined";

const ESCAPES: readonly Escape[] = [
  {
    title: "mount the host's root directory",
    story:
      "A compose file mounts / to be on the safe side. Now the container has every secret of the host.",
    command: "docker run --rm RUNTIME -v /:/host busybox head -n 1 /host/etc/shadow",
  },
  {
    title: "mount the engine's socket",
    story: "Who can talk to Docker is root on the host.",
    command:
      "docker run --rm RUNTIME -v /var/run/docker.sock:/s busybox sh -c 'test -S /s && echo Docker is listening'",
  },
  {
    title: "mount a directory that is really a link to /",
    story: "The name looks harmless: /home/x/data.",
    command: "docker run --rm RUNTIME -v /home/x/data:/data busybox head -n 1 /data/etc/shadow",
  },
  {
    title: "hide a host directory in a volume",
    story: "A volume, surely, is the engine's own. This one was made to show /etc.",
    command: "docker run --rm RUNTIME -v innocent:/v busybox head -n 1 /v/shadow",
  },
  {
    title: "read the host's kernel log",
    story: "It has addresses, device names and other containers' trouble.",
    command: `docker run --rm RUNTIME --cap-add SYSLOG ${CARELESS} busybox sh -c 'dmesg | grep -m 1 Linux'`,
  },
  {
    title: "mount a file system from inside",
    story: "One capability too many, and a container makes its own mounts.",
    command: `docker run --rm RUNTIME ${CARELESS} busybox sh -c 'mount -t tmpfs none /tmp && grep -m 1 " /tmp " /proc/mounts'`,
  },
  {
    title: "docker exec --privileged, later",
    story: "The container was started with care. Then somebody debugs it, with every capability.",
    command:
      "docker run -d --name debugged RUNTIME busybox sleep 1000 >/dev/null && docker exec --privileged debugged sh -c 'ip link set lo mtu 1400 && ip link show lo | grep -m 1 1400'; status=$?; docker rm -f debugged >/dev/null; exit $status",
  },
  {
    title: "read where the kernel keeps its memory",
    story: "/proc shows more than processes, and no engine hides all of it.",
    command: "docker run --rm RUNTIME busybox sh -c 'head -n 1 /proc/vmallocinfo'",
  },
  {
    title: "use a working directory leaked from the host",
    story: "As in CVE-2024-21626: the process starts inside, but stands in a directory outside.",
    command:
      "docker run -d --name leaked RUNTIME busybox sleep 1000 >/dev/null && nsenter -t $(docker inspect -f '{{.State.Pid}}' leaked) -m --wd=/etc head -n 1 ./shadow; status=$?; docker rm -f leaked >/dev/null; exit $status",
  },
];

const PREPARE = `mkdir -p /home/x && ln -sfn / /home/x/data &&
  docker volume create -d local -o type=none -o o=bind -o device=/etc innocent >/dev/null`;

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: number, text: string) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);
const say = (text = "") => process.stdout.write(`${text}\n`);

interface Outcome {
  /** failed: neither, so the tour proves nothing. */
  readonly kind: "escaped" | "refused" | "failed";
  /** The line that shows it: what was read, or why it was not. */
  readonly line: string;
}

async function attempt(guest: Guest, way: Escape, runtime: string): Promise<Outcome> {
  const command = way.command.replace("RUNTIME", runtime);
  const { status, stdout, stderr } = await guest.exec(command, { timeoutMs: 120_000 });
  const firstLine = (text: string) => text.trim().split("\n")[0] ?? "";
  if (status === 0 && stdout.trim() !== "") return { kind: "escaped", line: firstLine(stdout) };
  const sentence = /lockc: (.*?) \[LOCKC_E_\w+\]/.exec(stderr)?.[1];
  const refused = sentence !== undefined || /not permitted|permission denied/i.test(stderr);
  return { kind: refused ? "refused" : "failed", line: sentence ?? firstLine(stderr) };
}

function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([title]) => title!.length));
  return rows
    .map(([title, plain, held]) => `  ${title!.padEnd(width)}  ${plain!.padEnd(10)}  ${held}`)
    .join("\n");
}

/** @returns 0 when every escape worked under runc and none under lockc. */
async function tour(guest: Guest): Promise<number> {
  const { stdout: kernel } = await guest.exec("uname -r");
  say(
    `A guest with kernel ${kernel.trim()}, Docker, and lockc loaded. ${ESCAPES.length} ways out of a container:`,
  );
  const prepared = await guest.exec(PREPARE, { timeoutMs: 60_000 });
  if (prepared.status !== 0) throw new Error(`cannot prepare the guest: ${prepared.stderr}`);

  const rows: string[][] = [["", "runc", "lockc"]];
  let expected = true;
  for (const [index, way] of ESCAPES.entries()) {
    say();
    say(paint(1, `${index + 1}. ${way.title}`));
    say(`   ${way.story}`);
    say(paint(2, `   $ ${way.command.replace("RUNTIME ", "").replace(/; status=.*/, "")}`));
    const plain = await attempt(guest, way, "--runtime runc");
    say(`   under runc:  ${paint(31, plain.kind)}: ${plain.line}`);
    const held = await attempt(guest, way, "--runtime lockc");
    say(`   under lockc: ${paint(held.kind === "refused" ? 32 : 31, held.kind)}: ${held.line}`);
    expected &&= plain.kind === "escaped" && held.kind === "refused";
    rows.push([way.title, plain.kind, held.kind]);
  }
  say();
  say(table(rows));
  say();
  say(
    expected
      ? "Each way out is open under runc and shut under lockc."
      : "Not as it should be; see above.",
  );
  return expected ? 0 : 1;
}

async function main(): Promise<number> {
  const request = parseRequest(process.argv.slice(2));
  const guest = await bootGuest({ ...request?.guest, docker: true });
  try {
    const status = await tour(guest);
    if (process.stdin.isTTY && process.stdout.isTTY) {
      say(
        "\nA shell in this guest; try docker run --runtime lockc …, lockctl status. exit ends it.",
      );
      await attend(guest, []);
    }
    return status;
  } finally {
    await guest.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`install.sh --vm: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
