#include "coroutine-small/src/main.rs.h"
#include <chrono>
#include <coroutine>

struct Later {  // `co_await later` suspends the coroutine: the thread that owns `next` resumes it
  std::coroutine_handle<> *next;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> coroutine) const noexcept { *next = coroutine; }
  void await_resume() const noexcept {}
};

struct Task {  // a coroutine that answers Rust when it returns or throws, and then destroys its frame
  struct promise_type {
    rust::Box<Completion> done;
    promise_type(Later, const std::string &, rust::Box<Completion> &given) : done(std::move(given)) {}
    Task get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(const std::string &data) { complete(std::move(done), true, data); }
    void unhandled_exception() try { throw; } catch (const std::exception &error) {
      complete(std::move(done), false, error.what());
    }
  };
};

Task fetch_data_coro(Later later, std::string url, rust::Box<Completion>) {
  co_await later;
  if (!url.starts_with("https://")) throw std::invalid_argument("not an https:// URL: " + url);
  co_await later;
  co_return "the bytes of " + url;
}

std::unique_ptr<Fetch> fetch_data_async_coro(rust::Str url, rust::Box<Completion> done) {
  return std::make_unique<Fetch>([url = std::string(url), done = std::move(done)]() mutable {
    std::coroutine_handle<> next;
    fetch_data_coro({&next}, std::move(url), std::move(done));
    for (; next; std::exchange(next, nullptr).resume())
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
  });
}
