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

test.each([
  'std::numbers::pi;',
  '-1 > 0U;',
  'a == b;',
  'get_foo<foo{123}>();',
  'Foo{}.bar();',
  '[](int n) { return n; }(4);',
  '"words"s;',
])('%s is a statement of C++', (text) => expect(said(text, 'cpp')).toEqual(['statement']))

test.each([
  ['Foo operator-(Foo a);', 'item'],
  ['FOO;', 'item'],
  ['template <class T> concept small = fits<T>;', 'item'],
  ['std::vector<int> a = made<int>;', 'item'],
  ['template <> struct hash<Foo> { int n; };', 'struct hash<Foo>'],
  ['template <typename T> struct Task<T>::promise_type { int n; };', 'struct Task::promise_type'],
  ['struct Foo;', 'item'],
  ['[[nodiscard]] int f();', 'item'],
  ['template <auto N = foo{1}> int f() { return 1; }', 'fn f()'],
  ['std::array<int, 2> pair{1, 2};', 'item'],
  ['class Foo { int n; } foo;', 'struct Foo'],
  ['Foo::Foo() : n{1} {}', 'fn Foo::Foo()'],
])('%s declares something', (text, kind) => expect(said(text, 'cpp')).toEqual([kind]))

test('what is never closed, and what was opened before, is counted', () => {
  const { unclosed } = outlineOf('namespace a {\nvoid f() {}\n', 'cpp')
  const { unopened } = outlineOf('void g() {}\n}  // namespace a\n', 'cpp')
  expect([unclosed, unopened]).toEqual([1, 1])
})
