// SPDX-License-Identifier: Apache-2.0
/**
 * Command lines as engines, people and attackers might write them: every command of
 * runc and crun with every flag of every command, told apart from shim/argv's own
 * tables. Names are such that a runtime can do no harm with them.
 */
import fc from "fast-check";

interface Flags {
  readonly values: readonly string[];
  readonly switches: readonly string[];
}

const flags = (values: string, switches: string): Flags => ({
  values: values.split(" ").filter(Boolean),
  switches: switches.split(" ").filter(Boolean),
});

const GLOBALS = flags(
  "log log-format root rootless criu cgroup-manager log-level",
  "debug systemd-cgroup help h version v V usage ?",
);

/** runc 1.1 to 1.5 and crun 1.8 to 1.2x, from their sources and manuals. */
const COMMANDS: Readonly<Record<string, Flags>> = {
  create: flags(
    "bundle b console-socket pidfd-socket pid-file preserve-fds config f",
    "no-pivot no-new-keyring no-subreaper",
  ),
  run: flags(
    "bundle b console-socket pidfd-socket pid-file preserve-fds config f",
    "detach d keep no-subreaper no-pivot no-new-keyring",
  ),
  restore: flags(
    "bundle b console-socket image-path work-path manage-cgroups-mode pid-file empty-ns lsm-profile lsm-mount-context",
    "tcp-established tcp-close ext-unix-sk shell-job file-locks detach d no-subreaper no-pivot auto-dedup lazy-pages",
  ),
  start: flags("", ""),
  state: flags("", "all a"),
  pause: flags("", ""),
  resume: flags("", ""),
  features: flags("", ""),
  delete: flags("", "force f regex"),
  kill: flags("", "all a regex"),
  list: flags("format f", "quiet q"),
  ps: flags("format f", ""),
  events: flags("interval", "stats"),
  exec: flags(
    "console-socket pidfd-socket cwd env e user u additional-gids g process p pid-file process-label apparmor cap c preserve-fds cgroup exec-cpu-affinity",
    "tty t detach d no-new-privs ignore-paused",
  ),
  checkpoint: flags(
    "image-path work-path parent-path status-fd page-server manage-cgroups-mode empty-ns",
    "leave-running tcp-established tcp-skip-in-flight link-remap ext-unix-sk shell-job lazy-pages file-locks pre-dump auto-dedup",
  ),
  update: flags(
    "resources r blkio-weight cpu-period cpu-quota cpu-burst cpu-share cpu-rt-period cpu-rt-runtime cpuset-cpus cpuset-mems memory cpu-idle memory-reservation memory-swap pids-limit l3-cache-schema mem-bw-schema",
    "",
  ),
  spec: flags("bundle b", "rootless"),
  help: flags("", ""),
  h: flags("", ""),
  init: flags("", ""),
};

export const NAMES = {
  ids: ["ID1", "ID2"],
  bundles: ["B1", "B2"],
  roots: ["R1", "R2"],
  configs: ["C1", "C2", "config.json"],
} as const;
const [CREATE, RUN, RESTORE, ...OTHERS] = Object.keys(COMMANDS) as [
  string,
  string,
  string,
  ...string[],
];

/** What may stand where a value belongs, also what looks like something else. */
const value = (flag: string) =>
  fc.oneof(
    { weight: 20, arbitrary: likely(flag) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "ID1",
        "ID2",
        "B1",
        "-",
        "--",
        "-x",
        "--bundle",
        "--keep",
        "",
        "=",
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom("create", "run", "state", "true", "false", "0", "ä") },
  );

