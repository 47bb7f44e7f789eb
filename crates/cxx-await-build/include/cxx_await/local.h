// Coroutines that stay on the thread of their owner, whatever they await.
#ifndef CXX_AWAIT_LOCAL_H
#define CXX_AWAIT_LOCAL_H

#include "promise.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace cxx_await {
namespace detail {

/// Of this thread and, unlike std::thread::id, of no later one.
inline std::uint64_t this_thread() noexcept {
  static std::atomic<std::uint64_t> last{0};
  static thread_local std::uint64_t id = 0;
  if (id == 0) id = last.fetch_add(1, std::memory_order_relaxed) + 1;
  return id;
}

/// What was given up while it ran elsewhere, to be destroyed on its own thread: when that next begins, resumes or leaves
/// a local coroutine, or ends. What is given up later still is never destroyed.
class Graveyard {
public:
  static std::shared_ptr<Graveyard> of_this_thread() {
    static thread_local bool ending = false;
    static thread_local Closing closing{&ending};
    // Made while other destructors of the thread run: nothing clears it any more.
    if (ending) return std::make_shared<Graveyard>(true);
    return closing.graveyard;
  }
  explicit Graveyard(bool closed) noexcept : closed_(closed) {}
  /// From any thread.
  void bury(Operation *operation) noexcept {
    std::lock_guard lock(mutex_);
    if (!closed_) dead_.push_back(operation);
  }
  /// On its own thread.
  void clear() noexcept {
    for (;;) {
      std::vector<Operation *> dead;
      {
        std::lock_guard lock(mutex_);
        dead.swap(dead_);
      }
      if (dead.empty()) return;
      for (Operation *operation : dead) operation->destroy(operation);
    }
  }

private:
  struct Closing {
    bool *ending;
    std::shared_ptr<Graveyard> graveyard = std::make_shared<Graveyard>(false);
    explicit Closing(bool *ending) : ending(ending) {}
    Closing(const Closing &) = delete;
    Closing &operator=(const Closing &) = delete;
    ~Closing() {
      *ending = true;
      graveyard->clear();
      std::lock_guard lock(graveyard->mutex_);
      graveyard->closed_ = true;
    }
  };
  std::mutex mutex_;
  std::vector<Operation *> dead_;
  bool closed_;
};

template <class Place> struct PlacedPromise;

template <> struct PlacedPromise<AnyThread> : PromiseBase {
  static constexpr bool is_local = false;
  template <class P> static void destroy_frame(Operation *self) noexcept {
    std::coroutine_handle<P>::from_promise(*static_cast<P *>(self)).destroy();
  }
};

/// Of a type that stays on its owner's thread by itself: awaited as it is.
template <class A> concept StaysLocal = requires { requires std::remove_cvref_t<A>::cxx_await_stays_local; };

/// What a foreign awaitable resumes instead of a local coroutine: it parks that, and so wakes its owner.
struct WayBack {
  struct promise_type : PromiseBase {
    static constexpr bool is_local = false;
    std::coroutine_handle<> leaf;
    WayBack get_return_object() noexcept { return WayBack(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct Return {
      bool await_ready() const noexcept { return false; }
      CXX_AWAIT_NOINLINE Suspended await_suspend(std::coroutine_handle<promise_type> frame) const noexcept {
        PromiseBase &top = *frame.promise().root;
        top.parked = frame.promise().leaf;
        return suspend(&top, Parked);
      }
      void await_resume() const noexcept {}
    };
    Return final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {}
  };
  std::coroutine_handle<promise_type> frame;
  explicit WayBack(std::coroutine_handle<promise_type> frame) noexcept : frame(frame) {}
  WayBack(const WayBack &) = delete;
  WayBack &operator=(const WayBack &) = delete;
  ~WayBack() { frame.destroy(); }
  static WayBack make() { co_return; }
};

template <class A> decltype(auto) get_awaiter(A &&awaitable) {
  if constexpr (requires { std::forward<A>(awaitable).operator co_await(); })
    return std::forward<A>(awaitable).operator co_await();
  else if constexpr (requires { operator co_await(std::forward<A>(awaitable)); })
    return operator co_await(std::forward<A>(awaitable));
  else
    return std::forward<A>(awaitable);
}

/// A foreign awaiter, whose coroutine is resumed on the owner's thread.
template <class A> struct Returning {
  A awaiter;
  WayBack way = WayBack::make();
  template <class Make> explicit Returning(Make &&make) : awaiter(make()) {}
  bool await_ready() { return awaiter.await_ready(); }
  template <OfOurs P> auto await_suspend(std::coroutine_handle<P> frame) {
    way.frame.promise().root = frame.promise().root;
    way.frame.promise().leaf = frame;
    return awaiter.await_suspend(way.frame);
  }
  decltype(auto) await_resume() { return awaiter.await_resume(); }
};

template <> struct PlacedPromise<OwnerThread> : PromiseBase {
  static constexpr bool is_local = true;
  const std::uint64_t thread = this_thread();
  std::shared_ptr<Graveyard> graveyard = Graveyard::of_this_thread();

  PlacedPromise() {
    graveyard->clear();
    resume = [](Operation *self) noexcept {
      auto &promise = *static_cast<PlacedPromise *>(self);
      promise.check();
      promise.graveyard->clear();
      promise.parked.resume();
    };
  }
  /// Destroys the frame here, or has its own thread do it.
  template <class P> static void destroy_frame(Operation *self) noexcept {
    auto &promise = *static_cast<P *>(self);
    if (this_thread() == promise.thread) return std::coroutine_handle<P>::from_promise(promise).destroy();
    const std::shared_ptr<Graveyard> graveyard = promise.graveyard;
    graveyard->bury(self);
  }
  void check() const noexcept {
    if (this_thread() == thread) return;
    std::fputs("cxx-await: a #[local] coroutine was polled on another thread than the one that made it\n", stderr);
    std::abort();
  }
  template <class A> decltype(auto) await_transform(A &&awaitable) {
    if constexpr (StaysLocal<A>) {
      return std::forward<A>(awaitable);
    } else {
      auto make = [&]() -> decltype(auto) { return get_awaiter(std::forward<A>(awaitable)); };
      return Returning<decltype(make())>(make);
    }
  }
};

}  // namespace detail
}  // namespace cxx_await

#endif
