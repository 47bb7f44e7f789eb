import { detachedThread } from './detached-thread.ts'
import type { Rule } from './rule.ts'
import { unboundedChannel } from './unbounded-channel.ts'

/** Every rule, in the order in which their lints of one place are listed. */
export const RULES: readonly Rule[] = [detachedThread, unboundedChannel]
