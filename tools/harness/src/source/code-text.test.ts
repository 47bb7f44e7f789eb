import { describe, expect, test } from 'vitest'
import { closing, codeOf, lineAt } from './code-text.ts'

describe('what is code of', () => {
  test.each([
    ['a line comment', 'let a = 1; // cfg(x)\nb', 'let a = 1;          \nb'],
    ['nested comments', 'a /* b /* c */ d */ e', 'a                   e'],
    ['a string with an escape', 'a("b\\"c") d', 'a(      ) d'],
    ['a raw string', 'a(r#"b"c"#) d', 'a(        ) d'],
    ['a byte string over two lines', 'a(b"x\ny") d', 'a(b  \n  ) d'],
    ['a character that is a quote', "a('\"') b", 'a(   ) b'],
    ['a lifetime', "fn a<'a>(b: &'a str) {}", "fn a<'a>(b: &'a str) {}"],
    ['two lifetimes', "impl<'a, 'b> X<'a> for Y<'b> {}", "impl<'a, 'b> X<'a> for Y<'b> {}"],
    ['a lifetime before a quote', "a::<'a>('\"') b", "a::<'a>(   ) b"],
    ['a character as a number', "a('\\u{1F30A}', '\\'') b", 'a(           ,     ) b'],
    ['a string that is not closed', 'a "b', 'a   '],
  ])('Rust: %s', (_, text, code) => expect(codeOf(text, 'rust')).toBe(code))

  test.each([
    ['a comment that ends once', 'a /* b /* c */ d */', 'a              d */'],
    ['a raw string', 'a(R"x(b)"c)x") d', 'a(           ) d'],
    ['a raw string with a prefix', 'a(u8R"(b"c)") d', 'a(          ) d'],
    ['a character with a prefix', "a(L'\"') d", 'a(    ) d'],
    ['digit separators', "1'000'000 + 'a'", "1'000'000 +    "],
    ['a directive with a digraph', '%:if 0', ' #if 0'],
    ['a directive on two lines', '#\\\ni\\\nf 0\nb', '\n\n  #if 0\nb'],
    ['a pragma on two lines', '#pragma GCC \\\n diagnostic', '\n #pragma GCC  diagnostic'],
    ['a macro on two lines', '#define a \\\nb', '#define a \\\nb'],
  ])('C++: %s', (_, text, code) => expect(codeOf(text, 'cpp')).toBe(code))
})

test('the end of what a bracket begins, and its line', () => {
  const code = 'a(b(c)\nd) e'
  expect(closing(code, 1)).toBe(9)
  expect(closing('a(b', 1)).toBe(3)
  expect([0, 6, 7].map((index) => lineAt(code, index))).toEqual([1, 1, 2])
})
