#include "pitfalls/include/pitfalls.h"

#include <condition_variable>
#include <mutex>

void until_dropped(const std::stop_token &stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any().wait(lock, stop, [] { return false; });
}
