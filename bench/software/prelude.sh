# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# Comes before each of the scripts here, in the same shell. What is between `begin` and
# `finish` counts; `finish N` says that it was done N times, and is the last to print.
set -eu
export LC_ALL=C HOME=/tmp
begin() { start=$(date +%s%N); }
finish() { echo "$(($(date +%s%N) - start)) $1"; }

# Waits until a command succeeds.
wait_for() {
	until "$@" >/dev/null 2>&1; do sleep 0.1; done
}
