// SPDX-License-Identifier: Apache-2.0
/**
 * lockctl's grammar → what makes bash and zsh complete its command lines: commands,
 * flags, and what an operand or a flag's value may be, by its name in the grammar. Pure.
 */
import { membersOf } from "../ctl/grammar/find.ts";
import { formsOf } from "../ctl/grammar/read.ts";
import type { Option, Verb } from "../ctl/grammar/verb.ts";
import { VERBS } from "../ctl/verbs.ts";

/** What a shell can offer for an operand or a value. */
type Kind = "policy" | "container" | "file" | "directory" | "nothing";

/** The first that fits; "ID|EVENT" is completed as an ID. */
const KINDS: readonly (readonly [name: RegExp, kind: Kind])[] = [
  [/\b(ID|CONTAINER)\b/, "container"],
  [/\bRUNTIME\b/, "nothing"],
  [/\b(NAME|FROM|TO|POLICY)\b/, "policy"],
  [/\bFILE\b/, "file"],
  [/\bDIR\b/, "directory"],
];

export function kindOf(name: string): Kind {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? "nothing";
}

const HELP: Option = { meaning: "more about it" };
const VERSION: Option = { meaning: "lockctl's version" };

/** First words that are commands of their own or begin some. */
function firstWords(): string[] {
  return [...new Set(Object.keys(VERBS).map((name) => name.split(" ")[0]!))];
}

