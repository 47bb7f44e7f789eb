import type { Refused } from '@cookbook/cli/command-line'

export const unreadable = (path: string, why: string): Refused => ({
  kind: 'refused',
  problem: `${path} cannot be read: ${why}`,
  fix: 'give --merge files that npm run matrix wrote',
})

export const noResults = (path: string, why: string): Refused => ({
  kind: 'refused',
  problem: `${path} is not what npm run matrix writes: ${why}`,
  fix: 'take it back with git, or delete it and run its cells again',
})
