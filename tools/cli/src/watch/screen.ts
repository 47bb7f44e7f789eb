import { styleText } from 'node:util'
import { escapeOutput, type Finding, fold, showFindingOn, widthOf } from '@cookbook/guide'

/** What is shown at one moment. Times are in milliseconds since the first save of a burst. */
export type View = {
  /** Why the tools as they are now cannot judge; those of before go on. */
  trouble: string | null
  findings: readonly Finding[]
  patterns: number
  examples: number
  claims: number
  skipped: number
  /** Why clippy said nothing of some patterns. */
  withoutClippy: readonly string[]
  /** What is being proved still, and how far that is; or read by clippy. */
  running: ({ slug: string } & ({ kind: 'proves'; compiledMs: number | null } | { kind: 'lints' })) | null
  waiting: readonly string[]
  tookMs: number
}

type Stream = NodeJS.WriteStream

/** Shows a view in place of the one before; where there is no screen, behind it. */
export function show(view: View, stream: Stream = process.stdout): void {
  const text = words(view, stream)
  stream.write(stream.isTTY ? `\u001b[2J\u001b[3J\u001b[H${text}\n` : `${text}\n\n`)
}

/** The same for a program: a line of JSON for each view. */
export function showJson({ running, ...view }: View, stream: Stream = process.stdout): void {
  const data = { format: 'cookbook-watch', version: 1, ...view, running: running && slugAndTime(running) }
  stream.write(`${JSON.stringify(data)}\n`)
}

/** A view has more of what runs than others may know. */
function slugAndTime(running: NonNullable<View['running']>): NonNullable<View['running']> {
  const { kind, slug } = running
  return kind === 'lints' ? { kind, slug } : { kind, slug, compiledMs: running.compiledMs }
}

function words(view: View, stream: Stream): string {
  const paint = (style: 'red' | 'green' | 'dim', text: string) =>
    styleText(style, fold(text, widthOf(stream)), { stream })
  const { findings, running, waiting } = view
  const blocks = findings.map(showFindingOn(stream))
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

function well({ patterns, examples, claims, skipped, withoutClippy }: View): string {
  const chapters = patterns === 1 ? '1 chapter' : `${patterns} chapters`
  const left = skipped === 0 ? '' : `, ${skipped} claims left to the memory checks`
  const unread = withoutClippy.length === 0 ? '' : `, not read by clippy (${withoutClippy.join('; ')})`
  return `all is well: ${chapters}, ${examples} examples, ${claims} claims${left}${unread}`
}

function progress(running: NonNullable<View['running']>, waiting: readonly string[]): string {
  const { slug } = running
  const then = waiting.length === 0 ? '' : `, then ${waiting.join(', ')}`
  if (running.kind === 'lints') return `clippy reads ${slug}${then}`
  const { compiledMs } = running
  const compiled = compiledMs === null ? 'compiling' : `compiled after ${(compiledMs / 1000).toFixed(2)} s`
  return `proving ${slug}: ${compiled}${then}`
}
