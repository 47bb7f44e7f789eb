#pragma once

#include "rust/cxx.h"

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace rust_async {

struct Alarm;  // Rust's, opaque here: to be rung, stopped or dropped

struct Deadline {
  std::chrono::steady_clock::time_point at;
  std::uint64_t number;  // no two timers have the same

  auto operator<=>(const Deadline &) const = default;
};

/// Rust holds it for as long as it wants to be woken; destroying it drops the alarm.
class TimerHandle {
public:
  explicit TimerHandle(const Deadline &deadline) : deadline_(deadline) {}
  TimerHandle(const TimerHandle &) = delete;
  TimerHandle &operator=(const TimerHandle &) = delete;
  ~TimerHandle();

private:
  Deadline deadline_;
};

/// Rings `alarm` on the clock's thread once the time is over. Throws after `shutdown_timers`.
std::unique_ptr<TimerHandle> start_timer(std::uint64_t nanoseconds, rust::Box<Alarm> alarm);

/// Stops the alarms that wait, and joins the thread where it is called on another one.
void shutdown_timers();

std::uint64_t started_timers();
std::size_t waiting_timers();

}  // namespace rust_async
