import { BOUNDS } from '../bounds.ts'

/** The words by which rustdoc knows a block of Rust, whether or not its fence names the language. */
export const RUSTDOC =
  /^(?:ignore(?:-[\w-]+)?|should_panic|no_run|compile_fail|test_harness|standalone_crate|edition20\d\d|E\d{4})$/

/** `rust,ignore`, `rust title="src/main.rs"`, `rust:src/main.rs`, `{.rust .numberLines}`, `cpp src/a.cc`, `rust [src/main.rs]`. */
export function readInfo(info: string): [string, string[]] {
  const bare = info
    .slice(0, BOUNDS.lineCharacters)
    // Which lines are to be marked.
    .replace(/\{[\d,\s-]*\}/g, '')
    .replace(/^\{|\}$/g, '')
  const words = bare.match(/[^\s,"'=]+=(?:"[^"]*"|'[^']*'|[^\s,]*)|\[[^[\]]*\]|[^\s,]+/g) ?? []
  const [begun = '', ...rest] = words.map((word) => word.replace(/^[.{]/, ''))
  const first = withoutLineNumbers(begun)
  // What is ignored is of any language: only rustdoc takes it for Rust, and most tools do not read Markdown so.
  if (RUSTDOC.test(first)) return [first.startsWith('ignore') ? '' : 'rust', [first, ...rest]]
  const colon = /^([\w+#-]+):(.+)$/.exec(first)
  if (colon !== null) return [colon[1]!.toLowerCase(), [colon[2]!, ...rest]]
  return first.includes('=') || first.includes('/') ? ['', words] : [first.toLowerCase(), rest]
}

/** VitePress says right behind the language whether lines have numbers. */
const withoutLineNumbers = (word: string): string => word.replace(/:(?:no-)?line-numbers(?:=\d+)?$/, '')
