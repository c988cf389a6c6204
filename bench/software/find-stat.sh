# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# Looks at each of 100,000 files.
begin
find /srv/tree -type f -size 0 >/tmp/found
finish 1
test "$(wc -l </tmp/found)" = 100000
