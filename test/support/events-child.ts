// SPDX-License-Identifier: Apache-2.0
/** `lockctl events` as a process of its own, on places that a test has made. */
import { toLockcError } from "../../core/errors.ts";
import { events } from "../../ctl/verb/events.ts";

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
