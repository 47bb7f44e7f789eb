// C++ as the owner of a coroutine.
#ifndef CXX_AWAIT_SPAWN_H
#define CXX_AWAIT_SPAWN_H

#include "rust_future.h"

#include <condition_variable>
#include <mutex>

namespace cxx_await {
namespace detail {

/// What Rust has behind its `Waker` when the owner is C++. Counted; it outlives the owner when Rust keeps a clone.
struct Waker {
  // The interface to Rust.
  void (*clone)(Waker *) noexcept = [](Waker *self) noexcept { self->count.fetch_add(1, std::memory_order_relaxed); };
  void (*notify)(Waker *) noexcept = nullptr;
  void (*drop)(Waker *) noexcept = [](Waker *self) noexcept {
    if (self->count.fetch_sub(1, std::memory_order_acq_rel) == 1) self->free(self);
  };
  // C++'s own.
  void (*free)(Waker *) noexcept = nullptr;
  std::atomic<std::size_t> count{1};
};

/// One count of a waker.
template <class W> class Counted {
public:
  explicit Counted(W *waker) noexcept : waker_(waker) {}
  Counted(Counted &&other) noexcept : waker_(std::exchange(other.waker_, nullptr)) {}
  ~Counted() {
    if (waker_) waker_->drop(waker_);
  }
  W *get() const noexcept { return waker_; }
  W *release() noexcept { return std::exchange(waker_, nullptr); }

private:
  W *waker_;
};

struct Blocking : Waker {
  std::mutex mutex;
  std::condition_variable changed;
  bool woken = false;

  Blocking() {
    notify = [](Waker *self) noexcept {
      auto &blocking = *static_cast<Blocking *>(self);
      std::lock_guard lock(blocking.mutex);
      blocking.woken = true;
      blocking.changed.notify_one();
    };
    free = [](Waker *self) noexcept { delete static_cast<Blocking *>(self); };
  }
  void wait() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return woken; });
    woken = false;
  }
};

/// An operation that C++ polls.
class Owned {
public:
  explicit Owned(Operation *operation) noexcept : operation_(operation) {}
  Owned(Owned &&other) noexcept : operation_(std::exchange(other.operation_, nullptr)) {}
  ~Owned() {
    if (operation_) cxx_await_1_drop(operation_);
  }
  Operation *get() const noexcept { return operation_; }

private:
  Operation *operation_;
};

template <class T, class Place> Returned<T> &returned(Operation *operation) noexcept {
  return *static_cast<typename Task<T, Place>::promise_type *>(operation);
}

}  // namespace detail

/// Runs a task to its end on this thread: what C++ has for Rust's `block_on`.
template <class T, class Place> T sync_wait(Task<T, Place> task) {
  detail::Counted<detail::Blocking> blocking(new detail::Blocking);
  detail::Owned own(std::move(task).release());
  while (cxx_await_1_poll(own.get(), static_cast<detail::Waker *>(blocking.get())) != Done) blocking.get()->wait();
  return detail::returned<T, Place>(own.get()).take();
}
template <class T, class Place> T sync_wait(RustFuture<T, Place> future) { return sync_wait(as_task(std::move(future))); }

/// A task at its end.
template <class T> class Finished {
public:
  explicit Finished(detail::Returned<T> &returned) noexcept : returned_(returned) {}
  /// Once. Throws what the task threw.
  T take() { return returned_.take(); }

private:
  detail::Returned<T> &returned_;
};

