// SPDX-License-Identifier: Apache-2.0
/**
 * Serves one text over HTTP, read anew for each request. Clients are strangers: few at
 * a time, small requests, and none stays: a connection serves one request and lives
 * for seconds, however slowly the other side sends or reads.
 */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LockcError } from "../../core/errors.ts";
import { type Address, formatAddress } from "../grammar/address.ts";

const CONNECTIONS = 16;
const HEADER_BYTES = 8192;
const LIFETIME_MS = 10_000;

interface Page {
  readonly type: string;
  readonly text: string;
}

export interface Listener {
  /** Where it listens; a port 0 has become a real one. */
  readonly address: Address;
  /** Takes no more connections, ends those that there are. */
  close(): Promise<void>;
}

/**
 * @param path the only one that there is.
 * @param read makes the page; gets the Accept header. What it throws is told to `onError`, not to the client.
 * @throws LOCKC_E_USAGE when nobody can listen there
 */
export async function listen(
  address: Address,
  path: string,
  read: (accept: string) => Page,
  onError: (error: unknown) => void,
): Promise<Listener> {
  const { createServer } = await import("node:http"); // no other command pays for it
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader("Connection", "close");
    const asked = request.url?.split("?")[0];
    if (asked !== path) return end(response, 404, plain(`only ${path} is here\n`));
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return end(response, 405, plain("only GET and HEAD are answered\n"));
    }
    try {
      end(response, 200, read(request.headers.accept ?? ""));
    } catch (error) {
      onError(error);
      end(response, 500, plain("the numbers cannot be read now\n"));
    }
  };
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: LIFETIME_MS,
      requestTimeout: LIFETIME_MS,
      connectionsCheckingInterval: 1000,
      keepAlive: false,
    },
    answer,
  );
  server.maxConnections = CONNECTIONS;
  server.on("connection", (socket) => {
    const end = setTimeout(() => socket.destroy(), LIFETIME_MS);
    socket.once("close", () => clearTimeout(end));
  });
  server.listen("path" in address ? address.path : { ...address, exclusive: true });
  try {
    await once(server, "listening");
  } catch (cause) {
    throw new LockcError(
      "LOCKC_E_USAGE",
      `cannot listen on "${formatAddress(address)}": ${whyNot(cause as NodeJS.ErrnoException)}`,
      "choose another address, or end what listens there",
      { cause },
    );
  }
  return {
    address:
      "path" in address
        ? address
        : { host: address.host, port: (server.address() as AddressInfo).port },
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function plain(text: string): Page {
  return { type: "text/plain; charset=utf-8", text };
}

function end(response: ServerResponse, status: number, { type, text }: Page): void {
  const length = Buffer.byteLength(text);
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": length,
    "Cache-Control": "no-store",
  });
  response.end(text);
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "something listens there, or has left its socket",
  EADDRNOTAVAIL: "this host has no such address",
  EACCES: "others may not make a socket there",
  ENOENT: "there is no such directory",
};

function whyNot({ code = "", message }: NodeJS.ErrnoException): string {
  const reason = REASONS[code];
  return reason === undefined ? message : `${reason} (${code})`;
}
