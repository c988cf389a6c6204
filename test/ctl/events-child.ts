// SPDX-License-Identifier: Apache-2.0
/** `lockctl events` as a process of its own, on places that a test has made. */
import { events } from "../../ctl/events.ts";
import { toLockcError } from "../../shim/errors.ts";

const [places, question] = process.argv.slice(2).map((word) => JSON.parse(word));
events(places, question).then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    process.stderr.write(`${toLockcError(error).sentence}\n`);
    process.exitCode = 9;
  },
);
