import { seconds } from './rows.ts'

const REDRAW_MS = 250

/** Says what is being worked on: one line that is redrawn on a terminal, a line a change elsewhere. */
export type Progress = {
  /** Replaces what is shown, for example `verifying oneshot, stream`. */
  show(text: string): void
  /** Removes the line. */
  end(): void
}

export function progress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let shown = ''
  const started = performance.now()
  if (!stream.isTTY) {
    return {
      show(text) {
        if (text !== shown && text !== '') stream.write(`${text}\n`)
        shown = text
      },
      end() {},
    }
  }
  const draw = () => {
    const line = `${shown}  ${seconds(performance.now() - started)}`
    stream.write(`\r\u001b[K${line.slice(0, Math.max(10, stream.columns - 1))}`)
  }
  // A command that breaks off is not to wait for it.
  const timer = setInterval(draw, REDRAW_MS).unref()
  return {
    show(text) {
      shown = text
      draw()
    },
    end() {
      clearInterval(timer)
      stream.write('\r\u001b[K')
    },
  }
}
