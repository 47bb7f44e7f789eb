// A coroutine that returns once.
#ifndef CXX_AWAIT_TASK_H
#define CXX_AWAIT_TASK_H

#include "local.h"

namespace cxx_await {

/// A coroutine that has not begun: it begins when it is awaited, in C++ or in Rust. `Place` is AnyThread or OwnerThread.
template <class T = void, class Place = AnyThread> class [[nodiscard]] Task {
public:
  using Output = T;
  static constexpr bool cxx_await_stays_local = std::is_same_v<Place, OwnerThread>;
  struct promise_type : detail::PlacedPromise<Place>, detail::Returned<T> {
    promise_type() {
      this->parked = std::coroutine_handle<promise_type>::from_promise(*this);
      this->destroy = &detail::PlacedPromise<Place>::template destroy_frame<promise_type>;
    }
    Task get_return_object() noexcept { return Task(this); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    detail::End final_suspend() noexcept { return {}; }
  };

  /// What `co_await task` works with.
  class Awaiter {
  public:
    explicit Awaiter(Task &&task) noexcept : frame_(std::move(task.frame_)) {}
    bool await_ready() const noexcept { return false; }
    template <detail::OfOurs P>
    CXX_AWAIT_NOINLINE std::coroutine_handle<> await_suspend(std::coroutine_handle<P> awaits) noexcept {
      static_assert(!cxx_await_stays_local || P::is_local, "a LocalTask stays on its thread: await it in a LocalTask or LocalGenerator");
      auto &child = promise();
      child.continues = awaits;
      child.root = awaits.promise().root;
      return child.parked;
    }
    T await_resume() { return promise().take(); }

  private:
    promise_type &promise() noexcept { return *static_cast<promise_type *>(frame_.get()); }
    detail::Frame frame_;
  };
  Awaiter operator co_await() && noexcept { return Awaiter(std::move(*this)); }

  /// Gives up the coroutine, to an owner who polls it.
  Operation *release() && noexcept { return frame_.release(); }

private:
  explicit Task(promise_type *promise) noexcept : frame_(promise) {}
  detail::Frame frame_;
};

/// Resumed on the thread that made it, and on no other, whatever it awaits.
template <class T = void> using LocalTask = Task<T, OwnerThread>;

}  // namespace cxx_await

#endif
