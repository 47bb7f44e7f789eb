#pragma once

#include <atomic>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <optional>
#include <utility>

namespace coroutine {

/// Counts the frames of all coroutines: what was made and not destroyed is alive.
class Counted {
public:
  Counted() noexcept { ++made; }
  ~Counted() { ++destroyed; }
  Counted(const Counted &) = delete;
  Counted &operator=(const Counted &) = delete;

  static inline std::atomic<std::uint64_t> made{0}, started{0}, destroyed{0};
};

template <class T> class Returned {
public:
  void return_value(T value) { value_ = std::move(value); }
  T take() { return std::move(*value_); }

private:
  std::optional<T> value_;
};

template <> class Returned<void> {
public:
  void return_void() noexcept {}
  void take() noexcept {}
};

/// A coroutine that has not begun. To await it, once, is to run it; to drop it is to destroy its frame.
template <class T = void> class [[nodiscard]] Task {
public:
  class promise_type;

  Task(Task &&other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  ~Task() {
    if (frame_) frame_.destroy();
  }

  /// Takes the task: its frame ends with the `co_await` expression.
  auto operator co_await() && noexcept { return Awaited{std::move(*this)}; }

private:
  using Frame = std::coroutine_handle<promise_type>;

  explicit Task(Frame frame) noexcept : frame_(frame) {}

  struct Awaited {
    Task task;

    bool await_ready() const noexcept { return false; }
    // The handle that this returns is resumed by a jump, in place of the coroutine that awaits.
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaits) noexcept {
      task.frame_.promise().awaits_ = awaits;
      return task.frame_;
    }
    T await_resume() { return task.frame_.promise().take(); }
  };

  Frame frame_;
};

template <class T> class Task<T>::promise_type : public Returned<T>, Counted {
public:
  Task get_return_object() noexcept { return Task(Frame::from_promise(*this)); }

  auto initial_suspend() noexcept {
    struct Begin : std::suspend_always {
      void await_resume() noexcept { ++started; }
    };
    return Begin{};
  }

  void unhandled_exception() noexcept { thrown_ = std::current_exception(); }

  auto final_suspend() noexcept {
    struct End : std::suspend_always {
      std::coroutine_handle<> await_suspend(Frame frame) noexcept { return frame.promise().awaits_; }
    };
    return End{};
  }

  T take() {
    if (thrown_) std::rethrow_exception(thrown_);
    return Returned<T>::take();
  }

private:
  friend Task;

  std::coroutine_handle<> awaits_;
  std::exception_ptr thrown_;
};

}  // namespace coroutine
