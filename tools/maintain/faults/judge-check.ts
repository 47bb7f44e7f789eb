import { checkPackage, readPackage } from '@cookbook/guide'
import type { Found } from './finding.ts'

/** What the check of the chapter's contract says of the pattern in `dir`. Nothing is compiled. */
export async function judgeByCheck(root: string, dir: string): Promise<Found[]> {
  const pkg = await readPackage(root, dir)
  return checkPackage(pkg).map(({ file, line, code, message }) => ({ file, line, code, message }))
}
