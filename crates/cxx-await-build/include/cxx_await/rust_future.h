// Rust futures and streams, awaited in C++.
#ifndef CXX_AWAIT_RUST_FUTURE_H
#define CXX_AWAIT_RUST_FUTURE_H

#include "task.h"

#include <optional>

namespace cxx_await {
namespace detail {

class OwnPolled {
public:
  explicit OwnPolled(Polled *polled) noexcept : polled_(polled) {}
  OwnPolled(OwnPolled &&other) noexcept : polled_(std::exchange(other.polled_, nullptr)) {}
  ~OwnPolled() {
    if (polled_) cxx_await_1_drop_polled(polled_);
  }
  Polled *get() const noexcept { return polled_; }

private:
  Polled *polled_;
};

template <class Place, class P> constexpr void may_await_here() {
  static_assert(OfOurs<P>, "a Rust future is polled by the owner of a cxx_await coroutine: in another coroutine, await "
                           "cxx_await::on(executor, future)");
  if constexpr (OfOurs<P>)
    static_assert(!std::is_same_v<Place, OwnerThread> || P::is_local,
                  "a #[local] future of Rust stays on its thread: await it in a LocalTask or LocalGenerator");
}

}  // namespace detail

/// What an async function of Rust returns. It runs while it is awaited, polled by whoever polls the coroutine. Destroying
/// it drops the Rust future here and now.
template <class T, class Place = AnyThread> class [[nodiscard]] RustFuture {
public:
  using Output = T;
  static constexpr bool cxx_await_stays_local = true;
  RustFuture(Polled *polled, T (*take)(Polled *)) noexcept : own_(polled), take_(take) {}

  bool await_ready() const noexcept { return false; }
  template <class P> CXX_AWAIT_NOINLINE detail::Suspended await_suspend(std::coroutine_handle<P> frame) noexcept {
    detail::may_await_here<Place, P>();
    return detail::await_inner(frame, own_.get());
  }
  /// Throws rust::Error for an `Err` of `Result<T>` and for a panic, and E for an `Err` of `Result<T, E>`.
  T await_resume() { return take_(own_.get()); }

private:
  detail::OwnPolled own_;
  T (*take_)(Polled *);
};

/// What a function of Rust with `-> impl Stream<...>` returns.
template <class T, class Place = AnyThread> class [[nodiscard]] RustStream {
public:
  using ItemType = T;
  RustStream(Polled *polled, T (*take)(Polled *)) noexcept : own_(polled), take_(take) {}

  /// `co_await stream.next()`: the next item, or none at the end. It throws as RustFuture does.
  class Next {
  public:
    static constexpr bool cxx_await_stays_local = true;
    explicit Next(RustStream &stream) noexcept : stream_(stream) {}
    bool await_ready() const noexcept { return false; }
    template <class P> CXX_AWAIT_NOINLINE detail::Suspended await_suspend(std::coroutine_handle<P> frame) noexcept {
      detail::may_await_here<Place, P>();
      return detail::await_inner(frame, stream_.own_.get());
    }
    std::optional<T> await_resume() {
      if (cxx_await_1_ready(stream_.own_.get()) == 2) return std::nullopt;
      return stream_.take_(stream_.own_.get());
    }

  private:
    RustStream &stream_;
  };
  Next next() noexcept { return Next(*this); }

private:
  detail::OwnPolled own_;
  T (*take_)(Polled *);
};

/// A task that awaits the future: for what takes tasks.
template <class T, class Place> Task<T, Place> as_task(RustFuture<T, Place> future) {
  co_return co_await std::move(future);
}
template <class T, class Place> Task<T, Place> as_task(Task<T, Place> task) { return task; }

namespace detail {

/// What the shims of a Rust function are in C++: how it starts, and how its results are taken. Typed errors have two
/// more, which ask for an error and take it.
template <auto... Shims> struct RustShims;

template <class... A, Polled *(*StartShim)(A...) noexcept, class T, T (*TakeShim)(Polled *)>
struct RustShims<StartShim, TakeShim> {
  using Output = T;
  static constexpr auto take = TakeShim;
  template <class F> struct Callable {
    F operator()(A... arguments) const { return {StartShim(std::forward<A>(arguments)...), take}; }
  };
};

template <class... A, Polled *(*StartShim)(A...) noexcept, class T, T (*TakeShim)(Polled *), auto FailedShim, auto ErrorShim>
struct RustShims<StartShim, TakeShim, FailedShim, ErrorShim> {
  using Output = T;
  static T take(Polled *polled) {
    if (FailedShim(polled)) throw ErrorShim(polled);
    return TakeShim(polled);
  }
  template <class F> struct Callable {
    F operator()(A... arguments) const { return {StartShim(std::forward<A>(arguments)...), take}; }
  };
};

template <class Place, auto... Shims>
struct RustFunction : RustShims<Shims...>::template Callable<RustFuture<typename RustShims<Shims...>::Output, Place>> {};

template <class Place, auto... Shims>
struct RustStreaming : RustShims<Shims...>::template Callable<RustStream<typename RustShims<Shims...>::Output, Place>> {};

}  // namespace detail
}  // namespace cxx_await

#endif
