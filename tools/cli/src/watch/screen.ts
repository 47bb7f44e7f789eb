import { styleText } from 'node:util'
import { escapeOutput, type Finding, showFinding } from '@cookbook/guide'

/** What is shown at one moment. Times are in milliseconds since the first save of a burst. */
export type View = {
  /** Why the tools as they are now cannot judge; those of before go on. */
  trouble: string | null
  findings: readonly Finding[]
  patterns: number
  examples: number
  claims: number
  skipped: number
  /** What is being proved still, and how far that is. */
  running: { slug: string; compiledMs: number | null } | null
  waiting: readonly string[]
  tookMs: number
}

type Stream = NodeJS.WriteStream

/** Shows a view in place of the one before; where there is no screen, behind it. */
export function show(view: View, stream: Stream = process.stdout): void {
  const text = words(view, (style, line) => styleText(style, line, { stream }))
  stream.write(stream.isTTY ? `\u001b[2J\u001b[3J\u001b[H${text}\n` : `${text}\n\n`)
}

function words(view: View, paint: (style: 'red' | 'green' | 'dim', text: string) => string): string {
  const { findings, running, waiting } = view
  const blocks = findings.map(showFinding)
  if (view.trouble !== null) blocks.unshift(paint('red', escapeOutput(view.trouble)))
  const took = `${(view.tookMs / 1000).toFixed(2)} s`
  if (running !== null) blocks.push(paint('dim', escapeOutput(progress(running, waiting))))
  else if (findings.length === 0 && view.trouble === null)
    blocks.push(paint('green', `${well(view)} in ${took}`))
  if (findings.length > 0) {
    const what = findings.length === 1 ? '1 finding' : `${findings.length} findings`
    blocks.push(paint('red', `${what} after ${took}${running === null ? '' : ' so far'}`))
  }
  return blocks.join('\n\n')
}

function well({ patterns, examples, claims, skipped }: View): string {
  const chapters = patterns === 1 ? '1 chapter' : `${patterns} chapters`
  const left = skipped === 0 ? '' : `, ${skipped} claims left to the memory checks`
  return `all is well: ${chapters}, ${examples} examples, ${claims} claims${left}`
}

function progress({ slug, compiledMs }: NonNullable<View['running']>, waiting: readonly string[]): string {
  const compiled = compiledMs === null ? 'compiling' : `compiled after ${(compiledMs / 1000).toFixed(2)} s`
  const then = waiting.length === 0 ? '' : `, then ${waiting.join(', ')}`
  return `proving ${slug}: ${compiled}${then}`
}
