import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPackage } from '../index.ts'
import { pasteTest } from './paste.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')

test('what is pasted is the text of the examples, whatever their sources say', async () => {
  const drifted = await readPackage(fixtures, join(fixtures, 'drift-one-line'))
  expect(pasteTest(drifted)).toMatchObject([
    { code: 'not-pasteable', line: 5, detail: ['first line that is not there:     url.len()'] },
  ])
  expect(pasteTest(await readPackage(fixtures, join(fixtures, 'good')))).toEqual([])
})

test('examples that go on after the file has ended do not give the file', async () => {
  const pkg = await readPackage(fixtures, join(fixtures, 'drift-one-line'))
  const text = 'pub fn fetch_data(url: &str) -> usize {\n    url.len()\n}\npub fn stop() {}\nfn more() {}'
  const examples = [{ ...pkg.chapter.examples[0]!, text }]
  expect(pasteTest({ ...pkg, chapter: { ...pkg.chapter, examples } })).toMatchObject([
    { code: 'not-pasteable', detail: ['the examples have more lines than the file'] },
  ])
})
