import { TestRunner } from 'vitest'

/** When tests stop being started, in seconds since 1970; .ci/run sets it, so that a slow machine ends in time. */
const END = Number(process.env.COOKBOOK_TESTS_END ?? Infinity)

type Suite = Parameters<TestRunner['onBeforeRunSuite']>[0]
type Task = Parameters<TestRunner['onBeforeRunTask']>[0]

/** Skips what is left as soon as the time for tests is over. */
export default class TimeLimit extends TestRunner {
  override async onBeforeRunSuite(suite: Suite): Promise<void> {
    if (isOver()) skip(suite)
    await super.onBeforeRunSuite(suite)
  }

  override async onBeforeRunTask(test: Task): Promise<void> {
    if (isOver()) skip(test)
    await super.onBeforeRunTask(test)
  }
}

function isOver(): boolean {
  return Date.now() > END * 1000
}

function skip(task: Task | Suite): void {
  task.mode = 'skip'
  if ('tasks' in task) task.tasks.forEach(skip)
}
