#pragma once
#include <atomic>
#include <condition_variable>
#include <coroutine>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

namespace gate {

// One thread that resumes coroutines.
class Worker {
public:
  Worker() : thread_([this](std::stop_token stop) { run(stop); }) {}
  auto schedule() noexcept {
    struct Turn {
      Worker &worker;
      bool await_ready() const noexcept { return false; }
      void await_suspend(std::coroutine_handle<> coroutine) { worker.push(coroutine); }
      void await_resume() const noexcept {}
    };
    return Turn{*this};
  }
  /// What was pushed runs when this is false again.
  void hold(bool held);

private:
  void push(std::coroutine_handle<> coroutine);
  void run(std::stop_token stop);
  std::mutex mutex_;
  std::condition_variable_any ready_;
  std::deque<std::coroutine_handle<>> queue_;
  bool held_ = false;
  std::jthread thread_;
};
Worker &worker();

// Counts the frames that are alive.
struct Alive {
  Alive() { ++count; }
  ~Alive() { --count; }
  Alive(const Alive &) = delete;
  Alive &operator=(const Alive &) = delete;
  static std::atomic<std::uint64_t> count;
};

}  // namespace gate
