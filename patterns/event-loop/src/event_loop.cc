#include "event-loop/include/event_loop.h"

#include "event-loop/src/lib.rs.h"

#include <chrono>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

namespace event_loop {

namespace asio = boost::asio;

void Handle::post(std::uint64_t task) const {
  asio::post(context, [this, task] { poll_task(*tasks, task); });
}

Loop::Loop() : handle_(std::make_shared<Handle>()), tasks_(create_tasks(handle_)) {
  handle_->tasks = &*tasks_;
}

Loop::~Loop() = default;

void Loop::run() const {
  const auto work = asio::make_work_guard(context());  // to Asio, a task that waits for another thread is not work
  context().restart();
  context().run();
}

std::unique_ptr<Loop> create_loop() { return std::make_unique<Loop>(); }

std::unique_ptr<Timer> start_timer(std::shared_ptr<Handle> handle, std::uint32_t milliseconds,
                                   rust::Box<Fired> fired) {
  asio::steady_timer timer(handle->context, std::chrono::milliseconds(milliseconds));
  timer.async_wait([fired = std::move(fired)](const boost::system::error_code &stopped) mutable {
    if (!stopped) fire(std::move(fired));
  });
  return std::make_unique<Timer>(Timer{std::move(handle), std::move(timer)});
}

void call(const Callback &callback, rust::Str text) { callback.function(text); }

}  // namespace event_loop
