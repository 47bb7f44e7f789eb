import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const TEMPLATE = join(import.meta.dirname, 'tide')
/** What the chapter shows, in this order, each file as one example. */
const SHOWN = {
  'Cargo.toml': 'toml',
  'build.rs': 'rust',
  'include/tide.h': 'cpp',
  'src/tide.cc': 'cpp',
  'src/lib.rs': 'rust',
  'src/main.rs': 'rust',
  'expected/tide.txt': 'text',
}
/** These are no test and no chapter of the repository, so they bear other names in it. */
const RENAMED: Record<string, string> = { 'runner.ts': 'verify.test.ts', 'chapter.md': 'README.md' }

/** Makes a pattern of the template in `dir`, with `slug` for its name: a real crate, real C++, a real chapter. */
export function placeTide(dir: string, slug: string): void {
  const put = (path: string, text: string) => {
    const target = join(dir, path.replaceAll('tide', slug))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text.replaceAll('tide', slug))
  }
  const read = (path: string) => readFileSync(join(TEMPLATE, path), 'utf8')
  for (const entry of readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name).slice(TEMPLATE.length + 1)
    put(
      RENAMED[path] ?? path,
      path === 'chapter.md' ? read(path).replace('EXAMPLES', examples(read)) : read(path),
    )
  }
  const verify = 'vitest run --config ../../tools/harness/vitest.config.ts'
  const dependencies = { '@cookbook/harness': '*' }
  put(
    'package.json',
    JSON.stringify({
      name: slug,
      private: true,
      type: 'module',
      scripts: { verify },
      devDependencies: dependencies,
    }),
  )
}

function examples(read: (path: string) => string): string {
  const fences = Object.entries(SHOWN).map(([path, lang]) => `\`\`\`${lang} ${path}\n${read(path)}\`\`\``)
  return fences.join('\n\n')
}
