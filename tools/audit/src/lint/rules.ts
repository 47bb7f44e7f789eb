import { byReferenceThread } from './by-reference-thread.ts'
import { callbackWithoutError } from './callback-without-error.ts'
import { copyableTask } from './copyable-task.ts'
import { detachedThread } from './detached-thread.ts'
import { droppedJoinHandle } from './dropped-join-handle.ts'
import { opaqueNotSend } from './opaque-not-send.ts'
import { resultLost } from './result-lost.ts'
import type { Rule } from './rule.ts'
import { throwsWithoutResult } from './throws-without-result.ts'
import { unboundedChannel } from './unbounded-channel.ts'

/** Every rule, in the order in which their lints of one place are listed. */
export const RULES: readonly Rule[] = [
  opaqueNotSend,
  callbackWithoutError,
  throwsWithoutResult,
  detachedThread,
  byReferenceThread,
  unboundedChannel,
  droppedJoinHandle,
  resultLost,
  copyableTask,
]
