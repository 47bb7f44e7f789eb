#!/usr/bin/env node
'use strict'

// In words that every Node reads: an old one says what it lacks, and not which word of the tools it does not know.
var least = [22, 12]
var own = process.versions.node.split('.').map(Number)
if (own[0] < least[0] || (own[0] === least[0] && own[1] < least[1])) {
  console.error(`cookbook: this is Node ${process.versions.node}, expected ${least.join('.')} or newer`)
  console.error('  install a newer Node, or one for this folder alone: npm install --save-dev node@24')
  process.exitCode = 3
} else {
  require('node:module').enableCompileCache()
  import('./dist/main.js')
}
