/** What the workflows of .github call. Nothing of it is needed to verify the guide. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { imageTag } from '@cookbook/toolchain/image-tag'
import { issue } from './issue.ts'
import { leftBehind } from './left-behind.ts'
import { lockChanges } from './locked.ts'
import { matrix } from './matrix.ts'
import { setOutput } from './output.ts'

const ROOT = join(import.meta.dirname, '../../..')
const MOST_SHARDS = 4
const LOG_LINES = 60

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: '' },
    log: { type: 'string', default: '' },
    under: { type: 'string', default: '' },
    out: { type: 'string', default: '' },
  },
})

/** Each writes outputs for the steps that follow. */
const commands: Record<string, () => void | Promise<void>> = {
  /** `shards`: the matrix of a pull request; `any`: whether there is something in it. */
  matrix() {
    const found = matrix(ROOT, values.base, MOST_SHARDS)
    setOutput('shards', JSON.stringify(found))
    setOutput('any', String(found.length > 0))
  },
  /** `image`: the toolchain image's name; `key`: its content, as a word. */
  image() {
    const image = imageTag(join(ROOT, 'docker'))
    setOutput('image', image)
    setOutput('key', image.replace(/[^a-z0-9]+/g, '-'))
  },
  /** Writes `<out>/title` and `<out>/text.md`, of a nightly run whose printed words are in `log`. */
  async issue() {
    const before = execFileSync('git', ['show', 'HEAD:Cargo.lock'], { cwd: ROOT, encoding: 'utf8' })
    const after = readFileSync(join(ROOT, 'Cargo.lock'), 'utf8')
    const { GITHUB_SERVER_URL = '', GITHUB_REPOSITORY = '', GITHUB_RUN_ID = '' } = process.env
    const reported = issue({
      ...(await leftBehind(ROOT)),
      under: values.under,
      changes: lockChanges(before, after),
      log: readFileSync(values.log, 'utf8').trimEnd().split('\n').slice(-LOG_LINES),
      url: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`,
    })
    writeFileSync(join(values.out, 'title'), reported.title)
    writeFileSync(join(values.out, 'text.md'), reported.text)
  },
}

const command = commands[positionals[0] ?? '']
if (command === undefined) {
  console.error(`workflows: expected ${Object.keys(commands).join(', ')}`)
  process.exitCode = 2
} else await command()
