import { pattern } from '@cookbook/harness'

const cppAsync = await pattern(import.meta.dirname)

cppAsync.prints('cpp-async-small', 'small/expected/cpp-async-small.txt')
cppAsync.prints('models', 'expected/models.txt')
cppAsync.prints('cpp-async', 'expected/cpp-async.txt')

cppAsync.proves('small/tests/models.rs')
cppAsync.proves('tests/answers.rs')
cppAsync.proves('tests/cancel.rs')
cppAsync.proves('tests/race.rs')
cppAsync.proves('tests/discarded.rs')
cppAsync.proves('tests/dropped.rs')
cppAsync.proves('tests/threads.rs')
cppAsync.proves('tests/runtimes.rs')
cppAsync.proves('tests/exit.rs')
cppAsync.proves('tests/wakers.rs')
cppAsync.proves('tests/fork.rs')
cppAsync.withstands('tests/faults.rs')

cppAsync.rejects('reject/moved_box.cc', {
  says: {
    gcc: 'std::function target must be copy-constructible',
    clang: 'std::function target must be copy-constructible',
  },
  line: 9,
})
cppAsync.rejects('reject/discarded.cc', {
  says: {
    gcc: 'ignoring return value of',
    clang: "ignoring return value of function declared with 'nodiscard' attribute",
  },
  line: 8,
})

cppAsync.survives('memcheck')
cppAsync.survives('sanitizers')
