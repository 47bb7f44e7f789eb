import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { parseAst } from 'vitest/node'
import { text, trackedFiles } from './tree.ts'

/** Names that had to be learned, and what the field calls the same. */
const NAMES: Readonly<Record<string, string>> = {
  agreed: 'syncState',
  asked: 'options',
  Assembled: 'Project',
  assembled: 'project',
  describeEnding: 'describeExit',
  Ending: 'ExitStatus',
  endingOf: 'exitStatusOf',
  Flavor: 'BuildProfile',
  flavor: 'buildProfile',
  kept: 'results',
  mend: 'fix',
  neutral: 'escapeOutput',
  often: 'repeat',
  Piece: 'Snippet',
  piece: 'snippet',
  Place: 'SourceLocation',
  Remedy: 'Fix',
  remedy: 'fix',
  sayings: 'messages',
  Stage: 'Snapshot',
  stage: 'snapshot',
  stretch: 'boundaries',
  tell: 'report',
  Told: 'JudgedFinding, …Result',
  told: 'reported',
  typed: 'parsed',
  unsanitary: 'memory-error',
}

/** Keys of the audit's JSON, whose version 1 stays as it is. */
const JSON_KEYS = ['kept', 'told']

/** Modules may not be named so either. */
const MODULES = [
  'aside',
  'apart',
  'blame',
  'bring',
  'cage',
  'mark',
  'outlook',
  'place',
  'says',
  'strangers',
  'territory',
  'turn',
  'words',
]

/** Names of Rust and C++ that readers of the chapters had to learn. */
const CODE_NAMES: Readonly<Record<string, string>> = {
  crosses_threads: 'assert_send',
  go_on: 'resume',
  hurry: 'wake_now',
  looking_: 'about_to_poll_',
  news: 'rust_ready',
  obey: 'run_commands',
  rang: 'fired',
}

/** What no message says, and how it reads better. */
const PHRASES: Readonly<Record<string, string>> = {
  anew: 'again',
  'broke off before it wrote': 'the runner exited before writing its results',
  'for want of': 'without',
  'is not to be had': 'is not available',
  mend: 'fix',
  mends: 'fixes',
  'may not speak to': 'permission denied on',
  'this comment excuses nothing': 'this exemption matches no line',
  'what it stands in': 'the block around it',
}

const OWN = 'tools/maintain/rules/vocabulary.test.ts'
const files = trackedFiles(/^(?:tools|whole-guide|turbo)\/.*\.ts$/).filter(
  (path) =>
    !/\/(?:fixtures|tide)\//.test(path) &&
    ![OWN, 'tools/maintain/system/hostile.system.test.ts'].includes(path),
)

type Spoken = { names: Set<string>; texts: string[] }

/** The names and the texts of a module. An older name under which an index exports it too does not count. */
function spoken(path: string): Spoken {
  const found: Spoken = { names: new Set(), texts: [] }
  // biome-ignore lint/suspicious/noExplicitAny: the tree's shapes are the parser's, and each is asked for its type.
  const visit = (node: any): void => {
    if (node === null || typeof node !== 'object') return
    if (node.type === 'Identifier') found.names.add(node.name)
    if (node.type === 'Literal' && typeof node.value === 'string') found.texts.push(node.value)
    if (node.type === 'TemplateElement') found.texts.push(node.value.cooked ?? '')
    for (const part of node.type === 'ExportSpecifier' ? [node.local] : Object.values(node)) visit(part)
  }
  visit(parseAst(text(path), { lang: 'ts' }))
  return found
}

const all = files.map((path) => ({ path, ...spoken(path) }))

test('no name is of the old vocabulary', () => {
  const old = all.flatMap(({ path, names }) =>
    Object.entries(NAMES).flatMap(([name, better]) =>
      names.has(name) && !(path.startsWith('tools/audit/') && JSON_KEYS.includes(name))
        ? [`${path}: ${name}, say ${better}`]
        : [],
    ),
  )
  expect(old).toEqual([])
})

test('no module is named by the old vocabulary', () => {
  const names = [...Object.keys(NAMES), ...MODULES]
  expect(files.filter((path) => names.includes(basename(path).split('.')[0]!))).toEqual([])
})

test('no message has a phrase of the old vocabulary', () => {
  const old = all
    .filter(({ path }) => !path.endsWith('.test.ts'))
    .flatMap(({ path, texts }) =>
      Object.entries(PHRASES).flatMap(([phrase, better]) =>
        texts.some((said) => new RegExp(`\\b${phrase}\\b`).test(said))
          ? [`${path}: "${phrase}", say ${better}`]
          : [],
      ),
    )
  expect(old).toEqual([])
})

test('the Rust and C++ of chapters and crates has no name of the old vocabulary', () => {
  const sources = trackedFiles(/^(?:patterns|crates|turbo)\/.*\.(?:rs|cc|h)(?:\.template)?$/)
  expect(sources.length).toBeGreaterThan(100)
  const old = sources.flatMap((path) => {
    const code = text(path).replace(/\/\/.*$|"(?:[^"\\\n]|\\.)*"/gm, '')
    return Object.entries(CODE_NAMES).flatMap(([name, better]) =>
      new RegExp(`\\b${name}\\b`).test(code) ? [`${path}: ${name}, say ${better}`] : [],
    )
  })
  expect(old).toEqual([])
})
