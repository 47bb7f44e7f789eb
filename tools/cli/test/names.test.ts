import { expect, test } from 'vitest'
import { slugProblem, type Taken, titleOf, titleProblem } from '../src/init/names.ts'

const TAKEN: Taken = new Map([
  ['oneshot', 'patterns/oneshot'],
  ['cxx', 'a crate of Cargo.lock'],
  ['vitest', 'a package of package-lock.json'],
  ['proc_macro2', 'a crate of Cargo.lock'],
])

test.each(['rate-limit', 'x', 'http2-client', 'await-all', 'constexpr-answers', 'a'.repeat(40)])(
  '%s is a good name',
  (slug) => {
    expect(slugProblem(slug, TAKEN)).toBe(null)
  },
)

test.each([
  ['', 'a pattern needs a name: type one such as rate-limit'],
  ['oneshot', '"oneshot" is taken by patterns/oneshot: type another name, such as oneshot-pattern'],
  ['cxx', '"cxx" is taken by a crate of Cargo.lock: type another name, such as cxx-pattern'],
  [
    'vitest',
    '"vitest" is taken by a package of package-lock.json: type another name, such as vitest-pattern',
  ],
  [
    'proc-macro2',
    '"proc-macro2" is taken by a crate of Cargo.lock: type another name, such as proc-macro2-pattern',
  ],
  ['RateLimit', '"RateLimit" has upper-case letters, and a crate is written without: type rate-limit'],
  ['Oneshot', '"Oneshot" has upper-case letters, and a crate is written without: type another name'],
  [
    'rate_limit',
    '"rate_limit" has an underscore, and the patterns are written with hyphens: type rate-limit',
  ],
  ['../rate', '"../rate" is a path, and the folder is made below patterns/: type rate'],
  ['patterns/rate', '"patterns/rate" is a path, and the folder is made below patterns/: type rate'],
  ['..', '".." is a path, and the folder is made below patterns/: type another name'],
  ['c:\\rate', '"c:\\rate" is a path, and the folder is made below patterns/: type rate'],
  ['3d', '"3d" begins with a digit, and the name of a crate begins with a letter: type d'],
  ['débit', '"débit" is not the name of a crate: expected letters a to z, digits and hyphens: type d-bit'],
  [
    'rate limit',
    '"rate limit" is not the name of a crate: expected letters a to z, digits and hyphens: type rate-limit',
  ],
  ['rate\u001b[2J', '"rate?[2J" has upper-case letters, and a crate is written without: type rate-2-j'],
  ['rate--limit', '"rate--limit" has a hyphen that joins nothing: type rate-limit'],
  ['-rate', '"-rate" has a hyphen that joins nothing: type rate'],
  ['a'.repeat(41), `"${'a'.repeat(41)}" has 41 letters, and 40 fit into the tables: type ${'a'.repeat(40)}`],
  ['loop', '"loop" is a keyword of Rust: type another name, such as loop-pattern'],
  ['gen', '"gen" is a keyword of Rust: type another name, such as gen-pattern'],
  ['namespace', '"namespace" is a keyword of C++: type another name, such as namespace-pattern'],
  ['co-await', '"co-await" is a keyword of C++: type another name, such as co-await-pattern'],
  ['core', '"core" means something else to cargo: type another name, such as core-pattern'],
  [
    'rust',
    '"rust" is a namespace that the C++ of every pattern uses: type another name, such as rust-pattern',
  ],
])('%j is refused with the reason and what to type', (slug, said) => {
  expect(slugProblem(slug, TAKEN)).toBe(said)
})

test('what is to be typed instead is good itself', () => {
  for (const slug of ['Loop', 'STD', '../cxx', 'ONE_SHOT', '9-co_await', 'x'.repeat(99), '///', '-', 'Ünï']) {
    const said = slugProblem(slug, TAKEN)!
    const parsed = /type (?:another name, such as )?([a-z][a-z0-9-]*)$/.exec(said)?.[1]
    if (parsed === undefined) expect(said).toMatch(/type another name$/)
    else expect(slugProblem(parsed, TAKEN), said).toBe(null)
  }
})

test('a title is made of the name, and is good', () => {
  expect(titleOf('rate-limit')).toBe('Rate limit')
  expect(titleProblem(titleOf('rate-limit'))).toBe(null)
})

test.each([
  ['  ', 'a chapter needs a title: type a few words'],
  ['one\ntwo', 'the title has more than one line: type one line'],
  ['a'.repeat(81), 'the title has 81 letters: type 80 at most'],
  ['a | b', '"|" means something to Markdown: type the title without it'],
  ['[here](there)', '"[" means something to Markdown: type the title without it'],
  ['<b>', '"<" means something to Markdown: type the title without it'],
])('the title %j is refused with the reason and what to type', (title, said) => {
  expect(titleProblem(title)).toBe(said)
})
