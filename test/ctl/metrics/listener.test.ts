// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LockcError } from "../../../core/errors.ts";
import { type Listener, listen } from "../../../ctl/metrics/listener.ts";

let listener: Listener;
let port: number;
let fails = false;
const errors: unknown[] = [];

before(async () => {
  listener = await listen(
    { host: "127.0.0.1", port: 0 },
    "/metrics",
    (accept) => {
      if (fails) throw new Error("the secret reason");
      return {
        type: "text/plain",
        text: `numbers ${accept}\n`.repeat(accept === "much" ? 1e6 : 1),
      };
    },
    (error) => errors.push(error),
  );
  assert.ok("port" in listener.address);
  port = listener.address.port;
});
after(() => listener.close());
beforeEach(() => {
  fails = false;
  errors.length = 0;
});

function open(): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {}); // a reset is an answer too
  return socket;
}

/** All that comes back until the other side closes. */
async function talk(text: string, socket = open()): Promise<string> {
  let said = "";
  socket.on("data", (chunk) => {
    said += chunk;
  });
  socket.write(text);
  await new Promise((done) => socket.once("close", done));
  return said;
}

const fail = (error: unknown) => assert.fail(String(error));

const request = (line: string, headers = "") =>
  talk(`${line} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);

describe("what is answered", () => {
  test("GET and HEAD of the one path, once for each connection", async () => {
    const got = await request("GET /metrics", "Accept: a/b\r\nConnection: keep-alive\r\n");
    assert.match(got, /^HTTP\/1\.1 200 OK\r\n(?:.*\r\n)*Connection: close\r\n/);
    assert.match(got, /\r\n\r\nnumbers a\/b\n$/);
    assert.match(await request("GET /metrics?x=1"), /^HTTP\/1\.1 200 .*\r\n\r\nnumbers \n$/s);
    const head = await request("HEAD /metrics");
    assert.match(head, /^HTTP\/1\.1 200 .*Content-Length: 9\r\n.*\r\n\r\n$/s);
    const twice = await talk("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(2));
    assert.equal(twice.match(/HTTP\/1\.1 200/g)?.length, 1);
  });

  test("nothing else", async () => {
    for (const path of [
      "/",
      "/metrics/",
      "/metric",
      "/../metrics",
      "//metrics",
      "http://x/metrics",
    ]) {
      assert.match(await request(`GET ${path}`), /^HTTP\/1\.1 404 /, path);
    }
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"]) {
      const said = await request(`${method} /metrics`, "Content-Length: 0\r\n");
      assert.match(said, /^HTTP\/1\.1 405 .*Allow: GET, HEAD/s, method);
    }
    assert.doesNotMatch(await request("CONNECT /metrics"), /200|numbers/);
    assert.match(await talk("nonsense\r\n\r\n"), /^HTTP\/1\.1 400 /);
  });

  test("a page that cannot be made is an error without its reason, which is told here", async () => {
    fails = true;
    const said = await request("GET /metrics");
    assert.match(said, /^HTTP\/1\.1 500 /);
    assert.doesNotMatch(said, /secret/);
    assert.match(String(errors), /secret/);
  });
});

describe("limits", () => {
  test("a header of more than 8 KiB is refused, one of half that is not", async () => {
    assert.match(await request("GET /metrics", `X: ${"x".repeat(4096)}\r\n`), /^HTTP\/1\.1 200 /);
    assert.match(await request("GET /metrics", `X: ${"x".repeat(9000)}\r\n`), /^HTTP\/1\.1 431 /);
  });

  test("sixteen clients at a time; the next is turned away, and served once one has gone", async (t) => {
    const clients = Array.from({ length: 16 }, open);
    t.after(() => clients.forEach((socket) => void socket.destroy()));
    await Promise.all(clients.map((socket) => new Promise((done) => socket.once("connect", done))));
    assert.equal(await request("GET /metrics"), "");
    clients[0]!.destroy();
    for (let turn = 0; (await request("GET /metrics")) === ""; turn++) {
      assert.ok(turn < 100, "nobody is served");
      await sleep(10);
    }
  });

  test("neither a slow request nor a slow reader stays longer than some seconds", async () => {
    const lives = async (socket: Socket) => {
      const started = Date.now();
      await new Promise((done) => socket.once("close", done));
      return Date.now() - started;
    };
    const silent = open();
    const slow = open();
    slow.write("GET /metrics HTTP/1.1\r\nX: ");
    const dripping = setInterval(() => slow.write("x"), 200);
    const reader = open();
    reader.pause();
    reader.write("GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: much\r\n\r\n");
    // Only who writes learns that nobody is there any more, while there is more to read.
    const sipping = setInterval(() => reader.read(1) && reader.write("\r\n"), 200);
    silent.resume();
    slow.resume();
    const taken = await Promise.all([lives(silent), lives(slow), lives(reader)]);
    clearInterval(dripping);
    clearInterval(sipping);
    for (const ms of taken) assert.ok(ms > 5_000 && ms < 14_000, `${taken}`);
  });
});

test("an address that is taken is a wrong command line", async () => {
  const again = listen({ host: "127.0.0.1", port }, "/", () => assert.fail(), fail);
  await assert.rejects(
    again,
    (error) =>
      error instanceof LockcError &&
      error.code === "LOCKC_E_USAGE" &&
      /127\.0\.0\.1:\d+": something listens there, .* \(EADDRINUSE\)$/.test(error.message),
  );
});

test("a UNIX socket is served as well, and removed in the end", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lockc-socket-"));
  const path = join(folder, "s");
  const page = { type: "text/plain", text: "here\n" };
  const unix = await listen({ path }, "/metrics", () => page, fail);
  assert.deepEqual(unix.address, { path });
  assert.match(await talk("GET /metrics HTTP/1.0\r\n\r\n", connect(path)), /here\n$/);
  await unix.close();
  assert.ok(!existsSync(path));
  rmSync(folder, { recursive: true });
});
