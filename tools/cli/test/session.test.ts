import { errorAt } from '@cookbook/guide'
import type { Linted } from '@cookbook/harness/clippy'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { View } from '../src/watch/screen.ts'
import { openSession } from '../src/watch/session.ts'
import { smallChapter } from './small-chapter.ts'

const { clippy } = vi.hoisted(() => ({
  clippy: vi.fn<(root: string, slug: string, signal: AbortSignal) => Promise<Linted>>(),
}))
vi.mock('@cookbook/harness/clippy', () => ({ clippy }))
vi.mock('../src/watch/runners.ts', () => ({
  openRunners: () => ({ begin() {}, expect() {}, end() {} }),
}))
vi.mock('../src/watch/proof.ts', () => ({
  earlierProof: () => null,
  prove: () => ({ ended: Promise.resolve({ findings: [], skipped: 0 }), cancel() {} }),
}))

const small = smallChapter()
const GOOD: Linted = { findings: [], without: null }
const batch = () => ({ slugs: 'all' as const, judges: false, at: performance.now() })

beforeEach(() => {
  clippy.mockReset()
  small.write('Cargo.toml', '[package]\nname = "fetch"\n')
})

/** A session of the small chapter whose first batch has come, and what it shows. */
function watched() {
  const views: View[] = []
  const root = small.path('../..')
  const session = openSession(root, { slugs: 'all', fresh: false }, (view) => views.push(view))
  onTestFinished(() => session.end())
  session.changed(batch())
  /** What is shown when nothing runs any more. */
  const atRest = () =>
    vi.waitFor(() => {
      const last = views.at(-1)
      expect(last?.running).toBe(null)
      expect(last?.waiting).toEqual([])
      return last!
    })
  return { session, views, atRest }
}

/** What was done, one after another; a view that only looks again is no step. */
const steps = (views: readonly View[]) =>
  views.map(({ running }) => running?.kind ?? 'rests').filter((step, at, all) => step !== all[at - 1])

test('what is proved is read by clippy before all is well', async () => {
  const finding = errorAt(
    'build-failed',
    { file: 'patterns/fetch/README.md', line: 6, column: 1 },
    'no',
    'fix',
  )
  clippy.mockResolvedValue({ findings: [finding], without: null })
  const { session, views, atRest } = watched()
  await vi.waitFor(() => expect(steps(views)).toEqual(['proves', 'lints', 'rests']))
  const own = (await atRest()).findings
  expect(own).toContainEqual(finding)
  clippy.mockResolvedValue({ findings: [], without: 'clippy is not installed' })
  small.edit('src/lib.rs', '    wait();', '    wait(2);')
  session.changed(batch())
  await vi.waitFor(() => expect(views.at(-1)?.withoutClippy).toEqual(['clippy is not installed']))
  expect((await atRest()).findings).not.toContainEqual(finding)
})

test('prose is not read again', async () => {
  clippy.mockResolvedValue(GOOD)
  const { session, views, atRest } = watched()
  await vi.waitFor(() => expect(steps(views)).toContain('rests'))
  await atRest()
  small.edit('README.md', 'Prose.', 'Other prose.')
  session.changed(batch())
  await vi.waitFor(() => expect(views.length).toBeGreaterThan(3))
  expect(clippy).toHaveBeenCalledTimes(1)
})

test('a save ends clippy, and it reads what is there then', async () => {
  clippy.mockImplementationOnce(
    (_root, _slug, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ findings: [], without: 'of the old text' }))
      }),
  )
  clippy.mockResolvedValue(GOOD)
  const { session, views, atRest } = watched()
  await vi.waitFor(() => expect(clippy).toHaveBeenCalledTimes(1))
  small.edit('src/lib.rs', '    wait();', '    wait(2);')
  session.changed(batch())
  await vi.waitFor(() => expect(clippy).toHaveBeenCalledTimes(2))
  const { withoutClippy } = await atRest()
  expect(withoutClippy).toEqual([])
  expect(steps(views)).toEqual(['proves', 'lints', 'proves', 'lints', 'rests'])
})