namespace detail {

/// A spawned task as its handle has it.
struct SpawnedBase : Waker {
  std::atomic<bool> left{false};
};

/// One allocation for a task that C++ spawns, however often it is woken.
template <class T, class Post, class Then> struct Spawned : SpawnedBase {
  enum { Idle, Scheduled, Polling, Again, Over };
  Owned operation;
  Post post;
  Then then;
  std::atomic<int> state{Scheduled};

  Spawned(Operation *operation, Post post, Then then)
      : operation(operation), post(std::move(post)), then(std::move(then)) {
    this->notify = [](Waker *self) noexcept { static_cast<Spawned *>(self)->wake(); };
    this->free = [](Waker *self) noexcept { delete static_cast<Spawned *>(self); };
  }
  /// What the executor is given: runs the task once. Dropped without having been run, it ends the task, as nobody else would.
  class Turn {
  public:
    explicit Turn(Spawned *spawned) noexcept : spawned_(spawned) { spawned->clone(spawned); }
    Turn(Turn &&other) noexcept = default;
    ~Turn() {
      if (spawned_.get()) spawned_.get()->end();
    }
    void operator()() noexcept {
      Counted<Spawned> mine(spawned_.release());
      mine.get()->run();
    }

  private:
    Counted<Spawned> spawned_;
  };
  void wake() noexcept {
    int now = state.load(std::memory_order_acquire);
    for (;;) {
      if (now == Scheduled || now == Again || now == Over) return;
      const int next = now == Idle ? Scheduled : Again;
      if (!state.compare_exchange_weak(now, next, std::memory_order_acq_rel, std::memory_order_acquire)) continue;
      if (next == Scheduled) schedule();
      return;
    }
  }
  // Noexcept: an executor that throws what it was given away would leave the task to nobody.
  void schedule() noexcept { post(Turn(this)); }
  void end() noexcept {
    state.store(Over, std::memory_order_release);
    Owned ended(std::move(operation));
  }
  void run() noexcept {
    if (state.load(std::memory_order_acquire) == Over) return;
    for (;;) {
      state.store(Polling, std::memory_order_release);
      if (this->left.load(std::memory_order_acquire)) return end();
      if (cxx_await_1_poll(operation.get(), static_cast<Waker *>(this)) == Done) {
        state.store(Over, std::memory_order_release);
        Owned ended(std::move(operation));
        Finished<T> finished(static_cast<Returned<T> &>(*static_cast<typename Task<T>::promise_type *>(ended.get())));
        then(finished);
        return;
      }
      int now = Polling;
      if (state.compare_exchange_strong(now, Idle, std::memory_order_acq_rel, std::memory_order_acquire)) return;
    }
  }
};

}  // namespace detail

/// Owns a spawned task: destroying it asks the executor to drop the task, whose `then` is not called any more.
class [[nodiscard]] Handle {
public:
  Handle(Handle &&other) noexcept = default;
  ~Handle() {
    if (!spawned_.get()) return;
    spawned_.get()->left.store(true, std::memory_order_release);
    spawned_.get()->notify(spawned_.get());
  }
  /// Lets the task run to its end.
  void detach() && noexcept { detail::Counted<detail::SpawnedBase> mine(spawned_.release()); }

  // Of a task that has one count for this.
  explicit Handle(detail::SpawnedBase *spawned) noexcept : spawned_(spawned) {}

private:
  detail::Counted<detail::SpawnedBase> spawned_;
};

/// Polls the task on any executor. `post` is called, on any thread that wakes the task, with a function to run later and
/// once, which can be moved and not copied; it must not throw. `then` is called there with a `Finished<T> &`, and must
/// not throw.
template <class T, class Post, class Then> Handle spawn(Task<T> task, Post post, Then then) {
  using Spawned = detail::Spawned<T, Post, Then>;
  auto *spawned = new Spawned(std::move(task).release(), std::move(post), std::move(then));
  spawned->clone(spawned);
  Handle handle(spawned);
  spawned->schedule();
  spawned->drop(spawned);
  return handle;
}

/// `co_await cxx_await::on(post, task)` in a coroutine of any kind: the task runs on the executor of `post`, and the
/// coroutine goes on there. A coroutine that is destroyed while it waits, on that executor, drops the task.
template <class T, class Post> class [[nodiscard]] On {
public:
  On(Post post, Task<T> task) noexcept : post_(std::move(post)), task_(std::move(task)) {}
  bool await_ready() const noexcept { return false; }
  CXX_AWAIT_NOINLINE void await_suspend(std::coroutine_handle<> awaits) {
    auto then = [this, awaits](Finished<T> &finished) noexcept {
      try {
        if constexpr (std::is_void_v<T>) {
          finished.take();
          result_.return_void();
        } else {
          result_.return_value(finished.take());
        }
      } catch (...) {
        result_.unhandled_exception();
      }
      awaits.resume();
    };
    using Spawned = detail::Spawned<T, Post, decltype(then)>;
    auto *spawned = new Spawned(std::move(task_).release(), std::move(post_), std::move(then));
    spawned->clone(spawned);
    handle_.emplace(spawned);
    // From here on this coroutine may be resumed elsewhere.
    spawned->schedule();
    spawned->drop(spawned);
  }
  T await_resume() { return result_.take(); }

private:
  Post post_;
  Task<T> task_;
  detail::Returned<T> result_{};
  std::optional<Handle> handle_{};
};
template <class Post, class A> auto on(Post post, A task_or_future) {
  auto task = as_task(std::move(task_or_future));
  return On<typename decltype(task)::Output, Post>(std::move(post), std::move(task));
}

}  // namespace cxx_await

#endif
