import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CAUSES } from '@cookbook/guide'
import { HOME } from '../../home.ts'

// Named so that the npm package has them too.
const ERRORS = join(import.meta.dirname, '../../../../../docs/errors.md')
const AUDIT = join(import.meta.dirname, '../../../../../docs/audit.md')

/** The page that explains a code of a finding, at its place; `null` where none does. */
export function errorsPage(code: string): string | null {
  return code in CAUSES ? `${urlOf(ERRORS)}#${code}` : null
}

/** The same of a rule of the audit; `chapter` is where the guide shows the right way, of a lint. */
export function auditPage(chapter: string | null): string {
  if (chapter === null) return `${urlOf(AUDIT)}#verdicts`
  const [path, anchor] = chapter.split('#')
  const shown = join(HOME, path!)
  return existsSync(shown) && anchor !== undefined ? `${urlOf(shown)}#${anchor}` : `${urlOf(AUDIT)}#lints`
}

const urlOf = (path: string): string => pathToFileURL(path).href
