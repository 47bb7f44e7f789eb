// What the generated code uses: functions of the reader's, as cxx wants to call them.
#ifndef CXX_AWAIT_BRIDGED_H
#define CXX_AWAIT_BRIDGED_H

#include "channel.h"
#include "when.h"

#include "rust/cxx.h"

#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cxx_await {

namespace detail {
template <class A> concept HasAwaiter = requires(A a) { get_awaiter(std::move(a)).await_resume(); };
}

/// The customization point: specialise it for what only coroutines of its own kind can await, as asio::awaitable is.
template <class A> struct Adapt {};
template <detail::HasAwaiter A> struct Adapt<A> {
  using Output = std::decay_t<decltype(detail::get_awaiter(std::declval<A>()).await_resume())>;
  static Task<Output> task(A awaitable) { co_return co_await std::move(awaitable); }
};

namespace detail {

// A borrowed argument becomes an owned one, as the coroutine outlives the call. In an unsafe function it may stay borrowed.
template <bool Borrows> struct OwnStr {
  rust::Str value;
  operator std::string() && { return std::string(value); }
  operator rust::String() && { return rust::String(value.data(), value.size()); }
  operator rust::Str() && requires Borrows { return value; }
};
template <bool Borrows, class T> struct OwnSlice {
  rust::Slice<T> value;
  using Item = std::remove_const_t<T>;
  operator std::vector<Item>() && { return {value.begin(), value.end()}; }
  operator rust::Vec<Item>() && {
    rust::Vec<Item> all;
    all.reserve(value.size());
    for (auto &one : value) all.push_back(one);
    return all;
  }
  operator rust::Slice<T>() && requires Borrows { return value; }
};
template <bool, class T> T &&own(std::remove_reference_t<T> &value, std::type_identity<T>) {
  return static_cast<T &&>(value);
}
template <bool Borrows> OwnStr<Borrows> own(rust::Str &value, std::type_identity<rust::Str>) { return {value}; }
template <bool Borrows, class T> OwnSlice<Borrows, T> own(rust::Slice<T> &value, std::type_identity<rust::Slice<T>>) {
  return {value};
}

template <class T>
inline constexpr bool is_borrow = std::is_reference_v<T> || std::is_pointer_v<T> ||
                                  std::is_same_v<std::remove_cv_t<T>, rust::Str> ||
                                  std::is_same_v<std::remove_cv_t<T>, std::string_view>;
template <class T> inline constexpr bool is_borrow<rust::Slice<T>> = true;

template <class F> struct Signature;
template <class R, class... A> struct Signature<R (*)(A...)> {
  using Result = R;
  static constexpr bool takes_by_value = !(is_borrow<A> || ...);
};
template <class R, class... A> struct Signature<R (*)(A...) noexcept> : Signature<R (*)(A...)> {};
template <class R, class C, class... A> struct Signature<R (C::*)(A...)> : Signature<R (*)(A...)> {};
template <class R, class C, class... A> struct Signature<R (C::*)(A...) const> : Signature<R (*)(A...)> {};
template <class R, class C, class... A> struct Signature<R (C::*)(A...) noexcept> : Signature<R (*)(A...)> {};
template <class R, class C, class... A> struct Signature<R (C::*)(A...) const noexcept> : Signature<R (*)(A...)> {};

template <class A> concept Awaitable = requires(A a) { Adapt<A>::task(std::move(a)); };

enum class Shape { Nothing, Future, Stream };

/// What a function of the reader's returns, as a coroutine that Rust can own.
template <class R, class Place> struct Adapted {
  static constexpr Shape shape = Shape::Nothing;
  using Output = R;
};
template <Awaitable R, class Place> struct Adapted<R, Place> {
  static constexpr Shape shape = Shape::Future;
  using Output = typename Adapt<R>::Output;
  using Coroutine = Task<Output, AnyThread>;
  static constexpr bool in_place = std::is_same_v<Place, AnyThread>;
  static Coroutine make(R awaitable) { return Adapt<R>::task(std::move(awaitable)); }
};
template <class T, class Mine, class Place> struct Adapted<Task<T, Mine>, Place> {
  static constexpr Shape shape = Shape::Future;
  using Output = T;
  using Coroutine = Task<T, Mine>;
  static constexpr bool in_place = std::is_same_v<Mine, Place>;
  static Coroutine make(Coroutine task) { return task; }
};
template <class T, class Mine, class Place> struct Adapted<Generator<T, Mine>, Place> {
  static constexpr Shape shape = Shape::Stream;
  using Output = T;
  using Coroutine = Generator<T, Mine>;
  static constexpr bool in_place = std::is_same_v<Mine, Place>;
  static Coroutine make(Coroutine generator) { return generator; }
};
template <class T, class Place> struct Adapted<Receiver<T>, Place> {
  static constexpr Shape shape = Shape::Stream;
  using Output = T;
  using Coroutine = Generator<T>;
  static constexpr bool in_place = std::is_same_v<Place, AnyThread>;
  static Coroutine make(Receiver<T> receiver) { return all_items(std::move(receiver)); }
};
template <class T, class Place> struct Adapted<Batches<T>, Place> {
  static constexpr Shape shape = Shape::Stream;
  using Output = rust::Vec<T>;
  using Coroutine = Generator<rust::Vec<T>>;
  static constexpr bool in_place = std::is_same_v<Place, AnyThread>;
  static Coroutine make(Batches<T> batches) { return all_batches<rust::Vec<T>>(std::move(batches)); }
};

template <class R, class... A> using Function = R (*)(A...);

/// Not all that C++ throws is a std::exception, and of the rest cxx would know nothing.
template <class F> auto as_exception(F &&run) -> decltype(run()) {
  try {
    return run();
  } catch (const std::exception &) {
    throw;
  } catch (...) {
    throw std::runtime_error("C++ threw something that is not a std::exception");
  }
}

/// A coroutine that throws at once.
template <class Coroutine> Coroutine failed(std::exception_ptr thrown) {
  std::rethrow_exception(thrown);
  co_await std::suspend_never();
}

/// As std::invoke, for a function or a method; <functional> would take a tenth of the time that these headers take.
template <class F, class... A> decltype(auto) call(F *function, A &&...arguments) {
  return function(std::forward<A>(arguments)...);
}
template <class F, class T, class Self, class... A> decltype(auto) call(F T::*method, Self &&self, A &&...arguments) {
  return (std::forward<Self>(self).*method)(std::forward<A>(arguments)...);
}

/// Both types are named in what the compiler says of this one.
template <class BridgeSays, class FunctionSays> struct Agree {
  static_assert(std::is_same_v<BridgeSays, FunctionSays>,
                "the bridge says that the function gives Agree's first type, and the C++ function gives its second");
};

/// A function of the reader's, and what cxx calls instead: objects that convert to the function pointers that cxx's code
/// declares, which so deduce all types from it.
template <auto Callee, class Place, bool Borrows> struct Bridged {
  using Called = Signature<decltype(Callee)>;
  using Made = Adapted<typename Called::Result, Place>;
  static_assert(Made::shape != Shape::Nothing, "an async function of a bridge returns cxx_await::Task<T>, or something else "
                                               "that can be awaited; a stream is a cxx_await::Generator<T>");

  template <class... A> static Operation *start(A... arguments) {
    static_assert(Borrows || Called::takes_by_value, "a coroutine outlives the call, so it takes its arguments by value: "
                                                     "std::string for &str, std::vector<T> for &[T]");
    static_assert(Made::in_place, "what is #[local] in the bridge, and nothing else, is a LocalTask or LocalGenerator");
    try {
      return Made::make(call(Callee, own<Borrows>(arguments, std::type_identity<A>())...)).release();
    } catch (const std::bad_alloc &) {
      throw;
    } catch (...) {
      // It may be an error of the bridge's type, which is asked for when the coroutine has ended.
      return failed<typename Made::Coroutine>(std::current_exception()).release();
    }
  }
  template <class T> static T take_result(Operation *operation) {
    static_assert(Made::shape == Shape::Future, "an async function of a bridge is no generator: in the bridge, "
                                                "`fn ... -> impl Stream<Item = T>`");
    (void)sizeof(Agree<T, typename Made::Output>);
    return as_exception([&]() -> T { return static_cast<typename Made::Coroutine::promise_type *>(operation)->take(); });
  }
  template <class T> static T take_item(Operation *operation) {
    static_assert(Made::shape == Shape::Stream, "a stream of a bridge is a cxx_await::Generator<T>, a Receiver<T> or its Batches");
    (void)sizeof(Agree<T, typename Made::Output>);
    auto &item = static_cast<typename Made::Coroutine::promise_type *>(operation)->item;
    T value = std::move(*item);
    item.reset();
    return value;
  }
  static void finish(Operation *operation) {
    as_exception([&] { static_cast<typename Made::Coroutine::promise_type *>(operation)->take(); });
  }
  /// The error, when it is an E; anything else is thrown again.
  template <class E> static E take_error(Operation *operation) {
    return as_exception([&]() -> E {
      try {
        static_cast<typename Made::Coroutine::promise_type *>(operation)->take();
      } catch (E &error) {
        return std::move(error);
      }
      throw std::logic_error("nothing was thrown");
    });
  }

  struct Start {
    template <class... A> constexpr operator Function<Operation *, A...>() const { return &Bridged::start<A...>; }
  };
  struct TakeResult {
    template <class T> constexpr operator Function<T, Operation *>() const { return &Bridged::take_result<T>; }
  };
  struct TakeItem {
    template <class T> constexpr operator Function<T, Operation *>() const { return &Bridged::take_item<T>; }
  };
  struct Finish {
    constexpr operator Function<void, Operation *>() const { return &Bridged::finish; }
  };
  struct TakeError {
    template <class E> constexpr operator Function<E, Operation *>() const { return &Bridged::take_error<E>; }
  };
};

}  // namespace detail
}  // namespace cxx_await

#endif
