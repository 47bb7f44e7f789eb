import { pattern } from '@cookbook/harness'

const executor = await pattern(import.meta.dirname)

executor.prints('executor-small', 'small/expected/executor-small.txt')
executor.prints('executor', 'expected/executor.txt')
executor.prints('app', 'expected/executor.txt')

executor.proves('small/tests/tasks.rs')
executor.proves('tests/results.rs')
executor.proves('tests/cancel.rs')
executor.proves('tests/wait.rs')
executor.proves('tests/callback.rs')
executor.proves('tests/shutdown.rs')
executor.proves('tests/drop.rs')
executor.proves('tests/naive.rs')
executor.proves('tests/uncalled.rs')
executor.proves('tests/program.rs')
executor.proves('tests/process.rs')
executor.withstands('tests/faults.rs', { timeoutMs: 120_000 })

executor.fails('dangling', {
  program: 'dangling',
  under: 'sanitizers',
  says: 'stack-use-after-scope',
})

executor.survives('memcheck')
executor.survives('sanitizers')
