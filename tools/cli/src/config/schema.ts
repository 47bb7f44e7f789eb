import * as v from 'valibot'

const words = (what: string) =>
  v.pipe(v.array(v.pipe(v.string(), v.nonEmpty('is empty, expected a name'))), v.description(what))
const word = (what: string) =>
  v.pipe(v.string(), v.nonEmpty('is empty, expected a name'), v.description(what))

/** What fails an audit, as --fail-on has it. */
const FAIL_ON = ['never', 'error', 'untried', 'help', 'hidden', 'lint', 'possible'] as const

/** What a repository says once of its audits. Each key is the option of `cookbook audit` of that name, but `paths`. */
export const CONFIG = v.pipe(
  v.strictObject({
    $schema: v.optional(word('Where this schema lies, for editors.')),
    paths: v.optional(
      v.pipe(
        v.array(v.pipe(v.string(), v.nonEmpty('is empty, expected a path'))),
        v.minLength(1, 'names nothing, expected at least one path'),
        v.description('Pages, folders and globs that are audited where the command names none.'),
      ),
    ),
    'allow-crate': v.optional(words('Crates that may be fetched beside the usual ones.')),
    include: v.optional(words('Folders of headers that the C++ may include.')),
    library: v.optional(words('Libraries of pkg-config that the C++ may use.')),
    project: v.optional(word('The checkout that the guide is about: its crates and headers.')),
    'fail-on': v.optional(
      v.pipe(v.array(v.picklist(FAIL_ON)), v.description('What fails beside errors; or never alone.')),
    ),
    baseline: v.optional(word('The file of findings that are taken on already.')),
    sandbox: v.optional(
      v.pipe(v.picklist(['auto', 'bubblewrap', 'docker']), v.description('Where the code runs.')),
    ),
    sanitize: v.optional(v.pipe(v.boolean(), v.description('Whether its programs run with sanitizers too.'))),
  }),
  v.title('What cookbook audit does in a repository'),
)

export type Config = v.InferOutput<typeof CONFIG>
