#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# lockc-runc: what an engine executes in place of runc.
#
# It becomes the real runtime: same process, no other program. Every engine calls
# this many times in a container's life, so it uses nothing but the shell. Only
# commands that start a container wait for the shim, which judges and registers it
# beside this process and answers; so this process is what it was all the time.
#
# It only has to find the command. What it does not fully understand the shim is
# asked about too, which reads the whole command line (argv.ts) and may refuse.
#
# What a shell cannot keep of its start, none of it seen by a container, since a
# container's environment comes from config.json: the order of the environment,
# variables whose names no shell allows, the values of IFS, OPTIND and PPID where
# they are exported, a PWD that does not name the working directory, that SIGCHLD
# was ignored, and, once it asked the shim, that no child had ended (what it cost, a
# blocked SIGCHLD). In a deleted working directory dash says so on stderr. Where sh is
# bash, PWD and SHLVL are added.
#
# shellcheck disable=SC3013 # all shells know -ef

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
# either "=" or as the next word whatever that is, and "--" ends them. Noted are
# the places of our own, which the runtime does not get.
lockc_verb=
lockc_want=
lockc_at=0
lockc_drop=
lockc_help=
for lockc_word do
  lockc_at=$((lockc_at + 1))
  if [ -n "$lockc_want" ]; then
    [ "$lockc_want" != ours ] || lockc_drop="$lockc_drop$lockc_at,"
    lockc_want=
    continue
  fi
  case $lockc_word in
  --root | --log | --log-format | --rootless | --criu | --cgroup-manager | --log-level | \
    -root | -log | -log-format | -rootless | -criu)
    lockc_want=value
    ;;
  --root=* | --log=* | --log-format=* | --rootless=* | --criu=* | --cgroup-manager=* | \
    --log-level=* | -root=* | -log=* | -log-format=* | -rootless=* | -criu=*) ;;
  --help | -help | -h)
    lockc_help=yes
    ;;
  --debug | --systemd-cgroup | --version | -debug | -systemd-cgroup | -version | -v) ;;
  --lockc-policy | -lockc-policy)
    lockc_want=ours
    lockc_drop="$lockc_drop$lockc_at,"
    ;;
  --lockc-policy=* | -lockc-policy=*)
    lockc_drop="$lockc_drop$lockc_at,"
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
done
[ -z "$lockc_want" ] || lockc_verb=unclear

lockc_runtime=
lockc_more=
case $lockc_verb in
create | run | restore | unclear) ;;
*)
  # The real runtime, as lockctl wrote it down; root's word only.
  if [ -O / ] && [ -O "${LOCKC_RUNTIME%/*}" ] && [ -O "$LOCKC_RUNTIME" ]; then
    read -r lockc_runtime <"$LOCKC_RUNTIME"
  fi
  case $lockc_runtime in
  /*) [ -f "$lockc_runtime" ] && [ -x "$lockc_runtime" ] && ! [ "$lockc_runtime" -ef "$0" ] ;;
  *) false ;;
  esac || lockc_runtime=
  ;;
esac

if [ -z "$lockc_runtime" ]; then
  # The shim, which says on standard output what becomes of this process, and to nobody
  # else; then it ends by itself. Nobody waits for that: to give Node's memory back takes
  # the kernel two milliseconds. What would change Node is kept from it: these variables
  # are meant for the runtime and its hooks.
  if ! [ -x "$LOCKC_LIB/node" ]; then
    echo "lockc: cannot start $LOCKC_LIB/node; install lockc again [LOCKC_E_BUG]" >&2
    exit 1
  fi
  lockc_answer=$(
    {
      unset NODE_OPTIONS NODE_PATH NODE_CHANNEL_FD NODE_CHANNEL_SERIALIZATION_MODE \
        NODE_UNIQUE_ID NODE_COMPILE_CACHE NODE_COMPILE_CACHE_PORTABLE \
        NODE_COMPILE_CACHE_READONLY NODE_DISABLE_COMPILE_CACHE NODE_INSPECT_RESUME_ON_START \
        NODE_DEBUG NODE_DEBUG_NATIVE NODE_EXTRA_CA_CERTS NODE_ICU_DATA NODE_NO_WARNINGS \
        NODE_PENDING_DEPRECATION NODE_PENDING_PIPE_INSTANCES NODE_PRESERVE_SYMLINKS \
        NODE_PRESERVE_SYMLINKS_MAIN NODE_REDIRECT_WARNINGS NODE_REPL_EXTERNAL_MODULE \
        NODE_SKIP_PLATFORM_CHECK NODE_TEST_CONTEXT NODE_TLS_REJECT_UNAUTHORIZED \
        NODE_USE_ENV_PROXY NODE_USE_SYSTEM_CA NODE_V8_COVERAGE OPENSSL_CONF SSL_CERT_FILE \
        SSL_CERT_DIR UV_THREADPOOL_SIZE UV_USE_IO_URING GLIBC_TUNABLES LD_AUDIT LD_DEBUG \
        LD_DEBUG_OUTPUT LD_LIBRARY_PATH LD_PRELOAD LD_PROFILE LD_PROFILE_OUTPUT
      # What a process that lives for milliseconds has no use of: a signal that starts a
      # debugger, machine code, strings whose hashes differ from start to start, OpenSSL's
      # settings, more than one thread to help. tool/bundle.ts reads this line.
      exec "$LOCKC_LIB/node" --disable-sigusr1 --jitless --no-rehash-snapshot --v8-pool-size=1 --openssl-config=/dev/null "$LOCKC_LIB/shim.cjs" "$$" "$0" "$@"
    } &
  )
  # Places of words to leave out; one to add; the runtime's path (shim/launcher.ts).
  case $lockc_answer in
  *:*:/*.)
    lockc_drop=${lockc_answer%%:*}
    lockc_answer=${lockc_answer#*:}
    lockc_more=${lockc_answer%%:*}
    lockc_runtime=${lockc_answer#*:}
    lockc_runtime=${lockc_runtime%.}
    ;;
  refused) exit 1 ;;
  *)
    echo "lockc: the shim ended before it had judged the container, which is not started; see the kernel's log for why, and try again [LOCKC_E_BUG]" >&2
    exit 1
    ;;
  esac
fi

# The runtime's own help follows, which does not know of ours.
case $lockc_verb,$lockc_help in
help, | ,yes)
  echo "lockc-runc takes the runtime's command line, which follows, and one more global option:
   --lockc-policy NAME  hold the container to this policy (lockctl policy list)
"
  ;;
esac

if [ -n "$lockc_drop" ]; then
  lockc_at=0
  for lockc_word do
    [ "$lockc_at" -gt 0 ] || set --
    lockc_at=$((lockc_at + 1))
    case ",$lockc_drop" in
    *",$lockc_at,"*) ;;
    *) set -- "$@" "$lockc_word" ;;
    esac
  done
fi
set -- "$lockc_runtime" "$@" ${lockc_more:+"$lockc_more"}
unset LOCKC_LIB LOCKC_RUNTIME lockc_pwd lockc_verb lockc_want lockc_at lockc_drop lockc_word lockc_help \
  lockc_runtime lockc_more lockc_answer
exec "$@"
