// ANCHOR: clock
#include "rust-async/include/timer.h"

#include "rust-async/src/timer.rs.h"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>

namespace rust_async {
namespace {

class Clock {
public:
  Clock() : thread_([this](std::stop_token closing) { run(closing); }) {}

  Deadline start(std::chrono::nanoseconds delay, rust::Box<Alarm> alarm) {
    std::lock_guard lock(mutex_);
    if (closed_) throw std::runtime_error("the clock was shut down");
    const Deadline deadline{std::chrono::steady_clock::now() + delay, ++started_};
    waiting_.emplace(deadline, std::move(alarm));
    changed_.notify_one();
    return deadline;
  }

  void cancel(const Deadline &deadline) {
    // Dropped when the lock is free again: with an alarm may go a task, and with that its timers.
    Alarms::node_type alarm;
    std::lock_guard lock(mutex_);
    alarm = waiting_.extract(deadline);
  }

  void close() {
    std::call_once(close_, [this] {
      Alarms late;
      {
        std::lock_guard lock(mutex_);
        closed_ = true;
        late.swap(waiting_);
      }
      thread_.request_stop();
      thread_.join();
      for (auto &[deadline, alarm] : late) alarm->stop();
    });
  }

  std::uint64_t started() {
    std::lock_guard lock(mutex_);
    return started_;
  }

  std::size_t waiting() {
    std::lock_guard lock(mutex_);
    return waiting_.size();
  }

private:
  using Alarms = std::map<Deadline, rust::Box<Alarm>>;

  void run(std::stop_token closing) {
    std::unique_lock lock(mutex_);
    while (!closing.stop_requested()) {
      if (waiting_.empty()) {
        changed_.wait(lock, closing, [this] { return !waiting_.empty(); });
        continue;
      }
      const auto next = waiting_.begin()->first;
      const auto earlier = [&] { return !waiting_.empty() && waiting_.begin()->first < next; };
      if (std::chrono::steady_clock::now() < next.at) {
        changed_.wait_until(lock, closing, next.at, earlier);
        continue;
      }
      auto alarm = waiting_.extract(next);
      lock.unlock();  // a waker may run Rust code that starts or drops timers
      alarm.mapped()->ring();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  Alarms waiting_;
  std::uint64_t started_ = 0;
  bool closed_ = false;
  std::once_flag close_;
  std::jthread thread_;  // the last member: what it uses is there before it
};

// Closed at exit, but never destroyed: a thread that outlives main may still drop a timer.
Clock &shared_clock() {
  static Clock &shared = *std::make_unique<Clock>().release();
  [[maybe_unused]] static const int at_exit = std::atexit(shutdown_timers);
  return shared;
}

}  // namespace
// ANCHOR_END: clock

// ANCHOR: exports
TimerHandle::~TimerHandle() { shared_clock().cancel(deadline_); }

std::unique_ptr<TimerHandle> start_timer(std::uint64_t nanoseconds, rust::Box<Alarm> alarm) {
  // Duration::MAX is a time limit too, and must not overflow the clock.
  constexpr std::uint64_t longest = std::chrono::nanoseconds(std::chrono::years(100)).count();
  const std::chrono::nanoseconds delay(std::min(nanoseconds, longest));
  return std::make_unique<TimerHandle>(shared_clock().start(delay, std::move(alarm)));
}

void shutdown_timers() { shared_clock().close(); }

std::uint64_t started_timers() { return shared_clock().started(); }

std::size_t waiting_timers() { return shared_clock().waiting(); }

}  // namespace rust_async
// ANCHOR_END: exports
