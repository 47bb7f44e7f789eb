import { stat } from 'node:fs/promises'

/** Whether a path leads to something, links followed. */
export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
