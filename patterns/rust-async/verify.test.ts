import { pattern } from '@cookbook/harness'

const rustAsync = await pattern(import.meta.dirname)

rustAsync.prints('rust-async', 'expected/rust-async.txt')

rustAsync.proves('tests/lazy.rs')
rustAsync.proves('tests/never_polled.rs')
rustAsync.proves('tests/wrong_polls.rs')
rustAsync.proves('tests/timer.rs')
rustAsync.proves('tests/drop.rs')
rustAsync.proves('tests/drop_race.rs')
rustAsync.proves('tests/shutdown.rs')
rustAsync.proves('tests/exit.rs')
rustAsync.proves('tests/fork.rs')
rustAsync.proves('tests/wakers.rs')
rustAsync.proves('tests/loom.rs')
rustAsync.withstands('tests/faults.rs')
rustAsync.proves('tests/fetch.rs')
rustAsync.proves('tests/executors.rs')

rustAsync.rejects('reject/never_polled.rs', {
  code: 'unused_must_use',
  says: 'unused implementer of `Future` that must be used',
})
rustAsync.rejects('reject/await_in_main.rs', {
  code: 'E0728',
  says: '`await` is only allowed inside `async` functions and blocks',
})

rustAsync.survives('memcheck')
rustAsync.survives('sanitizers')
