// SPDX-License-Identifier: Apache-2.0
/** The host's end of the channel to vm/agent.c, which describes the frames. */
import { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";

const HEADER_SIZE = 8;
const SPAWN_HEAD_SIZE = 8;

const FRAME = {
  ready: 1,
  spawn: 2,
  stdin: 3,
  stdout: 4,
  stderr: 5,
  exit: 6,
  signal: 7,
  resize: 8,
  poweroff: 9,
} as const;

/** Stdin goes in pieces, so that other commands' frames get between. */
const CHUNK = 1 << 16;

export interface Terminal {
  readonly rows: number;
  readonly columns: number;
}

export interface Spawn {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** With one, stdin, stdout and stderr are a terminal of this size. */
  readonly terminal?: Terminal | undefined;
}

export interface CommandEvents {
  stdout: [data: Buffer];
  stderr: [data: Buffer];
  /** 0–255 as a shell would say it: 128 + N after signal N. */
  exit: [status: number];
}

/** One command that runs in the guest. */
export class Command extends EventEmitter<CommandEvents> {
  readonly #send: (type: number, payload?: Uint8Array) => void;

  constructor(send: (type: number, payload?: Uint8Array) => void) {
    super();
    this.#send = send;
  }

  write(data: Uint8Array): void {
    for (let at = 0; at < data.length; at += CHUNK) {
      this.#send(FRAME.stdin, data.subarray(at, at + CHUNK));
    }
  }

  /** Ends its stdin. */
  end(): void {
    this.#send(FRAME.stdin);
  }

  /** Signals every process of the command's session that did not leave its process group. */
  signal(number: number): void {
    this.#send(FRAME.signal, Uint8Array.of(number));
  }

  resize({ rows, columns }: Terminal): void {
    const payload = Buffer.alloc(4);
    payload.writeUInt16LE(rows, 0);
    payload.writeUInt16LE(columns, 2);
    this.#send(FRAME.resize, payload);
  }
}

/** Frames over a byte stream, and the commands they belong to. */
export class Channel extends EventEmitter<{ ready: [] }> {
  readonly #socket: Duplex;
  readonly #commands = new Map<number, Command>();
  #received: Buffer = Buffer.alloc(0);
  #last = 0;

  constructor(socket: Duplex) {
    super();
    this.#socket = socket;
    socket.on("data", (data: Buffer) => this.#receive(data));
  }

  spawn(what: Spawn): Command {
    do {
      this.#last = (this.#last % 0xffff) + 1;
    } while (this.#commands.has(this.#last));
    const number = this.#last;
    const command = new Command((type, payload) => this.#send(number, type, payload));
    this.#commands.set(number, command);
    this.#send(number, FRAME.spawn, encodeSpawn(what));
    return command;
  }

  #send(number: number, type: number, payload: Uint8Array = new Uint8Array()): void {
    if (this.#socket.destroyed) return;
    const header = Buffer.alloc(HEADER_SIZE);
    header.writeUInt32LE(payload.length, 0);
    header.writeUInt16LE(number, 4);
    header.writeUInt8(type, 6);
    this.#socket.write(Buffer.concat([header, payload]));
  }

  #receive(data: Buffer): void {
    this.#received = this.#received.length ? Buffer.concat([this.#received, data]) : data;
    while (this.#received.length >= HEADER_SIZE) {
      const end = HEADER_SIZE + this.#received.readUInt32LE(0);
      if (this.#received.length < end) return;
      const payload = this.#received.subarray(HEADER_SIZE, end);
      this.#dispatch(this.#received.readUInt16LE(4), this.#received.readUInt8(6), payload);
      this.#received = this.#received.subarray(end);
    }
  }

  #dispatch(number: number, type: number, payload: Buffer): void {
    if (type === FRAME.ready) this.emit("ready");
    const command = this.#commands.get(number);
    if (type === FRAME.stdout) command?.emit("stdout", payload);
    if (type === FRAME.stderr) command?.emit("stderr", payload);
    if (type === FRAME.exit) {
      this.#commands.delete(number);
      command?.emit("exit", exitStatus(payload.readUInt32LE(0)));
    }
  }
}

/** A status of wait(2) as a shell's `$?`. */
function exitStatus(waitStatus: number): number {
  const signal = waitStatus & 0x7f;
  return signal ? 128 + signal : (waitStatus >> 8) & 0xff;
}

function encodeSpawn({ argv, cwd, env, terminal }: Spawn): Buffer {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const strings = [cwd, ...argv, ...variables];
  const odd = strings.find((text) => text.includes("\0"));
  if (odd !== undefined)
    throw new Error(`a command's words cannot hold NUL: ${JSON.stringify(odd)}`);
  const head = Buffer.alloc(SPAWN_HEAD_SIZE);
  head.writeUInt16LE(argv.length, 0);
  head.writeUInt16LE(variables.length, 2);
  head.writeUInt16LE(terminal?.rows ?? 0, 4);
  head.writeUInt16LE(terminal?.columns ?? 0, 6);
  return Buffer.concat([head, Buffer.from(strings.map((text) => `${text}\0`).join(""))]);
}
