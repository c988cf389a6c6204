# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A database in memory, which forks to save itself.
redis-server --port 6379 --save "" --dir /tmp --daemonize yes --logfile /tmp/redis.log >/dev/null
wait_for redis-cli ping
redis-benchmark -n 200 -c 5 --csv -t set,get,incr,lpush,mset | cut -d, -f1
redis-cli set key value
redis-cli bgsave
wait_for sh -c "redis-cli info persistence | grep rdb_bgsave_in_progress:0"
redis-cli info persistence | grep rdb_last_bgsave_status
redis-cli get key
redis-cli shutdown nosave
test -s dump.rdb
