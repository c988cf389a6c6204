// SPDX-License-Identifier: Apache-2.0
/**
 * Variables that say where a loader or an interpreter finds code, or what it does beside its
 * program. Which they are: glibc's unsecure-envvars.h, ld.so(8), musl's ldso, and the manuals
 * of each interpreter. Pure.
 */
import { matchesName } from "./kinds.ts";

/** Refused whatever they say. What ends with * stands for all that begin so. */
const BY_NAME: Readonly<Record<string, string>> = {
  "dynamic loaders and the C library":
    "GCONV_PATH GETCONF_DIR GLIBC_TUNABLES HOSTALIASES LD_* LOCALDOMAIN LOCPATH MALLOC_* MUSL_LOCPATH NIS_PATH NLSPATH RESOLV_HOST_CONF RES_OPTIONS SEGFAULT_OUTPUT_NAME TERMCAP TERMINFO TERMINFO_DIRS TZDIR",
  shells:
    "BASHOPTS BASH_ENV BASH_FUNC_* BASH_LOADABLES_PATH BASH_XTRACEFD CDPATH ENV FPATH GLOBIGNORE IFS PROMPT_COMMAND PS4 SHELLOPTS ZDOTDIR",
  Python: "PYTHON*",
  Perl: "PERL5* PERLIO* PERLLIB PERL_*",
  Ruby: "BUNDLE_* GEMRC RUBY*",
  "Node.js":
    "NODE_COMPILE_CACHE NODE_EXTRA_CA_CERTS NODE_OPTIONS NODE_PATH NODE_REDIRECT_WARNINGS NODE_REPL_EXTERNAL_MODULE NODE_V8_COVERAGE",
  Lua: "LUA_*",
  Java: "CLASSPATH JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS",
  ".NET": "CORECLR_* COR_* DOTNET_ADDITIONAL_DEPS DOTNET_SHARED_STORE DOTNET_STARTUP_HOOKS MONO_*",
  others:
    "AWKLIBPATH AWKPATH CAML_LD_LIBRARY_PATH ERL_* GIT_* GOCOVERDIR GODEBUG GUILE_* JULIA_* PHPRC PHP_INI_SCAN_DIR R_* TCLLIBPATH",
  libraries:
    "BLKID_FILE GIO_* GTK_* IP6TABLES_LIB_DIR IPTABLES_LIB_DIR KRB5* LIBMOUNT_* MODPROBE_OPTIONS OPENSSL_* SASL_PATH SSLKEYLOGFILE TC_LIB_DIR XTABLES_LIBDIR",
  "NVIDIA's hooks": "NVIDIA_CTK_*",
};

/** Every container has some of these, and images set the others: what counts is where they lead. */
const BY_VALUE: ReadonlySet<string> = new Set(
  "GEM_HOME GEM_PATH HOME LD_LIBRARY_PATH PATH PYTHONPATH SSL_CERT_DIR SSL_CERT_FILE TMPDIR XDG_CACHE_HOME XDG_CONFIG_DIRS XDG_CONFIG_HOME XDG_DATA_DIRS XDG_DATA_HOME".split(
    " ",
  ),
);

/** The table as documents have it: who reads them → patterns of names. */
export const STEERING: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(BY_NAME).map(([who, names]) => [who, names.split(" ")]),
);
export const PLACES: readonly string[] = [...BY_VALUE];

const PATTERNS = Object.values(STEERING).flat();

/**
 * What of a variable steers whoever reads it.
 * @param variable NAME=VALUE, as process.env has it.
 * @returns its name, and where it leads if that is what counts (ld.so(8) takes ; for : as
 *   well); undefined: it steers nothing.
 */
export function steers(
  variable: string,
): { readonly name: string; readonly places?: readonly string[] } | undefined {
  const at = variable.indexOf("=");
  const name = at < 0 ? variable : variable.slice(0, at);
  const value = at < 0 ? "" : variable.slice(at + 1);
  // An empty one counts as not set, but for PATH, where it is the working directory.
  if (value === "" && name !== "PATH") return undefined;
  if (BY_VALUE.has(name)) return { name, places: value.split(/[:;]/) };
  return PATTERNS.some((pattern) => matchesName(pattern, name)) ? { name } : undefined;
}
