import { pattern } from '@cookbook/harness'

const coAwaitRust = await pattern(import.meta.dirname)

coAwaitRust.prints('co-await-rust', 'expected/co-await-rust.txt')
coAwaitRust.proves('tests/wait.rs')
coAwaitRust.proves('tests/pool.rs')
coAwaitRust.proves('tests/asio.rs')
coAwaitRust.proves('tests/timeouts.rs')
coAwaitRust.proves('tests/process.rs')
coAwaitRust.withstands('tests/faults.rs')

coAwaitRust.survives('memcheck')
coAwaitRust.survives('sanitizers')
