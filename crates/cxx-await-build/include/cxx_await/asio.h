// Between cxx_await's coroutines and those of Asio, whose awaitable only its own coroutines can await. Of Boost, or, when
// CXX_AWAIT_STANDALONE_ASIO is defined, without it.
#ifndef CXX_AWAIT_ASIO_H
#define CXX_AWAIT_ASIO_H

#include "../cxx_await.h"

#ifdef CXX_AWAIT_STANDALONE_ASIO
#include <asio/async_result.hpp>
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
namespace cxx_await::detail {
namespace asio = ::asio;
}
#else
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
namespace cxx_await::detail {
namespace asio = ::boost::asio;
}
#endif

namespace cxx_await {
namespace detail {

/// An Asio coroutine that runs on an executor, and then resumes who awaits it, there.
template <class T, class Executor, class Start> class FromAsio {
public:
  FromAsio(Executor executor, Start start) : executor_(std::move(executor)), start_(std::move(start)) {}
  bool await_ready() const noexcept { return false; }
  CXX_AWAIT_NOINLINE void await_suspend(std::coroutine_handle<> awaits) {
    if constexpr (std::is_void_v<T>) {
      asio::co_spawn(executor_, start_(), [this, awaits](std::exception_ptr thrown) {
        result_.thrown = std::move(thrown);
        awaits.resume();
      });
    } else {
      asio::co_spawn(executor_, start_(), [this, awaits](std::exception_ptr thrown, T value) {
        if (thrown) result_.result.template emplace<2>(std::move(thrown));
        else result_.return_value(std::move(value));
        awaits.resume();
      });
    }
  }
  T await_resume() { return result_.take(); }

private:
  Executor executor_;
  Start start_;
  Returned<T> result_{};
};

template <class T, class E> T awaitable_output(asio::awaitable<T, E>);

}  // namespace detail

/// A task that runs an Asio coroutine on `executor`: for a function of a bridge. `start(std::stop_token)` makes the
/// coroutine, which is asked to stop by that token when the task is dropped.
template <class Executor, class Start> auto from_asio(Executor executor, Start start)
    -> Task<decltype(detail::awaitable_output(start(std::stop_token())))> {
  using Output = decltype(detail::awaitable_output(start(std::stop_token())));
  auto token = co_await stop_token();
  auto make = [&] { return start(token); };
  detail::FromAsio<Output, Executor, decltype(make)> awaiter(std::move(executor), std::move(make));
  co_return co_await awaiter;
}

/// `co_await cxx_await::to_asio(lookup(key))` in an Asio coroutine: the task or Rust future is polled on the coroutine's
/// executor, which has work until it ends. Its context must outlive it.
template <class A> auto to_asio(A task_or_future) -> detail::asio::awaitable<typename A::Output> {
  namespace asio = detail::asio;
  using T = typename A::Output;
  auto executor = co_await asio::this_coro::executor;
  auto post = [work = asio::make_work_guard(executor)](auto turn) { asio::post(work.get_executor(), std::move(turn)); };
  auto task = as_task(std::move(task_or_future));
  // Not the result itself: it need not have a default.
  detail::Returned<T> result;
  auto initiate = [&](auto handler) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    spawn(std::move(task), std::move(post), [shared = std::move(shared), &result](Finished<T> &finished) noexcept {
      try {
        if constexpr (std::is_void_v<T>) {
          finished.take();
        } else {
          result.return_value(finished.take());
        }
      } catch (...) {
        result.unhandled_exception();
      }
      (*shared)();
    }).detach();
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<> &, void()>(initiate, asio::use_awaitable);
  if constexpr (std::is_void_v<T>) result.take();
  else co_return result.take();
}

}  // namespace cxx_await

#endif
