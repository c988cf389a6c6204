# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A database in a file, with locks and memory that processes share.
sqlite3 sqlite.db "pragma journal_mode = wal; create table t (n integer primary key, name text)"
sqlite3 -cmd ".timeout 20000" sqlite.db "with recursive c (n) as (select 1 union all select n + 1 from c where n < 1000) insert into t select n, 'row ' || n from c" &
sqlite3 -cmd ".timeout 20000" sqlite.db "begin immediate; select count(*) >= 0 from t; commit"
wait
sqlite3 sqlite.db "pragma mmap_size = 1000000; select count(*), sum(n), max(name) from t; vacuum; pragma integrity_check"
