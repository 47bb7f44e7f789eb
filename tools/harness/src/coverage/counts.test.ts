import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPackage } from '@cookbook/guide'
import { expect, onTestFinished, test } from 'vitest'
import { addUp } from './counts.ts'
import { readGcov } from './cxx-counts.ts'
import { readLcov } from './rust-counts.ts'

test('an lcov trace counts the lines of each of its files', () => {
  const trace =
    'SF:/p/src/lib.rs\nFN:2,main\nFNDA:1,main\nDA:2,7\nDA:3,0\nend_of_record\nSF:/p/build.rs\nDA:2,1\n'
  expect(readLcov(trace)).toEqual([
    { file: '/p/src/lib.rs', line: 2, times: 7 },
    { file: '/p/src/lib.rs', line: 3, times: 0 },
    { file: '/p/build.rs', line: 2, times: 1 },
  ])
})

test('gcov counts the lines of each unit, its paths relative to where the unit was compiled', () => {
  const unit = (file: string, line_number: number, count: number) =>
    JSON.stringify({ current_working_directory: '/p', files: [{ file, lines: [{ line_number, count }] }] })
  expect(readGcov(`${unit('src/a.cc', 4, 2)}\n\n${unit('/p/include/a.h', 1, 0)}\n`)).toEqual([
    { file: '/p/src/a.cc', line: 4, times: 2 },
    { file: '/p/include/a.h', line: 1, times: 0 },
  ])
})

test('what units say of one line adds up, by whichever link they reached it; other files do not count', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-counts-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const dir = join(root, 'patterns/fetch')
  mkdirSync(join(dir, 'include'), { recursive: true })
  writeFileSync(join(dir, 'README.md'), '# Fetch\n')
  writeFileSync(join(dir, 'include/fetch.h'), '')
  symlinkSync(dir, join(root, 'linked'))
  const pkg = await readPackage(root, dir)
  const counts = await addUp(pkg, [
    { file: join(dir, 'include/fetch.h'), line: 1, times: 2 },
    { file: join(root, 'linked/include/fetch.h'), line: 1, times: 3 },
    { file: join(dir, 'include/fetch.h'), line: 2, times: 0 },
    { file: '/usr/include/stdio.h', line: 1, times: 9 },
  ])
  expect(counts).toEqual(
    new Map([
      [
        'include/fetch.h',
        new Map([
          [1, 5],
          [2, 0],
        ]),
      ],
    ]),
  )
})
