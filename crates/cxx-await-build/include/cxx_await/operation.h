// The interface to Rust, and C++'s half of the state machine. Mirrored by operation.rs and abi.rs in Rust.
#ifndef CXX_AWAIT_OPERATION_H
#define CXX_AWAIT_OPERATION_H

#include <atomic>
#include <coroutine>
#include <cstddef>
#include <cstdint>

// g++ 15.0 to 15.2 use a coroutine's frame after an await_suspend in which it was destroyed (GCC PR 121961). There the
// frame is destroyed by another coroutine, to which control is transferred.
#if !defined(CXX_AWAIT_DESTROYS_LATER) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ == 15 && __GNUC_MINOR__ < 3
#define CXX_AWAIT_DESTROYS_LATER 1
#endif

// clang before 17 may keep variables of an inlined await_suspend in the frame, which may be gone (LLVM issue 56301).
#if defined(__clang__) && __clang_major__ < 17
#define CXX_AWAIT_NOINLINE __attribute__((noinline))
#else
#define CXX_AWAIT_NOINLINE
#endif

namespace cxx_await {

enum State : std::uint32_t {
  Running = 0,   // C++ has the frame, and nobody is to be woken
  Waiting = 1,   // C++ has the frame, and is to wake `waker`
  Waking = 2,    // C++ has taken `waker`, and is about to park
  Detached = 3,  // the owner is gone: who would park destroys
  Parked = 4,    // the owner has the frame from here on; its next poll resumes
  Inner = 5,     // as Parked, when `inner` is ready, which the owner polls
  Item = 6,      // has yielded
  Done = 7,      // has returned, or thrown
};

struct RawWaker {
  const void *data;
  const void *vtable;
};

/// The head of a Rust future (or stream) in a box, which C++ owns.
struct Polled;

/// The head of every coroutine's frame.
struct Operation {
  std::atomic<std::uint32_t> state{Parked};
  RawWaker waker{};
  Polled *inner = nullptr;
  void (*resume)(Operation *) noexcept = nullptr;
  void (*destroy)(Operation *) noexcept = nullptr;
  void (*stop)(Operation *) noexcept = nullptr;
};
static_assert(sizeof(void *) != 8 || sizeof(Operation) == 56);

extern "C" {
void cxx_await_1_wake(RawWaker) noexcept;
void cxx_await_1_drop_waker(RawWaker) noexcept;
void cxx_await_1_drop_polled(Polled *) noexcept;
// Polls as a Rust owner would. `waker` points to a `detail::Waker`. Returns Item, Done, or Running: not yet.
std::uint32_t cxx_await_1_poll(Operation *, void *waker) noexcept;
void cxx_await_1_drop(Operation *) noexcept;
// What the last poll of a Rust future said: 0 not yet, 1 a value or an error, 2 the end of a stream.
std::uint32_t cxx_await_1_ready(const Polled *) noexcept;
// Rust futures that poll these operations: ready when one, or all, are done.
Polled *cxx_await_1_any(Operation *const *, std::size_t) noexcept;
Polled *cxx_await_1_all(Operation *const *, std::size_t) noexcept;
}

namespace detail {

// The coroutine has been suspended: it goes to its owner, and nothing of it may be touched after. True: it has none any
// more, and the caller is to destroy it.
[[nodiscard]] inline bool park(Operation *operation, std::uint32_t next) noexcept {
  std::uint32_t state = operation->state.load(std::memory_order_acquire);
  for (;;) {
    if (state == Running) {
      if (operation->state.compare_exchange_weak(state, next, std::memory_order_acq_rel, std::memory_order_acquire))
        return false;
    } else if (state == Waiting) {
      if (!operation->state.compare_exchange_weak(state, Waking, std::memory_order_acq_rel, std::memory_order_acquire))
        continue;
      const RawWaker waker = operation->waker;
      if (operation->state.exchange(next, std::memory_order_acq_rel) == Detached) {
        cxx_await_1_drop_waker(waker);
        return true;
      }
      cxx_await_1_wake(waker);
      return false;
    } else {  // Detached
      return true;
    }
  }
}

#if CXX_AWAIT_DESTROYS_LATER

/// A coroutine that destroys an operation, and then itself.
struct Destroyer {
  struct promise_type {
    Destroyer get_return_object() noexcept { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {}
  };
  std::coroutine_handle<> frame;
  static Destroyer of(Operation *operation) {
    operation->destroy(operation);
    co_return;
  }
};
using Suspended = std::coroutine_handle<>;
inline Suspended suspend(Operation *operation, std::uint32_t next) noexcept {
  if (!park(operation, next)) return std::noop_coroutine();
  return Destroyer::of(operation).frame;
}

#else

using Suspended = void;
inline void suspend(Operation *operation, std::uint32_t next) noexcept {
  if (park(operation, next)) operation->destroy(operation);
}

#endif

// The same for an await_suspend that returns to another coroutine otherwise.
inline std::coroutine_handle<> suspend_to_handle(Operation *operation, std::uint32_t next) noexcept {
#if CXX_AWAIT_DESTROYS_LATER
  return suspend(operation, next);
#else
  suspend(operation, next);
  return std::noop_coroutine();
#endif
}

}  // namespace detail
}  // namespace cxx_await

#endif
