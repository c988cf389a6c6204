#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Starts containerd and dockerd without an init system and returns once Docker
# answers. BuildKit's steps go through lockc when it is there.
set -e
[ ! -x /usr/bin/lockc-runc ] || export DOCKER_BUILDKIT_RUNC_COMMAND=/usr/bin/lockc-runc
setsid containerd >/run/containerd.log 2>&1 </dev/null &
# dockerd needs containerd's socket only once it has started itself, seconds later.
setsid dockerd --containerd=/run/containerd/containerd.sock >/run/dockerd.log 2>&1 </dev/null &
dockerd=$!
until perl -MIO::Socket::UNIX -e '
	my $s = IO::Socket::UNIX->new(Peer => "/run/docker.sock") or exit 1;
	print $s "GET /_ping HTTP/1.0\r\n\r\n";
	exit !(<$s> =~ / 200 /);'; do
	kill -0 $dockerd 2>/dev/null || {
		echo "dockerd ended:" >&2
		tail -n 20 /run/dockerd.log /run/containerd.log >&2
		exit 1
	}
	sleep 0.1
done
