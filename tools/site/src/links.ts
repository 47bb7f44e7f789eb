import { existsSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { addressOf, type Pages } from './pages.ts'
import { fileAddress, lineOf, type Repository } from './repository.ts'

/**
 * Where a link of a page leads on the site: to another page, or to a file of the repository on its code host, at the
 * line of the name after `#`. A link that is neither comes back as it is, and VitePress refuses it. `null`: the file
 * is there, and no code host is known.
 */
export function resolveLink(repository: Repository, pages: Pages, from: string, href: string): string | null {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/|#|\/)/i.test(href)) return href
  const [target = '', hash = ''] = href.split(/#(.*)/s)
  const path = posix.join(posix.dirname(from), decodeURIComponent(target)).replace(/\/$/, '')
  const page = pages.rewrites[path] ?? pages.rewrites[`${path}/README.md`]
  if (page !== undefined) return addressOf(page) + (hash && `#${hash}`)
  const file = join(repository.root, path)
  if (path.startsWith('..') || !existsSync(file)) return href
  return fileAddress(repository, path, statSync(file).isFile() ? lineIn(repository, path, hash) : null)
}

function lineIn({ root }: Repository, path: string, hash: string): number | null {
  const number = /^L(\d+)/.exec(hash)?.[1]
  if (number !== undefined) return Number(number)
  return hash === '' ? null : lineOf(root, path, decodeURIComponent(hash))
}
