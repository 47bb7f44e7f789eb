#include "cxx-await-tests/src/owners.rs.h"
#include "cxx-await-tests/include/gate.h"

#include "cxx_await/asio.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <future>
#include <new>
#include <thread>
#include <vector>

namespace {
std::atomic<std::uint64_t> allocations{0};
}
void *operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void *memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }

namespace owners {

using gate::Alive;
using gate::worker;

namespace {
std::atomic<std::uint64_t> stop_count{0};
boost::asio::thread_pool &pool() {
  static auto *pool = new boost::asio::thread_pool(2);
  return *pool;
}
// What the executors here are given.
constexpr auto post_to_pool = [](auto turn) { boost::asio::post(pool(), std::move(turn)); };
}  // namespace

std::uint64_t stops() { return stop_count; }
std::uint64_t frames() { return Alive::count; }
std::uint64_t cpp_allocations() { return allocations; }

Task<std::uint32_t> hop(std::uint32_t n) {
  Alive alive;
  co_await worker().schedule();
  co_return n;
}
Task<> forever() {
  Alive alive;
  const auto stop = co_await cxx_await::stop_token();
  while (!stop.stop_requested()) co_await worker().schedule();
  ++stop_count;
  throw cxx_await::Stopped();
}
Task<> until_stopped() {
  Alive alive;
  const auto stop = co_await cxx_await::stop_token();
  // Resumed by the callback, which runs in the drop of the future.
  struct Stop {
    std::stop_token token;
    std::optional<std::stop_callback<std::function<void()>>> callback{};
    explicit Stop(std::stop_token token) : token(std::move(token)) {}
    bool await_ready() const noexcept { return token.stop_requested(); }
    void await_suspend(std::coroutine_handle<> coroutine) {
      callback.emplace(token, [coroutine] { coroutine.resume(); });
    }
    void await_resume() const noexcept {}
  };
  Stop stopped(stop);
  co_await stopped;
  ++stop_count;
}
Task<rust::String> through(std::string key) {
  Alive alive;
  co_await worker().schedule();
  if (key == "never too") co_await never();
  auto value = co_await lookup(key);
  co_await worker().schedule();
  co_return value;
}
Task<> waking_in_cpp(Cloning cloning, Waking action) {
  Alive alive;
  co_await waking(cloning, action);
}

rust::String sync_wait(rust::Str key) { return cxx_await::sync_wait(through(std::string(key))); }
std::uint32_t sync_wait_future(std::uint32_t n) { return cxx_await::sync_wait(at_once(n)); }
void sync_wait_waking(Cloning cloning, Waking action) { cxx_await::sync_wait(waking(cloning, action)); }

namespace {
template <class Post> rust::String spawned(rust::Str key, Post post) {
  std::promise<rust::String> promise;
  auto handle = cxx_await::spawn(through(std::string(key)), post, [&](auto &finished) {
    try {
      promise.set_value(finished.take());
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  });
  return promise.get_future().get();
}
}  // namespace

rust::String on_pool(rust::Str key) { return spawned(key, post_to_pool); }
void on_pool_and_drop(rust::Str key) {
  auto handle = cxx_await::spawn(through(std::string(key)), post_to_pool, [](auto &) {});
}
void on_pool_that_stops(rust::Str key) {
  boost::asio::io_context context;
  auto handle = cxx_await::spawn(
      through(std::string(key)), [&](auto turn) { boost::asio::post(context, std::move(turn)); }, [](auto &) {});
  std::move(handle).detach();
  // Never run: the context drops the turn that it was given.
}
rust::String inline_executor(rust::Str key) {
  return spawned(key, [](auto step) { step(); });
}

namespace {
// A coroutine of somebody else's, which can await anything.
struct Foreign {
  struct promise_type {
    std::promise<rust::String> result;
    std::shared_ptr<std::atomic<bool>> ended = std::make_shared<std::atomic<bool>>(false);
    Foreign get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this), result.get_future(), ended};
    }
    std::suspend_never initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct Ended {
        bool await_ready() const noexcept { return false; }
        // From here on it may be destroyed, by another thread.
        void await_suspend(std::coroutine_handle<promise_type> frame) const noexcept {
          const auto ended = frame.promise().ended;
          ended->store(true, std::memory_order_release);
        }
        void await_resume() const noexcept {}
      };
      return Ended{};
    }
    void return_value(rust::String value) { result.set_value(std::move(value)); }
    void unhandled_exception() { result.set_exception(std::current_exception()); }
  };
  std::coroutine_handle<promise_type> frame;
  std::future<rust::String> result;
  std::shared_ptr<std::atomic<bool>> ended;
};
template <class Post> Foreign foreign(std::string key, Post post) {
  Alive alive;
  const auto first = co_await cxx_await::on(post, lookup(key));
  const auto one = co_await cxx_await::on(post, at_once(1));
  co_await cxx_await::on(post, turns(1));
  co_return std::string(first) + std::to_string(one);
}
}  // namespace

