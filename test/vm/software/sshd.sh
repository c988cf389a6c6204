# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# Logins to localhost: privilege separation, users, terminals, files.
mkdir -p /run/sshd ssh
ssh-keygen -q -t ed25519 -N "" -f ssh/host
ssh-keygen -q -t ed25519 -N "" -f ssh/key
install -d -o app -g app -m 700 /home/app/.ssh
install -o app -g app -m 600 ssh/key.pub /home/app/.ssh/authorized_keys
/usr/sbin/sshd -p 2222 -h /tmp/ssh/host -o PidFile=/tmp/ssh/pid -E /tmp/ssh/log
options="-i ssh/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
# shellcheck disable=SC2086 # a list of options
{
	ssh $options -p 2222 app@localhost "id -un; pwd"
	ssh $options -p 2222 -tt app@localhost "test -t 0 && echo a terminal" | tr -d '\r'
	echo "copied" >ssh/file
	scp -q $options -P 2222 ssh/file app@localhost:copy
}
cat /home/app/copy
kill "$(cat ssh/pid)"
