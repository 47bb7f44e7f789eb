/** What a new pattern is called, and how its name is spelled where. */
export type Names = {
  /** Of its folder, its npm package and its crate: `rate-limit`. */
  slug: string
  /** Of its chapter. */
  title: string
}

/** A name that cannot be had: who has it, as in `a crate of Cargo.lock`. */
export type Taken = ReadonlyMap<string, string>

const LONGEST_SLUG = 40
const LONGEST_TITLE = 80

/** Strict, reserved and weak ones of the edition that the patterns are written in. */
const RUST = words(`
  abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if
  impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try
  type typeof unsafe unsized union use virtual where while yield`)

const CPP = words(`
  alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class compl
  concept const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype default
  delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int long
  mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register
  reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template this
  thread_local throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor
  xor_eq`)

/** What a crate cannot be called, because rustc or cargo means something else by it. */
const CARGO = words('alloc build core deps examples incremental proc_macro std test')

/** Namespaces that the C++ of every pattern uses. */
const NAMESPACES = words('rust std')

/**
 * Why a pattern cannot bear this name and what to type instead, in one sentence; `null` when it can. `taken` holds
 * the names that others have.
 */
export function slugProblem(slug: string, taken: Taken): string | null {
  const instead = slugOf(slug)
  const type = instead !== '' && wrongWith(instead, taken) === null ? `type ${instead}` : 'type another name'
  const wrong = slug === '' ? 'a pattern needs a name: type one such as rate-limit' : wrongWith(slug, taken)
  if (wrong === null || slug === '') return wrong
  return instead === slug
    ? `"${slug}" ${wrong}: type another name, such as ${other(slug, taken)}`
    : `"${shown(slug)}" ${wrong}: ${type}`
}

function wrongWith(slug: string, taken: Taken): string | null {
  if (/[/\\]|^\.|^~/.test(slug)) return 'is a path, and the folder is made below patterns/'
  if (/[A-Z]/.test(slug)) return 'has upper-case letters, and a crate is written without'
  if (/_/.test(slug)) return 'has an underscore, and the patterns are written with hyphens'
  if (/^\d/.test(slug)) return 'begins with a digit, and the name of a crate begins with a letter'
  if (!/^[a-z0-9-]+$/.test(slug))
    return 'is not the name of a crate: expected letters a to z, digits and hyphens'
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(slug)) return 'has a hyphen that joins nothing'
  if (slug.length > LONGEST_SLUG) return `has ${slug.length} letters, and ${LONGEST_SLUG} fit into the tables`
  const name = crateName(slug)
  if (RUST.has(name)) return 'is a keyword of Rust'
  if (CPP.has(name)) return 'is a keyword of C++'
  if (CARGO.has(name)) return 'means something else to cargo'
  if (NAMESPACES.has(name)) return 'is a namespace that the C++ of every pattern uses'
  const holder = taken.get(slug) ?? taken.get(name)
  return holder === undefined ? null : `is taken by ${holder}`
}

/** Why a chapter cannot bear this title and what to type instead; `null` when it can. */
export function titleProblem(title: string): string | null {
  if (title.trim() === '') return 'a chapter needs a title: type a few words'
  if (/[\p{Cc}\u2028\u2029]/u.test(title)) return 'the title has more than one line: type one line'
  if (title.length > LONGEST_TITLE)
    return `the title has ${title.length} letters: type ${LONGEST_TITLE} at most`
  const sign = /[|[\]<>`*_\\#]/.exec(title)?.[0]
  return sign === undefined ? null : `"${sign}" means something to Markdown: type the title without it`
}

/** How Rust spells the name of a crate. */
export const crateName = (slug: string): string => slug.replaceAll('-', '_')

/** A title to begin with. */
export const titleOf = (slug: string): string => {
  const text = slug.replaceAll('-', ' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** The name that was probably meant. */
function slugOf(parsed: string): string {
  return (
    parsed
      .split(/[/\\]/)
      .findLast((part) => part !== '' && !/^\.+$/.test(part) && part !== '~')
      ?.replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-\d]+|-+$/g, '')
      .slice(0, LONGEST_SLUG)
      .replace(/-$/, '') ?? ''
  )
}

function other(slug: string, taken: Taken): string {
  const base = slug.slice(0, LONGEST_SLUG - '-pattern'.length).replace(/-$/, '')
  const candidates = [`${base}-pattern`, `async-${base}`, `${base}-again`]
  return candidates.find((name) => wrongWith(name, taken) === null) ?? 'rate-limit'
}

const shown = (slug: string) => {
  const plain = slug.replace(/\p{Cc}/gu, '?')
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
