import { expect, test } from 'vitest'
import { spoken } from './languages.ts'

test('C++ whose fence says Rust is C++, and the other way round', () => {
  expect(spoken('#pragma once\n\nstd::size_t count(rust::Str text);', 'rust')).toBe('cpp')
  expect(spoken('namespace sensor {\nint read();\n}', 'rust')).toBe('cpp')
  expect(spoken('fn count_words(text: &str) -> usize {\n    0\n}', 'cpp')).toBe('rust')
  expect(spoken('use std::thread;\n\nthread::spawn(|| {});', 'cpp')).toBe('rust')
})

test('what could be either is what its fence says', () => {
  expect(spoken('struct Reading;', 'rust')).toBe('rust')
  expect(spoken('read(port);', 'cpp')).toBe('cpp')
  expect(spoken('[[nodiscard]] int read();', 'cpp')).toBe('cpp')
})

test('a word of the other language in a comment or a string says nothing', () => {
  expect(spoken('// #include <vector>\nlet port = 3;', 'rust')).toBe('rust')
  expect(spoken('/*\nfn main() {}\n*/\nint port = 3;', 'cpp')).toBe('cpp')
  expect(spoken('fn main() {\n    let text = r#"\n#include <vector>\n"#;\n}', 'rust')).toBe('rust')
})
