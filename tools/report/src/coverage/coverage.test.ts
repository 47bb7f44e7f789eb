import { PassThrough } from 'node:stream'
import { parseChapter, type ShownLine } from '@cookbook/guide'
import { expect, test } from 'vitest'
import type { ChapterCoverage } from './chapter.ts'
import { coverageJson } from './json.ts'
import { coverageIndex, coveragePage } from './page.ts'
import { coverageReport } from './table.ts'

const HOSTILE = '<script>alert("&")</script>\u001b[31m'
const PAGE = `# Fetch \`${HOSTILE}\`

\`\`\`rust src/lib.rs
fetch("${HOSTILE}");
stop();

abort();
\`\`\`
`
/** No terminal, so without colours. */
const PLAIN = new PassThrough() as never

function chapterOf(...states: ShownLine['state'][]): ChapterCoverage {
  const chapter = parseChapter(PAGE, 'patterns/fetch/README.md')
  const example = chapter.examples[0]!
  const lines = example.text.split('\n').map((text, at): ShownLine => {
    const state = states[at]!
    const line = example.contentLine + at
    const reason = { line: 9, column: 1, code: text, why: `no memory <is> short ${HOSTILE}`, example }
    return { line, column: 1, text, example, state, times: state === 'ran' ? 12 : 0, reason }
  })
  return { slug: 'fetch', chapter, lines, findings: [] }
}

const chapter = chapterOf('ran', 'never-ran', 'inert', 'excused')

test('the table counts the lines that are shown, hold code, ran, have a reason, and have none', () => {
  expect(coverageReport([chapter], PLAIN).split('\n\n')).toEqual([
    'chapter  shown  executable  ran  excused  missed\nfetch        3           3    1        1       1',
    '1 of 3 executable lines ran, 1 have a reason why they never do, 1 have none',
  ])
})

test('the table ends with the findings', () => {
  const finding = { code: 'never-ran', severity: 'error', file: 'a.md', line: 5, column: 1 } as const
  const findings = [{ ...finding, message: 'this line never ran', detail: ['stop();'], fix: 'write a test' }]
  expect(coverageReport([{ ...chapter, findings }], PLAIN)).toContain(
    'a.md:5:1 never-ran: this line never ran\n  stop();\n  write a test\n\n1 of 3',
  )
})

test('a page marks each line by its state, with how often it ran or why it never does', () => {
  const page = coveragePage(chapter)
  const row = (line: number) =>
    new RegExp(`<tr class="([^"]+)" id="L${line}"><td>\\d+</td><td>(.*?)</td>`).exec(page)
  expect([4, 5, 6, 7, 8].map((line) => row(line)!.slice(1))).toEqual([
    ['ran', '✓ 12'],
    ['never-ran', '✗'],
    ['inert', ''],
    ['excused', '~'],
    ['prose', ''],
  ])
  expect(page).toContain('<span class="why">no memory &#60;is&#62; short')
})

test('what a chapter says is text in its page and in the index, and both load nothing', () => {
  for (const page of [coveragePage(chapter), coverageIndex([chapter])]) {
    expect(page).not.toMatch(/<script|https?:|url\(/)
    expect(page).not.toContain('\u001b')
    expect(page).toContain('&#60;script&#62;')
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('prefers-color-scheme: dark')
  }
})

test('the index leads to each page', () => {
  expect(coverageIndex([chapter])).toContain('<a href="fetch.html">')
})

test('the JSON has each line that holds code', () => {
  const [reported] = JSON.parse(coverageJson([chapter]))
  expect(reported).toMatchObject({
    chapter: 'fetch',
    executable: 3,
    ran: 1,
    excused: 1,
    missed: 1,
    findings: [],
  })
  expect(
    reported.lines.map(({ line, source, state, times }: Record<string, unknown>) => [
      line,
      source,
      state,
      times,
    ]),
  ).toEqual([
    [4, 'src/lib.rs', 'ran', 12],
    [5, 'src/lib.rs', 'never-ran', 0],
    [7, 'src/lib.rs', 'excused', 0],
  ])
})
