import type { Evidence, Observed } from './schema.ts'
import { VERSION } from './version.ts'

export { EVIDENCE_FILE } from './version.ts'

export const versioned = (observed: Observed) =>
  ({ version: VERSION, date: new Date().toISOString(), ...observed }) as const

/**
 * Evidence whose seal is still to be checked, from its text; `null` for what is no JSON, of another version, or lacks
 * what is looked at before the seal. What is sealed was written by the harness, whole: so a warm run loads no validator.
 */
export function parseUnsealed(text: string): Evidence | null {
  let value: Partial<Evidence> | null
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const { version, digest, toolchain, findings } = Object(value) as Partial<Evidence>
  const whole = typeof digest === 'string' && typeof toolchain?.id === 'string' && Array.isArray(findings)
  return version === VERSION && whole ? (value as Evidence) : null
}
