import { expect, test } from 'vitest'
import { outlineOf } from './outline.ts'
import type { Language } from './skeleton.ts'

const said = (text: string, language: Language) =>
  outlineOf(text, language).segments.map(({ kind, defines }) => defines ?? kind)

test('Rust items go by their names, whatever stands before them', () => {
  const text = `
    #![allow(unused)]
    /// { not code
    #[derive(Clone)]
    pub(crate) struct Context<'a> { name: &'a str }
    impl<'a> Context<'a> { fn inner(&self) {} }
    pub async unsafe fn fetch(url: &str) -> u8 { '}' as u8 }
    pub const LIMIT: [u8; 2] = { [1, 2] };
    const _: () = assert!(true);
    unsafe extern "C" { fn c(); }
    use std::{fmt, io};
  `
  expect(said(text, 'rust')).toEqual([
    'struct Context',
    'item',
    'fn fetch',
    'const LIMIT',
    'item',
    'item',
    'item',
  ])
})

test('Rust statements outside of any function are told from items', () => {
  const text = 'let answer = ask(20).await?;\nprintln!("{answer}");\nfn after() {}\nif answer > 1 { go() }'
  expect(said(text, 'rust')).toEqual(['statement', 'statement', 'fn after', 'statement'])
})

test('C++ definitions go by namespace, name and parameters', () => {
  const text = `
    #include <vector>
    namespace a { namespace b::c {
    struct Later;
    class Now final : public Base { void inner() {} };
    constexpr auto limit = std::size_t{64} * 1024;
    int twice(int number) { return 2 * number; }
    int twice(long);
    } }
    Now::Now(int number) : number_(number) {}
    static_assert(sizeof(int) == 4);
  `
  expect(said(text, 'cpp')).toEqual([
    'item',
    'struct a::b::c::Now',
    'item',
    'fn a::b::c::twice(int number)',
    'item',
    'fn Now::Now(int number) : number_(number)',
    'item',
  ])
})

test('C++ statements outside of any function are told from declarations', () => {
  expect(said('queue.push(1);\nfor (;;) {}\nstd::vector<int> numbers;', 'cpp')).toEqual([
    'statement',
    'statement',
    'item',
  ])
})

test('what is never closed, and what was opened before, is counted', () => {
  const { unclosed } = outlineOf('namespace a {\nvoid f() {}\n', 'cpp')
  const { unopened } = outlineOf('void g() {}\n}  // namespace a\n', 'cpp')
  expect([unclosed, unopened]).toEqual([1, 1])
})
