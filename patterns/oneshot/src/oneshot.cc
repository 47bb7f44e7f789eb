// ANCHOR: message
#include "oneshot/include/oneshot.h"

#include "oneshot/src/lib.rs.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

namespace oneshot {
namespace {

// What this library throws when a URL or a file is too long: not everybody derives from std::exception.
struct TooLarge {};

// The message of what is being thrown. Call it from a catch block.
rust::String message() {
  try {
    throw;
  } catch (const std::exception &error) {
    return rust::String::lossy(error.what());
  } catch (...) {
    return "C++ threw something that is not a std::exception";
  }
}
// ANCHOR_END: message

// ANCHOR: fetch
struct Fetch {
  std::string path;
  FetchCallback callback;
  rust::Box<AsyncContext> context;
  std::stop_token stop;
};

std::atomic<std::uint64_t> stopped{0};

rust::Slice<const std::uint8_t> bytes(std::string_view data) {
  return {reinterpret_cast<const std::uint8_t *>(data.data()), data.size()};
}

class File {
public:
  // Without O_NONBLOCK, opening a FIFO would wait for its writer, and no stop could end that.
  explicit File(const std::string &path)
      : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {
    if (number_ < 0) throw std::system_error(errno, std::generic_category(), path);
  }
  File(const File &) = delete;
  File &operator=(const File &) = delete;
  ~File() { ::close(number_); }

  // The next bytes that fit into `block`; empty at the end of the file; nullopt when none have come yet.
  std::optional<std::string_view> read(std::span<char> block) {
    ssize_t count = ::pread(number_, block.data(), block.size(), offset_);
    if (count < 0 && errno == ESPIPE) {
      // A pipe or a terminal: its bytes come at any time. The limit lets the caller look for a stop.
      pollfd readable{number_, POLLIN, 0};
      if (::poll(&readable, 1, 20) < 1) return std::nullopt;
      count = ::read(number_, block.data(), block.size());
    }
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return std::nullopt;
    if (count < 0) throw std::system_error(errno, std::generic_category(), "read");
    offset_ += count;
    return std::string_view(block.data(), static_cast<std::size_t>(count));
  }

private:
  int number_;
  off_t offset_ = 0;
};

// Appends the file to `data`. False: it saw, between two blocks, that it was asked to stop.
bool read_file(const Fetch &fetch, const std::atomic<bool> &closed, std::string &data) {
  File file(fetch.path);
  std::array<char, 64 << 10> block;
  while (!fetch.stop.stop_requested() && !closed) {
    const auto part = file.read(block);
    if (!part) continue;
    if (part->empty()) return true;
    data.append(*part);
    if (data.size() > 16 << 20) throw TooLarge{};
  }
  ++stopped;
  return false;
}

// How every fetch on a worker ends: with the callback, or with the context dropped on the way out.
void finish(Fetch fetch, const std::atomic<bool> &closed) {
  std::string data;
  try {
    if (!read_file(fetch, closed, data)) return;
  } catch (...) {
    return fetch.callback(std::move(fetch.context), false, {}, message());
  }
  fetch.callback(std::move(fetch.context), true, bytes(data), {});
}
// ANCHOR_END: fetch

// ANCHOR: threads
// Threads that end when the work that each of them does returns.
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
  void join(bool at_exit);

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

// ANCHOR: workers
class Workers {
public:
  ~Workers() { close(); }

  void start() {
    threads_.start(4, [this] { work(); });
  }

  void push(Fetch fetch) {
    std::unique_lock lock(mutex_);
    if (closed_) throw std::runtime_error("fetches have been shut down");
    queue_.push_back(std::move(fetch));
    const bool all_taken = queue_.size() <= about_to_poll_;
    lock.unlock();
    if (!all_taken) ready_.notify_one();
  }

  void close(bool at_exit = false);

private:
  void work() {
    std::unique_lock lock(mutex_);
    while (wait_for_a_fetch(lock)) {
      Fetch fetch = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      finish(std::move(fetch), closed_);
      lock.lock();
    }
  }

  // True: the queue holds one. Checks once more before it sleeps: a caller that got an answer often asks again.
  bool wait_for_a_fetch(std::unique_lock<std::mutex> &lock) {
    if (queue_.empty()) {
      ++about_to_poll_;
      lock.unlock();
      std::this_thread::yield();
      lock.lock();
      --about_to_poll_;
    }
    ready_.wait(lock, [this] { return closed_ || !queue_.empty(); });
    return !closed_;
  }

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Fetch> queue_;
  std::size_t about_to_poll_ = 0;  // workers that are about to check the queue: no need to wake them
  std::atomic<bool> closed_ = false;
  Threads threads_;
};
// ANCHOR_END: workers

// ANCHOR: shutdown
void Threads::join(bool at_exit) {
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

void Workers::close(bool at_exit) {
  std::deque<Fetch> left;
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
    left.swap(queue_);
  }
  ready_.notify_all();
  left.clear();  // not under the lock: without their contexts, tasks are woken
  threads_.join(at_exit);
}
// ANCHOR_END: shutdown

// ANCHOR: exit
// The workers of this process, closed at exit and never destroyed: a thread that outlives main may still want them.
std::atomic<Workers *> shared = nullptr;

void close_workers(bool at_exit) {
  if (Workers *const made = shared) made->close(at_exit);
}

void close_at_exit() { close_workers(true); }
// ANCHOR_END: exit

// ANCHOR: fork
// Those of the process that forked this one, which has none of its threads.
std::atomic<Workers *> lost = nullptr;

void forget_in_child() { lost = shared.exchange(nullptr); }
// ANCHOR_END: fork

// ANCHOR: process
Workers &workers() {
  [[maybe_unused]] static const int registered[] = {
      std::atexit(close_at_exit),
      ::pthread_atfork(nullptr, nullptr, forget_in_child),
  };
  Workers *made = shared;
  if (made != nullptr) return *made;
  auto started = std::make_unique<Workers>();
  started->start();
  // Another thread may have been as fast. Then its workers stay, and these end.
  return shared.compare_exchange_strong(made, started.get()) ? *started.release() : *made;
}

}  // namespace
// ANCHOR_END: process

// ANCHOR: fetch_data_async
std::unique_ptr<FetchHandle> fetch_data_async(rust::Str url, FetchCallback callback,
                                              rust::Box<AsyncContext> context) try {
  const std::string_view text(url.data(), url.size());
  if (text.size() > 4096) throw TooLarge{};
  if (text.find('%') != text.npos) throw std::invalid_argument("escapes such as %20 are not decoded");
  if (text.find('\0') != text.npos) throw std::invalid_argument("a NUL, which would end the name for the system");
  std::stop_source stop;
  auto handle = std::make_unique<FetchHandle>(stop);
  if (text.starts_with("data:,")) {
    callback(std::move(context), true, bytes(text.substr(6)), {});
  } else if (text.starts_with("file://")) {
    workers().push({std::string(text.substr(7)), callback, std::move(context), stop.get_token()});
  } else {
    throw std::invalid_argument("neither a data:, nor a file:// URL");
  }
  return handle;
} catch (...) {
  throw std::runtime_error(std::string(message()));  // which cxx makes an Err; anything else would end the process
}

void shutdown() { close_workers(false); }

std::uint64_t stopped_fetches() { return stopped; }

}  // namespace oneshot
// ANCHOR_END: fetch_data_async
