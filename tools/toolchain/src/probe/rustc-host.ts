import type { Tool } from './toolchain.ts'

/** The target triple that rustc itself runs on, from what `rustc -vV` printed; `null` where it does not say. */
export function rustcHost({ tools }: { tools: readonly Tool[] }): string | null {
  const rustc = tools.find(({ name }) => name === 'rustc')
  return /^host: (.+)$/m.exec(rustc?.output ?? '')?.[1] ?? null
}
