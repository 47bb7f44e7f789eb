import * as v from 'valibot'

/** What `turbo query` is asked: the tasks that a change of the files since `base` can change the outcome of. */
export const AFFECTED_TASKS = `query ($base: String!) {
  affectedTasks(base: $base, tasks: ["verify"]) {
    items { name package { name path } reason { __typename } }
  }
}`

/** The part of turbo's answer that is read. */
const ANSWER = v.object({
  data: v.object({
    affectedTasks: v.object({
      items: v.array(
        v.object({
          name: v.string(),
          package: v.object({ name: v.string(), path: v.string() }),
          reason: v.object({ __typename: v.string() }),
        }),
      ),
    }),
  }),
})

/** How turbo names what it lists only because an affected task needs it, or because it knows no better. */
const NEEDED = 'TaskAllChanged'
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * The patterns whose verification a change can alter, sorted, from turbo's answer as JSON. Throws when it is no
 * such answer, or names a pattern by a word that is no name: its words become arguments of a command.
 */
export function affectedPatterns(json: string): string[] {
  const { data } = v.parse(ANSWER, JSON.parse(json))
  const items = data.affectedTasks.items
  const inPatterns = items.filter(
    ({ name, package: { path } }) => name === 'verify' && path.startsWith('patterns/'),
  )
  // With no reason for any of them turbo has given up and means everything.
  const gaveUp = items.every(({ reason }) => reason.__typename === NEEDED)
  const meant = inPatterns.filter(({ reason }) => gaveUp || reason.__typename !== NEEDED)
  const names = meant.map(({ package: { name } }) => name)
  const strange = names.find((name) => !SLUG.test(name))
  if (strange !== undefined) throw new Error(`${JSON.stringify(strange)} is not a name of a pattern`)
  return [...new Set(names)].sort()
}
