// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { test } from "node:test";
import { LockcError } from "../../../core/errors.ts";
import { formatAddress, isLocal, parseAddress } from "../../../ctl/grammar/address.ts";

test("an address is a port on loopback, an IP address with a port, or a socket's path", () => {
  const rows = [
    ["9090", { host: "127.0.0.1", port: 9090 }, true],
    ["localhost:9090", { host: "127.0.0.1", port: 9090 }, true],
    ["127.0.0.1:0", { host: "127.0.0.1", port: 0 }, true],
    ["127.8.8.8:1", { host: "127.8.8.8", port: 1 }, true],
    ["[::1]:65535", { host: "::1", port: 65535 }, true],
    ["/run/lockc/metrics.sock", { path: "/run/lockc/metrics.sock" }, true],
    ["0.0.0.0:80", { host: "0.0.0.0", port: 80 }, false],
    ["[::]:80", { host: "::", port: 80 }, false],
    ["192.0.2.1:80", { host: "192.0.2.1", port: 80 }, false],
    ["[2001:db8::1]:80", { host: "2001:db8::1", port: 80 }, false],
    ["[::1:2]:80", { host: "::1:2", port: 80 }, false],
  ] as const;
  for (const [text, address, local] of rows) {
    assert.deepEqual(parseAddress(text), address);
    assert.equal(isLocal(address), local, text);
    if (text.includes(".") || text.includes("[")) assert.equal(formatAddress(address), text);
  }
});

test("anything else is refused", () => {
  const wrong = ["", ":", "127.0.0.1", "127.0.0.1:", ":9090", "127.0.0.1:65536", "example.com:80"];
  const more = [
    "[::1]",
    "::1:80",
    "[127.0.0.1]:80",
    "[]:80",
    "1.2.3:80",
    "run/x.sock",
    "/",
    "/run/",
  ];
  for (const text of [...wrong, ...more, "127.0.0.1:+80", "127.0.0.1:8e1", "/a\0b"]) {
    assert.throws(
      () => parseAddress(text),
      (error) => error instanceof LockcError && error.code === "LOCKC_E_USAGE",
      text,
    );
  }
});
