import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { parseAst } from 'vitest/node'
import { text, trackedFiles } from './tree.ts'

/** Names that had to be learned, and what the field calls the same. */
const NAMES: Readonly<Record<string, string>> = {
  agreed: 'syncState',
  asked: 'options',
  describeEnding: 'describeExit',
  Ending: 'ExitStatus',
  endingOf: 'exitStatusOf',
  kept: 'results',
  mend: 'fix',
  neutral: 'escapeOutput',
  often: 'repeat',
  Place: 'SourceLocation',
  sayings: 'messages',
  stretch: 'boundaries',
  tell: 'report',
  told: 'reported',
  typed: 'parsed',
  unsanitary: 'memory-error',
}

/** Modules may not be named so either. */
const MODULES = [
  'aside',
  'apart',
  'blame',
  'bring',
  'cage',
  'outlook',
  'place',
  'strangers',
  'territory',
  'turn',
  'words',
]

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
// The audit, and what tests what it says, are renamed with its rooms.
const files = trackedFiles(/^(?:tools|guide|turbo)\/.*\.ts$/).filter(
  (path) =>
    !path.startsWith('tools/audit/') &&
    !/\/(?:fixtures|tide)\//.test(path) &&
    ![OWN, 'tools/maintain/system/hostile.system.test.ts'].includes(path),
)

type Spoken = { names: Set<string>; texts: string[] }

/** The names and the texts of a module. What an index exports under an older name besides is none of its own. */
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
      names.has(name) ? [`${path}: ${name}, say ${better}`] : [],
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
