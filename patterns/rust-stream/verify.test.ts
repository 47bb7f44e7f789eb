import { pattern } from '@cookbook/harness'

const rustStream = await pattern(import.meta.dirname)

rustStream.prints('rust-stream', 'expected/rust-stream.txt')
rustStream.proves('tests/consume.rs')
rustStream.proves('tests/sensor.rs')
rustStream.proves('tests/process.rs')
rustStream.withstands('tests/faults.rs')

rustStream.survives('memcheck')
rustStream.survives('sanitizers')
