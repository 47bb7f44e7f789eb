import { expect, test } from 'vitest'
import { CHAPTER, LIB, smallChapter } from './small-chapter.ts'

const { read, write, edit, commit, fix, synced, results } = smallChapter()
const BOTH = 'ake the source: npm run sync. Keep the chapter: npm run sync -- --from-chapter'

test('the source changed last: drift says so, and sync writes the chapter', async () => {
  commit()
  edit('src/lib.rs', 'wait();', 'wait(1);')
  expect(await fix()).toBe(`the source changed last. T${BOTH}`)
  expect(await synced()).toMatchObject({ code: 0 })
  expect(read('README.md')).toBe(CHAPTER.replace('wait();', 'wait(1);'))
  expect(results()).toEqual([])
})

test('the chapter changed last: drift says so, and sync --from-chapter writes the source, its anchors as they were', async () => {
  commit()
  edit('README.md', '    wait();\n', '    wait(1);\n    wait(2);\n')
  expect(await fix()).toBe(`the chapter changed last. T${BOTH}`)
  expect(await synced('--from-chapter', 'fetch')).toMatchObject({
    code: 0,
    said: expect.stringContaining('patterns/fetch/src/lib.rs written from patterns/fetch/README.md:5'),
  })
  expect(read('src/lib.rs')).toBe(LIB.replace('    wait();\n', '    wait(1);\n    wait(2);\n'))
  expect(await fix()).toBe(undefined)
  expect(results()).toEqual([])
})

test('--json says what was written, and what is left', async () => {
  commit()
  edit('src/lib.rs', 'wait();', 'wait(1);')
  const written = ['patterns/fetch/README.md']
  const data = { format: 'cookbook-sync', version: 1, chapters: [{ slug: 'fetch', written, findings: [] }] }
  expect(JSON.parse((await synced('--json')).said)).toEqual(data)
  edit('README.md', 'wait(1);', 'wait("chapter");')
  edit('src/lib.rs', 'wait(1);', 'wait("source");')
  const { code, said } = await synced('--json')
  expect(code).toBe(1)
  expect(JSON.parse(said).chapters).toMatchObject([
    { written: [], findings: [{ code: 'conflict', line: 5 }] },
  ])
})

test.each([[[]], [['--from-chapter']]])(
  'both changed: sync %j is refused with both versions',
  async (args) => {
    commit()
    edit('README.md', 'wait();', 'wait("chapter");')
    edit('src/lib.rs', 'wait();', 'wait("source");')
    const before = ['README.md', 'src/lib.rs'].map(read)
    expect(await fix()).toContain('both changed since they last agreed')
    const { code, said } = await synced(...args)
    expect(code).toBe(1)
    expect(['README.md', 'src/lib.rs'].map(read)).toEqual(before)
    expect(said).toContain('patterns/fetch/README.md:5:1 conflict: both the chapter and the source changed')
    expect(said).toContain('wait("chapter");')
    expect(said).toContain('wait("source");')
  },
)

test('a conflict holds up no other example', async () => {
  write('src/lib.rs', `${LIB}// ANCHOR: stop\npub fn stop() {}\n// ANCHOR_END: stop\n`)
  write('README.md', `${CHAPTER}\n\`\`\`rust src/lib.rs#stop\npub fn stop() {}\n\`\`\`\n`)
  commit()
  edit('README.md', 'wait();', 'wait("chapter");')
  edit('src/lib.rs', 'wait();', 'wait("source");')
  edit('src/lib.rs', 'fn stop() {}', 'fn stop(now: bool) {}')
  expect(await synced()).toMatchObject({ code: 1 })
  expect(read('README.md')).toContain('fn stop(now: bool) {}')
  expect(read('README.md')).toContain('wait("chapter");')
})

test('who edits and syncs many times before a commit is never refused', async () => {
  commit()
  for (const round of [1, 2, 3]) {
    edit('src/lib.rs', round === 1 ? 'ask();' : `ask(${round - 1});`, `ask(${round});`)
    expect(await fix()).toContain('the source changed last')
    expect(await synced()).toMatchObject({ code: 0 })
    edit('README.md', round === 1 ? 'wait();' : `wait(${round - 1});`, `wait(${round});`)
    expect(await fix()).toContain('the chapter changed last')
    expect(await synced('--from-chapter')).toMatchObject({ code: 0 })
  }
  expect(read('README.md')).toBe(CHAPTER.replace('ask()', 'ask(3)').replace('wait()', 'wait(3)'))
  expect(read('src/lib.rs')).toBe(LIB.replace('ask()', 'ask(3)').replace('wait()', 'wait(3)'))
  expect(results()).toEqual([])
})

test.each(['README.md', 'src/lib.rs'])(
  'drift that is committed: git says that %s changed last',
  async (name) => {
    commit()
    edit(name, 'wait();', 'wait(1);')
    commit()
    edit('README.md', 'More prose.', 'Other prose.')
    commit()
    expect(await fix()).toContain(`the ${name === 'README.md' ? 'chapter' : 'source'} changed last`)
  },
)

test('an unknown word is refused', async () => {
  for (const [word, problem] of [
    ['--from-source', "sync: unknown option '--from-source'"],
    ['fech', 'sync: no pattern is named fech (did you mean fetch?), expected any of fetch'],
  ] as const)
    expect(await synced(word)).toEqual({ code: 2, said: expect.stringContaining(problem) })
})
