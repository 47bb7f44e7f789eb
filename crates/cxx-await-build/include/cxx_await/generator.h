// A coroutine that yields: a Stream in Rust, `co_await generator.next()` in C++.
#ifndef CXX_AWAIT_GENERATOR_H
#define CXX_AWAIT_GENERATOR_H

#include "task.h"

#include <optional>

namespace cxx_await {

/// What `co_yield cxx_await::moved(item)` yields: `std::move(item)`, for g++ 12 as well.
template <class T> struct Moved {
  T &item;
  explicit Moved(T &item) noexcept : item(item) {}
};
template <class T> Moved<T> moved(T &item) noexcept { return Moved<T>(item); }

template <class T, class Place = AnyThread> class [[nodiscard]] Generator {
public:
  using ItemType = T;
  struct promise_type : detail::PlacedPromise<Place>, detail::Returned<void> {
    std::optional<T> item;

    promise_type() {
      this->parked = std::coroutine_handle<promise_type>::from_promise(*this);
      this->destroy = &detail::PlacedPromise<Place>::template destroy_frame<promise_type>;
    }
    Generator get_return_object() noexcept { return Generator(this); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    detail::End final_suspend() noexcept { return {}; }

    struct Yield {
      bool await_ready() const noexcept { return false; }
      CXX_AWAIT_NOINLINE std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> frame) const noexcept {
        auto &promise = frame.promise();
        if (promise.continues) return promise.continues;
        promise.parked = frame;
        return detail::suspend_to_handle(&promise, Item);
      }
      void await_resume() const noexcept {}
    };
    /// Copies what has a name; with `moved(item)` it moves.
    template <class U = T> requires std::is_constructible_v<T, U &&> Yield yield_value(U &&value) {
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
      static_assert(!std::is_aggregate_v<T> || std::is_lvalue_reference_v<U>,
                    "g++ before 13 destroys the members of T twice in `co_yield T{...}`: give it a name, as in `T item{...}; "
                    "co_yield cxx_await::moved(item);`");
#endif
      item.emplace(std::forward<U>(value));
      return {};
    }
    Yield yield_value(Moved<T> value) {
      item.emplace(std::move(value.item));
      return {};
    }
  };

  /// `co_await generator.next()`: the next item, or none at the end. It throws what the generator threw.
  class Next {
  public:
    static constexpr bool cxx_await_stays_local = std::is_same_v<Place, OwnerThread>;
    explicit Next(promise_type *promise) noexcept : promise_(promise) {}
    bool await_ready() const noexcept { return frame().done(); }
    template <detail::OfOurs P>
    CXX_AWAIT_NOINLINE std::coroutine_handle<> await_suspend(std::coroutine_handle<P> awaits) noexcept {
      static_assert(!cxx_await_stays_local || P::is_local, "a LocalGenerator stays on its thread: await it in a LocalTask or LocalGenerator");
      promise_->continues = awaits;
      promise_->root = awaits.promise().root;
      promise_->item.reset();
      return frame();
    }
    std::optional<T> await_resume() {
      if (!frame().done()) return std::exchange(promise_->item, std::nullopt);
      if (auto thrown = std::exchange(promise_->thrown, nullptr)) std::rethrow_exception(thrown);
      return std::nullopt;
    }

  private:
    auto frame() const noexcept { return std::coroutine_handle<promise_type>::from_promise(*promise_); }
    promise_type *promise_;
  };
  Next next() noexcept { return Next(static_cast<promise_type *>(frame_.get())); }

  /// Gives up the coroutine, to an owner who polls it.
  Operation *release() && noexcept { return frame_.release(); }

private:
  explicit Generator(promise_type *promise) noexcept : frame_(promise) {}
  detail::Frame frame_;
};

template <class T> using LocalGenerator = Generator<T, OwnerThread>;

}  // namespace cxx_await

#endif
