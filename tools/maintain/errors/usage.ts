import { type Reason, readPatterns, spell } from '@cookbook/cli/command-line'
import { COMMANDS as SHIPPED } from '@cookbook/cli/commands'
import { readNew } from '@cookbook/cli/new/options'
import { readSync } from '@cookbook/cli/sync/sync'
import { readWatch } from '@cookbook/cli/watch/watch'
import { readRepeat } from '../bench/audit/repeat.ts'
import { readOptions as readBench } from '../bench/options.ts'
import { COMMANDS } from '../commands.ts'
import { readOptions as readCoverage } from '../coverage/options.ts'
import type { Corpus } from '../faults/fault.ts'
import { readOptions as readFaults } from '../faults/options.ts'
import { readOptions as readMatrix } from '../matrix/options.ts'
import { readPackageOptions } from '../package/options.ts'
import { readGuides } from '../public-guides/options.ts'
import { readSettings } from '../reliability/settings.ts'
import { readSizes } from '../scale/options.ts'
import { readSoak } from '../soak/options.ts'

const PATTERNS = ['fetch', 'stream']
const FAULTS: readonly Corpus[] = [
  {
    page: 'patterns/fetch/README.md',
    faults: [
      { name: 'a missing semicolon', kind: 'C++', by: 'audit', edits: [], code: 'build-failed', at: 1 },
    ],
  },
]

/** Every command that reads a line of its own. */
export const TYPED = { ...COMMANDS, new: SHIPPED.new, sync: SHIPPED.sync, watch: SHIPPED.watch }
export type Name = keyof typeof TYPED

type Read = { kind: string } | ({ kind: 'refused' } & Reason)
const variables = (words: string[]) => Object.fromEntries(words.map((word) => word.split('=')))
const LIST = (name: Name) => (words: string[]) => readPatterns(TYPED[name], words, PATTERNS)

/** Commands that read nothing but variables. */
export const BY_VARIABLES: ReadonlySet<Name> = new Set(['bench:audit', 'reliability'])

/** How each command reads what is typed. */
export const READERS: Readonly<Record<Name, (words: string[]) => Read>> = {
  'audit:bare': LIST('audit:bare'),
  bench: (words) => readBench(words),
  'bench:audit': (words) => readRepeat(variables(words)),
  coverage: (words) => readCoverage(words, PATTERNS),
  faults: (words) => readFaults(words, FAULTS),
  matrix: (words) => readMatrix(words, PATTERNS, 'docs'),
  mutate: LIST('mutate'),
  new: (words) => readNew(words, new Map(), false),
  package: readPackageOptions,
  'public-guides': readGuides,
  reliability: (words) => readSettings(variables(words)),
  scale: readSizes,
  soak: (words) => readSoak(words, PATTERNS),
  sync: (words) => readSync(words, PATTERNS),
  watch: (words) => readWatch(words, PATTERNS),
}

/** Command lines that cannot be understood, in a repository with two patterns. */
export const WRONG: Readonly<Record<Name, readonly (readonly string[])[]>> = {
  'audit:bare': [['fech'], ['--all']],
  bench: [['wach'], ['watch', 'oneshot'], ['--watch']],
  'bench:audit': [['BENCH_RUNS=none'], ['BENCH_RUNS=0']],
  coverage: [['fech'], ['--html']],
  faults: [['fech', 'audit'], ['--write', 'fetch'], ['--wirte']],
  matrix: [['--cells', 'host/*'], ['--filter', 'fech'], ['--cell', '**'], ['fetch']],
  mutate: [['fech'], ['--all']],
  new: [[], ['--title', 'A rate limit'], ['rate', 'limit'], ['rate-limit', '--name', 'x']],
  package: [['audit'], ['--publish']],
  'public-guides': [[], ['clones', 'cxy'], ['--folder', 'clones']],
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
  const commands = Object.keys(WRONG) as Name[]
  const reported = commands.flatMap((command) =>
    WRONG[command].map((words) => {
      const read = READERS[command]([...words])
      const said = 'problem' in read ? spell(TYPED[command], read) : `not refused: ${read.kind}`
      return `$ ${parsed(command, words)}\n${said}\n`
    }),
  )
  return reported.join('\n')
}

function parsed(command: Name, words: readonly string[]): string {
  if (BY_VARIABLES.has(command)) return `${words.join(' ')} npm run ${command}`
  const quoted = words.map((word) => (word.includes(' ') ? `"${word}"` : word))
  return ['npm run', command, ...(words.length === 0 ? [] : ['--', ...quoted])].join(' ')
}
