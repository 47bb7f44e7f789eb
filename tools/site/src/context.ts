import { relative, sep } from 'node:path'
import { type Proof, proofOf } from './proof/proof.ts'
import type { Repository } from './repository.ts'

/** What VitePress gives to the rules; `search` is ours, where the text is rendered for the search alone. */
export type Env = { path: string; realPath?: string; search?: true }

/** What the rules know of the page that they render. */
export type Context = {
  repository: Repository
  /** The file, as a path from the repository's root, and the folder that its sources are named from. */
  file: string
  folder: string
  /** The pattern that it is the chapter of, and what is known of it; `null` for any other page. */
  chapter: { slug: string; proof: Proof } | null
}

/** Reads once for each rendering what its rules ask for. */
export function contexts(repository: Repository): (env: Env) => Context {
  const known = new WeakMap<Env, Context>()
  return (env) => {
    const context = known.get(env) ?? read(repository, env)
    known.set(env, context)
    return context
  }
}

function read(repository: Repository, { path, realPath }: Env): Context {
  const file = relative(repository.root, realPath ?? path)
    .split(sep)
    .join('/')
  const slug = /^patterns\/([^/]+)\/README\.md$/.exec(file)?.[1]
  return {
    repository,
    file,
    folder: file.replace(/[^/]+$/, ''),
    chapter: slug === undefined ? null : { slug, proof: proofOf(repository.root, slug) },
  }
}
