import { pattern } from '@cookbook/harness'

const coroutine = await pattern(import.meta.dirname)

coroutine.prints('coroutine-small', 'small/expected/coroutine-small.txt')
coroutine.prints('coroutine', 'expected/coroutine.txt')

coroutine.proves('small/tests/fetch.rs')
coroutine.proves('tests/task.rs')
coroutine.proves('tests/suspend.rs')
coroutine.proves('tests/load.rs')
coroutine.proves('tests/errors.rs')
coroutine.proves('tests/panic.rs')
coroutine.proves('tests/cancel.rs')
coroutine.proves('tests/fifo.rs')
coroutine.proves('tests/asio.rs')
coroutine.proves('tests/runtimes.rs')
coroutine.proves('tests/shutdown.rs')
coroutine.proves('tests/shutdown_asio.rs')
coroutine.proves('tests/exit.rs')
coroutine.proves('tests/fork.rs')
coroutine.withstands('tests/faults.rs')
coroutine.proves('tests/allocations.rs')

coroutine.rejects('reject/copied.cc', {
  says: { gcc: 'use of deleted function', clang: 'call to implicitly-deleted copy constructor' },
  line: 8,
})
coroutine.rejects('reject/awaited_twice.cc', {
  says: { gcc: 'discards qualifiers', clang: "no member named 'await_ready'" },
  line: 8,
})
coroutine.rejects('reject/discarded.cc', {
  says: { gcc: 'ignoring returned value', clang: 'ignoring return value' },
  line: 12,
})
coroutine.rejects('reject/borrowed_url.rs', { code: 'E0597', says: '`url` does not live long enough' })

coroutine.survives('memcheck')
coroutine.survives('sanitizers')
