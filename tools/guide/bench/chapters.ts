/**
 * Parses and compares 10,000 examples, as one chapter and as a thousand chapters of ten, and in
 * quotes, where nothing can be left out. Prints milliseconds of three runs. Run: node tools/guide/bench/chapters.ts
 */
import { checkPackage, parseChapter, regionsOf, type SourceFile } from '../src/index.ts'

const count = 10_000

const rust = (n: number) => `pub async fn fetch_data_${n}(url: &str) -> Result<Vec<u8>, FetchError> {
    let (sender, receiver) = oneshot::channel();
    let context = Box::new(AsyncContext { sender });
    ffi::fetch_data_async(url, handle_fetch_result, context);

    receiver.await.map_err(|_| FetchError::Dropped)?
}`

const prose = (n: number) => `## Fetch number ${n}

The future resolves when the C++ worker has called back, which it does exactly once, on its own
thread. Dropping the future asks the worker to stop; a late answer finds no receiver and is let go.

- The callback takes the *context* by value, so that it cannot be called [twice](https://example.com).
- An error is a string, and \`Err\` on the Rust side.
`

/** A package in memory with `size` examples, numbered from `from`, all of one source file. */
function packageOf(from: number, size: number) {
  const numbers = Array.from({ length: size }, (_, at) => from + at)
  const example = (n: number) => `${prose(n)}\n\`\`\`rust src/lib.rs#fetch_${n}\n${rust(n)}\n\`\`\`\n`
  const region = (n: number) => `// ANCHOR: fetch_${n}\n${rust(n)}\n// ANCHOR_END: fetch_${n}\n`
  return {
    chapter: `# Fetch\n\nUse it for one result.\n\n${numbers.map(example).join('\n')}`,
    source: numbers.map(region).join('\n'),
  }
}

function check({ chapter, source }: { chapter: string; source: string }): number {
  const text = { bom: false, raw: source, lines: source.split('\n') }
  const file: SourceFile = { path: 'src/lib.rs', file: 'src/lib.rs', text, regions: regionsOf(source) }
  const parsed = parseChapter(Buffer.from(chapter), 'README.md')
  const findings = checkPackage({
    root: '/',
    dir: '/',
    slug: 'bench',
    chapter: parsed,
    files: new Map([[file.path, file]]),
    absent: new Map(),
    contract: [file.path],
    findings: [],
  })
  if (findings.length > 0) throw new Error(findings[0]!.message)
  return parsed.examples.length
}

function measure(name: string, size: number, page: (chapter: string) => string = (chapter) => chapter) {
  const packages = Array.from({ length: count / size }, (_, at) => packageOf(at * size, size)).map(
    ({ chapter, source }) => ({ chapter: page(chapter), source }),
  )
  const bytes = packages.reduce((sum, { chapter }) => sum + chapter.length, 0)
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now()
    const examples = packages.reduce((sum, item) => sum + check(item), 0)
    if (examples !== count) throw new Error(`${examples} examples`)
    return performance.now() - start
  })
  const ms = times.map((time) => time.toFixed(0)).join(', ')
  console.log(`${name}: ${count} examples, ${(bytes / 1e6).toFixed(1)} MB of Markdown: ${ms} ms`)
}

// Inside a quote no fence begins in the first column, so the Markdown parser reads every character.
const quoted = (chapter: string) => chapter.replace(/^(?!#).*$/gm, '> $&')

measure('one chapter', count)
measure('a thousand chapters', 10)
measure('one chapter, every example in a quote', count, quoted)
