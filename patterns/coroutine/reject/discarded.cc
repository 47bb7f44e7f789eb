// A task that nobody awaits: it would be destroyed before it has begun.

#pragma GCC diagnostic error "-Wunused-result"

#include "coroutine/include/task.h"

using coroutine::Task;

Task<> log_out();

void leave() {
  log_out();
}
