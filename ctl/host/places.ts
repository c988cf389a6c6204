// SPDX-License-Identifier: Apache-2.0
/** Where everything is: lockc's own files beside its bundle, the host's files, the pins. */
import { join } from "node:path";

export interface Places {
  /** The kernel half's object file. */
  readonly object: string;
  /** Directories with policies; a later one's win. */
  readonly policies: readonly string[];
  readonly settings: string;
  /** lockc's own programs that execute a low-level runtime. */
  readonly entrances: readonly string[];
  /** Docker's settings. */
  readonly docker: string;
  /** Where the launcher reads the low-level runtime's path. */
  readonly runtime: string;
  /** Held by load and unload, so that they come one after the other. */
  readonly lock: string;
  readonly bpffs: string;
  /** Everything that lockc pins. */
  readonly pins: string;
}

/** The places on this host; lockc's own files are found from the bundle's folder. */
export function hostPlaces(): Places {
  const built = typeof __dirname === "string";
  const object = built
    ? join(__dirname, "lockc.bpf.o")
    : join(import.meta.dirname, "../../build/lockc.bpf.o");
  const policies = built
    ? join(__dirname, "../../share/lockc/policy")
    : join(import.meta.dirname, "../../policy");
  const entrances = built
    ? ["lockc-runc", "lockctl"].map((name) => join(__dirname, "../../bin", name))
    : ["../../shim/launcher.sh", "../lockctl.sh"].map((name) => join(import.meta.dirname, name));
  return {
    object,
    policies: [policies, "/etc/lockc/policy"],
    settings: "/etc/lockc/lockc.yaml",
    entrances,
    docker: "/etc/docker/daemon.json",
    runtime: "/run/lockc/runtime",
    lock: "/run/lockc/lock",
    bpffs: "/sys/fs/bpf",
    pins: "/sys/fs/bpf/lockc",
  };
}
