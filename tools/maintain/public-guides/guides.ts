/** A guide that others wrote: its repository, what of it is audited, and what the audit is given besides. */
export type PublicGuide = {
  name: string
  repository: string
  paths: readonly string[]
  options: readonly string[]
}

const guide = (
  repository: string,
  paths: readonly string[],
  options: readonly string[] = [],
): PublicGuide => ({
  name: repository.split('/')[1]!,
  repository,
  paths,
  options,
})

export const GUIDES: readonly PublicGuide[] = [
  guide('dtolnay/cxx', ['book']),
  guide('pcwalton/cxx-async', ['README.md'], ['--allow-crate=cxx-async', '--allow-crate=cxx-async-macro']),
  guide('google/autocxx', ['book'], ['--allow-crate=autocxx', '--allow-crate=autocxx-build']),
  guide('rust-lang/async-book', ['.']),
  guide('tokio-rs/website', ['content/tokio/tutorial']),
  guide('rust-unofficial/patterns', ['.']),
  guide('google/comprehensive-rust', ['src/concurrency']),
  guide('rust-lang/nomicon', ['src/vec', 'src/arc-mutex']),
  guide('lewissbaker/cppcoro', ['README.md']),
  guide('AnthonyCalandra/modern-cpp-features', ['CPP20.md']),
]
