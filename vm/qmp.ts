// SPDX-License-Identifier: Apache-2.0
/** QEMU's own control channel (docs/interop/qmp-spec), as far as saving a guest needs it. */
import { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";

interface Message {
  readonly return?: unknown;
  readonly error?: { readonly desc: string };
  readonly event?: string;
  readonly data?: unknown;
}

/** Emits each of QEMU's events by its name, with its data. */
export class Qmp extends EventEmitter<Record<string, [data: unknown]>> {
  readonly #socket: Duplex;
  readonly #waiting: PromiseWithResolvers<unknown>[] = [];
  #text = "";

  constructor(socket: Duplex) {
    super();
    this.#socket = socket;
    socket.on("data", (data: Buffer) => this.#receive(data.toString("utf8")));
  }

  /** One command; rejects with QEMU's words. */
  execute(command: string, args: object = {}): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.push(answer);
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    return answer.promise;
  }

  #receive(text: string): void {
    const lines = (this.#text + text).split("\n");
    this.#text = lines.pop() ?? "";
    for (const line of lines) {
      const message = JSON.parse(line) as Message;
      if (message.event) this.emit(message.event, message.data);
      else if (message.error) this.#waiting.shift()?.reject(new Error(message.error.desc));
      else if ("return" in message) this.#waiting.shift()?.resolve(message.return);
    }
  }
}
