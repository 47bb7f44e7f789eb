import { dirname } from 'node:path'
import { parseCargoMessages } from '@cookbook/diagnostics'

/** The program that `cargo run` would start, of cargo's JSON lines: the package's own before another of its binaries. */
export function programOf(stdout: string, name: string): string | null {
  const programs = parseCargoMessages(stdout).flatMap((message) =>
    message.kind === 'artifact' && message.artifact.kinds.includes('bin') && !message.artifact.test
      ? [message.artifact]
      : [],
  )
  return (programs.find((program) => program.name === name) ?? programs[0])?.executable ?? null
}

/** A program that holds tests, and the folder of the package that it is of, in which cargo starts it. */
export type TestProgram = { path: string; folder: string }

/** The programs that `cargo test` would start, of cargo's JSON lines. */
export function testProgramsOf(stdout: string): TestProgram[] {
  return parseCargoMessages(stdout).flatMap((message) =>
    message.kind === 'artifact' && message.artifact.test && message.artifact.executable !== null
      ? [{ path: message.artifact.executable, folder: dirname(message.artifact.manifest) }]
      : [],
  )
}
