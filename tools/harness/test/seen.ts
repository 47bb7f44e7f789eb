import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Evidence } from '@cookbook/evidence'
import { type Finding, showFinding } from '@cookbook/guide'
import type { Copy } from './copy.ts'
import type { Ran } from './verify.ts'

const DETAIL_LINES = 6
const LINE_CHARACTERS = 300

/** What a person sees of a run, free of what another machine or another day would change. */
export async function seen(copy: Copy, { evidence, words }: Ran): Promise<string> {
  if (evidence === null) return plain(copy, `no evidence\n\n${words.slice(words.indexOf(' FAIL '))}`)
  const findings = await Promise.all(evidence.findings.map((finding) => show(copy, finding)))
  return plain(copy, `${[...findings, verdicts(evidence)].join('\n\n')}\n`)
}

/** The finding, and below its place the line that it points at. */
async function show(copy: Copy, finding: Finding): Promise<string> {
  const { file, line, column, detail } = finding
  const text = await readFile(join(copy.root, file), 'utf8').catch(() => '')
  const at = `  | ${text.split('\n')[line - 1]}\n  | ${' '.repeat(column - 1)}^`
  const left = detail.length > DETAIL_LINES ? [...detail.slice(0, DETAIL_LINES), '...'] : detail
  const [first, ...rest] = showFinding({
    ...finding,
    detail: left.map((line) => cut(plain(copy, line))),
  }).split('\n')
  return [first, at, ...rest].join('\n')
}

function cut(line: string): string {
  return line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}...` : line
}

function verdicts({ examples, claims, checks }: Evidence): string {
  const good = new Set(['verified', 'proved', 'passed'])
  const bad = [
    ...examples.map(({ verdict, source }) => [verdict, source]),
    ...claims.map(({ verdict, test }) => [verdict, test]),
    ...checks.map(({ result, name, reason }) => [result, reason === null ? name : `${name} (${reason})`]),
  ].filter(([verdict]) => !good.has(verdict!))
  return bad.map(([verdict, what]) => `${verdict}: ${what}`).join('\n')
}

function plain({ root }: Copy, text: string): string {
  return (
    text
      .replaceAll(root, '<root>')
      // Cut where the folder's own length says.
      .replace(/^( +#\d+ .*<root>\/target\/).*$/gm, '$1...')
      // Every linker has words of its own.
      .replace(/(?:^ +(?:>>>|[\w/-]*ld: |collect2: |.*undefined reference).*\n)+/gm, '  <linker>\n')
      // A gutter is as wide as the longest line number, also of sources of the standard library that are not installed.
      .replace(
        /^ {2} *(?:(\d+) +)?(\||-->|=)(?= |$)/gm,
        (_, line, sign) => `  ${line ? `${line} ` : ''}${sign}`,
      )
      .replace(/\b(?:[0-9a-f]{16}|h[0-9a-f]{16})\b/g, '<hash>')
      .replace(/==\d+==/g, '==<pid>==')
      .replace(/\b0x[0-9a-f]+\b/gi, '<address>')
      .replace(/^(\s*thread '.*') \(\d+\)/gm, '$1')
      .replace(/-[0-9a-f]{16}\b/g, '-<hash>')
      .replace(/\b\d+(?:\.\d+)?(?:ms|s)\b/g, '<time>')
  )
}
