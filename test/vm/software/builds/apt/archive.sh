#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes /srv/debs the only archive of packages.
set -e
cd /srv/debs
set -- *.deb
{
	dpkg-deb -f "$1"
	echo "Filename: ./$1"
	stat -c "Size: %s" "$1"
	sha256sum "$1" | sed 's/\(.*\)  .*/SHA256: \1/'
} >Packages
rm -rf /etc/apt/sources.list.d
echo "deb [trusted=yes] copy:/srv/debs ./" >/etc/apt/sources.list
