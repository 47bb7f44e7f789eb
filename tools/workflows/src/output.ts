import { appendFileSync } from 'node:fs'

/**
 * Gives a value to the steps that follow, as the runner of GitHub Actions reads it from the file GITHUB_OUTPUT; prints
 * it where there is none. Throws for a value of two lines, with which one output could pass for more.
 */
export function setOutput(name: string, value: string): void {
  if (/[\r\n]/.test(value)) throw new Error(`the output ${name} has a line break`)
  const file = process.env.GITHUB_OUTPUT
  if (file === undefined) console.log(`${name}=${value}`)
  else appendFileSync(file, `${name}=${value}\n`)
}
