/**
 * `npm run mutate [slug...]`: breaks the patterns, one line at a time, in a copy of the checkout, and expects the test
 * of the claim that the line stands for to fail. Names the claims that no mutation can break. Claims that the memory
 * checks prove are tried with MEMORY_CHECKS=1 alone.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPatterns, parseChapter } from '@cookbook/guide'
import { openCheckout } from '../system/checkout.ts'
import { mutate, readMutations } from './mutation.ts'
import { type Check, runCheck } from './run-check.ts'

using checkout = openCheckout()
const { root } = checkout
const slugs = process.argv.length > 2 ? process.argv.slice(2) : await findPatterns(root)
const memory = process.env.MEMORY_CHECKS === '1'
let [red, green] = [0, 0]
const unbroken: string[] = []

for (const slug of slugs) {
  const dir = join(root, 'patterns', slug)
  const broken = new Set<string>()
  for (const mutation of readMutations(dir)) {
    if (!memory && mutation.claim.startsWith('verify.test.ts#')) continue
    const undo = mutate(dir, mutation)
    const check = runCheck(dir, mutation.claim)
    undo()
    tell(slug, mutation.claim, mutation.find, check)
    if (check.kind === 'red') broken.add(mutation.claim)
  }
  const { claims } = parseChapter(readFileSync(join(dir, 'README.md')), `patterns/${slug}/README.md`)
  const tests = claims.map(({ file, name }) => (name === null ? file : `${file}#${name}`))
  const tried = tests.filter((test) => memory || !test.startsWith('verify.test.ts#'))
  unbroken.push(...tried.filter((test) => !broken.has(test)).map((test) => `patterns/${slug}/${test}`))
}

for (const test of unbroken) console.log(`no mutation breaks ${test}`)
console.log(`${red} mutations seen, ${green} not; ${unbroken.length} claims that no mutation breaks`)
process.exitCode = green + unbroken.length === 0 ? 0 : 1

function tell(slug: string, claim: string, find: string, check: Check): void {
  if (check.kind === 'red') red += 1
  else green += 1
  const line = find.trim().split('\n')[0]
  console.log(`${check.kind === 'red' ? 'red  ' : 'GREEN'} ${slug} ${claim}  (${line}) ${check.why}`)
}