/** The flags of a command, sorted, with the one that all have. */
function flagsOf({ options }: Verb): (readonly [name: string, option: Option])[] {
  return formsOf({ ...options, help: HELP })
    .map(([name, , option]) => [name, option] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** "FILE…" may come more than once. */
const isMany = (operand: string) => operand.endsWith("…");

/**
 * Names of policies and containers, as lockctl prints them. sed lets through only
 * what such a name is made of, so nothing that a shell would act on.
 */
const POLICIES = `lockctl policy list --json 2>/dev/null | sed -n 's/^ *"name": "\\([a-z0-9-]*\\)",*$/\\1/p'`;
const CONTAINERS = `lockctl container list --json 2>/dev/null | sed -n 's/^ *"\\(id\\|name\\)": "\\([A-Za-z0-9_.+-]*\\)",*$/\\2/p'`;

const NOTE = `# SPDX-License-Identifier: Apache-2.0
# Made of lockctl's verbs by the build: change ctl/verb instead.`;

/** usr/share/bash-completion/completions/lockctl; bash-completion reads it at the first need. */
export function renderBash(): string {
  const groups = firstWords().filter((word) => membersOf(word).length > 0);
  const arms = Object.entries(VERBS).map(([name, verb]) => {
    const flags = flagsOf(verb);
    const values = flags.flatMap(([flag, { value }]) =>
      value === undefined ? [] : `${flag}=${kindOf(value)}`,
    );
    const operands = verb.operands.map(kindOf);
    const many = verb.operands.some(isMany);
    return `  "${name}")
    flags="${flags.map(([flag]) => flag).join(" ")}"
    values="${values.join(" ")}"
    operands=(${operands.join(" ")})
    many=${many ? "yes" : ""}
    ;;`;
  });
  const members = groups.map(
    (group) => `  ${group}) _lockctl_words "${membersOf(group).join(" ")}" ;;`,
  );
  return `# bash completion for lockctl
${NOTE}

_lockctl_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }

_lockctl_kind() {
  case $1 in
  policy) _lockctl_words "$(${POLICIES})" ;;
  container) _lockctl_words "$(${CONTAINERS})" ;;
  file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
  directory) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
  esac
}

_lockctl_members() {
  case $1 in
${members.join("\n")}
  esac
}

_lockctl() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local command=\${COMP_WORDS[1]} first=2 given=0 index word plain='' value=''
  local flags='' values='' operands=() many='' left=''
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _lockctl_words "${[...firstWords(), "help", "--help", "--version"].join(" ")}"
    return
  fi
  if [[ $command == help ]]; then
    if ((COMP_CWORD == 2)); then _lockctl_words "${firstWords().join(" ")}"; fi
    if ((COMP_CWORD == 3)); then _lockctl_members "$previous"; fi
    return
  fi
  case $command in
  ${groups.join(" | ")})
    if ((COMP_CWORD == 2)); then _lockctl_members "$command"; return; fi
    command="$command \${COMP_WORDS[2]}"
    first=3
    ;;
  esac
  case $command in
${arms.join("\n")}
  *) return ;;
  esac

  # bash takes --flag=value for three words.
  if [[ $cur == "=" ]]; then cur=''; else [[ $previous != "=" ]] || previous=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((index = first; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ $word == "=" ]]; then value=yes
    elif [[ -n $value ]]; then value=
    elif [[ -z $plain && $word == -- ]]; then plain=yes
    elif [[ -z $plain && $word == -?* ]]; then [[ " $values" != *" $word="* ]] || value=yes
    else given=$((given + 1)); fi
  done

  if [[ -z $plain && " $values" == *" $previous="* ]]; then
    word=\${values#*"$previous="}
    _lockctl_kind "\${word%% *}"
    return
  fi
  if [[ -n $many ]] && ((given >= \${#operands[@]})); then given=$((\${#operands[@]} - 1)); fi
  if [[ -n $plain || $cur != -* ]] && ((given < \${#operands[@]})); then
    _lockctl_kind "\${operands[given]}"
    return
  fi
  [[ -z $plain ]] || return
  for word in $flags; do
    [[ " \${COMP_WORDS[*]:first:COMP_CWORD-first} " == *" $word "* ]] || left="$left $word"
  done
  _lockctl_words "$left"
}

complete -F _lockctl lockctl
`;
}

const ZSH_ACTIONS: Readonly<Record<Kind, string>> = {
  policy: "_lockctl_policies",
  container: "_lockctl_containers",
  file: "_files",
  directory: "_files -/",
  nothing: " ",
};

/** usr/share/zsh/vendor-completions/_lockctl */
export function renderZsh(): string {
  const described = (rows: readonly (readonly [string, string])[], indent: string) =>
    rows
      .map(([word, text]) => `${indent}${quote(`${word.replaceAll(":", "\\:")}:${text}`)}`)
      .join("\n");
  const groupText = (group: string) => membersOf(group).join(", ");
  const commands = firstWords().map(
    (word) => [word, VERBS[word]?.summary ?? groupText(word)] as const,
  );
  const groups = firstWords().filter((word) => membersOf(word).length > 0);
  const members = groups.map(
    (group) => `    ${group})
      commands=(
${described(
  membersOf(group).map((name) => [name, VERBS[`${group} ${name}`]!.summary]),
  "        ",
)}
      )
      ;;`,
  );
  const arms = Object.entries(VERBS).map(([name, verb]) => {
    const specs = [
      ...flagsOf(verb).map(([flag, { meaning, value }]) =>
        value === undefined
          ? `${flag}[${bracketed(meaning)}]`
          : `${flag}=[${bracketed(meaning)}]:${bracketed(value)}:${ZSH_ACTIONS[kindOf(value)]}`,
      ),
      ...verb.operands.map((operand, index) => {
        const place = isMany(operand) ? "*" : String(index + 1);
        return `${place}:${bracketed(operand)}:${ZSH_ACTIONS[kindOf(operand)]}`;
      }),
    ];
    return `    "${name}")
      _arguments -S \\
${specs.map((spec) => `        ${quote(spec)}`).join(" \\\n")}
      ;;`;
  });
  return `#compdef lockctl
${NOTE}

_lockctl_policies() {
  local -a found
  found=(\${(f)"$(_call_program policies ${quote(POLICIES)})"})
  _describe -t policies policy found
}

_lockctl_containers() {
  local -a found
  found=(\${(f)"$(_call_program containers ${quote(CONTAINERS)})"})
  _describe -t containers container found
}

_lockctl_members() {
  local -a commands
  case $1 in
${members.join("\n")}
  esac
  _describe -t commands "$1 command" commands
}

_lockctl_firsts() {
  local -a commands
  commands=(
${described(commands, "    ")}
  )
  [[ $1 == help ]] || commands+=(${quote("help:more about a command")})
  _describe -t commands "lockctl command" commands
}

_lockctl() {
  local curcontext=$curcontext state line command
  typeset -A opt_args
  if ((CURRENT == 2)); then
    _arguments ${quote(`(- *)--help[${HELP.meaning}]`)} ${quote(`(- *)--version[${VERSION.meaning}]`)} ${quote("1:command:_lockctl_firsts")}
    return
  fi
  command=$words[2]
  case $command in
    help)
      if ((CURRENT == 3)); then _lockctl_firsts help; fi
      if ((CURRENT == 4)); then _lockctl_members "$words[3]"; fi
      return
      ;;
    ${groups.join(" | ")})
      if ((CURRENT == 3)); then _lockctl_members "$command"; return; fi
      command="$command $words[3]"
      shift words
      ((CURRENT--))
      ;;
  esac
  shift words
  ((CURRENT--))
  case $command in
${arms.join("\n")}
  esac
}

_lockctl "$@"
`;
}

/** One word of a shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Inside [ ] or between the colons of an _arguments specification. */
function bracketed(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}
