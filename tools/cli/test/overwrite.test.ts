import { expect, test } from 'vitest'
import { overwrite } from '../src/sync/overwrite.ts'
import { CHAPTER, LIB, smallChapter } from './small-chapter.ts'

const { read, edit, commit, pkg, fix, synced, results } = smallChapter()

test.each([
  ['the chapter', 'README.md', []],
  ['the source', 'src/lib.rs', ['--from-chapter']],
])('%s changed last and is overwritten: its text is kept', async (_, name, args) => {
  commit()
  edit(name, 'wait();', 'wait("mine");')
  const mine = read(name)
  const { code, said } = await synced(...args)
  expect(code, said).toBe(0)
  expect(read(name)).toBe(name === 'README.md' ? CHAPTER : LIB)
  expect(results()).toEqual([mine])
  expect(said).toMatch(/what stood there is kept in target\/replaced\/fetch\//)
})

test.each([
  [[], 'README.md'],
  [['--from-chapter'], 'src/lib.rs'],
])('without git, sync %j keeps what it overwrites in %s', async (args, name) => {
  edit('README.md', 'wait();', 'wait(1);')
  const before = read(name)
  expect(await fix()).toBe('take the source: npm run sync. Keep the chapter: npm run sync -- --from-chapter')
  expect(await synced(...args)).toMatchObject({ code: 0 })
  expect(await fix()).toBe(undefined)
  expect(results()).toEqual([before])
})

test('a file that was saved meanwhile is left alone', async () => {
  const before = await pkg()
  edit('README.md', 'Prose.', 'Typed just now.')
  const after = Buffer.from(CHAPTER.replace('ask()', 'ask(1)'))
  await expect(overwrite(before, 'README.md', before.chapter.bytes, after, false)).rejects.toThrow(
    'saved by somebody else',
  )
  expect(read('README.md')).toContain('Typed just now.')
})
