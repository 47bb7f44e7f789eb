import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

/** The oldest Node that runs the package. */
export const NODE_FLOOR = '22.12.0'

/** The modules that other programs load, by the name of their file in the package's `dist`. */
const ENTRIES: Record<string, string> = {
  main: 'tools/cli/src/main.ts',
  harness: 'tools/harness/src/index.ts',
  'vitest.config': 'tools/harness/vitest.config.ts',
  forget: 'tools/harness/src/runner/forget.ts',
  reporter: 'tools/cli/src/watch/reporter.ts',
  probe: 'tools/toolchain/src/probe-task.ts',
  'whole-guide': 'whole-guide/verify.ts',
}

/**
 * Bundles the tools of the repository at `root` into `folder`/dist, and copies there what they read at run time, under
 * the paths that it has in the repository. Answers the folders of the packages that went into it. Rejects with esbuild's
 * errors.
 */
export async function bundle(root: string, folder: string): Promise<string[]> {
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    entryPoints: Object.entries(ENTRIES).map(([out, path]) => ({ in: path, out })),
    outdir: join(folder, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    // A package that is written for both loads its own files by names that no bundler sees, but not as a module.
    mainFields: ['module', 'main'],
    target: `node${NODE_FLOOR}`,
    // The guide's own: a check registers itself with the vitest that runs it.
    external: ['vitest', 'vitest/*', ...Object.keys(GRAMMARS).map((name) => `./${name}`)],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    chunkNames: 'chunk-[hash]',
    logLevel: 'silent',
    // For what the CommonJS packages among it require of Node.
    banner: {
      js: "import { createRequire as requireOfNode } from 'node:module'; const require = requireOfNode(import.meta.url);",
    },
    plugins: [filesBeside(root, folder)],
  })
  const wasm = dirname(fileURLToPath(import.meta.resolve('@vscode/tree-sitter-wasm')))
  for (const [name, from] of Object.entries(GRAMMARS)) cpSync(join(wasm, from), join(folder, 'dist', name))
  const inputs = [
    ...Object.keys(metafile.inputs).map((path) => join(root, path)),
    join(wasm, 'tree-sitter.js'),
  ]
  const packages = inputs.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [])
  return [...new Set(packages)].sort()
}

/** What is loaded as it is: the parser, which is CommonJS and looks for its own WebAssembly beside it, and grammars. */
const GRAMMARS = {
  'tree-sitter.cjs': 'tree-sitter.js',
  'tree-sitter.wasm': 'tree-sitter.wasm',
  'tree-sitter-rust.wasm': 'tree-sitter-rust.wasm',
  'tree-sitter-cpp.wasm': 'tree-sitter-cpp.wasm',
}

/**
 * Lets every module find its files: `import.meta.dirname` becomes the module's folder as the package has it, and a file
 * or folder that a module names with it is copied there. Modules that are loaded by name are named by their bundles.
 */
function filesBeside(root: string, folder: string): Plugin {
  const outOf = new Map(Object.entries(ENTRIES).map(([out, path]) => [path, `./${out}.js`]))
  return {
    name: 'files-beside',
    setup(on) {
      on.onResolve({ filter: /^@vscode\/tree-sitter-wasm$/ }, () => ({
        path: './tree-sitter.cjs',
        external: true,
      }))
      on.onLoad({ filter: /\/(?:tools|whole-guide)\/.*\.ts$/ }, ({ path }) => {
        const own = relative(root, dirname(path))
        const source = readFileSync(path, 'utf8')
        for (const [, named] of source.matchAll(/join\(import\.meta\.dirname, '([^']+)'\)/g))
          copy(root, folder, join(own, named!))
        const contents = source
          .replaceAll(/new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g, (_, named: string) => {
            const out = outOf.get(join(own, named))
            if (out === undefined)
              throw new Error(`${relative(root, path)} loads ${named}, which is no entry`)
            return `new URL('${out}', import.meta.url)`
          })
          .replaceAll(/'@vscode\/tree-sitter-wasm\/wasm\/(?=[\w-]+\.wasm')/g, "'./")
          .replaceAll('import.meta.dirname', `(import.meta.dirname + '/../${own}')`)
          // Bundled, it is there without Node's own.
          .replace('const require = createRequire(import.meta.url)', '')
        return { contents, loader: 'ts' }
      })
    },
  }
}

/** The repository itself is named too: it is the package then. */
function copy(root: string, folder: string, path: string): void {
  const from = join(root, path)
  if (path === '.' || !existsSync(from) || basename(path) === '') return
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  cpSync(from, join(folder, path), { recursive: true })
}
