import { WHOLE_GUIDE } from '@cookbook/guide'
import manifest from '../../../../package.json' with { type: 'json' }
import turbo from '../../../../turbo.json' with { type: 'json' }
import own from '../../package.json' with { type: 'json' }
import type { Names } from './names.ts'

const PACKAGE = 'cxx-async-cookbook'

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** What a package.json of npm says, as far as a guide needs it. */
export type Manifest = Readonly<Record<string, unknown>> & {
  scripts?: Readonly<Record<string, string>>
  devDependencies?: Readonly<Record<string, string>>
}

const SCRIPTS = {
  probe: `node node_modules/${PACKAGE}/dist/probe.js`,
  verify: 'cookbook verify',
  sync: 'cookbook sync',
  watch: 'cookbook watch',
}

/** The package.json at the root of a guide: what `before` says, and what verifies the guide. `npm` is its version. */
export function rootManifest(before: Manifest, npm: string): string {
  const { '@types/node': types, turbo, vitest } = manifest.devDependencies
  return json({
    private: true,
    packageManager: `npm@${npm}`,
    ...before,
    workspaces: ['patterns/*', WHOLE_GUIDE],
    scripts: { ...SCRIPTS, ...before.scripts },
    devDependencies: {
      [PACKAGE]: `^${own.version}`,
      '@types/node': types,
      turbo,
      vitest,
      ...before.devDependencies,
    },
  })
}

/** What of `before` would have to become another one; empty where nothing would. */
export function taken(before: Manifest): string[] {
  const scripts = Object.entries(SCRIPTS).flatMap(([name, script]) => {
    const other = before.scripts?.[name]
    return other === undefined || other === script ? [] : [`the script ${name}`]
  })
  return [...('workspaces' in before ? ['workspaces'] : []), ...scripts]
}

/** The package.json of a pattern. */
export const patternManifest = (slug: string): string =>
  json({
    name: slug,
    private: true,
    type: 'module',
    scripts: { verify: `vitest run --config ../../node_modules/${PACKAGE}/dist/vitest.config.js` },
    devDependencies: { [PACKAGE]: '*' },
  })

/** The files of a new guide with one pattern, but for the pattern's own. */
export function skeleton({ slug, title }: Names): Record<string, string> {
  return {
    // The tasks of this repository.
    'turbo.json': json(turbo),
    'Cargo.toml': '[workspace]\nmembers = ["patterns/*", "patterns/*/small"]\nresolver = "3"\n',
    [`${WHOLE_GUIDE}/package.json`]: json({
      name: WHOLE_GUIDE,
      private: true,
      type: 'module',
      scripts: { verify: `node ../node_modules/${PACKAGE}/dist/whole-guide.js` },
      dependencies: { [slug]: '*' },
    }),
    [`patterns/${slug}/package.json`]: patternManifest(slug),
    // For editors, and for `tsc -p patterns`.
    'patterns/tsconfig.json': json({
      compilerOptions: { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: ['node'] },
      include: ['*/*.ts'],
    }),
    '.github/workflows/guide.yml': WORKFLOW,
    'README.md': `# A guide\n\n| you need | chapter |\n|---|---|\n| ${title.toLowerCase()} | [${slug}](patterns/${slug}/README.md) |\n`,
    '.gitignore': 'node_modules/\ntarget/\n.turbo/\nevidence.json\nat-hand.json\n*.draft\n',
  }
}

const WORKFLOW = `name: guide

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

concurrency:
  group: guide-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  verify:
    name: verify
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: 24
      - run: npm ci --no-audit --no-fund
      - run: npm run verify -- --require-all
`
