import { pattern } from '@cookbook/harness'

const pitfalls = await pattern(import.meta.dirname)

pitfalls.prints('pitfalls', 'expected/pitfalls.txt')

pitfalls.proves('tests/answers.rs')
pitfalls.proves('tests/failures.rs')
pitfalls.proves('tests/lifetimes.rs')
pitfalls.proves('tests/link.rs')
pitfalls.proves('tests/reentrant.rs')
pitfalls.proves('tests/threads.rs')

/** The bad variant of the pitfall. */
const bad = (pitfall: string) => ({ program: 'bad', args: [pitfall] })

pitfalls.fails('blocked', {
  ...bad('blocked'),
  ends: 'hangs',
  says: 'C++ waits for a task that waits for C++',
})
pitfalls.fails('dropped_sender', { ...bad('dropped_sender'), ends: 1, says: 'Err(Canceled)' })
pitfalls.fails('by_reference', {
  ...bad('by_reference'),
  under: 'sanitizers',
  says: 'stack-use-after-return',
})
pitfalls.fails('called_twice', {
  ...bad('called_twice'),
  profile: 'debug',
  ends: 'SIGABRT',
  says: 'unsafe precondition(s) violated: NonNull::new_unchecked requires that the pointer is non-null',
})
pitfalls.fails('leaked', { ...bad('leaked'), ends: 1, says: 'Err(Elapsed(()))' })
pitfalls.fails('leaked_memory', { ...bad('leaked'), under: 'memcheck', says: 'definitely lost' })
pitfalls.fails('no_result', {
  ...bad('no_result'),
  ends: 'SIGABRT',
  says: "terminate called after throwing an instance of 'std::invalid_argument'",
})
pitfalls.fails('panics', {
  ...bad('panics'),
  ends: 'SIGABRT',
  says: 'panic in ffi function pitfalls::panics::ffi::bad_callback, aborting',
})
pitfalls.fails('not_send', {
  ...bad('not_send'),
  profile: 'debug',
  ends: 'SIGABRT',
  says: 'attempt to subtract with overflow',
})
pitfalls.rejects('reject/not_send.rs', {
  code: 'E0277',
  says: '`*const ()` cannot be sent between threads safely',
})
pitfalls.rejects('reject/future_not_send.rs', {
  code: null,
  says: 'future cannot be sent between threads safely',
  line: 6,
})
pitfalls.rejects('reject/unique_ptr.rs', {
  code: 'E0277',
  says: '`*const cxx::void` cannot be sent between threads safely',
  line: 8,
})
pitfalls.fails('not_utf8', {
  ...bad('not_utf8'),
  ends: 'SIGABRT',
  says: 'data for rust::String is not utf-8',
})
pitfalls.fails('kept_str', { ...bad('kept_str'), under: 'sanitizers', says: 'heap-use-after-free' })
pitfalls.fails('nested_block_on', {
  ...bad('nested_block_on'),
  ends: 'SIGABRT',
  says: 'Cannot start a runtime from within a runtime',
})
pitfalls.fails('no_runtime', {
  ...bad('no_runtime'),
  ends: 'SIGABRT',
  says: 'there is no reactor running, must be called from the context of a Tokio 1.x runtime',
})
pitfalls.fails('self_wake', { ...bad('self_wake'), ends: 1, says: ' polls' })
pitfalls.fails('after_shutdown', {
  ...bad('after_shutdown'),
  under: 'sanitizers',
  says: 'heap-use-after-free',
})
pitfalls.fails('unknown', { ...bad('sharks'), ends: 1, says: 'no such pitfall: Some("sharks")' })

pitfalls.survives('memcheck')
pitfalls.survives('sanitizers')
