import { pattern } from '@cookbook/harness'

const nativeAsync = await pattern(import.meta.dirname)

nativeAsync.prints('native-async', 'expected/native-async.txt')
nativeAsync.prints('fetch', 'expected/fetch.txt')
nativeAsync.proves('tests/calls.rs')
nativeAsync.proves('tests/load.rs')
nativeAsync.proves('tests/errors.rs')
nativeAsync.proves('tests/cancel.rs')
nativeAsync.proves('tests/streams.rs')
nativeAsync.proves('tests/runtimes.rs')
nativeAsync.proves('tests/exit.rs')
nativeAsync.proves('tests/fork.rs')
nativeAsync.withstands('tests/faults.rs')
nativeAsync.proves('tests/allocations.rs')

nativeAsync.rejects('reject/reference.rs', {
  code: null,
  says: 'this would be borrowed for as long as the future lives, which Rust cannot check',
  line: 8,
})
nativeAsync.rejects('reject/needs_unsafe.rs', {
  code: 'E0133',
  says: 'is unsafe and requires unsafe',
  line: 13,
})
nativeAsync.rejects('reject/not_send.rs', {
  code: 'E0277',
  says: '`Rc<u32>` cannot be sent between threads safely',
  line: 16,
})

// The canary. When one of these two is red, cxx says something new of `async fn`, or has learned it. Then rewrite
// this chapter and the library below it, and what the guide builds on its absence: oneshot, coroutine and
// best-practices where Rust awaits C++, executor where C++ awaits Rust, and the opening of the guide.
const says =
  'async function is not directly supported yet, but see https://cxx.rs/async.html for a working approach, ' +
  'and https://github.com/pcwalton/cxx-async for some helpers; eventually what you wrote will work but ' +
  "it isn't integrated into the cxx::bridge macro yet"
// rustc before 1.95 goes on where a macro has failed, and also misses the module that it would have written.
const follows = 'E0433'
nativeAsync.rejects('reject/async_cpp.rs', {
  code: null,
  says,
  line: 8,
  shown: 'expected/async_cpp.txt',
  follows,
})
nativeAsync.rejects('reject/async_rust.rs', { code: null, says, line: 6, shown: 'expected/async_rust.txt' })
nativeAsync.proves('tests/build_script.rs')

nativeAsync.rejects('reject/callback_with_result.rs', {
  code: null,
  says: 'function pointer returning Result is not supported yet',
  line: 11,
})
nativeAsync.rejects('reject/callback_from_cpp.rs', {
  code: null,
  says: 'passing a function pointer from C++ to Rust is not implemented yet',
  line: 6,
})
nativeAsync.rejects('reject/generic.rs', {
  code: null,
  says: 'extern function with generic parameters is not supported yet',
  line: 6,
})
nativeAsync.rejects('reject/impl_fn.rs', { code: null, says: 'unsupported type', line: 6 })
nativeAsync.rejects('reject/boxed_fn.rs', { code: null, says: 'unsupported type', line: 6 })
nativeAsync.proves('tests/callback.rs')

nativeAsync.survives('memcheck')
nativeAsync.survives('sanitizers')
