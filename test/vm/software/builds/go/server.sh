#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Usage: server.sh HOST COMMAND, as git calls ssh. Serves greet to who has a key in the agent.
set -e
ssh-add -L | grep -q "^ssh-ed25519 "
test "$1: $2" = "git.invalid: git-upload-pack '/greet'"
cd /src/greet
test -d .git || {
	git init -q && git add .
	git -c user.name=nobody -c user.email=nobody@invalid commit -q -m greet
	git tag v1.0.0
} >&2
exec git upload-pack .
