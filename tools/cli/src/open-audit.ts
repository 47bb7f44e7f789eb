import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Options as AuditOptions, allowedCrates, give, openSandbox } from '@cookbook/audit'
import { HOME } from './home.ts'

/** The options that say what an audit does, of `cookbook audit` and of `cookbook lsp`. */
export const AUDIT_OPTIONS = {
  sandbox: { type: 'string', value: 'auto|bubblewrap|docker', default: 'auto', help: 'where its code runs' },
  'allow-crate': { type: 'string', value: 'NAME', multiple: true, help: 'one more crate that it may use' },
  trust: { type: 'boolean', default: false, help: 'run its code without a sandbox' },
  cache: { type: 'boolean', default: true, help: 'try again what an earlier audit tried of the same text' },
  include: { type: 'string', value: 'DIR', multiple: true, help: 'headers that its C++ may include' },
  library: { type: 'string', value: 'NAME', multiple: true, help: 'a library of pkg-config that it may use' },
  project: { type: 'string', value: 'DIR', help: 'the checkout that it is about: its crates and headers' },
  sanitize: { type: 'boolean', default: false, help: 'run its programs with sanitizers too' },
  'work-folder': { type: 'string', value: 'FOLDER', help: 'where to build instead of below target/' },
  config: {
    type: 'string',
    value: 'FILE',
    help: 'another cookbook.config.json; --no-config reads no configuration',
  },
} as const

/** Their values, as they are typed. */
export type AuditValues = {
  sandbox: string
  'allow-crate'?: string[] | undefined
  trust: boolean
  cache: boolean
  include?: string[] | undefined
  library?: string[] | undefined
  project?: string | undefined
  sanitize: boolean
  'work-folder'?: string | undefined
}

/**
 * The compilers in their sandbox, with what is given to them; or why there are none. `root` is where they keep what they
 * build, unless a work folder is named; folders are named from `cwd`. `said` hears of slow steps.
 */
export async function openAudit(
  root: string,
  values: AuditValues,
  cwd: string,
  said: (words: string) => void,
): Promise<{ kind: 'open'; options: AuditOptions } | { kind: 'refused'; problem: string }> {
  const refused = (problem: string) => ({ kind: 'refused' as const, problem })
  const workFolder = values['work-folder'] && resolve(cwd, values['work-folder'])
  const folder = workFolder || root
  const unwritable = await mkdir(folder, { recursive: true }).then(
    () => null,
    (error: Error) => error.message,
  )
  if (unwritable !== null)
    return refused(`nothing can be built in ${folder}: ${unwritable}; name another folder with --work-folder`)
  const opened = await openSandbox({
    root,
    workFolder,
    choice: values.trust ? 'trust' : values.sandbox,
    allowed: allowedCrates(values['allow-crate'] ?? []),
    progress: said,
  })
  if (opened.kind === 'unavailable') return refused(`${opened.problem}; ${opened.fix}`)
  const { toolchain, within } = opened
  const given = await give(
    toolchain,
    opened.folder,
    {
      include: values.include ?? [],
      library: values.library ?? [],
      project: values.project ?? null,
    },
    cwd,
  )
  if (given.kind === 'refused') return given
  return {
    kind: 'open',
    options: {
      toolchain,
      folder: opened.folder,
      lock: await readFile(join(HOME, 'Cargo.lock'), 'utf8'),
      keep: null,
      cache: values.cache,
      sanitize: values.sanitize,
      given: given.given,
      isolated: within !== 'nothing',
    },
  }
}
