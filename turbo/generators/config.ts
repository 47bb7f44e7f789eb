import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PlopTypes } from '@turbo/gen'
import { slugProblem, titleOf, titleProblem } from '../../tools/cli/src/init/names.ts'
import { takenIn } from '../../tools/cli/src/new/taken.ts'

/** `turbo gen pattern`, and what `npm run new` starts. */
export default function generators(plop: PlopTypes.NodePlopAPI): void {
  const root = process.cwd()
  plop.setGenerator('pattern', {
    description: 'a new chapter with its crate, its C++ and its runner, verified at once',
    prompts: [
      {
        type: 'input',
        name: 'slug',
        message: 'The name of its folder and its crate, such as rate-limit:',
        validate: (slug: string) => slugProblem(slug, takenIn(root)) ?? true,
      },
      {
        type: 'input',
        name: 'title',
        message: 'The title of its chapter:',
        default: ({ slug }: { slug: string }) => titleOf(slug),
        validate: (title: string) => titleProblem(title) ?? true,
      },
    ],
    actions: [
      async ({ slug, title }) => {
        // turbo bundles this file; what it imports by a path of its own stays what it is.
        const path = join(root, 'tools/cli/src/new/create.ts')
        const { createPattern }: typeof import('../../tools/cli/src/new/create.ts') = await import(
          pathToFileURL(path).href
        )
        return createPattern(root, { slug, title })
      },
    ],
  })
}
