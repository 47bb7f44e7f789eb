import { pattern } from '@cookbook/harness'

const client = await pattern(import.meta.dirname)

client.prints('async-http-client', 'expected/http-client.txt')
client.proves('tests/exchange.rs')
client.proves('tests/redirects.rs')
client.proves('tests/errors.rs')
client.proves('tests/refused.rs')
client.proves('tests/streams.rs')
client.proves('tests/lifetime.rs')
client.proves('tests/worker.rs')
client.proves('tests/load.rs', { timeoutMs: 60_000 })
client.scripts('cases/node.ts')
client.scripts('cases/tls.ts')
client.scripts('cases/others.ts')
client.survives('memcheck')
client.survives('sanitizers')
