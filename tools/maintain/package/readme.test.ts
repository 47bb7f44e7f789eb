import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OPTIONS } from '@cookbook/cli/audit'
import { CONFIG } from '@cookbook/cli/config/schema'
import { takeManners } from '@cookbook/cli/manners'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const ROOT = join(import.meta.dirname, '../../..')
const page = readFileSync(join(ROOT, 'tools/cli/README.md'), 'utf8')
const hooks = readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')
const blocks = (lang: string) =>
  [...page.matchAll(new RegExp(`^ *\`\`\`${lang}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'))].map(([, text]) => text!)

test('each snippet of a CI is YAML, and each audit in it takes the options that it is given', () => {
  const snippets = [...blocks('yaml'), hooks]
  expect(snippets).toHaveLength(4)
  for (const text of snippets) expect(() => parse(text), text).not.toThrow()
  const audits = [...snippets, ...blocks('sh'), page].flatMap(
    (text) => text.match(/cookbook audit\b[^\n`|]*/g) ?? [],
  )
  expect(audits.length).toBeGreaterThan(5)
  for (const line of audits) {
    const manners = takeManners(line.split(' '))
    const words = manners.kind === 'taken' ? manners.rest : []
    const strange = words.filter((word) => /^--\w/.test(word) && !['--help'].includes(word))
    expect(
      strange.map((word) => word.slice(2).split('=')[0]!).filter((name) => !(name in OPTIONS)),
      line,
    ).toEqual([])
  }
})

test('the configuration that the page shows is one', () => {
  const shown = blocks('json')
  expect(shown).toHaveLength(1)
  expect(v.safeParse(CONFIG, JSON.parse(shown[0]!)).success).toBe(true)
})
