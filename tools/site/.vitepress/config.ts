import { join } from 'node:path'
import GithubSlugger from 'github-slugger'
import { defineConfig } from 'vitepress'
import { writeCrates } from '../src/crate/crates.ts'
import { extendMarkdown } from '../src/markdown.ts'
import { pagesOf } from '../src/pages.ts'
import { openRepository } from '../src/repository.ts'
import { writeSections } from '../src/symptoms/sections.ts'

const root = join(import.meta.dirname, '../../..')
const repository = openRepository(root, process.env)
const pages = pagesOf(repository)
const { url } = repository

export default defineConfig({
  title: 'cxx async cookbook',
  description: 'Verified patterns for async code that crosses between Rust and C++ through cxx.',
  lang: 'en',
  // No icon: no request for one that is not there.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  base: process.env.SITE_BASE ?? '/',
  srcDir: root,
  srcExclude: ['**/target/**', '**/fixtures/**', ...pages.excluded],
  rewrites: pages.rewrites,
  outDir: process.env.SITE_OUT ?? join(root, 'target/site'),
  cacheDir: join(root, 'node_modules/.cache/site'),
  markdown: {
    config: (md) => extendMarkdown(md, repository, pages),
    // The anchors that code hosts make, which the pages link to.
    anchor: { slugify: (heading) => new GithubSlugger().slug(heading) },
    // All of their colours can be read on the background of a block.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  buildEnd: async ({ outDir }) => {
    await writeCrates(repository, outDir)
    await writeSections(root, pages, outDir)
  },
  // A page loads what it shows, and nothing of those that it links to.
  router: { prefetchLinks: false },
  vite: { build: { target: 'es2022' } },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        _render: (source, env, md) => md.render(source, { ...env, search: true }),
      },
    },
    sidebar: pages.sidebar,
    outline: { level: [2, 3] },
    ...(url === null
      ? {}
      : {
          editLink: { pattern: `${url}/edit/main/:path`, text: 'Edit this page' },
          socialLinks: [{ icon: 'github', link: url, ariaLabel: 'The repository' }],
        }),
  },
})
