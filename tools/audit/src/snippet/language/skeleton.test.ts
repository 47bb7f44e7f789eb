import { expect, test } from 'vitest'
import { type Language, skeleton } from './skeleton.ts'

test.each<[Language, string, string]>([
  ['rust', 'a /* b /* c */ d */ e', 'a                   e'],
  ['rust', 'a /* b', 'a     '],
  ['rust', 'a /* b /* c */ d', 'a               '],
  ['rust', 'r#"a"b"# c', 'r#"    # c'],
  ['rust', 'r#"a" b', 'r#"   b'],
  ['rust', `'a' 'b: loop {}`, `' ' 'b: loop {}`],
  ['rust', '"a\\" // b" c', '"        " c'],
  ['cpp', 'R"x(a)" b)x" c', 'R"         " c'],
  ['cpp', 'R"x(a)" b', 'R"      b'],
  ['cpp', "1'000 'a'", "1'000 ' '"],
  ['toml', 'a = "#" # b', 'a = " "    '],
])('of %s %s code is left', (language, text, code) => {
  expect(skeleton(text, language)).toBe(code)
})
