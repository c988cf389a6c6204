# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A web server in JavaScript, with a worker and a child.
cat >server.js <<'EOF'
const http = require("node:http");
const { Worker } = require("node:worker_threads");
const { execFileSync } = require("node:child_process");
const server = http.createServer((request, response) => {
  if (request.url === "/child") return response.end(execFileSync("echo", ["from a child"]));
  const worker = new Worker("require('worker_threads').parentPort.postMessage(6 * 7)", { eval: true });
  worker.on("message", (answer) => response.end(`from a worker: ${answer}\n`));
});
server.listen(8082, () => require("node:fs").writeFileSync("/tmp/node.ready", ""));
process.on("SIGTERM", () => server.close(() => console.log("closed")));
EOF
node server.js &
wait_for test -e node.ready
curl -s http://127.0.0.1:8082/worker
curl -s http://localhost:8082/child
kill $!
wait
