# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# Comes before each of the scripts here, in the same shell. What they print must
# be the same wherever and as whomever they run.
set -eu
export LC_ALL=C HOME=/tmp
cd /tmp

# Services that do not run as root by themselves.
as_app() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid app --regid app --init-groups "$@"
	else
		"$@"
	fi
}

# Waits until a command succeeds, for half a minute.
wait_for() {
	for _ in $(seq 150); do
		if "$@" >/dev/null 2>&1; then return; fi
		sleep 0.2
	done
	echo "in vain: $*" >&2
	exit 1
}
