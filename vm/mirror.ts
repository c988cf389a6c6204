// SPDX-License-Identifier: Apache-2.0
/** Where the guest's packages come from: the archives that this host's apt uses. */
import { existsSync } from "node:fs";
import { run } from "../tool/run.ts";

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** What apt was told about the way to the archive holds for the guest's packages too. */
const OPTIONS =
  /^(?:Acquire::(?:Check-Date|Check-Valid-Until|Retries|https?::(?:Proxy|Timeout)\S*)) ".+";$/;

/** `deb` lines for `suite`, with its security archive when it has one. */
export function sourceLines(suite: string, security: boolean): string[] {
  const { archive, securityArchive } = findArchives();
  const lines = [source(archive, suite)];
  if (security && securityArchive) lines.push(source(securityArchive, `${suite}-security`));
  return lines;
}

/** The host's apt options that mmdebstrap has to repeat. */
export function aptOptions(): string[] {
  return run("apt-config", ["dump"])
    .split("\n")
    .filter((line) => OPTIONS.test(line))
    .map((line) => line.replace(/;$/, ""));
}

function source(uri: string, suite: string): string {
  const signed = existsSync(KEYRING) ? ` [signed-by=${KEYRING}]` : "";
  return `deb${signed} ${uri} ${suite} main`;
}

function findArchives(): { archive: string; securityArchive: string | undefined } {
  const chosen = process.env.LOCKC_VM_MIRROR;
  if (chosen) return { archive: chosen, securityArchive: process.env.LOCKC_VM_SECURITY_MIRROR };
  let labels = readLabels();
  if (!labels.has("Debian")) {
    run("apt-get", ["-qq", "update"]);
    labels = readLabels();
  }
  const archive = labels.get("Debian");
  if (!archive) {
    throw new Error(
      "this host's apt knows no Debian archive to build the guest from; name one in LOCKC_VM_MIRROR",
    );
  }
  return { archive, securityArchive: labels.get("Debian-Security") };
}

/** Archive labels ("Debian", "Debian-Security") → URI, of what apt has fetched lists from. */
function readLabels(): Map<string, string> {
  const format = "$(ORIGIN)|$(LABEL)|$(REPO_URI)";
  const labels = new Map<string, string>();
  for (const line of run("apt-get", ["indextargets", "--format", format]).split("\n")) {
    const [origin, label, uri] = line.split("|");
    if (origin === "Debian" && label && uri) labels.set(label, uri);
  }
  return labels;
}
