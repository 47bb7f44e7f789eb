// A task that is copied: two owners of one frame would destroy it twice.

#include "coroutine/include/task.h"

using coroutine::Task;

Task<int> copied(const Task<int> &task) {
  return task;
}
