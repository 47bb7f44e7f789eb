import type { Page } from '../document/block.ts'
import type { Lint } from '../verdict.ts'
import { isCalledBad } from './called-bad.ts'
import { positionOf, readCode } from './facts/code.ts'
import type { Found, Rule } from './facts/rule.ts'
import { RULES } from './rules.ts'

/**
 * What goes wrong with code that compilers take, in the order of the pages. Code that the guide itself calls wrong is
 * left alone. Nothing of the pages is run.
 */
export async function lint(pages: readonly Page[]): Promise<Lint[]> {
  const lints: Lint[] = []
  for (const page of pages) {
    const tried = page.blocks.filter(({ leftOut }) => leftOut === undefined)
    const { codes, unread } = await readCode({ ...page, blocks: tried })
    const found = RULES.flatMap((rule) =>
      rule
        .find(codes)
        .filter(({ code, node }) => !isCalledBad(code, node))
        .map((one) => lintOf(rule, one)),
    )
    const late = unread.map(
      ({ file, line, column }): Lint => ({
        rule: 'unread',
        sureness: 'certain',
        file,
        line,
        column,
        message:
          'no lint has looked at this block: it is too long, nests too deep, or takes too much time to read',
        detail: [],
        why: 'What takes a parser two seconds, or is longer than all code of a page, is no example that a person reads.',
        chapter: 'README.md',
      }),
    )
    lints.push(...[...found, ...late].sort((a, b) => a.line - b.line || a.column - b.column))
  }
  return lints
}

function lintOf({ name, why, chapter }: Rule, { code, node, sureness, message, detail }: Found): Lint {
  return { rule: name, sureness, ...positionOf(code, node), message, detail: detail ?? [], why, chapter }
}
