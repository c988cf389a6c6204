# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A database of many threads; where the kernel and the engine let it, on io_uring.
as_app mariadbd --no-defaults --datadir=/srv/mariadb --socket=/tmp/mariadb.sock --bind-address=127.0.0.1 \
	--innodb-log-file-size=4M --innodb-buffer-pool-size=8M --large-pages --pid-file=/tmp/mariadb.pid >mariadb.log 2>&1 &
sql() { mariadb --no-defaults -u root -S /tmp/mariadb.sock -N -e "$1"; }
wait_for sql "select 1"
sql "create database shop; create table shop.goods (id int auto_increment primary key, name varchar(20)) engine=innodb"
sql "insert into shop.goods (name) select seq from shop.seq_1_to_500; select count(*), sum(id) from shop.goods"
sql "start transaction; delete from shop.goods where id > 10; rollback; select count(*) from shop.goods; flush tables"
mariadb --no-defaults -u root -h 127.0.0.1 -N -e "select max(id) from shop.goods; shutdown"
wait
grep "Using .*aio\|Using .*uring\|io_uring" mariadb.log >&2 || true
if grep "\[ERROR\]" mariadb.log; then exit 1; fi
