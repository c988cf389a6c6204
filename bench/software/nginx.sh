# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# Requests of a second, over eight connections that are kept.
rm -rf /tmp/nginx
mkdir -p /tmp/nginx/html
cd /tmp/nginx || exit
head -c 4096 /dev/zero >html/file
cat >conf <<'END'
worker_processes 1;
pid /tmp/nginx/pid;
error_log /tmp/nginx/error;
events { worker_connections 64; }
http {
  access_log /tmp/nginx/access;
  sendfile on;
  client_body_temp_path /tmp/nginx/body;
  proxy_temp_path /tmp/nginx/proxy;
  fastcgi_temp_path /tmp/nginx/fastcgi;
  uwsgi_temp_path /tmp/nginx/uwsgi;
  scgi_temp_path /tmp/nginx/scgi;
  server { listen 8080; root /tmp/nginx/html; }
}
END
nginx -c /tmp/nginx/conf -e /tmp/nginx/error
wait_for curl -sf http://127.0.0.1:8080/file
wrk -t 1 -c 8 -d 1 http://127.0.0.1:8080/file >said
if grep -E 'Socket errors|Non-2xx' said >&2; then exit 1; fi
nginx -c /tmp/nginx/conf -e /tmp/nginx/error -s quit
wait_for test ! -e pid
# wrk does not end by itself: what counts is how many requests there were.
awk '/^Requests\/sec:/ { printf "1000000000 %s\n", $2 }' said
