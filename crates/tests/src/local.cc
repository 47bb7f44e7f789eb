#include "cxx-await-tests/src/local.rs.h"
#include "cxx-await-tests/include/gate.h"

#include <stdexcept>
#include <thread>

namespace local {

using cxx_await::Task;
using gate::Alive;
using gate::worker;

std::uint64_t frames() { return Alive::count; }

LocalTask<std::uint32_t> strays(rust::Box<Shared> shared, std::uint32_t steps) {
  Alive alive;
  const auto mine = std::this_thread::get_id();
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < steps; ++i) {
    co_await worker().schedule();
    shared->touch();
    if (std::this_thread::get_id() != mine) ++count;
  }
  if (steps == 0) throw std::invalid_argument("no steps");
  co_return count;
}
LocalGenerator<std::uint32_t> strayed(rust::Box<Shared> shared, std::uint32_t steps) {
  Alive alive;
  const auto mine = std::this_thread::get_id();
  for (std::uint32_t i = 0; i < steps; ++i) {
    co_await worker().schedule();
    shared->touch();
    co_yield std::this_thread::get_id() == mine ? i : 1000;
  }
}

namespace {
std::mutex mutex;
std::coroutine_handle<> waits;
struct Hold {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> coroutine) const {
    std::lock_guard lock(mutex);
    waits = coroutine;
  }
  void await_resume() const noexcept {}
};
Task<std::uint32_t> child() {
  co_await worker().schedule();
  const auto one = co_await rust_anywhere();
  co_await worker().schedule();
  co_return one;
}
}  // namespace

LocalTask<std::uint32_t> held(rust::Box<Shared> shared) {
  Alive alive;
  co_await Hold();
  shared->touch();
  co_return 1;
}
void release_held() {
  std::coroutine_handle<> coroutine;
  {
    std::lock_guard lock(mutex);
    coroutine = std::exchange(waits, nullptr);
  }
  std::thread([coroutine] { coroutine.resume(); }).join();
}
LocalTask<std::uint32_t> mixed(rust::Box<Shared> shared) {
  const auto mine = std::this_thread::get_id();
  const auto check = [&] {
    shared->touch();
    if (std::this_thread::get_id() != mine) throw std::logic_error("on another thread");
  };
  std::uint32_t sum = co_await child();
  check();
  sum += co_await rust_local(3);
  check();
  sum += co_await strays(new_shared(), 2);
  check();
  auto generator = strayed(new_shared(), 3);
  while (auto number = co_await generator.next()) sum += *number;
  check();
  auto stream = rust_local_numbers(3);
  while (auto number = co_await stream.next()) sum += *number;
  check();
  const auto stop = co_await cxx_await::stop_token();
  if (stop.stop_requested()) throw std::logic_error("nobody asked");
  try {
    co_await strays(new_shared(), 0);
  } catch (const std::invalid_argument &) {
    sum += 100;
  }
  check();
  co_return sum;
}
LocalTask<std::uint32_t> not_on_owner() { co_return co_await child(); }
std::uint32_t drive_on_this_thread() { return cxx_await::sync_wait(strays(new_shared(), 5)); }

}  // namespace local
