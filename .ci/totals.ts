/**
 * Adds up what the steps of .ci/run left in a folder, and ends with the line that a machine reads. What failed is
 * said again just before it: of a long log only the end may be kept.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'

type Counts = { passed: number; failed: number; skipped: number }

type VitestRun = {
  numPassedTests: number
  numFailedTests: number
  numTotalTests: number
  success: boolean
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

type Evidence = {
  checks: { name: string; result: keyof Counts }[]
  findings: { file: string; line: number; message: string }[]
}

const LAST_LINES = 60
/** Characters of a message in one line. */
const MOST = 500

const folder = process.argv[2]!
const rows = readdirSync(folder)
  .sort()
  .flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    const title = basename(name)
    if (name.endsWith('.vitest')) return [{ title, ...ofVitest(JSON.parse(text)) }]
    if (name.endsWith('.evidence')) return [{ title, ...ofEvidence(JSON.parse(text)) }]
    if (name.endsWith('.cargo')) return [{ title, ...ofCargo(text) }]
    if (name.endsWith('.step')) return [{ title, ...ofStep(text.trim()) }]
    return []
  })

function ofVitest(json: VitestRun): Counts {
  // A file that cannot even be read has no failed test, and is a failure all the same.
  const failed = json.success ? json.numFailedTests : Math.max(1, json.numFailedTests)
  const skipped = json.numTotalTests - json.numPassedTests - json.numFailedTests
  return { passed: json.numPassedTests, failed, skipped }
}

function ofEvidence({ checks }: Evidence): Counts {
  const count = (wanted: keyof Counts) => checks.filter(({ result }) => result === wanted).length
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
}

/** What `cargo test` says at the end of each program. */
function ofCargo(log: string): Counts {
  const lines = [...log.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm)]
  const sum = (index: number) => lines.reduce((total, line) => total + Number(line[index]), 0)
  // No line at all is a build that failed.
  return { passed: sum(1), failed: lines.length === 0 ? 1 : sum(2), skipped: sum(3) }
}

function ofStep(code: string): Counts {
  return { passed: code === '0' ? 1 : 0, failed: code === '0' ? 0 : 1, skipped: 0 }
}

const runOf = (name: string): VitestRun => JSON.parse(readFileSync(join(folder, name), 'utf8'))

function failuresOf(name: string): string[] {
  if (name.endsWith('.vitest')) return ofTests(runOf(name))
  if (!name.endsWith('.step') || readFileSync(join(folder, name), 'utf8').trim() === '0') return []
  const said = readFileSync(join(folder, name.replace(/step$/, 'log')), 'utf8')
    .trimEnd()
    .split('\n')
  return [`== the last lines of ${basename(name, '.step')}`, ...said.slice(-LAST_LINES)]
}

function ofTests({ testResults }: VitestRun): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [`== ${name}`, message] : []
    return failed.flatMap(({ fullName, failureMessages }) => [`== ${name}: ${fullName}`, ...failureMessages])
  })
}

/** The tests of a file that did not run, and why. A test that skips itself says more in the log. */
function skippedOf(name: string): string[] {
  if (!name.endsWith('.vitest')) return []
  return runOf(name).testResults.flatMap(({ name: file, assertionResults }) => {
    const count = assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').length
    return count === 0
      ? []
      : [
          `skipped: ${relative('.', file)}: ${count} of ${assertionResults.length} tests, as the time for tests was over, or as the test says`,
        ]
  })
}

/** One line for each failure, since only the last lines of a long log may be kept. */
function namesOf(name: string): string[] {
  if (name.endsWith('.evidence')) {
    const { checks, findings } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Evidence
    return [
      ...checks.filter(({ result }) => result === 'failed').map((check) => check.name),
      ...findings.map(
        ({ file, line, message }) => `${file}:${line} ${message.replace(/\s+/g, ' ').slice(0, MOST)}`,
      ),
    ].map((line) => `${name}: ${line}`)
  }
  if (!name.endsWith('.vitest')) return []
  return runOf(name).testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0)
      return status === 'failed' ? [`${relative('.', file)}: ${firstLine(message)}`] : []
    return failed.map(
      ({ fullName, failureMessages }) =>
        `${relative('.', file)}: ${fullName}: ${firstLine(failureMessages.join('\n'))}`,
    )
  })
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.slice(0, MOST)
}

for (const line of readdirSync(folder).sort().flatMap(failuresOf)) console.log(line)
console.log()
for (const { title, passed, failed, skipped } of rows) {
  console.log(`${title.padEnd(28)} ${passed} passed, ${failed} failed, ${skipped} skipped`)
}
const skippedTests = readdirSync(folder).sort().flatMap(skippedOf)
if (skippedTests.length > 0) console.log(['', ...skippedTests].join('\n'))
const names = readdirSync(folder).sort().flatMap(namesOf)
if (names.length > 0) console.log(['', ...names.map((line) => `failed: ${line}`)].join('\n'))
const total = (pick: keyof Counts) => rows.reduce((sum, row) => sum + row[pick], 0)
const [passed, failed] = [total('passed'), total('failed')]
console.log(`\n${total('skipped')} skipped, each with its reason above`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
