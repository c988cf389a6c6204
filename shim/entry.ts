// SPDX-License-Identifier: Apache-2.0
/** What lockc-runc executes: main with the real container story. */
import { createContainer } from "./create.ts";
import { main } from "./main.ts";

main(createContainer);
