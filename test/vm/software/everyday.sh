# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# What shells do all day.
id -u >/dev/null
ls -lR /proc/self/ /sys /etc >/dev/null 2>&1 || true
cat /proc/cpuinfo /proc/meminfo /proc/net/dev /proc/mounts >/dev/null
ps aux >/dev/null
free >/dev/null
mkdir made && echo x >made/file && chmod 600 made/file && mv made/file made/moved && cp -a made/moved made/file
ln -s file made/link && ln made/file made/hard && truncate -s 10 made/file && touch -d 2020-01-01 made/file && stat -c %s made/hard
tar -cf made.tar made && rm -r made && tar -xf made.tar && find made | sort
mkfifo pipe && { echo "through a pipe" >pipe & cat pipe; }
timeout 1 sleep 5 || echo "status $?"
nice -n 5 true && kill -0 $$ && echo "done"
