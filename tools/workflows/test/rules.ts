/** What no checker of workflows knows of this repository: what each workflow may do, and what none may. */

type Permissions = Record<string, string> | string
type Step = { uses?: string; run?: string; with?: Record<string, unknown> }
type Job = { if?: string; environment?: string; permissions?: Permissions; steps?: Step[] }
/** A workflow, or an action in `runs`, as parsed YAML. */
export type Page = {
  on?: Record<string, unknown> | string
  permissions?: Permissions
  jobs?: Record<string, Job>
  runs?: Job
}

/** Every permission beside `contents: read`, by workflow and job. */
const MAY_WRITE = new Set([
  'audit.yml audit security-events',
  'main.yml scan security-events',
  'main.yml publish pages',
  'main.yml publish id-token',
  'nightly.yml tell issues',
  'release.yml publish id-token',
])
const RELEASES = /\b(?:npm publish|cargo publish|docker push|gh release|git push|git tag)\b/

/** The problems of one file. `text` is its source, `page` the same parsed. */
export function problemsOf(name: string, text: string, page: Page): string[] {
  const jobs = Object.entries(page.jobs ?? (page.runs === undefined ? {} : { runs: page.runs }))
  const others = jobs.filter(([id, job]) => !isRelease(name, id, page, job))
  const steps = jobs.flatMap(([, job]) => job.steps ?? [])
  return [
    ...(page.jobs === undefined ? [] : [...grants(name, page), ...events(page)]),
    ...loose(text).map((line) => `is not pinned by hash beside its version: ${line}`),
    ...steps.flatMap(problemsOfStep),
    ...(/\bsecrets\b/.test(text.replace(/^\s*#.*$/gm, '')) ? ['names a secret'] : []),
    ...others.flatMap(([, job]) => (job.steps ?? []).flatMap(released)),
    ...others.flatMap(([id, job]) =>
      writes(job) && runsPackages(job) ? [`${id} may write and runs packages`] : [],
    ),
  ]
}

function grants(name: string, page: Page): string[] {
  const top =
    JSON.stringify(page.permissions) === '{"contents":"read"}' ? [] : ['does not begin with contents: read']
  const granted = Object.entries(page.jobs!).flatMap(([id, { permissions = {} }]) =>
    typeof permissions === 'string'
      ? [`${id} is granted ${permissions}`]
      : Object.entries(permissions)
          .filter(([scope, level]) => level !== 'none' && `${scope}: ${level}` !== 'contents: read')
          .filter(([scope]) => !MAY_WRITE.has(`${name} ${id} ${scope}`))
          .map(([scope, level]) => `${id} is granted ${scope}: ${level}`),
  )
  return [...top, ...granted]
}

function events({ on = {} }: Page): string[] {
  const names = typeof on === 'string' ? [on] : Object.keys(on)
  return names
    .filter((name) => !['push', 'pull_request', 'schedule', 'workflow_dispatch'].includes(name))
    .map((name) => `runs on ${name}`)
}

function loose(text: string): string[] {
  const used = text.match(/uses: .*/g) ?? []
  return used.filter((line) => !/^uses: (?:\.\/|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(line))
}

function problemsOfStep({ uses = '', run = '', with: given = {} }: Step): string[] {
  return [
    ...(uses.startsWith('actions/checkout@') && given['persist-credentials'] !== false
      ? ['a checkout keeps its credentials']
      : []),
    ...(run.includes('${{') ? [`what an expression gives would run: ${run.trim()}`] : []),
  ]
}

const released = ({ run = '' }: Step): string[] =>
  RELEASES.test(run) ? [`releases something: ${run.trim()}`] : []

/** The one job that publishes: a person starts it and says so, another one agrees, and nothing else runs in it. */
function isRelease(name: string, id: string, { on = {} }: Page, job: Job): boolean {
  return (
    `${name} ${id}` === 'release.yml publish' &&
    typeof on === 'object' &&
    Object.keys(on).join() === 'workflow_dispatch' &&
    job.if === 'inputs.publish' &&
    job.environment === 'release' &&
    (job.steps ?? []).every(
      ({ run = 'npm publish --provenance', uses = '' }) =>
        /^npm publish --provenance\b[^;&|\n]*$/.test(run) && !uses.startsWith('./'),
    )
  )
}

/** Whether a job can change more than what code scanning shows. */
function writes({ permissions = {} }: Job): boolean {
  if (typeof permissions === 'string') return true
  return Object.entries(permissions).some(
    ([scope, level]) => level === 'write' && scope !== 'security-events',
  )
}

function runsPackages({ steps = [] }: Job): boolean {
  return steps.some(({ run = '', uses = '' }) => /\b(?:npm|npx|cargo)\b/.test(run) || uses.startsWith('./'))
}
