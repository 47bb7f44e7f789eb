import { pattern } from '@cookbook/harness'

const eventLoop = await pattern(import.meta.dirname)

eventLoop.prints('event-loop', 'expected/event-loop.txt')
eventLoop.proves('tests/tasks.rs')
eventLoop.withstands('tests/faults.rs')

eventLoop.survives('memcheck')
eventLoop.survives('sanitizers')
