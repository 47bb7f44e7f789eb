import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Audit, BlockVerdict } from '@cookbook/audit'
import { audit } from '@cookbook/cli/audit'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Small guides on which the audit was wrong, or right and must stay so, with what is right of each block. */

type Wanted = {
  file: string
  line: number
  accept: string[]
  errorLine?: number
  asTold?: boolean
  help?: string
  noHelp?: string
  reason?: string
  asSeen?: string[]
}
type Case = { arguments: string[]; blocks: Wanted[]; lints?: { line: number; rule: string }[]; exit?: number }

const ROOT = join(import.meta.dirname, '../../..')
const CASES = join(ROOT, 'tools/audit/fixtures/cases')
const cases: Record<string, Case> = JSON.parse(readFileSync(join(CASES, 'expected.json'), 'utf8'))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cookbook-cases-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function audited(paths: readonly string[]): Promise<{ found: Audit; code: number; text: string }> {
  const report = join(folder, 'audit.json')
  // They were written for this, and what a sandbox holds is tested elsewhere.
  const options = ['--trust', '--format', `json=${report}`]
  const code = await audit(ROOT, [...options, ...paths.map((path) => join(CASES, path))])
  const text = readFileSync(report, 'utf8')
  return { found: JSON.parse(text), code, text }
}

/** What is wrong with the verdict of a block, in words. */
function mismatches(wanted: Wanted, block: BlockVerdict | undefined): string[] {
  if (block === undefined) return ['there is no such block']
  const { verdict, reason, error, help, asTold, asSeen } = block
  if (!wanted.accept.includes(verdict)) return [`${verdict}: ${reason}`]
  const helps = help.map(({ text, file, added }) => `${text}\n${file}\n${added}`).join('\n')
  const matches = (pattern: string | undefined, text: string) =>
    pattern === undefined || new RegExp(pattern).test(text)
  const fails = verdict === 'fails'
  return [
    ...(fails && error?.line !== (wanted.errorLine ?? error?.line) ? [`its error is at ${error?.line}`] : []),
    ...(fails && asTold !== (wanted.asTold ?? asTold) ? [`as told: ${asTold}`] : []),
    ...(verdict === 'builds with help' && !matches(wanted.help, helps) ? [`helps: ${helps}`] : []),
    ...(wanted.noHelp !== undefined && matches(wanted.noHelp, helps) ? [`a help too many: ${helps}`] : []),
    ...(matches(wanted.reason, `${reason}\n${JSON.stringify(error)}`) ? [] : [`its reason: ${reason}`]),
    ...(wanted.asSeen?.includes(asSeen?.verdict ?? '') === false ? [`as seen: ${asSeen?.verdict}`] : []),
  ]
}

test.each(Object.entries(cases))('%s', async (_, { arguments: paths, blocks, lints = [], exit }) => {
  const { found, code, text } = await audited(paths)
  const at = (file: string) => relative(CASES, join(process.cwd(), file))
  const wrong = blocks.flatMap((wanted) => {
    const block = found.blocks.find(({ file, line }) => at(file) === wanted.file && line === wanted.line)
    return mismatches(wanted, block).map((words) => `${wanted.file}:${wanted.line} ${words}`)
  })
  expect(wrong).toEqual([])
  for (const { line, rule } of lints)
    expect(found.lints.map((lint) => `${lint.line} ${lint.rule}`)).toContain(`${line} ${rule}`)
  expect(code).toBe(exit ?? code)
  // A baseline of it holds tomorrow: no folder of the audit's own is named.
  expect(text).not.toMatch(/\/(?:groups|seeds)\/room-/)
})
