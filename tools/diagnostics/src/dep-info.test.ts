import { expect, test } from 'vitest'
import { prerequisites } from './dep-info.ts'

test.for([
  ['a.o: src/a.cc include/a.h', ['src/a.cc', 'include/a.h']],
  ['a.o: src/a.cc \\\n  include/a.h \\\r\n  b.h\n', ['src/a.cc', 'include/a.h', 'b.h']],
  ['a.o: src/an\\ odd\\ name.cc x\\#y.h', ['src/an odd name.cc', 'x#y.h']],
  ['a.o: $$(x)/$$$$a.cc', ['$(x)/$$a.cc']],
  ['liba.rlib: src/lib.rs src/b.rs\n\nsrc/lib.rs:\nsrc/b.rs:\n', ['src/lib.rs', 'src/b.rs']],
  ['# env-dep:CARGO: no\na.o: b.cc\n', ['b.cc']],
  ['', []],
] as const)('%j', ([rule, expected]) => expect(prerequisites(rule)).toEqual(expected))
