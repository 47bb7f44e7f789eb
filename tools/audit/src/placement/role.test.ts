import { expect, test } from 'vitest'
import { readPage } from '../document/markdown/page.ts'
import { speaksC } from '../snippet/recognize.ts'
import { readBlock } from '../snippet/snippet.ts'

function roles(text: string): string[] {
  const { blocks } = readPage(text, 'guide.md').page
  return blocks.flatMap((block, index) => {
    const read = readBlock(block, index, blocks[index + 1] ?? null)
    if (read.kind === 'tree')
      return read.tree.entries.map(({ path, folder }) => `${path}${folder ? '/' : ''}`)
    if (read.kind !== 'snippets') return [read.reason]
    return read.snippets.map(
      ({ language, path, named, expectation }) => `${language} ${path} ${named} ${expectation}`,
    )
  })
}

const fence = (lang: string, code: string) => `\n\`\`\`${lang}\n${code}\n\`\`\`\n`
const rust = (code = 'fn a() {}') => fence('rust', code)

test.each([
  ['the info string', fence('rust src/a.rs', 'fn a() {}'), 'rust src/a.rs info compiles'],
  ['a title', fence('rust title="src/a.rs"', 'fn a() {}'), 'rust src/a.rs info compiles'],
  ['its first comment', rust('// src/a.rs\nfn a() {}'), 'rust src/a.rs comment compiles'],
  ['a comment that says more', rust('// File: src/a.rs (new)\nfn a() {}'), 'rust src/a.rs comment compiles'],
  ['a heading', `### \`src/a.rs\`\n${rust()}`, 'rust src/a.rs heading compiles'],
  ['the words before', `Now put this into \`src/a.rs\`:\n${rust()}`, 'rust src/a.rs words compiles'],
  ['words about two files', `\`src/a.rs\` is used by \`src/b.rs\`:\n${rust()}`, 'rust null null compiles'],
  ['words about another language', `As in \`src/a.cc\`:\n${rust()}`, 'rust null null compiles'],
  ['a path that leads out', fence('rust ../../etc/a.rs', 'fn a() {}'), 'rust null null compiles'],
])('a file is named by %s', (_, text, role) => {
  expect(roles(text)).toEqual([role])
})

test.each([
  ['does not compile', 'This does not compile:', 'must fail'],
  ['is not supported', 'Async functions are not yet supported:', 'must fail'],
  ['is an error', 'The following is an error because the closure may outlive `x`:', 'must fail'],
  ['a compile error', 'Using `data` after the move results in a compile-time error:', 'must fail'],
  ['is rejected', 'Two mutable borrows are rejected by the compiler:', 'must fail'],
  ['the compiler complains', 'Now the compiler complains about the missing bound:', 'must fail'],
  ['is ill-formed', 'A second specialization is ill-formed:', 'must fail'],
  ['an error that is avoided', 'To avoid a compile error, move the value into the closure:', 'compiles'],
  ['an error that is gone', 'With the bound this is no longer a compile error:', 'compiles'],
  ['no error', 'This is not an error:', 'compiles'],
  ['an error at run time', 'It is an error to poll it again:', 'compiles'],
  ['a type of errors', 'The following is an error type for it:', 'compiles'],
  ['does not work', 'Unfortunately, this will not work:', 'discouraged'],
  ['what else does not work', 'If this does not work, try it so:', 'compiles'],
  ['a cross', '❌ Bad:', 'discouraged'],
  ['a tick', '✅ Good:', 'compiles'],
  ['a word and a colon', 'Wrong: it is gone.', 'discouraged'],
  ['a sentence that begins so', 'Wrong endianness is told elsewhere.', 'compiles'],
  ['nothing', 'The bad news is told elsewhere. Here it is:', 'compiles'],
])('what is expected comes from words: %s', (_, words, expectation) => {
  expect(roles(`${words}\n${rust()}`)).toEqual([`rust null null ${expectation}`])
})

test('what is expected comes from its first comments, which stand below what it includes', () => {
  const code = '#include "a.h"\n\n#include <map>\n\n// Wrong: it is gone.\nvoid a() {}'
  expect(roles(fence('cpp', code))).toEqual(['cpp null null discouraged'])
})

test('a block must fail when the error that it gives is shown below it', () => {
  const error = fence('text', 'error[E0308]: mismatched types\n --> src/main.rs:1:1')
  expect(roles(rust() + error)).toEqual(['rust null null must fail', 'output or plain text'])
})

test('what a program prints about errors refuses nothing', () => {
  const printed = fence('text', 'error: no such file')
  expect(roles(rust() + printed)).toEqual(['rust null null compiles', 'output or plain text'])
})

test('a block of several files is split', () => {
  const text = rust('// src/lib.rs\npub mod a;\n\n// src/a.rs\npub fn a() {}')
  expect(roles(text)).toEqual(['rust src/lib.rs comment compiles', 'rust src/a.rs comment compiles'])
})

test.each([
  ['Rust in one line', 'fn main() { println!("{}", 1 + 1); }', 'rust'],
  ['Rust that returns', 'pub async fn get(url: &str) -> Result<String> {', 'rust'],
  ['C++', 'int main() {\n  return 0;\n}', 'cpp'],
])('code without a language is known by its text: %s', (_, code, language) => {
  expect(roles(fence('', code))).toEqual([`${language} null null compiles`])
})

test('a function of another language is no Rust', () => {
  expect(roles(fence('', 'pub fn main() !void {\n}'))).toEqual(['output or plain text'])
})

test.each(['int class = 3;', 'struct s { void *private; int new, delete; };', 'int template(int this);'])(
  'C may use words of C++ as names: %s',
  (code) => {
    expect(speaksC('c', '', code)).toBe(true)
  },
)

test.each(['class A {};', 'template <typename T> T f();', 'using A = int;', 'int f(int &a);'])(
  'C++ in a fence of C is C++: %s',
  (code) => {
    expect(speaksC('c', '', code)).toBe(false)
  },
)

test.each([
  ['console', fence('sh', 'cargo run'), 'a console session'],
  ['a prompt without a language', fence('', '$ cargo run\nhello'), 'a console session'],
  ['a diagram', fence('mermaid', 'graph TD'), 'a diagram'],
  ['output', fence('', 'hello'), 'output or plain text'],
  ['other data', fence('json', '{}'), 'json, which is not tried'],
  ['nothing', fence('rust', ''), 'it is empty'],
  ['another TOML', fence('toml', '[book]\ntitle = "a"'), 'TOML of another kind than a manifest'],
])('%s is not code', (_, text, reason) => {
  expect(roles(text)).toEqual([reason])
})

test('a directory tree is read with its folders', () => {
  const tree = 'project/\n├── Cargo.toml\n├── include/\n│   └── a.h  # the header\n└── src\n    └── main.rs'
  expect(roles(fence('', tree))).toEqual(['Cargo.toml', 'include/', 'include/a.h', 'src/', 'src/main.rs'])
})
