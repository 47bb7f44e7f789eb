import { pattern } from '@cookbook/harness'

const blocking = await pattern(import.meta.dirname)

blocking.prints('blocking-small', 'small/expected/blocking-small.txt')
blocking.prints('blocking', 'expected/blocking.txt')

blocking.proves('small/tests/work.rs')
blocking.proves('tests/answers.rs')
blocking.proves('tests/cancel.rs')
blocking.proves('tests/pool.rs')
blocking.proves('tests/shutdown.rs')
blocking.proves('tests/timer.rs')
blocking.proves('tests/nonblocking.rs')
blocking.proves('tests/unstoppable.rs')
blocking.proves('tests/wakers.rs')
blocking.proves('tests/exit.rs')
blocking.proves('tests/fork.rs')
blocking.withstands('tests/faults.rs')

blocking.rejects('reject/not_send.rs', { code: 'E0277', says: 'cannot be sent between threads safely' })
blocking.rejects('reject/borrowed_data.rs', {
  code: 'E0373',
  says: 'closure may outlive the current function',
})

blocking.survives('memcheck')
blocking.survives('sanitizers')
