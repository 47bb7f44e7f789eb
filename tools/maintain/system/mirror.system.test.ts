import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { audit } from '@cookbook/cli/audit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { serveRegistry } from './registry.ts'

const ROOT = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'cookbook-mirror-'))
let close: () => void

/** Writes into all that it can: what other pages are built with, above all. */
const EVIL = `
use std::{env, fs, path::{Path, PathBuf}};

fn spoil(folder: &Path, left: usize) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && left > 0 {
            spoil(&path, left - 1);
        } else if path.to_string_lossy().contains("wool") {
            let _ = fs::remove_file(&path);
            let _ = fs::write(&path, "spoiled");
        }
    }
    let _ = fs::write(folder.join("escaped-of-a-hostile-guide"), "");
}

fn main() {
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    for above in out.ancestors().take(12) {
        spoil(above, 7);
    }
    spoil(Path::new(&env::var("CARGO_HOME").unwrap()), 7);
}
`

beforeAll(async () => {
  const registry = await serveRegistry(folder, {
    wool: { 'src/lib.rs': 'pub const BAGS: u32 = 3;\n' },
    evil: { 'src/lib.rs': '', 'build.rs': EVIL },
  })
  close = registry.close
  vi.stubEnv('CARGO_HOME', registry.cargoHome)
  vi.stubEnv('NO_PROXY', '127.0.0.1')
})

afterAll(() => {
  close()
  rmSync(folder, { recursive: true, force: true })
})

const guide = (crates: string) => `# Wool

\`Cargo.toml\`:

\`\`\`toml
[package]
name = "shop"
version = "0.1.0"
edition = "2021"

[dependencies]
${crates}
\`\`\`

\`src/main.rs\`:

\`\`\`rust
fn main() {
    println!("{} bags", wool::BAGS);
}
\`\`\`
`

async function audited(name: string, crates: string) {
  const page = join(folder, `${name}.md`)
  const report = join(folder, `${name}.json`)
  writeFileSync(page, guide(crates))
  const allowed = ['--allow-crate=wool', '--allow-crate=evil', '--allow-crate=lone']
  const options = ['--sandbox=bubblewrap', ...allowed, `--work-folder=${join(folder, 'work')}`]
  await audit(ROOT, [...options, '--no-cache', '--fail-on=never', `--format=json=${report}`, page])
  const { blocks, groups } = JSON.parse(readFileSync(report, 'utf8'))
  const verdicts = blocks.map(
    ({ verdict, reason }: { verdict: string; reason: string }) => `${verdict}: ${reason}`,
  )
  return { verdicts, printed: groups[0].run?.stdout ?? null }
}

const GOOD = {
  verdicts: Array(2).fill('runs: it builds as it is, and its program runs'),
  printed: '3 bags\n',
}

test("a guide's crates come from the mirror that the caller's cargo names, and are found in the sandbox", async () => {
  expect(await audited('wool', 'wool = "1"')).toEqual(GOOD)
})

test('a crate whose build script spoils all that it reaches spoils no other page', async () => {
  await audited('both', 'wool = "1"\nevil = "1"')
  // The one is recalled, the other built again: of the same crates, and with others.
  expect(await audited('again', 'wool = "1"')).toEqual(GOOD)
  expect(await audited('other', 'wool = { version = "1", default-features = false }')).toEqual(GOOD)
})
