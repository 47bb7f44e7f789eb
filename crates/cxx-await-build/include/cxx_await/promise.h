// What all coroutines of ours have in their promises.
#ifndef CXX_AWAIT_PROMISE_H
#define CXX_AWAIT_PROMISE_H

#include "operation.h"

#include <exception>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <variant>

namespace cxx_await {

/// The coroutine may be resumed on any thread.
struct AnyThread;
/// The coroutine is resumed on the thread that made it, and on no other: `#[local]` in the bridge.
struct OwnerThread;

/// What a coroutine may throw when it was asked to stop.
struct Stopped : std::exception {
  const char *what() const noexcept override { return "stopped"; }
};

namespace detail {

/// A root, which has an owner, or a child, which another coroutine awaits.
struct PromiseBase : Operation {
  PromiseBase *root = this;
  std::coroutine_handle<> parked;     // of a root: the leaf to be resumed
  std::coroutine_handle<> continues;  // of a child: who awaits it
  std::atomic<std::uint8_t> stops{0};  // 1: asked to stop, 2: `source` is there
  std::stop_source source{std::nostopstate};

  PromiseBase() noexcept {
    resume = [](Operation *self) noexcept { static_cast<PromiseBase *>(self)->parked.resume(); };
    stop = [](Operation *self) noexcept {
      auto &promise = *static_cast<PromiseBase *>(self);
      if (promise.stops.fetch_or(1, std::memory_order_acq_rel) & 2) promise.source.request_stop();
    };
  }
  PromiseBase(const PromiseBase &) = delete;
  PromiseBase &operator=(const PromiseBase &) = delete;

  /// The token of the root, which is made when it is first wanted.
  std::stop_token token() {
    PromiseBase &top = *root;
    if (!top.source.stop_possible() && !top.source.stop_requested()) {
      top.source = std::stop_source();
      if (top.stops.fetch_or(2, std::memory_order_acq_rel) & 1) top.source.request_stop();
    }
    return top.source.get_token();
  }
};

template <class P> concept OfOurs = std::is_base_of_v<PromiseBase, P>;

template <class T> struct Returned {
  std::variant<std::monostate, T, std::exception_ptr> result;
  void return_value(T value) { result.template emplace<1>(std::move(value)); }
  void unhandled_exception() noexcept { result.template emplace<2>(std::current_exception()); }
  T take() {
    if (result.index() == 2) std::rethrow_exception(std::get<2>(result));
    return std::move(std::get<1>(result));
  }
};

template <> struct Returned<void> {
  std::exception_ptr thrown;
  void return_void() noexcept {}
  void unhandled_exception() noexcept { thrown = std::current_exception(); }
  void take() {
    if (thrown) std::rethrow_exception(thrown);
  }
};

/// The end: to who awaits it, or to the owner.
struct End {
  bool await_ready() const noexcept { return false; }
  template <class P>
  CXX_AWAIT_NOINLINE std::coroutine_handle<> await_suspend(std::coroutine_handle<P> frame) const noexcept {
    PromiseBase &promise = frame.promise();
    if (promise.continues) return promise.continues;
    return suspend_to_handle(&promise, Done);
  }
  void await_resume() const noexcept {}
};

/// Waits for a Rust future, which whoever owns the root polls.
template <OfOurs P> Suspended await_inner(std::coroutine_handle<P> frame, Polled *polled) noexcept {
  PromiseBase &top = *frame.promise().root;
  top.parked = frame;
  top.inner = polled;
  return suspend(&top, Inner);
}

/// Owns a coroutine that nobody polls any more, or not yet.
class Frame {
public:
  explicit Frame(PromiseBase *promise) noexcept : promise_(promise) {}
  Frame(Frame &&other) noexcept : promise_(std::exchange(other.promise_, nullptr)) {}
  ~Frame() {
    if (promise_) promise_->destroy(promise_);
  }
  PromiseBase *get() const noexcept { return promise_; }
  PromiseBase *release() noexcept { return std::exchange(promise_, nullptr); }

private:
  PromiseBase *promise_;
};

}  // namespace detail

/// `co_await cxx_await::stop_token()`: the `std::stop_token` of the future (or C++ owner) that the coroutine works for.
struct stop_token {
  static constexpr bool cxx_await_stays_local = true;
  std::stop_token token{};
  stop_token() noexcept {}
  bool await_ready() const noexcept { return false; }
  template <detail::OfOurs P> bool await_suspend(std::coroutine_handle<P> frame) {
    token = frame.promise().token();
    return false;
  }
  std::stop_token await_resume() noexcept { return std::move(token); }
};

}  // namespace cxx_await

#endif
