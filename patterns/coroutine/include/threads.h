// ANCHOR: threads
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <cstdlib>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include <pthread.h>

namespace coroutine {

/// Threads that end when the work that each of them does returns.
class Threads {
public:
  // Throws when one cannot be started. Those that were are then joined like all others.
  void start(std::size_t count, const std::function<void()> &work) {
    for (std::lock_guard lock(mutex_); threads_.size() < count; ++running_) {
      threads_.emplace_back([this, work] {
        here_.threads = this;
        work();
      });
    }
  }

  // Waits for the threads and joins them: at exit for two seconds at most, and never for one that waits here itself.
  void join(bool at_exit) {
    if (here_.threads == this) leave();
    std::unique_lock lock(mutex_);
    unjoined_.push_back(std::this_thread::get_id());
    auto threads = std::exchange(threads_, {});
    const auto all_left = [this] { return running_ == 0; };
    if (!at_exit) ended_.wait(lock, all_left);
    const bool ended = ended_.wait_for(lock, std::chrono::seconds(2), all_left);
    const auto unjoined = unjoined_;
    lock.unlock();
    for (std::thread &thread : threads) {
      if (ended && std::count(unjoined.begin(), unjoined.end(), thread.get_id()) == 0) thread.join();
      else thread.detach();
    }
  }

private:
  // On a thread, the last of its thread_local objects to be destroyed: the others may take their time, and exit.
  struct Here {
    Threads *threads;  // those that the thread is one of
    ~Here() {
      if (threads != nullptr) threads->leave();
    }
  };
  static inline thread_local Here here_{nullptr};

  void leave() {
    std::lock_guard lock(mutex_);
    here_.threads = nullptr;
    --running_;
    ended_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable ended_;
  std::size_t running_ = 0;
  std::vector<std::thread::id> unjoined_;
  std::vector<std::thread> threads_;
};
// ANCHOR_END: threads

// ANCHOR: process
/// The one `T` of this process: made at its first use, closed at exit, and never destroyed, as a thread that outlives
/// main may still want it. A forked child has none of the threads of its parent's, and makes one of its own.
template <class T> class Process {
public:
  /// Throws when a thread cannot be started.
  static T &get() {
    [[maybe_unused]] static const int registered[] = {
        std::atexit([] { close(true); }),
        ::pthread_atfork(nullptr, nullptr, [] { lost_ = shared_.exchange(nullptr); }),
    };
    T *made = shared_;
    if (made != nullptr) return *made;
    auto started = std::make_unique<T>();
    started->start();
    // Another thread may have been as fast. Then what that made stays, and this ends.
    return shared_.compare_exchange_strong(made, started.get()) ? *started.release() : *made;
  }

  /// Null before its first use.
  static T *made() { return shared_; }

  static void close(bool at_exit) {
    if (T *const made = shared_) made->close(at_exit);
  }

private:
  static inline std::atomic<T *> shared_ = nullptr;
  static inline std::atomic<T *> lost_ = nullptr;  // that of the process that forked this one
};
// ANCHOR_END: process

// ANCHOR: workers
/// How a coroutine ends that was asked to stop: what it holds is destroyed on the way.
struct Stopped : std::exception {
  const char *what() const noexcept override { return "stopped"; }
};

/// Threads that run what coroutines have to do. Each waits in the queue at most once.
class Workers {
public:
  ~Workers() { close(false); }

  void start() {
    threads_.start(4, [this] { work(); });
  }

  /// `co_await workers.schedule()`: the coroutine continues on one of the threads. Throws after `close`.
  auto schedule() noexcept { return Schedule{*this}; }

  /// What still waits goes on at once, and gets the exception. Joins the threads.
  void close(bool at_exit) {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    ready_.notify_all();
    threads_.join(at_exit);
  }

  /// Throws after `close`: for what keeps its thread.
  void check() const {
    if (closed_) throw std::runtime_error("the workers have been closed");
  }

private:
  struct Schedule {
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

  // Once the lock is free, a worker may have run the coroutine to its end, and `waiting` with it.
  bool push(Schedule &waiting) {
    {
      std::lock_guard lock(mutex_);
      waiting.refused = closed_;
      if (closed_) return false;
      queue_.push_back(&waiting);
    }
    ready_.notify_one();
    return true;
  }

  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      ready_.wait(lock, [this] { return closed_ || !queue_.empty(); });
      if (queue_.empty()) return;
      Schedule &next = *queue_.front();
      queue_.pop_front();
      next.refused = closed_;
      lock.unlock();
      next.waits.resume();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Schedule *> queue_;
  std::atomic<bool> closed_ = false;
  Threads threads_;
};
// ANCHOR_END: workers

// ANCHOR: timers
/// One thread that resumes coroutines when their time has come.
class Timers {
public:
  using Clock = std::chrono::steady_clock;
  class Sleep;

  /// `co_await timers.sleep(time, stop)`: the coroutine continues on the timers' thread, after `time`. Throws
  /// `Stopped` as soon as it is asked to stop, and another exception after `close`.
  Sleep sleep(std::chrono::milliseconds time, std::stop_token stop);

  ~Timers() { close(false); }

  void start() {
    thread_.start(1, [this] { run(); });
  }

  /// What still sleeps wakes at once, and gets the exception. Joins the thread.
  void close(bool at_exit) {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
    thread_.join(at_exit);
  }

  /// How many coroutines sleep.
  std::size_t sleeping() {
    std::lock_guard lock(mutex_);
    return queue_.size();
  }

private:
  using Queue = std::multimap<Clock::time_point, Sleep *>;

  bool add(Sleep &sleep);
  void wake_now(Sleep &sleep);
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  Queue queue_;
  bool closed_ = false;
  Threads thread_;
};

class Timers::Sleep {
public:
  Sleep(Timers &timers, Clock::time_point until, std::stop_token stop)
      : timers_(timers), until_(until), stop_(std::move(stop)) {}

  bool await_ready() const noexcept { return until_ <= Clock::now(); }

  bool await_suspend(std::coroutine_handle<> coroutine) {
    waits_ = coroutine;
    // Before it is in the queue: from then on, the timers' thread may end the coroutine, and this with it.
    wake_now_.emplace(stop_, WakeNow{*this});
    return timers_.add(*this);
  }

  void await_resume() {
    wake_now_.reset();  // waits for one that is running on another thread
    if (stop_.stop_requested()) throw Stopped();
    if (refused_) throw std::runtime_error("the timers have been closed");
  }

private:
  friend Timers;

  struct WakeNow {
    Sleep &sleep;
    void operator()() const { sleep.timers_.wake_now(sleep); }
  };

  Timers &timers_;
  Clock::time_point until_;
  std::stop_token stop_;
  std::coroutine_handle<> waits_;
  std::optional<Queue::iterator> place_;  // in the queue
  bool refused_ = false;
  std::optional<std::stop_callback<WakeNow>> wake_now_;
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
inline void Timers::wake_now(Sleep &sleep) {
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
