import { byReferenceThread } from './by-reference-thread.ts'
import { copyableTask } from './copyable-task.ts'
import { detachedThread } from './detached-thread.ts'
import { opaqueNotSend } from './opaque-not-send.ts'
import type { Rule } from './rule.ts'
import { throwsWithoutResult } from './throws-without-result.ts'
import { unboundedChannel } from './unbounded-channel.ts'

/** Every rule, in the order in which their lints of one place are listed. */
export const RULES: readonly Rule[] = [
  opaqueNotSend,
  throwsWithoutResult,
  detachedThread,
  byReferenceThread,
  unboundedChannel,
  copyableTask,
]
