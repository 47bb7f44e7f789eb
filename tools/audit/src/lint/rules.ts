import type { Rule } from './rule.ts'
import { byReferenceThread } from './rules/by-reference-thread.ts'
import { callbackWithoutError } from './rules/callback-without-error.ts'
import { copyableTask } from './rules/copyable-task.ts'
import { detachedThread } from './rules/detached-thread.ts'
import { droppedJoinHandle } from './rules/dropped-join-handle.ts'
import { opaqueNotSend } from './rules/opaque-not-send.ts'
import { resultLost } from './rules/result-lost.ts'
import { throwsWithoutResult } from './rules/throws-without-result.ts'
import { unboundedChannel } from './rules/unbounded-channel.ts'
import { unhandledException } from './rules/unhandled-exception.ts'

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
  unhandledException,
]