rust::String foreign_coroutine(rust::Str key) {
  auto coroutine = foreign(std::string(key), post_to_pool);
  struct Destroy {
    Foreign &coroutine;
    ~Destroy() {
      while (!coroutine.ended->load(std::memory_order_acquire)) std::this_thread::yield();
      coroutine.frame.destroy();
    }
  } destroy{coroutine};
  return coroutine.result.get();
}
void foreign_coroutine_is_dropped() {
  boost::asio::io_context context;
  auto coroutine = foreign("never", [&](auto turn) { boost::asio::post(context, std::move(turn)); });
  context.run();
  context.restart();
  coroutine.frame.destroy();
  context.run();
}
void poll_once_and_drop(rust::Str key) {
  cxx_await::detail::Counted<cxx_await::detail::Blocking> blocking(new cxx_await::detail::Blocking);
  auto *operation = cxx_await::as_task(lookup(key)).release();
  cxx_await::cxx_await_1_poll(operation, static_cast<cxx_await::detail::Waker *>(blocking.get()));
  cxx_await::cxx_await_1_drop(operation);
}

namespace {
using Timer = boost::asio::steady_timer;
boost::asio::awaitable<std::int32_t> add_later(std::int32_t a, std::int32_t b) {
  if (a < 0) throw std::domain_error("below zero");
  Timer timer(co_await boost::asio::this_coro::executor, std::chrono::milliseconds(1));
  co_await timer.async_wait(boost::asio::use_awaitable);
  co_return a + b;
}
boost::asio::awaitable<void> wait_an_hour(std::stop_token stop) {
  auto executor = co_await boost::asio::this_coro::executor;
  Timer timer(executor, std::chrono::hours(1));
  // A timer is used by one thread at a time.
  std::stop_callback cancel(stop, [&] { boost::asio::post(executor, [&] { timer.cancel(); }); });
  try {
    co_await timer.async_wait(boost::asio::use_awaitable);
  } catch (...) {
    ++stop_count;
    throw;
  }
}
boost::asio::thread_pool &single() {
  static auto *pool = new boost::asio::thread_pool(1);
  return *pool;
}
}  // namespace

Task<std::int32_t> asio_add(std::int32_t a, std::int32_t b) {
  return cxx_await::from_asio(pool().get_executor(), [a, b](std::stop_token) { return add_later(a, b); });
}
Task<> asio_hour() { return cxx_await::from_asio(single().get_executor(), wait_an_hour); }
rust::String asio_awaits_rust(rust::Str key) {
  boost::asio::io_context context;
  std::promise<rust::String> promise;
  boost::asio::co_spawn(
      context,
      [](std::string key) -> boost::asio::awaitable<rust::String> {
        const auto thread = std::this_thread::get_id();
        const auto one = co_await cxx_await::to_asio(at_once(1));
        co_await cxx_await::to_asio(turns(2));
        auto value = co_await cxx_await::to_asio(lookup(key));
        value = co_await cxx_await::to_asio(through(std::string(value)));
        if (std::this_thread::get_id() != thread) throw std::logic_error("another thread");
        co_return std::string(value) + std::to_string(one);
      }(std::string(key)),
      [&](std::exception_ptr thrown, rust::String value) {
        if (thrown) promise.set_exception(thrown);
        else promise.set_value(std::move(value));
      });
  context.run();
  return promise.get_future().get();
}

Task<rust::String> first_of(std::string a, std::string b) {
  Alive alive;
  auto first = co_await cxx_await::when_any(through(a), lookup(b));
  co_return std::to_string(first.index()) + " " +
      std::string(first.index() == 0 ? std::get<0>(first) : std::get<1>(first));
}
Task<rust::String> both_of(std::string a, std::string b) {
  Alive alive;
  auto [left, right, nothing] = co_await cxx_await::when_all(through(a), lookup(b), turns(1));
  static_assert(std::is_same_v<decltype(nothing), std::monostate>);
  co_return std::string(left) + " " + std::string(right);
}
Task<rust::String> in_time(std::string key, std::uint32_t count) {
  auto value = co_await cxx_await::with_timeout(through(key), turns(count));
  co_return value ? *value : rust::String("too late");
}

namespace {
Task<std::uint64_t> one() { co_return 1; }
}  // namespace
Task<std::uint64_t> deep(std::uint64_t steps) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < steps; ++i) sum += co_await one();
  co_return sum;
}
Task<std::uint64_t> deep_hops(std::uint64_t steps) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < steps; ++i) {
    co_await worker().schedule();
    ++sum;
  }
  co_return sum;
}
Task<std::uint64_t> deep_rust(std::uint64_t steps) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < steps; ++i) sum += co_await at_once(1);
  co_return sum;
}
Generator<std::uint64_t> deep_stream(std::uint64_t steps) {
  for (std::uint64_t i = 0; i < steps; ++i) co_yield i;
}
Task<std::uint64_t> deep_generator(std::uint64_t steps) {
  std::uint64_t sum = 0;
  auto generator = deep_stream(steps);
  while (auto item = co_await generator.next()) sum += 1;
  co_return sum;
}

}  // namespace owners
