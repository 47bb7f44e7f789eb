import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { watchChanges } from '../src/watch/changes.ts'

test('however soon a save follows what was told of the last one, what it wrote is seen', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-changes-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(join(root, 'patterns'))
  const readme = join(root, 'README.md')
  writeFileSync(readme, '0')
  let seen = ''
  let reported = () => {}
  const stop = await watchChanges(root, () => {
    seen = readFileSync(readme, 'utf8')
    reported()
  })
  onTestFinished(stop)
  for (let text = 1; text <= 20; text++) {
    const next = new Promise<void>((resolve) => {
      reported = resolve
    })
    writeFileSync(readme, String(text))
    await Promise.race([next, sleep(2_000)])
    expect(seen).toBe(String(text))
  }
})
