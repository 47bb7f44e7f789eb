import { expect, test } from 'vitest'
import { readBase } from '../../test/base.ts'
import { cxxFindings } from './cxx-findings.ts'

const pkg = await readBase()
const reported = (stderr: string) =>
  cxxFindings(pkg, stderr).map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)

const GXX = `src/tally.cc:10:44: error: 'counted' was not declared in this scope
   10 |   for (std::string word; words >> word;) ++counted;
      |                                            ^~~~~~~`
const HEADER = '/out/cxxbridge/crate/tally/include/tally.h:7:31: error: no type named Text'
const GENERATED = `/out/cxxbridge/sources/tally/src/lib.rs.cc:201:7: error: cannot initialize a variable
  201 |   ::rust::String (*longest_word$)(::rust::Str) = ::longest_word;
      |                    ^`

test('g++ behind what cargo puts before it, and clang without it, at the line of the chapter', () => {
  const expected = ["patterns/tally/README.md:71:44 C++: error: 'counted' was not declared in this scope"]
  for (const before of ['', 'cargo:warning=', '  cargo:warning=', 'warning: tally@0.1.0: '])
    expect(reported(GXX.replace(/^/gm, before))).toEqual(expected)
})

test('what cargo says twice is one finding', () => {
  expect(cxxFindings(pkg, `warning: tally@0.1.0: ${GXX}\n  cargo:warning=${GXX}\n`)).toHaveLength(1)
})

test('the excerpt goes with the finding, and what follows does not', () => {
  const [finding] = cxxFindings(pkg, `${GXX}\nIn file included from elsewhere:\nmake: *** [all] Error 1`)
  expect(finding!.detail).toEqual(GXX.split('\n').slice(1))
})

test("a header under cxx-build's link is the package's header", () => {
  expect(reported(HEADER)).toEqual(['patterns/tally/README.md:55:31 C++: error: no type named Text'])
})

test('generated C++ leads to the declaration in the bridge', () => {
  expect(reported(GENERATED)).toEqual([
    'patterns/tally/README.md:43:9 the bridge and C++ do not agree: error: cannot initialize a variable',
  ])
})

test('what is wrong in generated C++ follows from what is wrong in a file of the package', () => {
  expect(reported(`${GENERATED}\n${HEADER}`)).toHaveLength(1)
  expect(reported(`${GENERATED}\n${HEADER}`)[0]).toContain('no type named Text')
})

test('generated C++ without a name that the bridge declares leads to the bridge', () => {
  expect(reported('/out/cxxbridge/sources/tally/src/lib.rs.cc:1:1: error: out of luck')).toEqual([
    'patterns/tally/README.md:37:1 the bridge and C++ do not agree: error: out of luck',
  ])
})

test.for(['[-Werror=maybe-uninitialized]', '[-Werror,-Wuninitialized]'])(
  'a warning of generated C++ is no disagreement: %s',
  (option) => {
    expect(reported(`/out/cxxbridge/sources/tally/src/lib.rs.cc:1:1: error: perhaps ${option}`)).toEqual([
      `patterns/tally/README.md:37:1 a warning of what cxx wrote for the bridge: error: perhaps ${option}`,
    ])
  },
)

test('an error in a header of the system is shown at the build script', () => {
  expect(reported('/usr/include/c++/12/string:1:2: error: no')).toEqual([
    'patterns/tally/README.md:21:1 C++: error: no',
  ])
})

test.for([
  ['g++', 'src/tally.cc:12:40:   required from here', '/usr/include/c++/12/new:1:2: error: no match'],
  [
    'clang',
    '/usr/include/c++/12/new:1:2: error: no match',
    'src/tally.cc:12:40: note: in instantiation of it',
  ],
])('an error in a template is shown at the line that used it, as %s tells it', ([, ...lines]) => {
  expect(reported(lines.join('\n'))).toEqual(['patterns/tally/README.md:73:40 C++: error: no match'])
})

test('notes, progress and prose are no findings', () => {
  expect(
    reported('src/tally.cc:1:2: note: declared here\n   Compiling tally v0.1.0\nerror: build failed\n'),
  ).toEqual([])
})
