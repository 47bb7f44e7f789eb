import { pattern } from '@cookbook/harness'

const COPIED = 'std::function target must be copy-constructible'

const bestPractices = await pattern(import.meta.dirname)

bestPractices.prints('best-practices', 'expected/best-practices.txt')

bestPractices.proves('tests/one_result.rs')
bestPractices.proves('tests/blocks.rs')
bestPractices.proves('tests/timeout.rs')
bestPractices.proves('tests/other_timer.rs')
bestPractices.proves('tests/errors.rs')
bestPractices.proves('tests/threads.rs')
bestPractices.proves('tests/cleanup.rs')
bestPractices.proves('tests/wakers.rs')
bestPractices.proves('tests/process.rs')
bestPractices.proves('tests/promises.rs')
bestPractices.proves('tests/trace.rs')
bestPractices.withstands('tests/faults.rs')

bestPractices.rejects('reject/not_send.rs', {
  code: 'E0277',
  says: '`Rc<str>` cannot be sent between threads safely',
})
bestPractices.rejects('reject/copied.cc', { says: { gcc: COPIED, clang: COPIED } })
bestPractices.rejects('reject/moved_sender.rs', {
  code: 'E0509',
  says: 'cannot move out of type `AsyncContext`, which implements the `Drop` trait',
  line: 16,
  shown: 'expected/moved_sender.txt',
})

bestPractices.fails('by_reference', {
  program: 'by_reference',
  under: 'sanitizers',
  says: 'stack-use-after-return',
})
bestPractices.survives('memcheck')
bestPractices.survives('sanitizers')
