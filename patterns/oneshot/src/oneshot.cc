// ANCHOR: words
#include "oneshot/include/oneshot.h"

#include "oneshot/src/lib.rs.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace oneshot {
namespace {

// What this library throws when a URL or a file is too long: not everybody derives from std::exception.
struct TooLarge {};

// What is being thrown, in words. To be called from a catch block.
std::string words() {
  try {
    throw;
  } catch (const std::exception &error) {
    return error.what();
  } catch (...) {
    return "C++ threw something that is not a std::exception";
  }
}
// ANCHOR_END: words

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
  explicit File(const std::string &path) : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (number_ < 0) throw std::system_error(errno, std::generic_category(), path);
  }
  File(const File &) = delete;
  File &operator=(const File &) = delete;
  ~File() { ::close(number_); }

  // What fits into `block` of what is there, at least one byte. None: this was the end.
  std::string_view read(std::span<char> block) const {
    const ssize_t count = ::read(number_, block.data(), block.size());
    if (count < 0) throw std::system_error(errno, std::generic_category(), "read");
    return {block.data(), static_cast<std::size_t>(count)};
  }

private:
  int number_;
};

// Appends the file to `data`. False: it saw, between two blocks, that it was asked to stop.
bool read_file(const Fetch &fetch, const std::stop_token &closing, std::string &data) {
  const File file(fetch.path);
  std::array<char, 64 << 10> block;
  while (!fetch.stop.stop_requested() && !closing.stop_requested()) {
    const std::string_view part = file.read(block);
    if (part.empty()) return true;
    data.append(part);
    if (data.size() > 16 << 20) throw TooLarge{};
  }
  ++stopped;
  return false;
}

// How every fetch on a worker ends: with the callback, or with the context dropped on the way out.
void finish(Fetch fetch, const std::stop_token &closing) {
  std::string data, error;
  bool ok = true;
  try {
    if (!read_file(fetch, closing, data)) return;
  } catch (...) {
    ok = false;
    error = words();
  }
  fetch.callback(std::move(fetch.context), ok, bytes(data), rust::String::lossy(error));
}
// ANCHOR_END: fetch

// ANCHOR: workers
class Workers {
public:
  Workers() {
    while (threads_.size() < 4) threads_.emplace_back([this](std::stop_token closing) { work(closing); });
  }

  void push(Fetch fetch) {
    std::unique_lock lock(mutex_);
    if (closed_) throw std::runtime_error("fetches have been shut down");
    queue_.push_back(std::move(fetch));
    const bool all_taken = queue_.size() <= looking_;
    lock.unlock();
    if (!all_taken) ready_.notify_one();
  }

  void close() {
    std::call_once(close_, [this] {
      {
        std::lock_guard lock(mutex_);
        closed_ = true;
      }
      ready_.notify_all();
      threads_.clear();  // asks each to stop and joins it
      queue_.clear();    // drops the contexts: no answer will come
    });
  }

private:
  void work(std::stop_token closing) {
    std::unique_lock lock(mutex_);
    while (wait_for_a_fetch(lock)) {
      Fetch fetch = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      finish(std::move(fetch), closing);
      lock.lock();
    }
  }

  // True: the queue holds one. Looks once more before it sleeps: who has just been answered often asks again.
  bool wait_for_a_fetch(std::unique_lock<std::mutex> &lock) {
    if (queue_.empty()) {
      ++looking_;
      lock.unlock();
      std::this_thread::yield();
      lock.lock();
      --looking_;
    }
    ready_.wait(lock, [this] { return closed_ || !queue_.empty(); });
    return !closed_;
  }

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Fetch> queue_;
  std::size_t looking_ = 0;  // workers that are about to look into the queue: they need no call
  bool closed_ = false;
  std::once_flag close_;
  std::vector<std::jthread> threads_;  // the last member: what they use outlives them
};

// Closed at exit, but never destroyed: a thread that outlives main may still ask for a fetch.
Workers &workers() {
  static Workers &shared = *std::make_unique<Workers>().release();
  [[maybe_unused]] static const int at_exit = std::atexit(shutdown);
  return shared;
}

}  // namespace
// ANCHOR_END: workers

// ANCHOR: fetch_data_async
std::unique_ptr<FetchHandle> fetch_data_async(rust::Str url, FetchCallback callback,
                                              rust::Box<AsyncContext> context) try {
  const std::string_view text(url.data(), url.size());
  if (text.size() > 4096) throw TooLarge{};
  if (text.find('%') != text.npos) throw std::invalid_argument("escapes such as %20 are not decoded");
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
  throw std::runtime_error(words());  // which cxx makes an Err; anything else would end the process
}

void shutdown() { workers().close(); }

std::uint64_t stopped_fetches() { return stopped; }

}  // namespace oneshot
// ANCHOR_END: fetch_data_async
