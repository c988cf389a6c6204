// SPDX-License-Identifier: Apache-2.0
/** The rule hostNamespaces, and devices of the host's network. */
import { type Bundle, NAMESPACES } from "../bundle/bundle.ts";
import { listed } from "../words.ts";
import type { Subject, Violation } from "./subject.ts";
import type { AnyOf } from "./values.ts";

/** Kind → what people say to share the host's. */
const SHARING: Readonly<Record<string, string>> = {
  pid: "--pid=host (hostPID)",
  network: "--network=host (hostNetwork)",
  ipc: "--ipc=host (hostIPC)",
  uts: "--uts=host",
  cgroup: "--cgroupns=host",
  user: "--userns=host",
};

export function judgeNamespaces(allowed: AnyOf<string>, { bundle, host }: Subject): Violation[] {
  if (allowed === "any") return [];
  const shared = Object.keys(NAMESPACES).flatMap((type): Violation[] => {
    if (allowed.includes(type) || type === "mount" || isMade(type, bundle)) return [];
    const requests = bundle.namespaces.filter((namespace) => namespace.type === type);
    const isShared =
      requests.length === 0 ||
      requests.some(({ path }) => path && host.isHostNamespace(type, path));
    if (!isShared) return [];
    const how = SHARING[type];
    return [
      {
        code: "LOCKC_E_NAMESPACE",
        what: `the host's ${type} namespace`,
        remedy: how ? `start it without ${how}` : `give it a ${type} namespace of its own`,
        allowedBy: { add: [type] },
      },
    ];
  });
  return [...shared, ...judgeNetDevices(allowed, bundle)];
}

/** Whoever may have all of the host's network may have a device of it, which is gone there then. */
function judgeNetDevices(allowed: readonly string[], { netDevices }: Bundle): Violation[] {
  if (allowed.includes("network") || netDevices.length === 0) return [];
  return [
    {
      code: "LOCKC_E_NAMESPACE",
      what: `the network devices ${listed(netDevices)} of the host, which would leave its network namespace`,
      remedy: "leave linux.netDevices out, and connect it through a network of its engine",
      allowedBy: { add: ["network"] },
    },
  ];
}

/** Whether the container gets a new one of its own. */
export function isMade(type: string, { namespaces }: Bundle): boolean {
  const requests = namespaces.filter((namespace) => namespace.type === type);
  return requests.length > 0 && requests.every(({ path }) => !path);
}

export const NO_MOUNT_NAMESPACE: Violation = {
  code: "LOCKC_E_NAMESPACE",
  what: "a container without a mount namespace of its own, in which no file could be told from the host's",
  remedy:
    'add {"type":"mount"} without a path to linux.namespaces, or use a policy that has the kernel hold nothing (privileged)',
};
