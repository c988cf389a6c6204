// SPDX-License-Identifier: Apache-2.0
/** Where a listener listens. Pure. */
import { isIPv4, isIPv6 } from "node:net";
import { LockcError } from "../../core/errors.ts";

export type Address =
  | { readonly host: string; readonly port: number }
  /** A UNIX socket. */
  | { readonly path: string };

/**
 * PORT on loopback, IPV4:PORT, [IPV6]:PORT, localhost:PORT or the absolute path of a
 * socket. No other names: what they come to would be somebody else's choice.
 * @throws LOCKC_E_USAGE
 */
export function parseAddress(text: string): Address {
  if (/^\/[^\0]*[^/\0]$/.test(text)) return { path: text };
  const [, bracketed, plain, digits] = /^(?:\[(.*)\]:|([^:]*):)?(\d{1,5})$/.exec(text) ?? [];
  const host = plain === undefined && bracketed === undefined ? "localhost" : (plain ?? bracketed!);
  const port = Number(digits);
  const known = bracketed === undefined ? isIPv4(host) || host === "localhost" : isIPv6(host);
  if (known && port < 65536) return { host: host === "localhost" ? "127.0.0.1" : host, port };
  throw new LockcError(
    "LOCKC_E_USAGE",
    `cannot listen on "${text}": it is no address and port`,
    "write 127.0.0.1:PORT, [::1]:PORT or the absolute path of a socket",
  );
}

/** Whether only this host reaches it. */
export function isLocal(address: Address): boolean {
  return "path" in address || /^127\.|^::1$/.test(address.host);
}

export function formatAddress(address: Address): string {
  if ("path" in address) return address.path;
  return `${isIPv6(address.host) ? `[${address.host}]` : address.host}:${address.port}`;
}
