/** `npm run package`: the npm package that ships, built and packed below target/. */
import { statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'
import { readPackageOptions } from './options.ts'
import { packPackage } from './package.ts'

const root = join(import.meta.dirname, '../../..')
const parsed = readPackageOptions(process.argv.slice(2))
if (parsed.kind === 'refused') leave(COMMANDS.package, parsed)
const tarball = await packPackage(root, join(root, 'target/package'))
console.log(`${relative(root, tarball)}  ${(statSync(tarball).size / 1e6).toFixed(1)} MB`)
