#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Usage: place.sh ROOT. Puts the build on the second disk where install.sh would
# put it. /usr/lib/lockc stays on that disk, bound into place: copying Node
# would take longer than starting it.
set -e
root=${1%/}
build=$root/run/lockc-vm/build
mkdir -p "$build"
mount -t ext4 -o ro,noatime "$root/dev/vdb" "$build"
for folder in bin share lib/systemd; do
	[ -d "$build/usr/$folder" ] || continue
	mkdir -p "$root/usr/$folder"
	cp -R "$build/usr/$folder/." "$root/usr/$folder/"
done
mkdir -p "$root/usr/lib/lockc" "$root/etc/lockc/policy"
mount --bind "$build/usr/lib/lockc" "$root/usr/lib/lockc"
