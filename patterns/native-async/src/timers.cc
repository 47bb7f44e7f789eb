#include "native-async/include/timers.h"

#include "cxx_await.h"

#include <atomic>
#include <utility>

#include <pthread.h>

namespace native_async {

namespace {

std::mutex making;
std::atomic<Timers *> made{nullptr};
std::atomic<Timers *> of_parent{nullptr};

// A fork waits for timers that are being made: in the child, nobody would release the lock.
[[maybe_unused]] const int registered = ::pthread_atfork([] { making.lock(); }, [] { making.unlock(); }, [] {
  of_parent = made.exchange(nullptr);
  making.unlock();
});

}  // namespace

// Never destroyed: coroutines may sleep when the process exits. A forked child has none of its parent's threads, and makes
// timers of its own.
Timers &timers() {
  if (Timers *const there = made) return *there;
  const std::lock_guard lock(making);
  if (made == nullptr) made = new Timers;
  return *made;
}

Timers::Sleep Timers::sleep(std::chrono::milliseconds time, std::stop_token stop) {
  return {*this, Clock::now() + time, std::move(stop)};
}

void Timers::add(Sleep &sleep) {
  {
    const std::lock_guard lock(mutex_);
    sleep.place_ = queue_.emplace(sleep.until_, &sleep);
  }
  changed_.notify_one();
}

// A stop resumes nothing: the one thread that takes a coroutine out of the queue is the one that resumes it.
void Timers::wake_now(Sleep &sleep) {
  if (made != this) return;  // a forked child drops what it has: its parent may have held the lock
  {
    const std::lock_guard lock(mutex_);
    sleep.until_ = Clock::time_point::min();
    if (!sleep.place_) return;
    auto entry = queue_.extract(*sleep.place_);
    entry.key() = sleep.until_;
    sleep.place_ = queue_.insert(std::move(entry));
  }
  changed_.notify_one();
}

void Timers::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !queue_.empty(); });
    const auto [until, first] = *queue_.begin();
    if (until > Clock::now()) {
      changed_.wait_until(lock, until);
    } else {
      Sleep &sleep = *first;
      queue_.erase(queue_.begin());
      sleep.place_.reset();
      lock.unlock();
      sleep.coroutine_.resume();
      lock.lock();
    }
  }
}

Timers::Sleep::Sleep(Timers &timers, Clock::time_point until, std::stop_token stop)
    : timers_(timers), until_(until), stop_(std::move(stop)) {}

void Timers::Sleep::await_suspend(std::coroutine_handle<> coroutine) {
  coroutine_ = coroutine;
  // Before it is in the queue: from then on the coroutine may run, and this with it.
  stopped_.emplace(stop_, WakeNow{*this});
  timers_.add(*this);
}

void Timers::Sleep::await_resume() {
  stopped_.reset();  // waits for one that runs on another thread
  if (stop_.stop_requested()) throw cxx_await::Stopped();
}

}  // namespace native_async
