// ANCHOR: runtime
#include "executor.h"

#include "executor/src/lib.rs.h"

#include <cerrno>
#include <mutex>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <sys/eventfd.h>
#include <unistd.h>

namespace executor {
namespace {

Runtime shared(rust::Box<RuntimeHandle> handle) {
  return {handle.into_raw(), [](RuntimeHandle *raw) { rust::Box<RuntimeHandle>::from_raw(raw); }};
}

}  // namespace

Runtime make_runtime(std::size_t limit) { return shared(create_runtime(limit)); }

rust::String outcome(const RuntimeHandle &runtime, std::uint64_t task) try {
  const auto data = wait_task(runtime, task);
  return rust::String::lossy(std::string(data.begin(), data.end()));
} catch (const rust::Error &error) {
  return std::string("error: ") + error.what();
}
// ANCHOR_END: runtime

// ANCHOR: event_loop
class Inbox {
public:
  Inbox() : event_(::eventfd(0, EFD_CLOEXEC)) {
    if (event_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  }
  Inbox(const Inbox &) = delete;
  Inbox &operator=(const Inbox &) = delete;
  ~Inbox() { ::close(event_); }

  void put(std::unique_ptr<TaskCallback> &callback) {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    fired_.push_back(std::move(callback));
    ::eventfd_write(event_, 1);
  }

  void close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    ::eventfd_write(event_, 1);
  }

  // Waits for the event. False: closed, `fired` is the last of it.
  bool wait(std::vector<std::unique_ptr<TaskCallback>> &fired) {
    eventfd_t count;
    while (::eventfd_read(event_, &count) != 0) {
      if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "eventfd_read");
    }
    std::lock_guard lock(mutex_);
    fired.swap(fired_);
    return !closed_;
  }

private:
  const int event_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<TaskCallback>> fired_;
  bool closed_ = false;
};

void fire(std::unique_ptr<TaskCallback> callback) noexcept {
  const auto inbox = callback->inbox;
  inbox->put(callback);
}

namespace {

// On the thread of an event loop, and so in its callbacks.
thread_local bool looping = false;

void run(Inbox &inbox) {
  looping = true;
  for (bool open = true; open;) {
    std::vector<std::unique_ptr<TaskCallback>> fired;
    open = inbox.wait(fired);
    for (auto &callback : fired) std::exchange(callback, nullptr)->call();
  }
}

}  // namespace

EventLoop::EventLoop()
    : process_(::getpid()), inbox_(std::make_shared<Inbox>()), thread_([inbox = inbox_] { run(*inbox); }) {}

EventLoop::~EventLoop() {
  const bool forked = process_ != ::getpid();
  if (!forked) inbox_->close();
  if (forked || looping) thread_.detach();  // two callbacks may end each other's
}

std::unique_ptr<TaskCallback> EventLoop::callback(std::function<void()> call) const {
  return std::make_unique<TaskCallback>(TaskCallback{inbox_, std::move(call)});
}

std::unique_ptr<EventLoop> start_event_loop() { return std::make_unique<EventLoop>(); }
// ANCHOR_END: event_loop

// ANCHOR: when_ended
void when_ended(const EventLoop &events, rust::Box<RuntimeHandle> handle,
                rust::Slice<const std::uint64_t> tasks, Call call) {
  const Runtime runtime = shared(std::move(handle));
  for (const auto task : tasks)
    register_callback(*runtime, task, events.callback([runtime, task, call] { call(*runtime, task); }));
}

}  // namespace executor
// ANCHOR_END: when_ended
