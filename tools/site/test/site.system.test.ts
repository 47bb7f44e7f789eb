import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { findPatterns, parseChapter, readPackage } from '@cookbook/guide'
import { strFromU8, unzipSync } from 'fflate'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cratesOf } from '../src/crate/crates.ts'
import { renameCrate } from '../src/crate/rename.ts'
import { addressOf, pagesOf } from '../src/pages.ts'
import { openRepository } from '../src/repository.ts'
import { browserAtHand } from './browser.ts'
import { serveFolder } from './serve.ts'

const ROOT = join(import.meta.dirname, '../../..')
const HOST = 'https://host.example/owner/name'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** It takes 20 s where nothing else runs. */
const BUILD_LIMIT_MS = 600_000
/** Other tests have the processors as well. */
const PATIENT = { timeout: 60_000 }
const CODE_BLOCKS = 4
const FIRST_LOAD_BYTES = 300_000

const patterns = await findPatterns(ROOT)
const REPOSITORY = openRepository(ROOT, { SITE_REPOSITORY: HOST })
const addresses = Object.values(pagesOf(REPOSITORY).rewrites).map(addressOf)

let out: string
let site: string
let server: Server
let browser: Browser

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'site-'))
  const env = { ...process.env, SITE_OUT: out, SITE_REPOSITORY: HOST }
  await promisify(execFile)(process.execPath, [join(ROOT, 'tools/site/main.ts')], { env })
  const served = await serveFolder(out)
  server = served.server
  site = served.address
  browser = await chromium.launch({ executablePath: browserAtHand(), args: ['--no-sandbox'] })
}, BUILD_LIMIT_MS)

afterAll(async () => {
  await browser?.close()
  server?.close()
  await rm(out, { recursive: true, force: true })
})

/** Shows a page in a window of its own, and fails where its console has an error. */
async function visit<T>(
  path: string,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options })
  try {
    const page = await context.newPage()
    const errors: string[] = []
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    page.on('pageerror', ({ message }) => errors.push(message))
    await page.goto(site + path, { waitUntil: 'networkidle' })
    const seen = await look(page)
    expect(errors, path).toEqual([])
    return seen
  } finally {
    await context.close()
  }
}

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

