import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CALLER_VARIABLES } from '@cookbook/toolchain'
import { expect, test } from 'vitest'
import { json, ROOT, text, trackedFiles } from './tree.ts'

const code = trackedFiles(/\.(ts|rs|cc|h|sh|yaml|yml|toml|json|md)$|(^|\/)(Dockerfile|run)$/)
const ours = code.filter(
  (path) => !path.includes('/fixtures/') && !/^(package-lock\.json|Cargo\.lock)$/.test(path),
)

test('no module or folder is named utils, common or helpers', () => {
  expect(trackedFiles(/(^|\/)(utils?|common|helpers?)(\.\w+)?(\/|$)/)).toEqual([])
})

test('a TypeScript file does one job: 200 lines at most', () => {
  const long = ours
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) => {
      const lines = text(path).split('\n').length - 1
      return lines > 200 ? [`${path}: ${lines}`] : []
    })
  expect(long).toEqual([])
})

test('there is one lock file of npm and one of cargo, and two of what measures the patterns from outside', () => {
  const locks = trackedFiles(/(^|\/)(package-lock\.json|Cargo\.lock)$/).filter(
    (path) => !path.includes('/fixtures/'),
  )
  expect(locks).toEqual(['Cargo.lock', 'bench/Cargo.lock', 'bench/http/Cargo.lock', 'package-lock.json'])
})

test('the lock of npm names no host that packages came from', () => {
  const packages: Record<string, { resolved?: string }> = json('package-lock.json').packages
  expect(Object.values(packages).filter(({ resolved }) => resolved?.includes('://'))).toEqual([])
})

test('nothing that git ignores is committed', () => {
  const listed = execFileSync('git', ['ls-files', '-ci', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect(listed).toBe('')
})

test('no test is left out, and none runs alone', () => {
  const marks = [
    { files: /\.ts$/, mark: /\b(?:test|it|describe)\.(?:skip|todo|only|fails)\b/ },
    { files: /\.rs$/, mark: /#\[ignore/ },
  ]
  const left = marks.flatMap(({ files, mark }) =>
    ours.filter((path) => files.test(path) && mark.test(text(path))),
  )
  expect(left).toEqual([])
})

/** Where the key of the evidence comes from. */
const KEY = ['COOKBOOK_EVIDENCE_KEY', 'TURBO_REMOTE_CACHE_SIGNATURE_KEY', 'XDG_STATE_HOME']

test('turbo passes to the tasks what the toolchain takes of the caller', () => {
  const { globalPassThroughEnv } = json('turbo.json')
  const passed = globalPassThroughEnv.filter((name: string) => name !== 'TOOLCHAIN' && name !== 'DOCKER_*')
  const wanted = [...CALLER_VARIABLES.filter((name) => name !== 'PATH'), ...KEY]
  expect(passed.toSorted()).toEqual(wanted.toSorted())
})

test('the lock file names what every platform needs, or npm ci refuses it', () => {
  const { packages } = json('package-lock.json')
  const wanted = Object.values<{ optionalDependencies?: object }>(packages).flatMap(
    ({ optionalDependencies = {} }) => Object.keys(optionalDependencies),
  )
  expect(wanted).not.toEqual([])
  expect(wanted.filter((name) => !(`node_modules/${name}` in packages))).toEqual([])
})

test('no file speaks of the machine that it was written on', () => {
  const homes = /\/(?:home|Users)\/(?!caller\b)\w+|\/root\/|\/tmp\/(?!\$)[\w-]+\/\w/
  const reported = ours.filter((path) => !path.endsWith('.test.ts') && homes.test(text(path)))
  expect(reported).toEqual([])
})

test('every npm script that README.md, CONTRIBUTING.md or docs/maintaining.md names exists', () => {
  const { scripts } = json('package.json')
  const pages = trackedFiles(/^(README|CONTRIBUTING|docs\/maintaining)\.md$/)
  const named = pages.flatMap((path) =>
    [...text(path).matchAll(/npm (?:run ([\w:-]+)|(test))/g)].map(([, run, plain]) => run ?? plain!),
  )
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('every file that README.md, CONTRIBUTING.md, SECURITY.md or docs link to is there', () => {
  const pages = trackedFiles(/^(?:README|CONTRIBUTING|SECURITY|CHANGELOG|docs\/[\w-]+)\.md$/)
  const broken = pages.flatMap((path) =>
    [
      ...text(path)
        .replace(/(`+)[^`][\s\S]*?\1/g, '')
        .matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g),
    ]
      .map(([, target]) => target!)
      .filter((target) => !existsSync(join(ROOT, dirname(path), target)))
      .map((target) => `${path}: ${target}`),
  )
  expect(broken).toEqual([])
})

test('every npm script has its row in docs/maintaining.md', () => {
  const page = text('docs/maintaining.md')
  const scripts = Object.keys(json('package.json').scripts).map((name) =>
    name === 'test' ? 'npm test' : `npm run ${name}`,
  )
  expect(scripts.filter((script) => !page.includes(`\`${script}`))).toEqual([])
})

test('every file of tools/ that a page, a workflow or a module names is there', () => {
  const pages = ours.filter((path) => !/^tools\/audit\/|\/greens\//.test(path))
  const gone = pages.flatMap((path) =>
    [...text(path).matchAll(/\btools\/\w+\/[\w./-]+\.(?:ts|c|cc|txt|json)\b/g)]
      .map(([named]) => named)
      .filter((named) => !existsSync(join(ROOT, named)))
      .map((named) => `${path}: ${named}`),
  )
  expect(gone).toEqual([])
})

test('what README.md shows of Rust is shown by a chapter, where it is compiled and run', () => {
  const blocks = [...text('README.md').matchAll(/^```rust\n([\s\S]*?)^```$/gm)].map(([, block]) => block!)
  const chapters = trackedFiles(/^patterns\/[^/]+\/README\.md$/).map(text)
  expect(blocks.length).toBeGreaterThan(0)
  expect(blocks.filter((block) => !chapters.some((chapter) => chapter.includes(block)))).toEqual([])
})

// Each line of a run of blank ones would be the begin of another attempt, up to the run's end.
test('what a foreign page or a tool wrote is not searched past blank lines for the begin of a line', () => {
  const slow = trackedFiles(/^tools\/(?:audit|diagnostics)\/src\/.*(?<!\.test)\.ts$/).flatMap((path) =>
    text(path)
      .split('\n')
      .flatMap((line, index) =>
        /\/\^(?:\(\?:)?\\s[*+][^/]*\/[a-z]*m/.test(line) ? [`${path}:${index + 1}`] : [],
      ),
  )
  expect(slow).toEqual([])
})
