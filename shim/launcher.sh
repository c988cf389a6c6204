#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# lockc-runc: what an engine executes in place of runc.
#
# Commands that start a container go to the shim, all others become the real
# runtime at once: same process, no fork, no other program. Every engine calls
# this many times in a container's life, so it uses nothing but the shell.
#
# It only has to find the command. What it does not fully understand goes to
# the shim too, which reads the whole command line (argv.ts) and may refuse.
#
# What a shell cannot keep of its start, none of it seen by a container, since a
# container's environment comes from config.json: the order of the environment,
# variables whose names no shell allows, the values of IFS, OPTIND and PPID where
# they are exported, a PWD that does not name the working directory, and that
# SIGCHLD was ignored. In a deleted working directory dash says so on stderr.
# Where sh is bash, PWD and SHLVL are added.
#
# shellcheck disable=SC3013,SC3045 # all shells know -ef and ulimit -S, only bash runs printf -v

LOCKC_LIB=/usr/lib/lockc
LOCKC_RUNTIME=/run/lockc/runtime

# A shell that is our parent has exported PWD itself. Engines have not, and we
# must not: dash just did. A PWD other than the plain path of the working
# directory came from the caller, whoever it is.
if [ -z "${SHLVL+x}${OLDPWD+x}${_+x}" ]; then
  lockc_pwd=$PWD
  if [ -z "$PWD" ] || { cd -P . && [ "$lockc_pwd" = "$PWD" ]; }; then
    unset PWD
  else
    PWD=$lockc_pwd
  fi
  unset OLDPWD
fi

# The globals, as Go's package flag reads them: -x is --x, a value follows
# either "=" or as the next word whatever that is, and "--" ends them.
lockc_verb=
lockc_want=
lockc_count=0
lockc_ours=
for lockc_word do
  if [ -n "$lockc_want" ]; then
    lockc_want=
    lockc_count=$((lockc_count + 1))
    continue
  fi
  case $lockc_word in
  --root | --log | --log-format | --rootless | --criu | --cgroup-manager | --log-level | \
    -root | -log | -log-format | -rootless | -criu)
    lockc_want=value
    ;;
  --root=* | --log=* | --log-format=* | --rootless=* | --criu=* | --cgroup-manager=* | \
    --log-level=* | -root=* | -log=* | -log-format=* | -rootless=* | -criu=*) ;;
  --debug | --systemd-cgroup | --help | --version | -debug | -systemd-cgroup | -help | \
    -version | -h | -v) ;;
  --lockc-policy | -lockc-policy)
    lockc_want=value
    lockc_ours=yes
    ;;
  --lockc-policy=* | -lockc-policy=*)
    lockc_ours=yes
    ;;
  -?*)
    lockc_verb=unclear
    break
    ;;
  *)
    lockc_verb=$lockc_word
    break
    ;;
  esac
  lockc_count=$((lockc_count + 1))
done
[ -z "$lockc_want" ] || lockc_verb=unclear

case $lockc_verb in
create | run | restore | unclear) ;;
*)
  # The real runtime, as lockctl wrote it down; root's word only.
  lockc_runtime=
  if [ -O / ] && [ -O "${LOCKC_RUNTIME%/*}" ] && [ -O "$LOCKC_RUNTIME" ]; then
    read -r lockc_runtime <"$LOCKC_RUNTIME"
  fi
  case $lockc_runtime in
  /*)
    if [ -f "$lockc_runtime" ] && [ -x "$lockc_runtime" ] && ! [ "$lockc_runtime" -ef "$0" ]; then
      if [ -n "$lockc_ours" ]; then
        # Take the globals off one by one, forget ours, put the others back.
        lockc_keep=
        lockc_names=
        while [ "$lockc_count" -gt 0 ]; do
          case $1 in
          --lockc-policy | -lockc-policy)
            shift
            lockc_count=$((lockc_count - 1))
            ;;
          --lockc-policy=* | -lockc-policy=*) ;;
          --root | --log | --log-format | --rootless | --criu | --cgroup-manager | \
            --log-level | -root | -log | -log-format | -rootless | -criu)
            eval "lockc_a$lockc_count=\$1 lockc_b$lockc_count=\$2"
            lockc_keep="$lockc_keep \"\$lockc_a$lockc_count\" \"\$lockc_b$lockc_count\""
            lockc_names="$lockc_names lockc_a$lockc_count lockc_b$lockc_count"
            shift
            lockc_count=$((lockc_count - 1))
            ;;
          *)
            eval "lockc_a$lockc_count=\$1"
            lockc_keep="$lockc_keep \"\$lockc_a$lockc_count\""
            lockc_names="$lockc_names lockc_a$lockc_count"
            ;;
          esac
          shift
          lockc_count=$((lockc_count - 1))
        done
        eval "set -- $lockc_keep \"\$@\""
        # shellcheck disable=SC2086 # a list of names
        unset lockc_keep $lockc_names lockc_names
      fi
      set -- "$lockc_runtime" "$@"
      unset LOCKC_LIB LOCKC_RUNTIME lockc_pwd lockc_verb lockc_want lockc_count lockc_ours \
        lockc_word lockc_runtime
      exec "$@"
    fi
    ;;
  esac
  ;;
esac

# From here on it is the shim's. Node changes its own process before any script
# runs; what runc would miss is noted here for it to restore (runtime.ts).

# The kernel's table of limits happens to be a script of the commands Limit and
# Max. The shell reads a script in blocks, what it reads by line in bytes, and
# ulimit's answer would take a fork. (bash finds a script of size 0 empty.)
lockc_state=
Limit() { :; }
Max() { [ "$1 $2" != "open files" ] || lockc_state="nofile=$3"; }
# shellcheck disable=SC1091 # the kernel's
. /proc/self/limits
[ -n "$lockc_state" ] || lockc_state="nofile=$(ulimit -Sn)"

# The descriptors we were given. Two are not among them: the directory that the
# pattern reads, closed by now, and this script, which the shell keeps above 9.
lockc_fds=
lockc_word=
for lockc_fd in /proc/self/fd/*; do
  [ -h "$lockc_fd" ] || continue
  if [ -z "$lockc_word" ] && [ "${lockc_fd##*/}" -gt 9 ] && [ "$lockc_fd" -ef "$0" ]; then
    lockc_word=$lockc_fd
  else
    lockc_fds="$lockc_fds${lockc_fd##*/},"
  fi
