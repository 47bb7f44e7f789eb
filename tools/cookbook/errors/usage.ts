import { readAsked as readCoverage } from '../coverage/asked.ts'
import { readAsked as readMatrix } from '../matrix/asked.ts'
import { readNew } from '../new/typed.ts'
import { readSettings } from '../reliability/settings.ts'
import { readSizes } from '../scale/typed.ts'
import { readSoak } from '../soak/typed.ts'
import { readSync } from '../src/sync.ts'
import { type Command, readPatterns } from '../src/usage.ts'
import { readWatch } from '../src/watch.ts'

const PATTERNS = ['fetch', 'stream']

type Read = { kind: string; said?: string }
const LIST = (command: Command) => (words: string[]) => readPatterns(command, words, PATTERNS)

/** How each command reads what is typed; of `reliability` the words are variables. */
export const READERS: Readonly<Record<Command, (words: string[]) => Read>> = {
  'audit:bare': LIST('audit:bare'),
  coverage: (words) => readCoverage(words, PATTERNS),
  matrix: (words) => readMatrix(words, PATTERNS, 'docs'),
  mutate: LIST('mutate'),
  new: (words) => readNew(words, new Map(), false),
  reliability: (words) => readSettings(Object.fromEntries(words.map((word) => word.split('=')))),
  scale: readSizes,
  soak: (words) => readSoak(words, PATTERNS),
  sync: (words) => readSync(words, PATTERNS),
  watch: (words) => readWatch(words, PATTERNS),
}

/** Command lines that cannot be understood, in a repository with two patterns. */
export const WRONG: Readonly<Record<Command, readonly (readonly string[])[]>> = {
  'audit:bare': [['fech'], ['--all']],
  coverage: [['fech'], ['--html']],
  matrix: [['--cells', 'host/*'], ['--filter', 'fech'], ['--cell', '**'], ['fetch']],
  mutate: [['fech'], ['--all']],
  new: [[], ['--title', 'A rate limit'], ['rate', 'limit'], ['rate-limit', '--name', 'x']],
  reliability: [
    ['RELIABILITY_KILLS=none'],
    ['RELIABILITY_KILLS=0'],
    ['RELIABILITY_SEED=-1'],
    ['RELIABILITY_KEEP=yes'],
  ],
  scale: [[], ['twenty'], ['5000'], ['--all']],
  soak: [['fech'], ['--rounds', 'ten'], ['--rounds'], ['--sanitised']],
  sync: [['fech', 'steam'], ['--form-chapter'], ['--from-chapter=yes']],
  watch: [['fech'], ['--all']],
}

/** Each of them as it is typed, with what is said of it. */
export function usageErrors(): string {
  const commands = Object.keys(WRONG) as Command[]
  const told = commands.flatMap((command) =>
    WRONG[command].map((words) => {
      const { kind, said } = READERS[command]([...words])
      return `$ ${typed(command, words)}\n${kind === 'refused' ? said : `not refused: ${kind}`}\n`
    }),
  )
  return told.join('\n')
}

function typed(command: Command, words: readonly string[]): string {
  if (command === 'reliability') return `${words.join(' ')} npm run reliability`
  const quoted = words.map((word) => (word.includes(' ') ? `"${word}"` : word))
  return ['npm run', command, ...(words.length === 0 ? [] : ['--', ...quoted])].join(' ')
}
