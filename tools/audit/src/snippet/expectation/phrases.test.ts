import { expect, test } from 'vitest'
import { readPage } from '../../document/markdown/page.ts'
import { readBlock } from '../snippet.ts'

function expectationOf(before: string, after: string): string {
  const { blocks } = readPage(`${before}\n\n\`\`\`rust\nfn a() {}\n\`\`\`\n\n${after}\n`, 'guide.md').page
  const read = readBlock(blocks[0]!, 0, null)
  return read.kind === 'snippets' ? read.snippets[0]!.expectation : read.kind
}

test.each([
  'The compiler stops us here:',
  'Try to compile it, and you get an error:',
  'Here is code that will be refused:',
  'The borrow checker will not be happy with this:',
  'Compile-time error:',
  'This is rejected by rustc:',
  'You cannot write:',
  'Rust does not let us do that, at compile time:',
  'The compiler tells us that `Rc` is not `Send`:',
])('code is refused after: %s', (words) => {
  expect(expectationOf(words, '')).toBe('must fail')
})

test.each([
  'Rust prevents this at compile time.',
  '`Rc<i32>` cannot be sent between threads safely, so this is an error.',
  'The compiler tells us that `Rc` is not `Send`.',
  'Compilation fails, because `Rc` is not `Send`.',
  'Oops! That does not compile.',
  'We get `error[E0277]`.',
  'You will see error E0382 here.',
  'g++ rejects it here.',
  'This will not compile.',
])('code is refused before: %s', (words) => {
  expect(expectationOf('Look:', words)).toBe('must fail')
})

test.each([
  'A common mistake:',
  'Consider this broken version:',
  'This is what you might try first:',
  'You may be tempted to write:',
  'The naive approach is this:',
  'This is not allowed:',
])('nobody should write code after: %s', (words) => {
  expect(expectationOf(words, '')).toBe('discouraged')
})

test.each([
  ['This avoids the compile error:', ''],
  ['Unlike the last one, this does compile:', ''],
  ['The error goes away:', ''],
  ['Here is what that would look like:', ''],
  ['This would not compile without the feature, but here it does:', ''],
  ['Rust would reject a data race at compile time. This has none:', ''],
  ['You may think that this does not compile, but it does:', ''],
  ['If it does not compile, update your toolchain:', ''],
  ['To prevent a compile error, move it:', ''],
  ['This prevents the compile error:', ''],
  ['When you run it you get an error:', ''],
  ['The compiler tells us the size:', ''],
  ['The compiler catches most mistakes. Here is a program:', ''],
  ['Look:', 'The compiler inlines it.'],
  ['Look:', 'You get a value back.'],
  ['Look:', 'We see that it prints nothing.'],
  ['Look:', 'If you forget the bound, this does not compile.'],
  ['Look:', 'Rust is a language in which this is easy.'],
])('code is as good as any between %j and %j', (before, after) => {
  expect(expectationOf(before, after)).toBe('compiles')
})
