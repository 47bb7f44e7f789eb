#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <functional>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace event_loop {

struct Tasks;  // Rust's: the futures that run on a loop
struct Fired;  // Rust's: what awaits a timer

/// Shared by wakers and timers. It may outlive the loop; then nothing runs what is posted.
struct Handle {
  mutable boost::asio::io_context context;
  /// Has Asio open what all timers share. Where no descriptor is left, `create_loop` throws, and they do not.
  const boost::asio::steady_timer first_timer{context};
  const Tasks *tasks = nullptr;

  /// Has the loop poll a task. Any thread may post.
  void post(std::uint64_t task) const;
  /// Has `run` return. Any thread may stop it.
  void stop() const { context.stop(); }
};

/// The main loop of the host, for handlers of C++ and futures of Rust. One thread makes, runs and destroys it.
class Loop {
public:
  Loop();
  Loop(const Loop &) = delete;
  Loop &operator=(const Loop &) = delete;
  ~Loop();

  boost::asio::io_context &context() const { return handle_->context; }
  const Tasks &tasks() const { return *tasks_; }
  void run() const;

private:
  const std::shared_ptr<Handle> handle_;
  const rust::Box<Tasks> tasks_;
};

std::unique_ptr<Loop> create_loop();

/// Destroying it stops it.
struct Timer {
  std::shared_ptr<Handle> handle;
  boost::asio::steady_timer timer;
};
std::unique_ptr<Timer> start_timer(std::shared_ptr<Handle> handle, std::uint32_t milliseconds,
                                   rust::Box<Fired> fired);

/// Called at the end of a task, on the thread of the loop.
struct Callback {
  std::function<void(rust::Str)> function;
};
void call(const Callback &callback, rust::Str text);

/// The program.
void cpp_main();

}  // namespace event_loop
