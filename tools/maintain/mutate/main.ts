/**
 * `npm run mutate [slug...]`: breaks the patterns, one line at a time, in a copy of the checkout, and expects the test
 * of the claim that the line stands for to fail. Names the claims that no mutation can break. Claims that only the
 * memory checks prove are skipped without MEMORY_CHECKS=1.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { leave, readPatterns } from '@cookbook/cli/command-line'
import { findPatterns, parseChapter, readMutations, testOf } from '@cookbook/guide'
import { openWarmCheckout } from '../checkout/checkout.ts'
import { COMMANDS } from '../commands.ts'
import '@cookbook/cli/unread'
import { mutate } from './mutation.ts'
import { type Check, runCheck } from './run-check.ts'

const patterns = await findPatterns(join(import.meta.dirname, '../../..'))
const named = readPatterns(COMMANDS.mutate, process.argv.slice(2), patterns)
if (named.kind === 'refused') leave(COMMANDS.mutate, named)
const { slugs } = named
using checkout = openWarmCheckout()
const { root } = checkout
const seen = { red: 0, green: 0, unbuilt: 0, skipped: 0 }
const unbroken: string[] = []

for (const slug of slugs) {
  const dir = join(root, 'patterns', slug)
  const tried = new Set<string>()
  for (const mutation of readMutations(dir)) {
    const undo = mutate(dir, mutation)
    const check = runCheck(dir, mutation.claim)
    undo()
    report(slug, mutation.claim, mutation.find, check)
    if (check.kind === 'red' || check.kind === 'skipped') tried.add(mutation.claim)
  }
  const { claims } = parseChapter(readFileSync(join(dir, 'README.md')), `patterns/${slug}/README.md`)
  const tests = claims.map(testOf)
  unbroken.push(...tests.filter((test) => !tried.has(test)).map((test) => `patterns/${slug}/${test}`))
}

for (const test of unbroken) console.log(`no mutation breaks ${test}`)
const { red, green, unbuilt, skipped } = seen
console.log(`${red} mutations seen, ${green} not, ${unbuilt} do not compile, ${skipped} skipped`)
console.log(`${unbroken.length} claims that no mutation breaks`)
process.exitCode = green + unbuilt + unbroken.length === 0 ? 0 : 1

function report(slug: string, claim: string, find: string, { kind, why }: Check): void {
  seen[kind] += 1
  const line = find.trim().split('\n')[0]
  console.log(`${(kind === 'red' ? kind : kind.toUpperCase()).padEnd(7)} ${slug} ${claim}  (${line}) ${why}`)
}