function likely(flag: string) {
  if (/^(config|f)$/.test(flag)) return fc.constantFrom<string>(...NAMES.configs, "B1");
  if (/^(bundle|b)$/.test(flag)) return fc.constantFrom<string>(...NAMES.bundles, ".");
  if (flag === "root") return fc.constantFrom<string>(...NAMES.roots);
  if (flag === "log-format") return fc.constantFrom("json", "text");
  if (flag === "cgroup-manager") return fc.constantFrom("cgroupfs", "disabled");
  if (/(fds|fd|limit|memory.*|cpu.*|gids)$/.test(flag)) {
    return fc.constantFrom("0", "2", "010", "-1", "x");
  }
  if (/rootless/.test(flag)) return fc.constantFrom("auto", "false");
  return fc.constantFrom("L1", "P1");
}

const dashes = fc.oneof(
  { weight: 16, arbitrary: fc.constant("--") },
  { weight: 8, arbitrary: fc.constant("-") },
  { weight: 1, arbitrary: fc.constant("---") },
);
const truth = fc.constantFrom("=true", "=false", "=1", "=F", "=false", "=maybe", "=");

/** One flag in one of its forms, as one word or two. */
function spelled({ values, switches }: Flags): fc.Arbitrary<string[]> {
  const valued =
    values.length === 0
      ? []
      : [
          fc
            .tuple(dashes, fc.constantFrom(...values), fc.boolean())
            .chain(([dash, name, attached]) =>
              value(name).map((text) =>
                attached ? [`${dash}${name}=${text}`] : [`${dash}${name}`, text],
              ),
            ),
        ];
  const switched =
    switches.length === 0
      ? []
      : [
          fc
            .tuple(dashes, fc.constantFrom(...switches), fc.option(truth, { freq: 1 }))
            .map(([dash, name, given]) => [`${dash}${name}${given ?? ""}`]),
        ];
  const forms = [...valued, ...switched];
  return forms.length === 0 ? fc.constant<string[]>([]) : fc.oneof(...forms);
}

const odd = fc.constantFrom(
  ...[
    "--",
    "-",
    "",
    "-x",
    "--unknown",
    "--bund",
    "B1",
    "-bB1",
    "-db",
    "-=",
    "--=",
    "create",
    "run",
  ],
  ...[
    "--help",
    "-h",
    "--lockc-policy",
    "--lockc-policy=p",
    "ID1",
    "ID2",
    "a/b",
    "..",
    "-?",
    "--usage",
  ],
);

const everyFlag: Flags = {
  values: Object.values(COMMANDS).flatMap(({ values }) => values),
  switches: Object.values(COMMANDS).flatMap(({ switches }) => switches),
};

const words = (own: Flags): fc.Arbitrary<string[]> =>
  fc
    .array(
      fc.oneof(
        { weight: 12, arbitrary: spelled(own) },
        { weight: 1, arbitrary: spelled(everyFlag) },
        { weight: 1, arbitrary: odd.map((word) => [word]) },
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.flat());

const globals: fc.Arbitrary<string[]> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: spelled({ ...GLOBALS, switches: GLOBALS.switches.slice(0, 2) }) },
      { weight: 1, arbitrary: spelled(GLOBALS) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(["--"], ["-"], ["--roo", "R2"], ["--lockc-policy=p"]),
      },
    ),
    { maxLength: 2 },
  )
  .map((parts) => parts.flat());

const command: fc.Arbitrary<string> = fc.oneof(
  { weight: 14, arbitrary: fc.constantFrom(CREATE, RUN, RESTORE) },
  { weight: 6, arbitrary: fc.constantFrom(...OTHERS) },
  { weight: 1, arbitrary: fc.constantFrom("", "-", "Create", "crea", "creat e", "none", "ID1") },
);

/** The words after argv[0]: globals, a command, its words with an ID somewhere among them. */
export const LINES: fc.Arbitrary<string[]> = fc.tuple(globals, command).chain(([before, verb]) =>
  fc
    .tuple(words(COMMANDS[verb] ?? everyFlag), fc.nat(12), fc.constantFrom<string>(...NAMES.ids))
    .map(([rest, at, id]) => {
      const place = Math.min(at, rest.length); // most often the last
      return [...before, verb, ...rest.slice(0, place), id, ...rest.slice(place)];
    }),
);
