#!/bin/busybox sh
# SPDX-License-Identifier: Apache-2.0
#
# Process 1 of the initramfs: finds the root disk, mounts what a Debian system
# expects, and becomes the agent (or systemd, which then starts the agent).
# Everything runs from one static busybox: under emulation each process that a
# dynamic linker does not have to start is worth 20 ms.
set -e
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
for module in /modules/*.ko; do
	insmod "$module"
done
mount -t devtmpfs -o mode=0755,nosuid devtmpfs /dev
mount -t ext4 -o noatime,noinit_itable /dev/vda /root
mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs /root/run
mkdir -p /root/run/lockc-vm
cp /agent /place.sh /engines.sh /root/run/lockc-vm/
mount --move /dev /root/dev

case " $(cat /proc/cmdline) " in
*" lockc.vm=systemd "*)
	mkdir -p /root/run/systemd/system/multi-user.target.wants
	cp /agent.service /root/run/systemd/system/
	ln -s ../agent.service /root/run/systemd/system/multi-user.target.wants/
	if [ -b /root/dev/vdb ]; then
		mount --bind /root/dev /dev
		sh /place.sh /root
	fi
	umount /proc
	exec switch_root /root /lib/systemd/systemd
	;;
esac

cd /root
mount -t proc -o nosuid,nodev,noexec proc proc
mount -t sysfs -o nosuid,nodev,noexec sysfs sys
mount -t securityfs securityfs sys/kernel/security
mount -t cgroup2 -o nosuid,nodev,noexec,nsdelegate cgroup2 sys/fs/cgroup
mount -t bpf -o nosuid,nodev,noexec,mode=700 bpf sys/fs/bpf
mount -t tracefs tracefs sys/kernel/tracing
mkdir -p dev/pts dev/shm run/lock
mount -t devpts -o gid=5,mode=620,ptmxmode=000 devpts dev/pts
mount -t tmpfs -o nosuid,nodev tmpfs dev/shm
mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs tmp
ln -sf /proc/self/fd dev/fd
ln -sf /proc/self/fd/0 dev/stdin
ln -sf /proc/self/fd/1 dev/stdout
ln -sf /proc/self/fd/2 dev/stderr
hostname guest
ip link set lo up
# Engines warn of it, and nothing can be forwarded here.
echo 1 >proc/sys/net/ipv4/ip_forward
umount /proc
exec switch_root /root /run/lockc-vm/agent
