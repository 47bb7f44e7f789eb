import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NODE_FLOOR } from './bundle.ts'

/** What the package is called where everybody publishes; its command is `cookbook`. */
export const PACKAGE = 'cxx-async-cookbook'

/** The package.json of the package that ships, of the versions that the repository at `root` is verified with. */
export function manifestOf(root: string) {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
  const { version } = read('tools/cli/package.json')
  const { license, devDependencies } = read('package.json')
  return {
    name: PACKAGE,
    version,
    description: 'Says of every code block of a guide to mixed Rust and C++ whether it builds and runs.',
    keywords: ['rust', 'c++', 'cxx', 'markdown', 'documentation', 'doctest', 'mdbook'],
    license,
    type: 'module',
    bin: { cookbook: 'cookbook.cjs', [PACKAGE]: 'cookbook.cjs' },
    exports: {
      './harness': { types: './dist/harness.d.ts', default: './dist/harness.js' },
      './vitest.config': './dist/vitest.config.js',
      './package.json': './package.json',
    },
    engines: { node: `>=${NODE_FLOOR}` },
    // An audit needs neither; a guide that is verified has both.
    peerDependencies: { turbo: devDependencies.turbo, vitest: devDependencies.vitest },
    peerDependenciesMeta: { turbo: { optional: true }, vitest: { optional: true } },
  }
}
