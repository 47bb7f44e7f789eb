/** What it takes to run one command in a container of its own. */
export { docker, succeeded } from './client.ts'
export { findEngine } from './engine.ts'
export { lastWords } from './exec.ts'
export { projectOf } from './project.ts'
export { keep, newReceipt, RECEIPT_BYTES, redeem } from './receipt.ts'
