#pragma once

#include "fetch.h"

#include <memory>
#include <type_traits>

namespace cpp_async {

/// A value that is on its way, or an error. Has one consumer, and so is move-only.
template <class T>
class [[nodiscard]] Promise {
  struct State {
    std::mutex mutex;
    std::optional<Outcome<T>> outcome;
    std::packaged_task<void(Outcome<T>)> next;
  };

public:
  /// The producer's end. Dropped without a call, it drops what the consumer has given to `finally`.
  class Resolver {
  public:
    explicit Resolver(std::shared_ptr<State> state) : state_(std::move(state)) {}

    /// To be called once.
    void operator()(Outcome<T> outcome) {
      std::unique_lock lock(state_->mutex);
      if (!state_->next.valid()) {
        state_->outcome = std::move(outcome);
        return;
      }
      lock.unlock();  // nobody else will look: the consumer has been here
      state_->next(std::move(outcome));
    }

  private:
    std::shared_ptr<State> state_;
  };

  static std::pair<Promise, Resolver> pending() {
    auto state = std::make_shared<State>();
    return {Promise(state), Resolver(state)};
  }

  Promise(Promise &&) noexcept = default;

  /// Calls `done` once with what becomes of this, on the thread that resolves it, or here when that has
  /// happened. What `done` throws is lost.
  template <class Done>
  void finally(Done done) && {
    std::packaged_task<void(Outcome<T>)> next(std::move(done));
    const auto state = std::move(state_);
    std::unique_lock lock(state->mutex);
    if (!state->outcome) {
      state->next = std::move(next);
      return;
    }
    lock.unlock();
    next(std::move(*state->outcome));  // NOLINT(bugprone-unchecked-optional-access): looked at above
  }

  /// A promise of what `next` makes of the value. An error passes `next` by.
  template <class Next>
  auto then(Next next) && {
    using Made = std::invoke_result_t<Next, T>;
    auto [promise, resolve] = Promise<Made>::pending();
    std::move(*this).finally(
        [next = std::move(next), resolve = std::move(resolve)](Outcome<T> outcome) mutable {
          resolve(Outcome<Made>::of([&] { return next(std::move(outcome).get()); }));
        });
    return std::move(promise);
  }

private:
  explicit Promise(std::shared_ptr<State> state) : state_(std::move(state)) {}

  std::shared_ptr<State> state_;
};

namespace promise {
/// Reads on the worker's thread.
Promise<Bytes> fetch_data(Worker &worker, std::string url);
}  // namespace promise

}  // namespace cpp_async
