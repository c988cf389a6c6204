# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A database of many processes with shared memory.
bin=/usr/lib/postgresql/15/bin
as_app $bin/pg_ctl -D /srv/postgres -o "-k /tmp" -l /tmp/postgres.log -w start >/dev/null
as_app $bin/createdb -h /tmp bench
as_app $bin/pgbench -h /tmp -i -q bench 2>/dev/null
as_app $bin/pgbench -h 127.0.0.1 -n -t 10 -c 2 -j 2 bench | grep "transactions actually processed"
as_app $bin/psql -h /tmp -At bench -c "select count(*) from pgbench_history; copy (select 1) to program 'cat'" -c "vacuum full pgbench_branches"
as_app $bin/pg_ctl -D /srv/postgres -m fast -w stop | tail -n 1
if grep -E "FATAL|PANIC|could not" postgres.log; then exit 1; fi