test.each(addresses)('%s reads well on a phone and on a wall, in light and dark', async (path) => {
  await visit(path, { viewport: { width: 360, height: 740 } }, async (page) => {
    // Half way through a transition a colour has less contrast than at its end.
    await page.addStyleTag({ content: '*, ::before, ::after { transition: none !important }' })
    expect(await width(page)).toBe(360)
    await page.setViewportSize({ width: 2560, height: 1440 })
    expect(await width(page)).toBe(2560)
    await page.setViewportSize({ width: 1280, height: 800 })
    // All code has the colours of one theme, and there are thousands of coloured words: a few blocks say enough.
    await page.evaluate((few) => {
      for (const code of [...document.querySelectorAll('pre code')].slice(few)) code.replaceChildren()
    }, CODE_BLOCKS)
    await page.evaluate(AXE)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForFunction(
        (dark) => document.documentElement.classList.contains('dark') === dark,
        colorScheme === 'dark',
      )
      const violations = await page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run()
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).slice(0, 3)}`,
        )
      })
      expect(violations, colorScheme).toEqual([])
    }
  })
})

test('every link within the site leads to a page, and to a heading of it', async () => {
  const pages = await Promise.all(
    addresses.map(async (path) => {
      const html = await readFile(join(out, path.replace(/\/$/, '/index.html')), 'utf8')
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!)
      const links = [...html.matchAll(/<a\s[^>]*?href="([^"]+)"/g)].map(([, href]) => href!)
      return { path, ids: new Set(ids), links }
    }),
  )
  const byPath = new Map(pages.map((page) => [page.path, page]))
  const dead = pages.flatMap(({ path, links }) =>
    links.flatMap((href) => {
      const { origin, pathname, hash } = new URL(href, new URL(path, site))
      if (origin !== site) return []
      const target = byPath.get(pathname)
      const there = target !== undefined && (hash === '' || target.ids.has(decodeURIComponent(hash.slice(1))))
      return there ? [] : [`${path}: ${href}`]
    }),
  )
  expect(dead).toEqual([])
  expect(
    pages.flatMap(({ links }) => links.filter((href) => href.startsWith(`${HOST}/blob/`))).length,
  ).toBeGreaterThan(300)
})

test.each(patterns)('what is copied of %s is what its chapter shows, to the byte', async (slug) => {
  const { chapter, files } = await readPackage(ROOT, join(ROOT, 'patterns', slug))
  await visit(`/${slug}/`, {}, async (page) => {
    const copied = async (selector: string) => {
      const texts: string[] = []
      for (const button of await page.locator(selector).all()) {
        await button.evaluate((element: HTMLElement) => element.click())
        await expect
          .poll(() => button.evaluate(({ className, textContent }) => className + textContent), PATIENT)
          .toMatch(/copied/i)
        texts.push(await page.evaluate(() => navigator.clipboard.readText()))
      }
      return texts
    }
    expect(await copied('figure.file button.copy')).toEqual(chapter.examples.map(({ text }) => text))
    const split = new Set(
      chapter.examples.flatMap(({ source }) => (source.region === null ? [] : [source.path])),
    )
    expect(await copied('button.copy-file')).toEqual(
      [...split].map((path) => `${files.get(path)!.regions.whole.text}\n`),
    )
  })
})

test('the search finds a chapter by what its code and its prose say', async () => {
  await visit('/', {}, async (page) => {
    for (const words of ['AsyncContext', 'cancel the future']) {
      await page.keyboard.press('Control+k')
      await page.locator('input[type=search]').fill(words)
      const [first] = await Promise.all([
        page.locator('.VPLocalSearchBox a.result').first().getAttribute('href'),
      ])
      expect(first, words).toMatch(/^\/[\w-]+\//)
      await page.keyboard.press('Escape')
    }
  })
})

test.each(['/', ...patterns.map((slug) => `/${slug}/`)])('the first load of %s is small', async (path) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const sizes = new Map<string, number>()
  const names = new Map<string, string>()
  session.on('Network.responseReceived', ({ requestId, response }) => names.set(requestId, response.url))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    sizes.set(requestId, encodedDataLength),
  )
  await page.goto(site + path, { waitUntil: 'networkidle' })
  await context.close()
  const total = [...sizes].reduce(
    (sum, [id, bytes]) => sum + (/mermaid/.test(names.get(id) ?? '') ? 0 : bytes),
    0,
  )
  expect(sizes.size).toBeGreaterThan(3)
  expect(total).toBeLessThan(FIRST_LOAD_BYTES)
})

test('a chapter is read without JavaScript: its code, its claims and its diagrams', async () => {
  const markdown = await readFile(join(ROOT, 'patterns/oneshot/README.md'))
  const { examples, title } = parseChapter(markdown, 'patterns/oneshot/README.md')
  await visit('/oneshot/', { javaScriptEnabled: false }, async (page) => {
    const text = await page.locator('main').innerText()
    expect(text).toContain(title)
    for (const { text: code } of examples)
      expect(text).toContain(code.split('\n').find((line) => line.length > 20) ?? code)
    expect(text).toContain('sequenceDiagram')
    expect(await page.locator('.VPSidebar a[href="/stream/"]').isVisible()).toBe(true)
  })
})

test('a diagram is drawn when it comes into view, and again in the dark', async () => {
  await visit('/oneshot/', {}, async (page) => {
    const drawn = page.locator('.diagram svg').first()
    expect(await drawn.count()).toBe(0)
    await page.locator('.diagram').first().scrollIntoViewIfNeeded()
    await drawn.waitFor()
    const light = await drawn.innerHTML()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => drawn.innerHTML(), PATIENT).not.toBe(light)
  })
})

test.each(patterns)(
  'a zip of %s has the crate that the chapter shows, under the name that is typed',
  async (slug) => {
    await visit(`/${slug}/`, {}, async (page) => {
      await page.locator('.download input').fill('my-crate')
      for (const [at, crate] of (await cratesOf(REPOSITORY, slug)).toReversed().entries()) {
        const download = page.waitForEvent('download')
        await page.locator('.download button').nth(at).click()
        const path = await (await download).path()
        const files = unzipSync(await readFile(path))
        const wanted = renameCrate(crate, 'my-crate').files
        expect(Object.keys(files).sort()).toEqual(
          Object.keys(wanted)
            .map((name) => `my-crate/${name}`)
            .sort(),
        )
        for (const [name, bytes] of Object.entries(files))
          expect(strFromU8(bytes)).toBe(wanted[name.slice('my-crate/'.length)])
      }
      await page.locator('.download input').fill('no crate')
      expect(await page.locator('.download button').first().isDisabled()).toBe(true)
    })
  },
)

test(
  'what a zip holds is built and run by cargo, under its new name',
  async () => {
    const [first] = await cratesOf(REPOSITORY, 'oneshot')
    const { files } = renameCrate(first!, 'my-crate')
    const crate = join(out, 'my-crate')
    for (const [path, text] of Object.entries({
      ...files,
      'Cargo.lock': await readFile(join(ROOT, 'Cargo.lock'), 'utf8'),
    })) {
      await mkdir(dirname(join(crate, path)), { recursive: true })
      await writeFile(join(crate, path), text)
    }
    // The crates of others stay built from one run to the next.
    const env = { ...process.env, CARGO_TARGET_DIR: join(ROOT, 'target/site-crate') }
    const { stdout } = await promisify(execFile)('cargo', ['run', '--quiet'], { cwd: crate, env })
    expect(stdout).not.toBe('')
  },
  BUILD_LIMIT_MS,
)
