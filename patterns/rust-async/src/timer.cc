// ANCHOR: clock
#include "rust-async/include/timer.h"

#include "rust-async/src/bridge.rs.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>

#include <pthread.h>

namespace rust_async {
namespace {

// Duration::MAX is a time limit too, and must not overflow the clock.
constexpr std::chrono::nanoseconds longest = std::chrono::years(100);

// Of this process: a child that it forks has the clock's memory, but not its thread.
std::atomic<bool> forked{false};

class Clock {
public:
  Clock() {
    ::pthread_atfork(nullptr, nullptr, [] { forked = true; });
  }

  Deadline start(std::chrono::nanoseconds delay, rust::Box<Alarm> alarm) {
    if (forked) throw std::runtime_error("the clock belongs to the process that forked this one");
    std::lock_guard lock(mutex_);
    if (closed_) throw std::runtime_error("the clock was shut down");
    if (!thread_.joinable()) {
      thread_ = std::jthread([this](std::stop_token closing) { run(closing); });
      running_ = true;
    }
    const Deadline deadline{std::chrono::steady_clock::now() + delay, ++started_};
    waiting_.emplace(deadline, std::move(alarm));
    changed_.notify_one();
    return deadline;
  }

  void cancel(const Deadline &deadline) {
    if (forked) return;
    std::lock_guard lock(mutex_);
    waiting_.erase(deadline);  // no waker goes with it: the timer has the state until this returns
  }

  // Stops the alarms that wait. Then waits for the thread, unless it is this one, or a waker keeps it
  // busy for longer than `limit`.
  void close(std::chrono::nanoseconds limit) {
    if (forked) return;
    Alarms late;
    std::unique_lock lock(mutex_);
    closed_ = true;
    late.swap(waiting_);
    thread_.request_stop();
    lock.unlock();
    for (auto &[deadline, alarm] : late) alarm->stop();

    lock.lock();
    if (thread_.get_id() == std::this_thread::get_id()) return;
    if (!changed_.wait_for(lock, limit, [this] { return !running_; })) return;
    auto ending = std::move(thread_);
    lock.unlock();
    if (ending.joinable()) ending.join();
  }

  std::uint64_t started() const { return started_; }

  std::size_t waiting() {
    if (forked) return 0;
    std::lock_guard lock(mutex_);
    return waiting_.size();
  }

private:
  using Alarms = std::map<Deadline, rust::Box<Alarm>>;

  // Destroyed after all other thread_local objects of the thread, which may take their time, and exit.
  struct Running {
    Clock &clock;
    ~Running() {
      std::lock_guard lock(clock.mutex_);
      clock.running_ = false;
      clock.changed_.notify_all();
    }
  };

  void run(std::stop_token closing) {
    thread_local const Running running{*this};
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
      std::exchange(alarm, {}).mapped()->ring();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  Alarms waiting_;
  std::atomic<std::uint64_t> started_ = 0;
  bool closed_ = false;
  bool running_ = false;
  std::jthread thread_;  // the last member: what it uses is there before it
};

// Closed at exit, but never destroyed: a thread that outlives main may still drop a timer.
Clock &shared_clock() {
  static Clock &shared = *std::make_unique<Clock>().release();
  [[maybe_unused]] static const int at_exit = std::atexit([] { shared.close(std::chrono::seconds(1)); });
  return shared;
}

}  // namespace
// ANCHOR_END: clock

// ANCHOR: exports
TimerHandle::~TimerHandle() { shared_clock().cancel(deadline_); }

std::unique_ptr<TimerHandle> start_timer(std::uint64_t nanoseconds, rust::Box<Alarm> alarm) {
  const std::chrono::nanoseconds delay(std::min<std::uint64_t>(nanoseconds, longest.count()));
  return std::make_unique<TimerHandle>(shared_clock().start(delay, std::move(alarm)));
}

void shutdown_timers() { shared_clock().close(longest); }

std::uint64_t started_timers() { return shared_clock().started(); }

std::size_t waiting_timers() { return shared_clock().waiting(); }

}  // namespace rust_async
// ANCHOR_END: exports
