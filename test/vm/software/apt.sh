# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# Packages are installed and removed, by programs of several users.
apt-get -qq install -y /srv/debs/hello_*.deb >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
hello
dpkg --verify hello | grep -v /usr/share/ || true
apt-get -qq purge -y hello >apt.log 2>&1
test ! -e /usr/bin/hello
useradd --create-home --shell /bin/sh made
su made -c "id -un; touch ~/file; ls ~"
userdel -r made 2>/dev/null
