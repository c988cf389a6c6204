#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# lockctl: runs ctl/main.ts on lockc's own Node, whatever else is installed.

LOCKC_LIB=/usr/lib/lockc

# These would change that Node, or what it loads, at the wish of the environment.
unset NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_V8_COVERAGE NODE_REPL_EXTERNAL_MODULE \
  NODE_COMPILE_CACHE NODE_DEBUG NODE_DEBUG_NATIVE OPENSSL_CONF SSL_CERT_FILE GLIBC_TUNABLES \
  LD_AUDIT LD_DEBUG LD_DEBUG_OUTPUT LD_LIBRARY_PATH LD_PRELOAD LD_PROFILE LD_PROFILE_OUTPUT

case " $* " in
" watch "* | *" --follow "* | *" --for "* | *" --for="* | *" --listen "* | *" --listen="*)
  set -- "$LOCKC_LIB/lockctl.cjs" "$@"
  ;;
*) # It ends before machine code that V8 makes of it has paid for itself.
  set -- --jitless --v8-pool-size=1 "$LOCKC_LIB/lockctl.cjs" "$@"
  ;;
esac

# A small young generation, in MiB: commands that run for months stay at 80 MiB instead of 140.
exec "$LOCKC_LIB/node" --max-semi-space-size=1 --openssl-config=/dev/null "$@"
