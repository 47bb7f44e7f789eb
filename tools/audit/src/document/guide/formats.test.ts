import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Block } from '../block.ts'
import { readGuide } from './read.ts'

/** A folder for each format: documents, and beside them `<format>.blocks.txt` with what is read of them. */
const FIXTURES = join(import.meta.dirname, '../../../fixtures/documents')
const formats = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const listed = (block: Block): string => {
  const { file, line, column, endLine, lang, attributes, headings, unread, role, lines, before } = block
  const said = before.split('\n').at(-1)
  return [
    `${file}:${line}:${column}-${endLine} ${[lang || 'unnamed', ...attributes].join(' | ')}${role ? ` (${role})` : ''}`,
    `  under ${headings.map(({ text, line }) => `${text} (${line})`).join(' > ') || 'nothing'}`,
    ...(said ? [`  after ${JSON.stringify(said)}`] : []),
    ...(unread === undefined ? [] : [`  not read: ${unread}`]),
    ...lines.map(
      ({ text, at, hidden, added }) =>
        `  ${added ? 'added' : `${at.file === file ? '' : at.file}:${at.line}:${at.column}`}${hidden ? ' hidden' : ''}| ${text}`,
    ),
  ].join('\n')
}

describe.each(formats)('%s', (format) => {
  test('its blocks are read as its own tool reads them', async () => {
    const { pages, troubles } = await readGuide([format], FIXTURES)
    const shown = pages.flatMap(({ blocks }) => blocks.filter(({ role }) => role !== 'library'))
    const told = troubles.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
    const text = `${[...shown.map(listed), ...told].join('\n\n')}\n`
    await expect(text).toMatchFileSnapshot(join(FIXTURES, `${format}.blocks.txt`))
  })

  test('each line is where the file has it', async () => {
    const { pages } = await readGuide([format], FIXTURES)
    const shown = pages.flatMap(({ blocks }) => blocks.filter(({ role }) => role !== 'library'))
    const lines = shown.flatMap(({ lines }) => lines.filter(({ added, text }) => !added && text !== ''))
    expect(lines.length).toBeGreaterThan(0)
    for (const { text, at } of lines) {
      const row = readFileSync(join(FIXTURES, at.file), 'utf8').split('\n')[at.line - 1]!
      // A string of Rust has escapes, and a directive may bring a line of its own.
      if (!/^\s*#\[doc = "|^\.\. literalinclude/.test(row))
        expect(row.slice(at.column - 1).startsWith(text), `${at.file}:${at.line}`).toBe(true)
    }
  })
})
