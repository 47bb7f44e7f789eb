// ANCHOR: shared
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace cpp_async {

using Bytes = std::vector<std::uint8_t>;

/// What a `file://` URL holds. Blocks. Throws when there is no such file, when it holds more than
/// 16 MiB, and when it sees, between two blocks, that one of the tokens asks it to stop.
Bytes read_url(const std::string &url, const std::stop_token &closing, const std::stop_token &stop = {});

/// The path in a `file://` URL.
std::string path_of(const std::string &url);

/// One thread that runs jobs in the order in which they come.
class Worker {
public:
  using Job = std::packaged_task<void(const std::stop_token &closing)>;  // move-only, unlike std::function

  ~Worker() { close(std::chrono::years(1)); }

  /// Throws once the worker is closed. What a job throws is lost.
  void post(Job job);

  /// Runs what has been posted, with `closing` asking for a stop, and joins the thread: unless a job
  /// calls it, or one that does not look for the stop takes longer than `limit`.
  void close(std::chrono::nanoseconds limit);

private:
  void run(const std::stop_token &closing);

  // Destroyed after all other thread_local objects of the thread, which may take their time, and exit.
  struct Running {
    Worker &worker;
    ~Running();
  };

  std::mutex mutex_;
  std::condition_variable_any ready_;
  std::deque<Job> jobs_;
  bool closed_ = false;
  bool running_ = true;
  std::jthread thread_{[this](const std::stop_token &closing) { run(closing); }};
};

/// What becomes of a piece of work: its value, or what it threw.
template <class T>
struct Outcome {
  std::optional<T> value;
  std::exception_ptr error;

  template <class Work>
  static Outcome of(Work &&work) {
    try {
      return {std::forward<Work>(work)(), nullptr};
    } catch (...) {
      return {std::nullopt, std::current_exception()};
    }
  }

  T get() && {
    if (error) std::rethrow_exception(error);
    return std::move(*value);  // NOLINT(bugprone-unchecked-optional-access): nothing was thrown
  }
};
// ANCHOR_END: shared

// ANCHOR: callback
namespace callback {
/// Calls `done` once, on the worker's thread. When the fetch fails, `done` is dropped without a call.
void fetch_data(Worker &worker, std::string url, std::function<void(Bytes)> done);
}  // namespace callback
// ANCHOR_END: callback

// ANCHOR: future
namespace future {
/// The destructor of what is returned waits until the fetch has ended.
[[nodiscard]] std::future<Bytes> fetch_data(std::string url);
}  // namespace future

}  // namespace cpp_async
// ANCHOR_END: future
