// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run kernels`: boots each release's guest, has the kernel verify and attach every
 * program, and writes docs/kernels.md: which are attached, and what the verifier walked
 * through for each. A program that a kernel lacks is in the table, not left out.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TOP } from "../../tool/compile-bpf.ts";
import { bootGuest, RELEASES, type Release } from "../../vm/guest.ts";
import { compilePrograms } from "./kernel-guest.ts";

interface Program {
  readonly verified: number;
  readonly machineBytes: number;
}

interface KernelReport {
  readonly release: Release;
  readonly kernel: string;
  readonly attached: number;
  readonly expected: number;
  readonly missing: readonly string[];
  /** By hook. */
  readonly programs: ReadonlyMap<string, Program>;
}

/** What the kernel of a release says of every program. */
export async function inspectKernel(release: Release): Promise<KernelReport> {
  const folder = mkdtempSync(join(tmpdir(), "lockc-kernels-"));
  try {
    compilePrograms(folder);
    return await inspect(release, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function inspect(release: Release, folder: string): Promise<KernelReport> {
  const guest = await bootGuest({ release, mounts: [folder] });
  const ok = async (command: string) => {
    const { status, stdout, stderr } = await guest.exec(command, { timeoutMs: 120_000 });
    if (status !== 0) throw new Error(`in ${release}: ${command}: ${status}\n${stdout}${stderr}`);
    return stdout.trim();
  };
  try {
    const { programs } = JSON.parse(await ok("lockctl status --json"));
    const shown = await ok(`${folder}/programs show lockc_`);
    return {
      release,
      kernel: await ok("uname -r"),
      attached: programs.attached,
      expected: programs.expected,
      missing: programs.missing,
      programs: new Map(
        shown.split("\n").map((line) => {
          const [hook, , , verified, machineBytes] = line.split(" ");
          return [hook!, { verified: Number(verified), machineBytes: Number(machineBytes) }];
        }),
      ),
    };
  } finally {
    await guest.close();
  }
}

/** Instructions that the verifier walked through, of all programs. */
export const totalVerified = ({ programs }: KernelReport): number =>
  [...programs.values()].reduce((sum, { verified }) => sum + verified, 0);

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

function document(reports: readonly KernelReport[]): string {
  const hooks = [...new Set(reports.flatMap(({ programs }) => [...programs.keys()]))].sort();
  return `# Kernels

Written by \`npm run kernels\`, which boots each release's guest and asks its kernel; do not
edit. The kernel gives up on a program after 1,000,000 instructions verified.

${row(["release", "kernel", "programs attached", "missing", "instructions verified, all"])}
${row(["---", "---", "---:", "---", "---:"])}
${reports
  .map((report) =>
    row([
      report.release,
      report.kernel,
      `${report.attached} of ${report.expected}`,
      report.missing.length === 0 ? "none" : report.missing.join(", "),
      totalVerified(report),
    ]),
  )
  .join("\n")}

Instructions that the verifier walked through, and bytes of machine code, for each program:

${row(["hook", ...reports.map(({ release }) => release)])}
${row(["---", ...reports.map(() => "---:")])}
${hooks
  .map((hook) =>
    row([
      `\`${hook}\``,
      ...reports.map(({ programs }) => {
        const program = programs.get(hook);
        return program ? `${program.verified} (${program.machineBytes} B)` : "missing";
      }),
    ]),
  )
  .join("\n")}
`;
}

if (import.meta.main) {
  const reports: KernelReport[] = [];
  for (const release of Object.keys(RELEASES) as Release[]) {
    reports.push(await inspectKernel(release));
  }
  writeFileSync(join(TOP, "docs/kernels.md"), document(reports));
}
