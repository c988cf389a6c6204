# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A virtual machine that writes its own code, with threads.
java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp /srv/java Hello
