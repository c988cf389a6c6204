# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A web server with two workers under load, reloaded while it runs.
mkdir -p nginx/html
echo "served by nginx" >nginx/html/index.html
head -c 100000 /dev/zero >nginx/html/zeros
cat >nginx/conf <<'EOF'
worker_processes 2;
pid /tmp/nginx/pid;
error_log /tmp/nginx/error;
events { worker_connections 64; }
http {
  access_log /tmp/nginx/access;
  sendfile on;
  aio threads;
  client_body_temp_path /tmp/nginx/body;
  proxy_temp_path /tmp/nginx/proxy;
  fastcgi_temp_path /tmp/nginx/fastcgi;
  uwsgi_temp_path /tmp/nginx/uwsgi;
  scgi_temp_path /tmp/nginx/scgi;
  server {
    listen 8080;
    listen unix:/tmp/nginx/socket;
    root /tmp/nginx/html;
  }
}
EOF
nginx -c /tmp/nginx/conf -e /tmp/nginx/error
wait_for curl -sf http://127.0.0.1:8080/
curl -s http://127.0.0.1:8080/
curl -s --unix-socket nginx/socket http://nginx/zeros | wc -c
wrk -t 1 -c 4 -d 1 http://127.0.0.1:8080/ >nginx/wrk
grep -q Requests/sec nginx/wrk
if grep -E "Socket errors|Non-2xx" nginx/wrk; then exit 1; fi
nginx -c /tmp/nginx/conf -e /tmp/nginx/error -s reload
curl -s http://127.0.0.1:8080/
nginx -c /tmp/nginx/conf -e /tmp/nginx/error -s quit
wait_for test ! -e nginx/pid
grep -cE "\[(crit|alert|emerg)\]" nginx/error || true
