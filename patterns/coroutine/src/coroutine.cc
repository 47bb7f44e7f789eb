// ANCHOR: fetch
#include "coroutine/include/coroutine.h"

#include "coroutine/include/task.h"
#include "coroutine/include/threads.h"
#include "coroutine/src/lib.rs.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace coroutine {
namespace {

using std::chrono::milliseconds;

// The two owners of threads.
struct Owners {
  void start() {
    workers.start();
    timers.start();
  }
  void close(bool at_exit) {
    timers.close(at_exit);
    workers.close(at_exit);
  }

  Workers workers;
  Timers timers;
};

Workers &workers() { return Process<Owners>::get().workers; }
Timers &timers() { return Process<Owners>::get().timers; }

// What this library throws when a file is too long: not everybody derives from std::exception.
struct TooLarge {};

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

// No coroutine: its block lives on the stack of the thread that reads, and not in a frame.
std::string contents(const std::string &path, const std::stop_token &stop, const Workers &workers) {
  File file(path);
  std::array<char, 64 << 10> block;
  std::string data;
  bool ended = false;
  while (!stop.stop_requested()) {
    if (ended) return data;
    workers.check();
    const auto more = file.read(block);
    if (!more) continue;
    ended = more->empty();
    data += *more;
    if (data.size() > 16 << 20) throw TooLarge();
  }
  throw Stopped();
}

Task<std::string> read_file(std::string path, std::stop_token stop) {
  Workers &pool = workers();
  co_await pool.schedule();
  co_return contents(path, stop, pool);
}

Task<std::string> fetch_data_coro(std::string url, milliseconds patience, std::stop_token stop) {
  if (url.starts_with("data:,")) co_return url.substr(6);
  if (!url.starts_with("file://")) throw std::invalid_argument("neither a data:, nor a file:// URL");
  if (url.find('\0') != url.npos) throw std::invalid_argument("a NUL, which would end the name for the system");
  try {
    co_return co_await read_file(url.substr(7), stop);
  } catch (const std::system_error &error) {
    if (error.code() != std::errc::no_such_file_or_directory || patience == patience.zero()) throw;
  }
  co_await timers().sleep(patience, stop);
  co_return co_await read_file(url.substr(7), stop);
}
// ANCHOR_END: fetch

// ANCHOR: all
// Adds what the first task gives to `data`, and awaits the same for the rest: a chain.
Task<> append(std::span<Task<std::string>> fetches, std::string &data) {
  if (fetches.empty()) co_return;
  data += co_await std::move(fetches.front());
  if (data.size() > 16 << 20) throw TooLarge();
  co_await append(fetches.subspan(1), data);
}

Task<std::string> fetch_all_coro(std::vector<std::string> urls, std::stop_token stop) {
  std::vector<Task<std::string>> fetches;  // none of them begins here
  for (auto &url : urls) fetches.push_back(fetch_data_coro(std::move(url), milliseconds(0), stop));
  std::string data;
  co_await append(fetches, data);
  co_return data;
}
// ANCHOR_END: all

// ANCHOR: root
/// A coroutine that begins at once, belongs to nobody, and destroys its own frame at its end.
struct Root {
  struct promise_type : Counted {
    Root get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return ++started, std::suspend_never(); }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

Root start(Task<std::string> fetch, rust::Box<Completion> completion) {
  std::string data;
  std::exception_ptr thrown;
  try {
    data = co_await std::move(fetch);
  } catch (...) {
    thrown = std::current_exception();
  }
  answer(std::move(completion), thrown, data);
}

// The message of what was thrown.
rust::String message(const std::exception_ptr &thrown) try {
  std::rethrow_exception(thrown);
} catch (const std::exception &error) {
  return rust::String::lossy(error.what());
} catch (...) {
  return "C++ threw something that is not a std::exception";
}

}  // namespace

void answer(rust::Box<Completion> completion, std::exception_ptr thrown, std::string_view data) {
  const rust::Slice bytes(reinterpret_cast<const std::uint8_t *>(data.data()), data.size());
  complete(std::move(completion), !thrown, bytes, thrown ? message(thrown) : rust::String());
}

std::unique_ptr<FetchHandle> fetch_data_async_coro(rust::Str url, std::uint32_t patience_ms,
                                                   rust::Box<Completion> completion) {
  auto handle = std::make_unique<FetchHandle>();
  start(fetch_data_coro(std::string(url), milliseconds(patience_ms), handle->token()), std::move(completion));
  return handle;
}

std::unique_ptr<FetchHandle> fetch_all_async_coro(rust::Slice<const rust::Str> urls,
                                                  rust::Box<Completion> completion) {
  auto handle = std::make_unique<FetchHandle>();
  start(fetch_all_coro({urls.begin(), urls.end()}, handle->token()), std::move(completion));
  return handle;
}

void shutdown() { Process<Owners>::close(false); }

Coroutines coroutines() {
  Owners *const made = Process<Owners>::made();
  return {Counted::made, Counted::started, Counted::destroyed, made != nullptr ? made->timers.sleeping() : 0};
}

}  // namespace coroutine
// ANCHOR_END: root
