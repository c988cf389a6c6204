# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A web server in Python, and processes that share a pool of work.
mkdir -p python
echo "served by python" >python/index.html
python3 -m http.server 8081 --directory python >python/log 2>&1 &
wait_for curl -sf http://127.0.0.1:8081/
curl -s http://127.0.0.1:8081/
kill $!
python3 - <<'EOF'
import multiprocessing, socket, tempfile
def square(n):
    return n * n
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(square, range(5)))
    a, b = socket.socketpair()
    with tempfile.TemporaryFile() as file:
        file.write(b"passed")
        file.flush()
        socket.send_fds(a, [b"x"], [file.fileno()])
        _, fds, _, _ = socket.recv_fds(b, 1, 1)
        print(open(fds[0], "rb", closefd=False).seek(0, 2))
EOF
