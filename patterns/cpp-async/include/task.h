#pragma once

#include "fetch.h"

#include <coroutine>

namespace cpp_async {

/// A coroutine that runs when it is awaited, and resumes who awaits it when it returns or throws.
template <class T>
class [[nodiscard]] Task {
public:
  struct promise_type;
  using Handle = std::coroutine_handle<promise_type>;

  struct ResumeAwaiting : std::suspend_always {
    std::coroutine_handle<> await_suspend(Handle ended) noexcept { return ended.promise().awaiting; }
  };

  struct promise_type {
    Outcome<T> outcome;
    std::coroutine_handle<> awaiting;

    Task get_return_object() { return Task(Handle::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    ResumeAwaiting final_suspend() noexcept { return {}; }
    void return_value(T value) { outcome.value = std::move(value); }
    void unhandled_exception() noexcept { outcome.error = std::current_exception(); }
  };

  explicit Task(Handle coroutine) : coroutine_(coroutine) {}
  Task(Task &&other) noexcept : coroutine_(std::exchange(other.coroutine_, {})) {}
  ~Task() {
    if (coroutine_) coroutine_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
    coroutine_.promise().awaiting = awaiting;
    return coroutine_;
  }
  T await_resume() { return std::move(coroutine_.promise().outcome).get(); }

private:
  Handle coroutine_;
};

/// What starts a task from a function that is no coroutine. Runs at once, and destroys itself at its end.
struct Started {
  struct promise_type {
    Started get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

/// Runs `task`, and calls `done`, which must not throw, with what becomes of it.
template <class T, class Done>
Started start(Task<T> task, Done done) {
  Outcome<T> outcome;
  try {
    outcome.value = co_await task;
  } catch (...) {
    outcome.error = std::current_exception();
  }
  done(std::move(outcome));
}

/// `co_await OnThread{worker}` continues on the worker's thread. Gives its token.
struct OnThread {
  Worker &worker;
  std::stop_token closing = {};

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> awaiting) {
    worker.post(Worker::Job([this, awaiting](const std::stop_token &token) {
      closing = token;
      awaiting.resume();
    }));
  }
  std::stop_token await_resume() const { return closing; }
};

namespace coroutine {
/// Runs on the worker's thread from its first read on.
Task<Bytes> fetch_data(Worker &worker, std::string url, std::stop_token stop);
}  // namespace coroutine

}  // namespace cpp_async
