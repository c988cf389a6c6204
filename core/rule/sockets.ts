// SPDX-License-Identifier: Apache-2.0
/** Sockets of engines' root daemons: whether a mount shows one. Pure. */
import { isWithin } from "../path.ts";
import type { Host, Place } from "./subject.ts";

export function withoutSocket(socket: string, { path, otherNames }: Place): string {
  const itself = [path, ...otherNames].includes(socket);
  const act = itself ? "leave it out" : `mount only what is needed of it, without ${socket}`;
  return `${act}; what must talk to the engine belongs under policy privileged`;
}

/** The engine's socket that the place is, or that lies in it. */
export function findSocket({ path, otherNames }: Place, host: Host): string | undefined {
  const names = [path, ...otherNames];
  return host.engineSockets().find((socket) => names.some((name) => isWithin(socket.path, name)))
    ?.path;
}
