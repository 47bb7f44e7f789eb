import { execFileSync } from 'node:child_process'
import {
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { WHOLE_GUIDE } from '@cookbook/guide'
import { edit, editJson } from './edit.ts'
import { placeTide } from './tide.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')

/** A working copy of this repository as it lies on disk, in a folder of its own. */
export type Checkout = { root: string; [Symbol.dispose](): void }

/** The working copy with the guide's own patterns, in a folder whose name begins with `prefix`. */
export function openCheckout(prefix = 'cookbook-system-'): Checkout {
  // A link on the way to the folder would hide from `processesIn` what runs below it.
  const root = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  const listed = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  })
  // git also lists what was deleted and not yet committed.
  const isThere = (path: string) => lstatSync(join(REPOSITORY, path), { throwIfNoEntry: false }) !== undefined
  const paths = listed.split('\0').filter((path) => path !== '' && isThere(path))
  execFileSync('cp', ['-a', '--parents', '-t', root, ...paths], { cwd: REPOSITORY })
  // Nothing writes into it but its caches, so the files can be the repository's own; its links to packages are relative.
  execFileSync('cp', ['-al', join(REPOSITORY, 'node_modules'), root])
  rmSync(join(root, 'node_modules/.cache'), { recursive: true, force: true })
  // npm writes into this one as it lies there.
  const installed = join(root, 'node_modules/.package-lock.json')
  const packages = readFileSync(installed)
  rmSync(installed)
  writeFileSync(installed, packages)
  commit(root)
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}

/**
 * The working copy with the third-party crates that this repository has built already: they are a contributor's after
 * the first run. cargo itself decides whether they are good for anything.
 */
export function openWarmCheckout(): Checkout {
  const checkout = openCheckout()
  for (const seed of globSync('target/*/seed', { cwd: REPOSITORY })) {
    const folder = join(checkout.root, dirname(seed))
    mkdirSync(folder, { recursive: true })
    execFileSync('cp', ['-al', join(REPOSITORY, seed), folder])
    // Hard-linked, it would be the very lock of the other one.
    for (const lock of globSync('**/.cargo-lock', { cwd: join(checkout.root, seed) }))
      rmSync(join(checkout.root, seed, lock))
  }
  return checkout
}

/**
 * The working copy with small patterns of these names, two when none are given, in place of the guide's own, which
 * take a second instead of ten: all that decides what is run and what is replayed is the repository's.
 */
export function openSmallCheckout(slugs: readonly string[] = ['ebb', 'flood'], prefix?: string): Checkout {
  const checkout = openCheckout(prefix)
  const { root } = checkout
  const packages = join(root, 'patterns')
  rmSync(packages, { recursive: true })
  // The small lock has nothing that these need, and cargo wants to find something for each name.
  rmSync(join(root, 'crates'), { recursive: true })
  edit(join(root, 'Cargo.toml'), ', "patterns/*/small", "crates/*"', '')
  mkdirSync(packages)
  for (const slug of slugs) {
    placeTide(join(packages, slug), slug)
    symlinkSync(`../patterns/${slug}`, join(root, 'node_modules', slug))
  }
  writeFileSync(
    join(root, 'README.md'),
    slugs.map((slug) => `- [${slug}](patterns/${slug}/README.md)\n`).join(''),
  )
  const members = slugs.map((slug) => `[[package]]\nname = "${slug}"\nversion = "0.1.0"\n`)
  writeFileSync(join(root, 'Cargo.lock'), ['version = 4\n', ...members].join('\n'))
  editJson(join(root, `${WHOLE_GUIDE}/package.json`), ({ dependencies }) =>
    swapPatterns(dependencies, slugs, () => '*'),
  )
  editJson(join(root, 'package-lock.json'), ({ packages }) => {
    swapPatterns(packages[WHOLE_GUIDE].dependencies, slugs, () => '*')
    for (const path of Object.keys(packages))
      if (path.startsWith('patterns/')) {
        delete packages[`node_modules/${path.slice('patterns/'.length)}`]
        delete packages[path]
      }
    for (const slug of slugs) {
      packages[`node_modules/${slug}`] = { resolved: `patterns/${slug}`, link: true }
      packages[`patterns/${slug}`] = { name: slug, devDependencies: { '@cookbook/harness': '*' } }
    }
  })
  commit(root)
  return checkout
}

function swapPatterns(
  dependencies: Record<string, string>,
  slugs: readonly string[],
  value: () => string,
): void {
  for (const name of Object.keys(dependencies)) if (!name.startsWith('@')) delete dependencies[name]
  for (const slug of slugs) dependencies[slug] = value()
}

/** Commits what lies there: turbo takes the contents of files from git, as it does for everybody. */
export function commit(root: string): void {
  const identity = [
    '-c',
    'user.name=cookbook',
    '-c',
    'user.email=cookbook@localhost',
    '-c',
    'commit.gpgsign=false',
  ]
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  execFileSync('git', ['add', '--all'], { cwd: root })
  execFileSync('git', [...identity, 'commit', '--quiet', '--message', 'Lay it out'], { cwd: root })
}
