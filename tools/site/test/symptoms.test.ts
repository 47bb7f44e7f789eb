import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pagesOf } from '../src/pages.ts'
import { openRepository } from '../src/repository.ts'
import { findSymptoms, type Section } from '../src/symptoms/find.ts'
import { sectionsOf } from '../src/symptoms/sections.ts'

const section = (title: string, ...lines: string[]): Section => ({
  page: 'A page',
  title,
  address: `/#${title}`,
  lines,
})
const SECTIONS = [
  section(
    'Send',
    'It says "`*const ()` cannot be sent between threads safely".',
    'error: in the code of the bridge',
  ),
  section(
    'Throw',
    'terminate called after throwing an instance of `std::exception`',
    'error: in a call of the bridge',
  ),
  section('Link', "undefined reference to `cxxbridge1$wait$start'", 'error: from the linker of the bridge'),
]
const titles = (text: string) => findSymptoms(SECTIONS, text).map(({ section }) => section.title)

test.each([
  [
    'error: future cannot be sent between threads safely\n  --> src/main.rs:9:18',
    'Send',
    'It says "`*const ()` cannot be sent between threads safely".',
  ],
  [
    "terminate called after throwing an instance of 'std::runtime_error'\n  what():  no",
    'Throw',
    'terminate called after throwing an instance of `std::exception`',
  ],
  [
    "lib.o: in function `poll': undefined reference to `cxxbridge1$other$call'",
    'Link',
    "undefined reference to `cxxbridge1$wait$start'",
  ],
  ['cxxbridge1', 'Link', "undefined reference to `cxxbridge1$wait$start'"],
])('%s leads to the section that explains it', (text, title, line) => {
  expect(findSymptoms(SECTIONS, text)[0]).toEqual({ section: expect.objectContaining({ title }), line })
})

test('what no section says is not found, nor what shares two words alone', () => {
  expect(titles('segmentation fault')).toEqual([])
  expect(titles('the linker ate my homework')).toEqual([])
  expect(titles('')).toEqual([])
})

test('the sections are those of the chapters, by their headings, and code is no heading', () => {
  const root = join(import.meta.dirname, '../../..')
  const sections = sectionsOf(root, pagesOf(openRepository(root, {})))
  expect(new Set(sections.map(({ address }) => address)).size).toBe(sections.length)
  expect(sections.filter(({ title }) => /^(?:!?\[|include|pragma)/.test(title))).toEqual([])
  const [found] = findSymptoms(sections, "terminate called after throwing an instance of 'std::logic_error'")
  expect(found?.section.lines.join('\n')).toContain('terminate called after throwing')
})

test.each([
  'error: future cannot be sent between threads safely',
  'error[E0277]: `*const cxx::void` cannot be sent between threads safely',
  "app.rs: undefined reference to `no_result$cxxbridge1$205$port'",
  'rust-lld: error: undefined symbol: no_result$cxxbridge1$205$port',
  '/usr/bin/ld: cannot find -lcurl: No such file or directory',
  'rust-lld: error: unable to find library -lcurl',
])('the pitfalls explain %s', (text) => {
  const root = join(import.meta.dirname, '../../..')
  const sections = sectionsOf(root, pagesOf(openRepository(root, {})))
  expect(findSymptoms(sections, text)[0]?.section.address).toBe(
    '/pitfalls/#what-the-compiler-and-the-linker-say',
  )
})
