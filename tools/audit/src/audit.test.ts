import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, Outcome, Toolchain } from '@cookbook/toolchain'
import { expect, onTestFinished, test } from 'vitest'
import { audit } from './audit.ts'
import { readGuide } from './document/guide/read.ts'

const KILLED: Outcome = {
  ...{ kind: 'signaled', signal: 'SIGKILL', stdout: '', stderr: '' },
  ...{ truncated: false, durationMs: 0 },
}

test('one that is ended rejects, ends what runs, and leaves no room and no verdict', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-audit-')))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(
    join(folder, 'page.md'),
    '# A\n\n```cpp\nint main() {}\n```\n\n# B\n\n```cpp\nint main() {}\n```\n',
  )
  const { pages, troubles } = await readGuide(['page.md'], folder)
  const end = new AbortController()
  const begun: Command[] = []
  // Its commands run until they are ended.
  const run = (command: Command) => {
    begun.push(command)
    setTimeout(() => end.abort(new Error('a newer one begins')), 20)
    return new Promise<Outcome>((resolve) => {
      command.signal!.addEventListener('abort', () => resolve(KILLED))
    })
  }
  const toolchain: Toolchain = { kind: 'host', id: 'none', seeds: 'none', tools: [], missing: [], run }
  const work = join(folder, 'work')
  const options = { toolchain, folder: work, lock: '', keep: null, cache: true, signal: end.signal }
  await expect(audit(pages, troubles, options)).rejects.toThrow('a newer one begins')
  expect(begun.length).toBeGreaterThan(0)
  expect(readdirSync(work, { recursive: true, encoding: 'utf8' })).not.toContainEqual(
    expect.stringMatching(/room-|section/),
  )
})
