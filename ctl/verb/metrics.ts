// SPDX-License-Identifier: Apache-2.0
/**
 * The story of `lockctl metrics`: what the kernel half counts → metrics. Labels are
 * policies, rules and programs, never containers: their number has no bound, and
 * what they are called is nobody's business who may only read numbers.
 */
import { once } from "node:events";
import { toLockcError } from "../../core/errors.ts";
import { type Address, formatAddress, isLocal, parseAddress } from "../grammar/address.ts";
import { usage } from "../grammar/usage.ts";
import { defineVerb, ExitStatus } from "../grammar/verb.ts";
import { hostPlaces } from "../host/places.ts";
import { requireRoot } from "../kernel/change.ts";
import { readMetrics } from "../metrics/families.ts";
import { listen } from "../metrics/listener.ts";
import { FORMATS } from "../metrics/openmetrics.ts";
import { endedBy } from "../screen/ended.ts";
import * as log from "../screen/log.ts";
import { say } from "../screen/print.ts";

export const verb = defineVerb({
  summary: "print or serve counters for Prometheus",
  explanation: `Prints, as OpenMetrics text, how many containers run under each policy and what
each rule refused since lockc was loaded, containers that ended included; events,
programs and, while the sysctl kernel.bpf_stats_enabled is 1, how long each of
them ran. No label names a container.

With --listen it serves them at /metrics until it is ended (SIGTERM), reads
everything anew for each request and goes on while lockc is loaded or unloaded.
Whoever reaches the address may read: any but a loopback address is warned of.
Needs root.`,
  options: {
    listen: {
      value: "ADDRESS",
      meaning: "serve them: 127.0.0.1:PORT, [::1]:PORT or the path of a socket",
    },
    textfile: { meaning: "in the older format that node_exporter reads from files" },
  },
  operands: [],

  read({ listen: address, textfile }) {
    if (address !== undefined && textfile) {
      throw usage("--textfile is for what is printed; whoever asks a listener chooses the format", {
        about: "metrics",
      });
    }
    return { listen: address === undefined ? undefined : parseAddress(address), textfile };
  },
  run({ listen, textfile }) {
    requireRoot("read lockc's counters");
    if (listen !== undefined) return serveMetrics(listen);
    say(1, readMetrics(hostPlaces(), textfile ? "textfile" : "openmetrics"));
    return ExitStatus.OK;
  },
});

/** Until somebody ends it. */
async function serveMetrics(address: Address): Promise<ExitStatus> {
  if (!isLocal(address)) {
    log.warn(
      `${formatAddress(address)} is not loopback: whoever reaches it can read the metrics, without a password and without encryption`,
    );
  }
  const listener = await listen(
    address,
    "/metrics",
    (accept) => {
      const format = accept.includes("application/openmetrics-text") ? "openmetrics" : "textfile";
      return { type: FORMATS[format], text: readMetrics(hostPlaces(), format) };
    },
    (error) => log.error(toLockcError(error)),
  );
  const where = formatAddress(listener.address);
  log.info(`metrics are at ${"path" in address ? where : `http://${where}/metrics`}`);
  using ended = endedBy("SIGTERM", "SIGINT");
  await once(ended.signal, "abort");
  await listener.close();
  return ExitStatus.OK;
}
