#!/usr/bin/env node
import { join } from 'node:path'
import { audit } from './audit.ts'
import { doctor } from './doctor.ts'
import { sync } from './sync.ts'
import { verify } from './verify.ts'
import { watch } from './watch.ts'

const root = join(import.meta.dirname, '../../..')
const commands: Record<string, (root: string, args: string[]) => Promise<number>> = {
  audit,
  doctor,
  sync,
  verify,
  watch,
}

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (command === undefined) {
  console.error(`cookbook: "${name}" is not a command; expected ${Object.keys(commands).join(', ')}`)
  process.exitCode = 2
} else {
  process.exitCode = await command(root, args)
}
