// A task that is awaited and kept: the result is moved out of the frame, and the frame with it.

#include "coroutine/include/task.h"

using coroutine::Task;

Task<int> twice(Task<int> task) {
  const int once = co_await task;
  co_return once + co_await task;
}
