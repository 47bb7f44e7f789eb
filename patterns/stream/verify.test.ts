import { pattern } from '@cookbook/harness'

const stream = await pattern(import.meta.dirname)

stream.prints('stream-small', 'small/expected/stream-small.txt')
stream.prints('stream', 'expected/stream.txt')
stream.proves('small/tests/events.rs')
stream.proves('tests/backpressure.rs')
stream.proves('tests/endings.rs')
stream.proves('tests/unsubscribe.rs')
stream.proves('tests/runtimes.rs')
stream.proves('tests/batches.rs')
stream.proves('tests/process.rs')
stream.withstands('tests/faults.rs')
stream.rejects('reject/context_not_send.rs', { code: 'E0277', says: 'cannot be sent between threads safely' })
stream.survives('memcheck')
stream.survives('sanitizers')
