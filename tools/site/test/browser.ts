import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What a Chromium is called, as Debian, Google and Ubuntu name it. */
const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser']

/** The Chromium of this machine, as a path. Throws where there is none: nothing else tries the site. */
export function browserAtHand(): string {
  const paths = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const found = paths.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  if (found === undefined)
    throw new Error(`no browser on the PATH, expected one of ${NAMES.join(', ')}: apt-get install chromium`)
  return found
}
