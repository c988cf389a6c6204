// SPDX-License-Identifier: Apache-2.0
import { main } from "./main.ts";

process.exitCode = main(process.argv.slice(2));
