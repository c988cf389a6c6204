# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# The names of 100,000 files in 1,000 directories.
begin
find /srv/tree >/tmp/found
finish 1
test "$(wc -l </tmp/found)" = 101001
