#pragma once

#include "rust/cxx.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

#include <sys/types.h>

namespace executor {

struct RuntimeHandle;  // Rust's

/// A runtime, shared by everything that needs it. The last owner shuts it down, on any thread.
using Runtime = std::shared_ptr<RuntimeHandle>;

/// Throws rust::Error.
Runtime make_runtime(std::size_t limit);

class Inbox;  // of an event loop: what has been fired

/// What an event loop is to call, once. Any thread may fire or destroy it.
struct TaskCallback {
  std::shared_ptr<Inbox> inbox;
  std::function<void()> call;
};

/// Has its event loop call it. When the loop is gone, the callback is destroyed here, and not called.
void fire(std::unique_ptr<TaskCallback> callback) noexcept;

/// A thread that sleeps until something is fired, and calls it. The destructor lets it end with what
/// has been fired by then, and joins it. In a callback, its own or another loop's, it does not wait. In a
/// forked child, which has no such thread, it does nothing.
class EventLoop {
public:
  EventLoop();
  EventLoop(const EventLoop &) = delete;
  EventLoop &operator=(const EventLoop &) = delete;
  ~EventLoop();

  /// `call` must not throw, and owns all it needs: it may be called late, or never.
  std::unique_ptr<TaskCallback> callback(std::function<void()> call) const;

private:
  const pid_t process_;
  std::shared_ptr<Inbox> inbox_;
  std::jthread thread_;
};

std::unique_ptr<EventLoop> start_event_loop();

/// Waits for a task. What came out of it, as text.
rust::String outcome(const RuntimeHandle &runtime, std::uint64_t task);

using Call = rust::Fn<void(const RuntimeHandle &runtime, std::uint64_t task)>;

/// Has the event loop call `call` for each task when it has ended. The callbacks share the runtime.
void when_ended(const EventLoop &events, rust::Box<RuntimeHandle> runtime,
                rust::Slice<const std::uint64_t> tasks, Call call);

/// What not to do: see src/dangling.cc.
void dangling();

/// The program. Returns its exit code.
int cpp_main();

}  // namespace executor
