import { join } from 'node:path'
import { findPatterns } from '@cookbook/guide'
import { expect, test } from 'vitest'
import { cratesOf } from '../src/crate/crates.ts'
import { type Crate, isCrateName, renameCrate } from '../src/crate/rename.ts'
import { openRepository } from '../src/repository.ts'

const ROOT = join(import.meta.dirname, '../../..')
const REPOSITORY = openRepository(ROOT, { SITE_REPOSITORY: 'https://host.example/o/r' })
const crates = await Promise.all(
  (await findPatterns(ROOT)).map(async (slug) =>
    (await cratesOf(REPOSITORY, slug)).map((crate) => ({ slug, crate })),
  ),
)

test.each(crates.flat())('of $slug, $crate.folder, nothing is used by its old name', ({ crate }) => {
  const { name, files } = renameCrate(crate, 'my-new-crate')
  expect(name).toBe('my-new-crate')
  expect(files['Cargo.toml']).toMatch(/^name = "my-new-crate"$/m)
  const included = Object.values(files).flatMap(
    (text) => text.match(new RegExp(`(?:include!\\(|#include )"${crate.name}/`, 'g')) ?? [],
  )
  expect(included).toEqual([])
  expect(files['Cargo.toml']).not.toContain('path = "..')
  expect(Object.values(files).filter((text) => text.includes('ANCHOR'))).toEqual([])
})

const CRATE: Crate = {
  folder: '',
  name: 'one-shot',
  library: 'git = "https://host.example/o/r", rev = "abc"',
  files: {
    'Cargo.toml':
      '[package]\nname = "one-shot"\ndefault-run = "one-shot"\n[dependencies]\none-shot-more = "1"\nlib = { path = "../../crates/lib" }\n',
    'CMakeLists.txt': 'link(target/libone_shot.a)\n',
    'src/lib.rs': 'include!("one-shot/include/a.h"); use futures::one_shot; one_shot::channel();\n',
    'src/main.rs': 'use one_shot::fetch; use futures::one_shot::channel; fn main() { one_shot::go() }\n',
    'src/a.cc': '#include "one-shot/src/lib.rs.h"\n#include "a.h"\nnamespace one_shot {}\n',
  },
}

test('a crate is renamed where cargo, the bridge and its programs name it, and nowhere else', () => {
  expect(renameCrate(CRATE, 'other')).toEqual({
    folder: '',
    name: 'other',
    library: CRATE.library,
    files: {
      'Cargo.toml':
        '[package]\nname = "other"\ndefault-run = "other"\n[dependencies]\none-shot-more = "1"\nlib = { git = "https://host.example/o/r", rev = "abc" }\n',
      'CMakeLists.txt': 'link(target/libother.a)\n',
      'src/lib.rs': 'include!("other/include/a.h"); use futures::one_shot; one_shot::channel();\n',
      'src/main.rs': 'use other::fetch; use futures::one_shot::channel; fn main() { other::go() }\n',
      'src/a.cc': '#include "other/src/lib.rs.h"\n#include "a.h"\nnamespace one_shot {}\n',
    },
  })
})

test.each([
  ['my-crate', true],
  ['a2_b', true],
  ['', false],
  ['My', false],
  ['2a', false],
  ['a/../b', false],
  ['a--b', false],
])('%s is the name of a crate: %s', (name, good) => expect(isCrateName(name)).toBe(good))
