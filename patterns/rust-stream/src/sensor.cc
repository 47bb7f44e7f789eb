// ANCHOR: setup
#include "rust-stream/src/sensor.rs.h"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <utility>

namespace rust_stream {

namespace {

constexpr std::size_t capacity = 8;

std::atomic<std::uint32_t> made{0};
std::atomic<std::uint32_t> running{0};

struct Running {
  Running() noexcept { ++running; }
  ~Running() { --running; }
  Running(const Running &) = delete;
  Running &operator=(const Running &) = delete;
};

std::uint32_t measure(std::uint32_t number) {
  ++made;
  return number;
}

}  // namespace

std::uint32_t measurements() noexcept { return made; }
std::uint32_t measuring() noexcept { return running; }
// ANCHOR_END: setup

// ANCHOR: thread
cxx_await::Receiver<std::uint32_t> measured(std::uint32_t count) {
  auto [sender, receiver] = cxx_await::channel<std::uint32_t>(capacity);
  // Nobody has to join it: it ends when there is no receiver any more.
  std::thread([sender = std::move(sender), count]() mutable {
    const Running counted;
    for (std::uint32_t number = 0; number < count; ++number)
      if (!sender.send_blocking(measure(number))) return;
  }).detach();
  return std::move(receiver);
}
// ANCHOR_END: thread

// ANCHOR: coroutine
namespace {

cxx_await::Task<> measure_all(cxx_await::Sender<std::uint32_t> sender, std::uint32_t count) {
  const Running counted;
  try {
    for (std::uint32_t number = 0; number < count; ++number)
      if (!co_await sender.send(measure(number))) co_return;
  } catch (...) {
    std::move(sender).fail(std::current_exception());
  }
}

}  // namespace

cxx_await::Receiver<std::uint32_t> measured_by_coroutine(std::uint32_t count) {
  auto [sender, receiver] = cxx_await::channel<std::uint32_t>(capacity);
  // It runs here, and where it is resumed: on the thread that takes an item.
  const auto post = [](auto turn) { turn(); };
  cxx_await::spawn(measure_all(std::move(sender), count), post, [](auto &) noexcept {}).detach();
  return std::move(receiver);
}
// ANCHOR_END: coroutine

// ANCHOR: batches
cxx_await::Batches<std::uint32_t> batches(std::uint32_t count) {
  auto [sender, receiver] = cxx_await::channel<std::uint32_t>(1024);
  std::thread([sender = std::move(sender), count]() mutable {
    const Running counted;
    for (std::uint32_t number = 0; number < count; ++number)
      if (!sender.send_blocking(measure(number))) return;
    std::move(sender).fail(std::make_exception_ptr(std::runtime_error("the sensor broke")));
  }).detach();
  return std::move(receiver).batches(64);
}

}  // namespace rust_stream
// ANCHOR_END: batches
