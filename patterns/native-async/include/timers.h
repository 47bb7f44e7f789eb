#pragma once

#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace native_async {

/// One thread that resumes coroutines when their time has come.
class Timers {
public:
  class Sleep;

  /// `co_await timers.sleep(time, stop)`: the coroutine continues on the thread of the timers. Throws
  /// `cxx_await::Stopped` as soon as it is asked to stop.
  Sleep sleep(std::chrono::milliseconds time, std::stop_token stop);

private:
  using Clock = std::chrono::steady_clock;
  using Queue = std::multimap<Clock::time_point, Sleep *>;

  void add(Sleep &sleep);
  void wake_now(Sleep &sleep);
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  Queue queue_;
  std::thread thread_{[this] { run(); }};
};

class Timers::Sleep {
public:
  Sleep(Timers &timers, Clock::time_point until, std::stop_token stop);

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> coroutine);
  void await_resume();

private:
  friend Timers;
  struct WakeNow {
    Sleep &sleep;
    void operator()() const { sleep.timers_.wake_now(sleep); }
  };

  Timers &timers_;
  Clock::time_point until_;
  std::stop_token stop_;
  std::coroutine_handle<> coroutine_;
  std::optional<Queue::iterator> place_;
  std::optional<std::stop_callback<WakeNow>> stopped_;
};

/// Those of the process.
Timers &timers();

}  // namespace native_async
