import { errorAt, type Finding, type SourceLocation } from '@cookbook/guide'

/** A file that must not compile has another error than the promised one, or none. `file` is within the package. */
export function wrongDiagnostic(
  file: string,
  place: SourceLocation,
  message: string,
  detail: readonly string[],
): Finding {
  return errorAt(
    'wrong-diagnostic',
    place,
    message,
    `fix ${file}, or say in verify.test.ts and in the chapter what the compiler says now`,
    detail,
  )
}
