// SPDX-License-Identifier: Apache-2.0
/**
 * Scripts that have shells complete lockctl's words. They know none of them: they ask
 * `lockctl __complete` (ctl/complete.ts) what may follow.
 */

const HEAD = "SPDX-License-Identifier: Apache-2.0";

/** Each passes on what is typed, and offers what comes: see formatOffer of complete.ts. */
export const SCRIPTS = {
  bash: `# bash completion for lockctl
# ${HEAD}

_lockctl() {
  local current=\${COMP_WORDS[COMP_CWORD]} lines word
  mapfile -t lines < <(lockctl __complete bash "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  COMPREPLY=()
  [[ $current != "=" ]] || current=''
  case \${lines[0]-} in
  files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
  directories) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
  *) for word in "\${lines[@]:1}"; do COMPREPLY+=("\${word%%$'\\t'*}"); done ;;
  esac
}

complete -F _lockctl lockctl
`,

  zsh: `#compdef lockctl
# ${HEAD}

_lockctl() {
  local -a lines found
  local line word text
  lines=("\${(@f)$(lockctl __complete zsh "\${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
  case $lines[1] in
    files | directories)
      [[ $PREFIX != --*=* ]] || compset -P '*='
      if [[ $lines[1] == files ]]; then _files; else _files -/; fi
      ;;
    *)
      for line in "\${(@)lines[2,-1]}"; do
        word=\${line%%$'\\t'*} text=\${line#*$'\\t'}
        [[ $line == *$'\\t'* ]] || text=''
        found+=("\${word//:/\\\\:}\${text:+:$text}")
      done
      _describe -t lockctl lockctl found
      ;;
  esac
}

if [[ $funcstack[1] == _lockctl ]]; then _lockctl "$@"; else compdef _lockctl lockctl; fi
`,

  fish: `# fish completion for lockctl
# ${HEAD}

function __lockctl_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l lines (lockctl __complete fish $words[2..-1] 2>/dev/null)
    set -l prefix (string match -r -- '^--[^=]+=' (commandline -ct))
    switch "$lines[1]"
        case files directories
            set -l paths (string replace -- "$prefix" '' (commandline -ct))
            if test "$lines[1]" = files
                string replace -r -- '^' "$prefix" (__fish_complete_path "$paths")
            else
                string replace -r -- '^' "$prefix" (__fish_complete_directories "$paths" '')
            end
        case '*'
            test (count $lines) -lt 2 || printf '%s\\n' $lines[2..-1]
    end
end

complete -c lockctl -f -a '(__lockctl_complete)'
`,
} as const;