done

# The signals. The kernel writes their file whole when its first byte is asked for, and
# keeps at the descriptor what was not read: there the shim finds how it was before Node.
# (The shell would read it byte by byte.)
lockc_key=
for lockc_fd in 9 8 7 6 5 4 3; do
  # SIGQUIT is ignored by bash itself, whatever it was before.
  [ -z "${BASH_VERSION-}" ] || break
  case ",$lockc_fds" in *",$lockc_fd,"*) continue ;; esac
  eval "exec $lockc_fd</proc/self/status"
  read -r lockc_key <&"$lockc_fd"
  lockc_state="$lockc_state status=$lockc_fd"
  break
done
[ -n "$lockc_key" ] || while read -r lockc_key lockc_value; do
  case $lockc_key in
  SigBlk:) lockc_state="$lockc_state blocked=$lockc_value" ;;
  SigIgn:)
    [ -z "${BASH_VERSION-}" ] || printf -v lockc_value %x "$((0x$lockc_value & ~4))"
    lockc_state="$lockc_state ignored=$lockc_value"
    break
    ;;
  esac
done </proc/self/status
lockc_state="$lockc_state fds=$lockc_fds"

# What would change this Node is meant for the runtime and the container's
# hooks, so it waits under another name.
lockc_state="$lockc_state held="
for lockc_key in NODE_OPTIONS NODE_PATH NODE_CHANNEL_FD NODE_CHANNEL_SERIALIZATION_MODE \
  NODE_UNIQUE_ID NODE_COMPILE_CACHE NODE_COMPILE_CACHE_PORTABLE \
  NODE_COMPILE_CACHE_READONLY NODE_DISABLE_COMPILE_CACHE NODE_INSPECT_RESUME_ON_START \
  NODE_DEBUG NODE_DEBUG_NATIVE NODE_EXTRA_CA_CERTS NODE_ICU_DATA NODE_NO_WARNINGS \
  NODE_PENDING_DEPRECATION NODE_PENDING_PIPE_INSTANCES NODE_PRESERVE_SYMLINKS \
  NODE_PRESERVE_SYMLINKS_MAIN NODE_REDIRECT_WARNINGS NODE_REPL_EXTERNAL_MODULE \
  NODE_SKIP_PLATFORM_CHECK NODE_TEST_CONTEXT NODE_TLS_REJECT_UNAUTHORIZED NODE_USE_ENV_PROXY \
  NODE_USE_SYSTEM_CA NODE_V8_COVERAGE OPENSSL_CONF SSL_CERT_FILE SSL_CERT_DIR \
  UV_THREADPOOL_SIZE UV_USE_IO_URING; do
  eval "lockc_value=\${$lockc_key+x}"
  if [ -n "$lockc_value" ]; then
    eval "export LOCKC_HELD_$lockc_key=\"\$$lockc_key\""
    unset "$lockc_key"
    lockc_state="$lockc_state$lockc_key,"
  fi
done

if ! [ -x "$LOCKC_LIB/node" ]; then
  echo "lockc: cannot start $LOCKC_LIB/node; install lockc again [LOCKC_E_BUG]" >&2
  exit 1
fi
export LOCKC_INHERITED="$lockc_state name=$0"
# What a process that lives for milliseconds has no use of: a signal that starts a
# debugger, machine code, strings whose hashes differ from start to start, OpenSSL's
# settings, more than one thread to help. tool/bundle.ts reads this line.
set -- "$LOCKC_LIB/node" --disable-sigusr1 --jitless --no-rehash-snapshot --v8-pool-size=1 --openssl-config=/dev/null "$LOCKC_LIB/shim.cjs" "$@"
unset LOCKC_LIB LOCKC_RUNTIME lockc_pwd lockc_verb lockc_want lockc_count lockc_ours lockc_word \
  lockc_runtime lockc_key lockc_value lockc_state lockc_fd lockc_fds
exec "$@"
