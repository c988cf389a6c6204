# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# What looks at the machine: at processors, memory nodes, devices and whose it is. Lines about
# disks and about what changes from run to run are left out.
lscpu | grep -v MHz
lstopo-no-graphics --no-collapse | grep -v Block
numactl --hardware | grep -v free
numactl --show
java -XshowSettings:system -version 2>&1 | grep -v "^openjdk\|^OpenJDK"
node -p 'os.cpus().map(({ model }) => model).join()'
nproc --all
/srv/go/cpus 2>&1
# cloud-init's look-ups, which tell in what cloud it is; disks' labels are not compared, nor a serial number.
DI_LOG=stderr DEBUG_LEVEL=2 PATH_RUN=/tmp/run /srv/cloud/ds-identify --force 2>&1 |
	grep "^DMI_\|^VIRT\|^DSLIST\|^MODE" | grep -v "SERIAL\|UUID" || true
systemd-detect-virt || true
systemd-detect-virt --vm || true
for name in sys_vendor product_name board_vendor bios_vendor chassis_asset_tag; do
	cat "/sys/class/dmi/id/$name" 2>/dev/null || true
done
cat /sys/class/net/lo/mtu
prometheus-node-exporter --web.listen-address 127.0.0.1:9100 >exporter.log 2>&1 &
wait_for curl -sf http://127.0.0.1:9100/
curl -s http://127.0.0.1:9100/metrics >metrics
grep "collector_success.* 0" metrics >&2 || true
grep -o "^node_\(cpu\|memory\|network\|load\)[a-z0-9]*" metrics | sort -u
kill $!
wait || true
