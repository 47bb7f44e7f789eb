import { expect, test } from 'vitest'
import { explorerAddress } from '../src/explorer.ts'

test('a file that needs the standard library alone is there as it is', () => {
  const source =
    '#pragma once\n#include <fcntl.h>\n#include <sys/stat.h>\n#include <vector>\n\nstd::vector<int> é;\n'
  const [, state] = explorerAddress(source)!.split('/clientstate/')
  expect(JSON.parse(Buffer.from(state!, 'base64url').toString()).sessions[0].source).toBe(source)
})

test.each([
  ['a header of the bridge', '#include <vector>\n#include "rust/cxx.h"\n'],
  ['a library', '#include <boost/asio.hpp>\n'],
  ['nothing at all, as a part of a file does', 'int main() {}\n'],
  ['more than an address holds', `#include <vector>\n${'int a;\n'.repeat(3_000)}`],
])('one that includes %s is not', (_, source) => expect(explorerAddress(source)).toBeNull())
