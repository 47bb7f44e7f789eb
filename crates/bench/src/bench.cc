#include "cxx-await-bench/src/bridge.rs.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <new>
#include <thread>

namespace {
std::atomic<std::uint64_t> made{0};
}
void *operator new(std::size_t size) {
  made.fetch_add(1, std::memory_order_relaxed);
  if (void *memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }

namespace bench {
namespace {

class Worker {
public:
  Worker() {
    std::thread([this] { run(); }).detach();
  }
  auto schedule() noexcept {
    struct Turn {
      Worker &worker;
      bool await_ready() const noexcept { return false; }
      void await_suspend(std::coroutine_handle<> coroutine) { worker.push(coroutine); }
      void await_resume() const noexcept {}
    };
    return Turn{*this};
  }

private:
  void push(std::coroutine_handle<> coroutine) {
    {
      std::lock_guard lock(mutex_);
      queue_.push_back(coroutine);
    }
    ready_.notify_one();
  }
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      ready_.wait(lock, [this] { return !queue_.empty(); });
      auto coroutine = queue_.front();
      queue_.pop_front();
      lock.unlock();
      coroutine.resume();
      lock.lock();
    }
  }
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::coroutine_handle<>> queue_;
};
Worker &worker() {
  static Worker *worker = new Worker;
  return *worker;
}

}  // namespace

std::uint64_t allocations() { return made; }

Task<std::uint64_t> on_worker(std::uint64_t n) {
  co_await worker().schedule();
  co_return n;
}
Task<std::uint64_t> at_once(std::uint64_t n) { co_return n; }
Generator<std::uint64_t> counted(std::uint64_t n) {
  for (std::uint64_t i = 0; i < n; ++i) co_yield i;
}
cxx_await::Receiver<std::unique_ptr<std::vector<std::uint64_t>>> batches(std::uint64_t n) {
  auto [sender, receiver] = cxx_await::channel<std::unique_ptr<std::vector<std::uint64_t>>>(4);
  std::thread([n, sender = std::move(sender)]() mutable {
    for (std::uint64_t i = 0; i < n;) {
      auto batch = std::make_unique<std::vector<std::uint64_t>>();
      batch->reserve(64);
      for (const auto end = std::min(n, i + 64); i < end; ++i) batch->push_back(i);
      if (!sender.send_blocking(std::move(batch))) return;
    }
  }).detach();
  return std::move(receiver);
}
Task<std::uint64_t> await_ready(std::uint64_t n) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < n; ++i) sum += co_await ready(i);
  co_return sum;
}
Task<std::uint64_t> await_oneshot(std::uint64_t n) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < n; ++i) sum += co_await oneshot(i);
  co_return sum;
}
Task<std::uint64_t> await_stream(std::uint64_t n) {
  std::uint64_t sum = 0;
  auto stream = numbers(n);
  while (auto item = co_await stream.next()) sum += *item;
  co_return sum;
}
std::uint64_t wait_for_oneshot(std::uint64_t n) { return cxx_await::sync_wait(await_oneshot(n)); }

}  // namespace bench
