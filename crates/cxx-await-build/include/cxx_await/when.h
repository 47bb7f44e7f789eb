// Several tasks at once, polled by whoever polls the coroutine that waits for them.
#ifndef CXX_AWAIT_WHEN_H
#define CXX_AWAIT_WHEN_H

#include "spawn.h"

#include <optional>
#include <tuple>

namespace cxx_await {
namespace detail {

template <class T> using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// Awaits a Rust future without a value.
class Ready {
public:
  static constexpr bool cxx_await_stays_local = true;
  explicit Ready(Polled *polled) noexcept : own_(polled) {}
  bool await_ready() const noexcept { return false; }
  template <OfOurs P> CXX_AWAIT_NOINLINE Suspended await_suspend(std::coroutine_handle<P> frame) noexcept {
    return await_inner(frame, own_.get());
  }
  void await_resume() const noexcept {}

private:
  OwnPolled own_;
};

template <class T, class Place> Stored<T> take_stored(Operation *operation) {
  if constexpr (std::is_void_v<T>) {
    returned<void, Place>(operation).take();
    return {};
  } else {
    return returned<T, Place>(operation).take();
  }
}

template <class Variant, class Place, std::size_t I, class T, class... Rest>
Variant take_done(Operation *const *operations) {
  if (operations[I]->state.load(std::memory_order_relaxed) == Done)
    return Variant(std::in_place_index<I>, take_stored<T, Place>(operations[I]));
  if constexpr (sizeof...(Rest) > 0) return take_done<Variant, Place, I + 1, Rest...>(operations);
  std::terminate();
}

template <class Place, class... T> Task<std::variant<Stored<T>...>, Place> when_any(Task<T, Place>... tasks) {
  const Owned owned[] = {Owned(std::move(tasks).release())...};
  Operation *operations[sizeof...(T)];
  for (std::size_t i = 0; i < sizeof...(T); ++i) operations[i] = owned[i].get();
  Ready ready(cxx_await_1_any(operations, sizeof...(T)));
  co_await ready;
  co_return take_done<std::variant<Stored<T>...>, Place, 0, T...>(operations);
}

template <class Place, class... T, std::size_t... I>
std::tuple<Stored<T>...> take_all(Operation *const *operations, std::index_sequence<I...>) {
  return std::tuple<Stored<T>...>{take_stored<T, Place>(operations[I])...};
}

template <class Place, class... T> Task<std::tuple<Stored<T>...>, Place> when_all(Task<T, Place>... tasks) {
  const Owned owned[] = {Owned(std::move(tasks).release())...};
  Operation *operations[sizeof...(T)];
  for (std::size_t i = 0; i < sizeof...(T); ++i) operations[i] = owned[i].get();
  Ready ready(cxx_await_1_all(operations, sizeof...(T)));
  co_await ready;
  co_return take_all<Place, T...>(operations, std::index_sequence_for<T...>());
}

}  // namespace detail

/// The result of the first task (or Rust future) that ends, in the variant's alternative of its index; void becomes
/// std::monostate. The others are dropped, as Rust drops a future. Throws what that task threw.
template <class... A> auto when_any(A... tasks) { return detail::when_any(as_task(std::move(tasks))...); }

/// The results of all, in a tuple. Throws, when all have ended, what the first of those that threw has thrown.
template <class... A> auto when_all(A... tasks) { return detail::when_all(as_task(std::move(tasks))...); }

/// The result of `task`, or none when `timer`, a task or Rust future, ended first; then the task has been dropped.
template <class T, class Place, class Timer> Task<std::optional<T>, Place> with_timeout(Task<T, Place> task, Timer timer) {
  auto first = co_await when_any(std::move(task), std::move(timer));
  if (first.index() != 0) co_return std::nullopt;
  co_return std::move(std::get<0>(first));
}
template <class T, class Place, class Timer> auto with_timeout(RustFuture<T, Place> future, Timer timer) {
  return with_timeout(as_task(std::move(future)), std::move(timer));
}

}  // namespace cxx_await

#endif
