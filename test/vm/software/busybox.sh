# shellcheck shell=sh disable=SC2009
# SPDX-License-Identifier: Apache-2.0
#
# What small images do all day. Much of it fails under any runtime, in its own way.
id; ls -lR /proc/self /sys /etc >/dev/null; cat /proc/cpuinfo /proc/meminfo /proc/net/dev; ps; free; uptime
mkdir /made; echo x >/made/file; chmod 600 /made/file; chown 1000:1000 /made/file
mv /made/file /made/moved; cp /made/moved /made/file; ln -s file /made/link; rm -r /made; mkdir /made
rm /bin/arp; rm -r /var/spool; mkdir /var/spool
su -s /bin/sh -c id daemon; chroot / id; hostname; mknod /null c 1 3
nc -l -p 7004 -s 127.0.0.1 & sleep 1; echo x | nc 127.0.0.1 7004
nslookup localhost 127.0.0.1; wget -O- http://127.0.0.1:1; ip addr; netstat -an
kill -0 1; nice -n 5 true; echo "the end"
