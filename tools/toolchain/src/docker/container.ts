/** What it takes to run one command in a container of its own. */
export { docker, succeeded } from './engine/client.ts'
export { findEngine } from './engine/engine.ts'
export { lastWords } from './engine/exec.ts'
export { keep, newReceipt, RECEIPT_BYTES, redeem } from './engine/receipt.ts'
export { projectOf } from './image/project.ts'
