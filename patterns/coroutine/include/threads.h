// ANCHOR: workers
#pragma once

#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace coroutine {

/// How a coroutine ends that was asked to stop: what it holds is destroyed on the way.
struct Stopped : std::exception {
  const char *what() const noexcept override { return "stopped"; }
};

/// Threads that run what coroutines have to do. Each waits in the queue at most once.
class Workers {
public:
  explicit Workers(std::size_t threads) {
    while (threads_.size() < threads) threads_.emplace_back([this] { work(); });
  }

  /// `co_await workers.turn()`: the coroutine goes on on one of the threads. Throws after `close`.
  auto turn() noexcept { return Turn{*this}; }

  /// What still waits goes on at once, and gets the exception. Joins the threads. Once.
  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    ready_.notify_all();
    threads_.clear();
  }

private:
  struct Turn {
    Workers &workers;
    std::coroutine_handle<> waits{};
    bool refused = false;

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> coroutine) {
      waits = coroutine;
      return workers.push(*this);
    }
    void await_resume() const {
      if (refused) throw std::runtime_error("the workers have been closed");
    }
  };

  // Once the lock is free, a worker may have run the coroutine to its end, and `turn` with it.
  bool push(Turn &turn) {
    {
      std::lock_guard lock(mutex_);
      turn.refused = closed_;
      if (closed_) return false;
      queue_.push_back(&turn);
    }
    ready_.notify_one();
    return true;
  }

  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      ready_.wait(lock, [this] { return closed_ || !queue_.empty(); });
      if (queue_.empty()) return;
      Turn &turn = *queue_.front();
      queue_.pop_front();
      turn.refused = closed_;
      lock.unlock();
      turn.waits.resume();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Turn *> queue_;
  bool closed_ = false;
  std::vector<std::jthread> threads_;  // the last member: what they use outlives them
};
// ANCHOR_END: workers

// ANCHOR: timers
/// One thread that resumes coroutines when their time has come.
class Timers {
public:
  using Clock = std::chrono::steady_clock;
  class Sleep;

  /// `co_await timers.sleep(time, stop)`: the coroutine goes on on the timers' thread, after `time`. Throws
  /// `Stopped` as soon as it is asked to stop, and another exception after `close`.
  Sleep sleep(std::chrono::milliseconds time, std::stop_token stop);

  /// What still sleeps wakes at once, and gets the exception. Joins the thread. Once.
  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  /// How many coroutines sleep.
  std::size_t sleeping() {
    std::lock_guard lock(mutex_);
    return queue_.size();
  }

private:
  using Queue = std::multimap<Clock::time_point, Sleep *>;

  bool add(Sleep &sleep);
  void hurry(Sleep &sleep);
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  Queue queue_;
  bool closed_ = false;
  std::jthread thread_{[this] { run(); }};  // the last member: what it uses outlives it
};

class Timers::Sleep {
public:
  Sleep(Timers &timers, Clock::time_point until, std::stop_token stop)
      : timers_(timers), until_(until), stop_(std::move(stop)) {}

  bool await_ready() const noexcept { return until_ <= Clock::now(); }

  bool await_suspend(std::coroutine_handle<> coroutine) {
    waits_ = coroutine;
    // Before it is in the queue: from then on, the timers' thread may end the coroutine, and this with it.
    hurry_.emplace(stop_, Hurry{*this});
    return timers_.add(*this);
  }

  void await_resume() {
    hurry_.reset();  // waits for one that is running on another thread
    if (stop_.stop_requested()) throw Stopped();
    if (refused_) throw std::runtime_error("the timers have been closed");
  }

private:
  friend Timers;

  struct Hurry {
    Sleep &sleep;
    void operator()() const { sleep.timers_.hurry(sleep); }
  };

  Timers &timers_;
  Clock::time_point until_;
  std::stop_token stop_;
  std::coroutine_handle<> waits_;
  std::optional<Queue::iterator> place_;  // in the queue
  bool refused_ = false;
  std::optional<std::stop_callback<Hurry>> hurry_;
};

inline Timers::Sleep Timers::sleep(std::chrono::milliseconds time, std::stop_token stop) {
  return {*this, Clock::now() + time, std::move(stop)};
}

inline bool Timers::add(Sleep &sleep) {
  std::lock_guard lock(mutex_);
  sleep.refused_ = closed_;
  if (closed_) return false;
  sleep.place_ = queue_.emplace(sleep.until_, &sleep);
  if (sleep.place_ == queue_.begin()) changed_.notify_one();
  return true;
}

// A stop does not resume the coroutine: it lets its time come. So nobody but `run` resumes it, and once.
inline void Timers::hurry(Sleep &sleep) {
  std::lock_guard lock(mutex_);
  sleep.until_ = Clock::time_point::min();
  if (!sleep.place_) return;
  auto node = queue_.extract(*sleep.place_);
  node.key() = sleep.until_;
  sleep.place_ = queue_.insert(std::move(node));
  changed_.notify_one();
}

inline void Timers::run() {
  std::unique_lock lock(mutex_);
  while (!closed_ || !queue_.empty()) {
    const auto due = queue_.empty() ? Clock::time_point::max() : queue_.begin()->first;
    if (queue_.empty()) {
      changed_.wait(lock);
    } else if (!closed_ && due > Clock::now()) {
      changed_.wait_until(lock, due);
    } else {
      Sleep &sleep = *queue_.begin()->second;
      queue_.erase(queue_.begin());
      sleep.place_.reset();
      sleep.refused_ = closed_;
      lock.unlock();
      sleep.waits_.resume();
      lock.lock();
    }
  }
}

}  // namespace coroutine
// ANCHOR_END: timers
