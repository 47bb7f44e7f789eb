import { expect, test } from 'vitest'
import { parseAst } from 'vitest/node'
import { text } from './tree.ts'

const page = text('docs/harness.md')
const verbs = [
  ...new Set(
    [...text('tools/harness/src/verbs/verbs.ts').matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name!),
  ),
]

test('docs/harness.md has each verb of a runner, and no other', () => {
  expect([...page.matchAll(/^### (\w+)$/gm)].map(([, name]) => name)).toEqual(verbs)
  expect(verbs.length).toBeGreaterThan(7)
})

test.each(verbs)('%s has an example, which is TypeScript', (verb) => {
  const section = page.split(`### ${verb}\n`)[1]!.split('\n### ')[0]!
  const [, example] = /```ts\n([\s\S]*?)```/.exec(section)!
  expect(example).toContain(`.${verb}(`)
  expect(parseAst(example!, { lang: 'ts' }).body.length).toBeGreaterThan(0)
})
