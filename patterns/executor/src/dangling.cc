#include "executor.h"

#include "executor/src/lib.rs.h"

#include <latch>

namespace executor {

void dangling() {
  std::latch gone(1);
  EventLoop events;
  {
    const Runtime runtime = make_runtime(1);
    const auto task = spawn_task(*runtime, "file:///dev/null");
    // Wrong: [&] refers to a variable that is gone when the callback runs. Right: [runtime, task, &gone].
    register_callback(*runtime, task, events.callback([&] {
      gone.wait();
      outcome(*runtime, task);
    }));
  }
  gone.count_down();
}

}  // namespace executor
