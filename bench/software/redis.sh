# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# 8,000 requests of 20 clients over loopback.
redis-server --port 6379 --save '' --daemonize yes --logfile /tmp/redis.log >/dev/null
wait_for redis-cli ping
begin
redis-benchmark -n 4000 -c 20 -q -t set,get >/dev/null
finish 8000
redis-cli shutdown nosave
wait_for sh -c "! pidof redis-server"
