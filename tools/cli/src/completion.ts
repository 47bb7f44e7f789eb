import { complain, type Options, readArguments, refused, spell } from './command-line.ts'
import { COMMANDS } from './commands.ts'
import { MANNERS } from './manners.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof SHELLS)[number]

/** What a command takes: its options, what a value of one is where few are, and what its words are. */
type Taken = { about: string; options: Options; words: 'files' | 'folders' | 'patterns' | readonly string[] }

/** `cookbook completion SHELL`: prints what the shell completes the command's words with. Answers the exit code. */
export async function completion(_root: string, args: readonly string[]): Promise<number> {
  const parsed = readArguments(COMMANDS.completion, args, {})
  const shell = parsed.kind === 'read' ? SHELLS.find((one) => one === parsed.words[0]) : undefined
  if (parsed.kind === 'refused' || shell === undefined || parsed.words.length !== 1) {
    const wrong = refused(COMMANDS.completion, `no shell is named, expected one of ${SHELLS.join(', ')}`)
    complain(spell(COMMANDS.completion, parsed.kind === 'refused' ? parsed : wrong))
    return 2
  }
  console.log(SCRIPTS[shell](await taken()))
  return 0
}

async function taken(): Promise<Record<string, Taken>> {
  const [audit, doctor, lsp, verify, sync, watch, init, made] = await Promise.all([
    import('./audit.ts'),
    import('./doctor.ts'),
    import('./lsp/page/settings.ts'),
    import('./verify/verify-command.ts'),
    import('./sync/sync.ts'),
    import('./watch/watch.ts'),
    import('./init/init.ts'),
    import('./new/options.ts'),
  ])
  const own: Record<keyof typeof COMMANDS, Pick<Taken, 'options' | 'words'>> = {
    audit: { options: audit.OPTIONS, words: 'files' },
    completion: { options: {}, words: SHELLS },
    doctor: { options: doctor.OPTIONS, words: 'patterns' },
    init: { options: init.OPTIONS, words: 'folders' },
    lsp: { options: lsp.OPTIONS, words: [] },
    new: { options: made.OPTIONS, words: [] },
    sync: { options: sync.OPTIONS, words: 'patterns' },
    verify: { options: verify.OPTIONS, words: 'patterns' },
    watch: { options: watch.OPTIONS, words: 'patterns' },
  }
  return Object.fromEntries(
    Object.entries(own).map(([name, { options, words }]) => {
      const { about } = COMMANDS[name as keyof typeof COMMANDS]
      return [name, { about, options: { ...options, ...MANNERS }, words }]
    }),
  )
}

/** As they are written: `--no-cache` where the option is on. */
const flagsOf = (options: Options) =>
  Object.entries(options).map(([name, option]) => ({
    ...option,
    flag: option.default === true ? `no-${name}` : name,
  }))

const choices = ({ value = '' }: { value?: string }) => (value.includes('|') ? value.split('|') : [])
/** Patterns lie where a guide has them, which a shell finds as well. */
const PATTERNS = `for each in patterns/*/package.json; do each=\${each%/*}; echo "\${each#*/}"; done 2>/dev/null`

const SCRIPTS: Record<Shell, (commands: Record<string, Taken>) => string> = {
  bash: (commands) => {
    const cases = Object.entries(commands).map(([name, { options, words }]) => {
      const flags = flagsOf(options).map(({ flag }) => `--${flag}`)
      const values = flagsOf(options).flatMap(({ flag, ...option }) =>
        choices(option).length === 0 ? [] : [`      --${flag}) words="${choices(option).join(' ')}" ;;`],
      )
      const others =
        words === 'patterns' ? `$(${PATTERNS})` : typeof words === 'string' ? '' : words.join(' ')
      const files =
        words === 'files' ? 'compopt -o default; ' : words === 'folders' ? 'compopt -o dirnames; ' : ''
      return `    ${name}) case $before in
${values.join('\n')}
      *) ${files}words="${[...flags, others].join(' ').trim()}" ;;
    esac ;;`
    })
    return `_cookbook() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} words=
  if [ "$COMP_CWORD" = 1 ]; then words="${Object.keys(commands).join(' ')}"; else
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _cookbook cookbook cxx-async-cookbook`
  },
  zsh: (commands) => {
    const quoted = (text: string) => `'${text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&')}'`
    const cases = Object.entries(commands).map(([name, { options, words }]) => {
      const specs = flagsOf(options).map(({ flag, type, help = '', ...option }) => {
        const value =
          type === 'boolean'
            ? ''
            : choices(option).length > 0
              ? `:value:(${choices(option).join(' ')})`
              : ':value:_files'
        return `${quoted(`--${flag}`)}'${type === 'string' ? '=' : ''}['${quoted(help)}']${value}'`
      })
      const others =
        words === 'files'
          ? "'*:page:_files'"
          : words === 'folders'
            ? "'*:folder:_files -/'"
            : words === 'patterns'
              ? "'*:pattern:_cookbook_patterns'"
              : `'*:word:(${words.join(' ')})'`
      return `    ${name}) _arguments ${[...specs, others].join(' ')} ;;`
    })
    const names = Object.entries(commands).map(([name, { about }]) => `${quoted(name)}':'${quoted(about)}`)
    return `#compdef cookbook cxx-async-cookbook
_cookbook_patterns() { compadd -- $(${PATTERNS}) }
_cookbook() {
  if (( CURRENT == 2 )); then
    local -a commands=(${names.join(' ')})
    _describe command commands
    return
  fi
  local name=$words[2]
  shift words
  (( CURRENT-- ))
  case $name in
${cases.join('\n')}
  esac
}
compdef _cookbook cookbook cxx-async-cookbook`
  },
  fish: (commands) => {
    const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`
    const lines = Object.entries(commands).flatMap(([name, { about, options, words }]) => {
      const here = `complete -c cookbook -n '__fish_seen_subcommand_from ${name}'`
      const first = `complete -c cookbook -n __fish_use_subcommand -f -a ${name} -d ${quoted(about)}`
      const flags = flagsOf(options).map(({ flag, type, help = '', short, ...option }) => {
        const value =
          choices(option).length > 0
            ? ` -x -a '${choices(option).join(' ')}'`
            : type === 'string'
              ? ' -r'
              : ''
        return `${here} -l ${flag}${short === undefined ? '' : ` -s ${short}`}${value} -d ${quoted(help)}`
      })
      const others =
        words === 'patterns'
          ? [`${here} -f -a '(for each in patterns/*/package.json; basename (dirname $each); end)'`]
          : typeof words === 'string'
            ? []
            : [`${here} -f -a '${words.join(' ')}'`]
      return [first, ...flags, ...others]
    })
    return [...lines, 'complete -c cxx-async-cookbook -w cookbook'].join('\n')
  },
}
