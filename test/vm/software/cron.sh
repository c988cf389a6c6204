# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# Jobs of two users; what runs at the start needs no minute's wait.
printf '@reboot root id -un >/tmp/cron.root\n@reboot app id -un >/tmp/cron.app\n' >/etc/cron.d/jobs
rm -f /run/crond.reboot
cron
wait_for test -s cron.root -a -s cron.app
cat cron.root cron.app
kill "$(cat /run/crond.pid)"
