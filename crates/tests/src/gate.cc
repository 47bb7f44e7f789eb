#include "cxx-await-tests/include/gate.h"

namespace gate {

std::atomic<std::uint64_t> Alive::count{0};

// Never destroyed: coroutines may be in flight when the process exits.
Worker &worker() {
  static Worker *worker = new Worker;
  return *worker;
}

void Worker::hold(bool held) {
  {
    std::lock_guard lock(mutex_);
    held_ = held;
  }
  ready_.notify_one();
}

void Worker::push(std::coroutine_handle<> coroutine) {
  {
    std::lock_guard lock(mutex_);
    queue_.push_back(coroutine);
  }
  ready_.notify_one();
}

void Worker::run(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (ready_.wait(lock, stop, [this] { return !queue_.empty() && !held_; })) {
    auto coroutine = queue_.front();
    queue_.pop_front();
    lock.unlock();
    coroutine.resume();
    lock.lock();
  }
}

}  // namespace gate
