import { docker, succeeded } from './client.ts'
import { lastWords } from './exec.ts'
import { noClient, noEngine, notAllowed, type Problem } from './messages.ts'

export type Engine = { kind: 'reachable'; rootless: boolean } | ({ kind: 'unreachable' } & Problem)

/** Asks the engine whether it is there, and whether its root is the caller (a rootless engine). */
export async function findEngine(): Promise<Engine> {
  const info = await docker(['info', '--format', '{{.ServerVersion}} {{json .SecurityOptions}}'], {
    timeoutMs: 15_000,
  })
  if (info.kind === 'missing') return { kind: 'unreachable', ...noClient() }
  if (/permission denied/i.test(info.stderr)) return { kind: 'unreachable', ...notAllowed() }
  if (!succeeded(info) || !/^\d/.test(info.stdout))
    return { kind: 'unreachable', ...noEngine(lastWords(info)) }
  return { kind: 'reachable', rootless: info.stdout.includes('name=rootless') }
}
