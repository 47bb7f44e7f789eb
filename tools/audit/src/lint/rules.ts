import type { Rule } from './facts/rule.ts'
import { callbackWithoutError } from './rules/bridge/callback-without-error.ts'
import { constantId } from './rules/bridge/constant-id.ts'
import { opaqueNotSend } from './rules/bridge/opaque-not-send.ts'
import { resultLost } from './rules/bridge/result-lost.ts'
import { runtimeReference } from './rules/bridge/runtime-reference.ts'
import { throwsWithoutResult } from './rules/bridge/throws-without-result.ts'
import { timeoutWithoutCancel } from './rules/bridge/timeout-without-cancel.ts'
import { unstoppableProducer } from './rules/bridge/unstoppable-producer.ts'
import { byReferenceThread } from './rules/cxx/by-reference-thread.ts'
import { copyableTask } from './rules/cxx/copyable-task.ts'
import { detachedThread } from './rules/cxx/detached-thread.ts'
import { includeCycle } from './rules/cxx/include-cycle.ts'
import { neverSuspends } from './rules/cxx/never-suspends.ts'
import { unfinishedResult } from './rules/cxx/unfinished-result.ts'
import { unhandledException } from './rules/cxx/unhandled-exception.ts'
import { droppedJoinHandle } from './rules/rust/dropped-join-handle.ts'
import { staleWaker } from './rules/rust/stale-waker.ts'
import { unboundedChannel } from './rules/rust/unbounded-channel.ts'

/** Every rule, in the order in which their lints of one place are listed. */
export const RULES: readonly Rule[] = [
  opaqueNotSend,
  callbackWithoutError,
  throwsWithoutResult,
  detachedThread,
  byReferenceThread,
  unboundedChannel,
  droppedJoinHandle,
  staleWaker,
  resultLost,
  copyableTask,
  unhandledException,
  unstoppableProducer,
  runtimeReference,
  constantId,
  unfinishedResult,
  neverSuspends,
  timeoutWithoutCancel,
  includeCycle,
]
