// ANCHOR: pool
#include "co-await-rust/src/executors.rs.h"
#include "co-await-rust/src/lib.rs.h"

// Boost 1.74 does not see by itself that clang has coroutines with the standard library of g++.
#define BOOST_ASIO_HAS_CO_AWAIT 1
#include "cxx_await/asio.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <pthread.h>

namespace co_await_rust {

namespace asio = boost::asio;

rust::String ask_and_wait(rust::Str server, std::uint32_t millis) {
  return cxx_await::sync_wait(ask(server, millis));
}

namespace {

// Where the second thread cannot be started, the first is stopped and joined; asio::thread_pool would wait for it for ever.
struct Pool {
  asio::io_context context;
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::jthread one{run, std::ref(context)};
  std::jthread other{run, std::ref(context)};

  static void run(const std::stop_token &stop, asio::io_context &context) {
    const std::stop_callback end(stop, [&context] { context.stop(); });
    context.run();
  }
};

std::mutex making;
std::atomic<Pool *> made{nullptr};
std::atomic<Pool *> of_parent{nullptr};

// A fork waits for a pool that is being made: in the child, nobody would release the lock.
[[maybe_unused]] const int registered = ::pthread_atfork([] { making.lock(); }, [] { making.unlock(); }, [] {
  of_parent = made.exchange(nullptr);
  making.unlock();
});

// Never destroyed: an executor outlives all that may still be woken on it. A forked child has none of its parent's
// threads, and makes a pool of its own.
Pool &pool() {
  if (Pool *const there = made) return *there;
  const std::lock_guard lock(making);
  if (made == nullptr) made = new Pool;
  return *made;
}

// Makes an executor: it is given functions, to be called later and once, that can be moved and not copied. It must not
// throw, so the pool is made before.
auto poster() {
  return [&context = pool().context](auto turn) { asio::post(context, std::move(turn)); };
}

}  // namespace

rust::Vec<rust::String> ask_many(std::uint32_t count, std::uint32_t millis) {
  const auto post = poster();
  std::vector<std::future<rust::String>> answers;
  std::vector<cxx_await::Handle> handles;  // an exception drops what still waits
  for (std::uint32_t i = 0; i < count; ++i) {
    std::promise<rust::String> promise;
    answers.push_back(promise.get_future());
    auto then = [promise = std::move(promise)](auto &finished) mutable noexcept {
      try {
        promise.set_value(finished.take());
      } catch (...) {
        promise.set_exception(std::current_exception());
      }
    };
    auto task = cxx_await::as_task(ask("server " + std::to_string(i), millis));
    handles.push_back(cxx_await::spawn(std::move(task), post, std::move(then)));
  }
  rust::Vec<rust::String> all;
  for (auto &answer : answers) all.push_back(answer.get());
  return all;
}

void ask_and_leave(std::uint32_t millis) {
  auto task = cxx_await::as_task(ask("a server", millis));
  const auto handle = cxx_await::spawn(std::move(task), poster(), [](auto &) noexcept {});
}
// ANCHOR_END: pool

// ANCHOR: asio
namespace {

asio::awaitable<rust::String> relay(std::string server, std::uint32_t millis) {
  const rust::String answer = co_await cxx_await::to_asio(ask(server, millis));
  asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::milliseconds(millis));
  co_await timer.async_wait(asio::use_awaitable);
  co_return co_await cxx_await::to_asio(ask(answer, millis));
}

}  // namespace

rust::String ask_with_asio(rust::Str server, std::uint32_t millis) {
  asio::io_context context;
  auto answer = asio::co_spawn(context, relay(std::string(server), millis), asio::use_future);
  context.run();
  return answer.get();
}

}  // namespace co_await_rust
// ANCHOR_END: asio
