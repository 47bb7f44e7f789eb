#include "cxx-await-tests/src/streams.rs.h"
#include "cxx-await-tests/include/gate.h"

#include <stdexcept>
#include <thread>

namespace streams {

using gate::Alive;
using gate::worker;

std::uint64_t frames() { return Alive::count; }

Generator<std::uint32_t> counted(std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) co_yield i;
}
Generator<Event> events(std::string topic, std::uint32_t count) {
  Alive alive;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i % 2 == 1) co_await worker().schedule();
    if (i == 5) throw std::runtime_error("five");
    Event event{topic, i};
    co_yield cxx_await::moved(event);
  }
}
Generator<std::uint32_t> breaks(std::uint32_t at) {
  Alive alive;
  for (std::uint32_t i = 0; i < at; ++i) co_yield i;
  co_await worker().schedule();
  if (at == 0) throw 42;
  Broken broken{at};
  throw broken;
}
Generator<std::uint32_t> throws_at_once() { throw std::runtime_error("at once"); }
Generator<std::uint32_t> endless() {
  Alive alive;
  const auto stop = co_await cxx_await::stop_token();
  for (std::uint32_t i = 0; !stop.stop_requested(); ++i) {
    co_await worker().schedule();
    co_yield i;
  }
}

namespace {
std::atomic<std::uint64_t> refusals{0}, sent{0}, most_ahead{0}, received{0};
}
std::uint64_t refused() { return refusals; }
std::uint64_t ahead() { return most_ahead.exchange(0); }

Receiver<Event> filled(std::uint32_t count, std::size_t capacity) {
  auto [sender, receiver] = cxx_await::channel<Event>(capacity);
  std::thread([count, sender = std::move(sender)]() mutable {
    for (std::uint32_t i = 0; i < count; ++i) {
      Event event{"filled", i};
      // What there is no room for is still here.
      if (sender.try_send(event)) continue;
      if (!sender.send_blocking(std::move(event))) {
        ++refusals;
        return;
      }
    }
  }).detach();
  return std::move(receiver);
}

namespace {
// Nobody's: it begins at once, and destroys itself.
struct Fire {
  struct promise_type {
    Fire get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};
Fire fill(cxx_await::Sender<std::uint32_t> sender, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) {
    most_ahead = std::max(most_ahead.load(), std::uint64_t(i));
    if (!co_await sender.send(i)) {
      ++refusals;
      co_return;
    }
  }
}
}  // namespace

Receiver<std::uint32_t> filled_by_coroutine(std::uint32_t count, std::size_t capacity) {
  auto [sender, receiver] = cxx_await::channel<std::uint32_t>(capacity);
  fill(std::move(sender), count);
  return std::move(receiver);
}
Receiver<std::uint32_t> filled_then_failed(std::uint32_t count) {
  auto [sender, receiver] = cxx_await::channel<std::uint32_t>(count);
  for (std::uint32_t i = 0; i < count; ++i) sender.try_send(i);
  // Another sender is still there, and does not matter.
  static auto kept = sender;
  kept = sender;
  std::move(sender).fail(std::make_exception_ptr(std::runtime_error("failed")));
  return std::move(receiver);
}
Batches<std::uint32_t> batches(std::uint32_t count, std::size_t capacity) {
  return filled_by_coroutine(count, capacity).batches(64);
}
Receiver<std::uint32_t> silent() {
  auto [sender, receiver] = cxx_await::channel<std::uint32_t>(1);
  static auto kept = sender;
  kept = sender;
  return std::move(receiver);
}

Task<std::uint64_t> sum_of_generator(std::uint32_t count) {
  Alive alive;
  std::uint64_t sum = 0;
  auto generator = events("sum", count);
  while (auto event = co_await generator.next()) sum += event->number;
  if (co_await generator.next()) throw std::logic_error("an item after the end");
  co_return sum;
}
Task<rust::String> generator_fails() {
  auto generator = events("fails", 9);
  std::uint32_t count = 0;
  try {
    while (co_await generator.next()) ++count;
  } catch (const std::runtime_error &error) {
    co_return std::string(error.what()) + " after " + std::to_string(count);
  }
  co_return "nothing";
}
Task<std::uint64_t> sum_of_rust(std::uint32_t count) {
  std::uint64_t sum = 0;
  auto stream = numbers(count);
  while (auto number = co_await stream.next()) sum += *number;
  if (co_await stream.next()) throw std::logic_error("an item after the end");
  co_return sum;
}
Task<rust::Vec<rust::String>> names_of_rust(std::string prefix) {
  rust::Vec<rust::String> all;
  auto stream = names(prefix, 3);
  prefix = "overwritten";
  while (auto name = co_await stream.next()) all.push_back(*name);
  co_return all;
}
Task<rust::String> rust_breaks(std::uint32_t at) {
  std::uint32_t count = 0;
  auto stream = breaking(at);
  try {
    while (co_await stream.next()) ++count;
  } catch (const Broken &broken) {
    count += 100 * broken.at;
  }
  auto another = failing(at);
  try {
    while (co_await another.next()) ++count;
  } catch (const rust::Error &error) {
    co_return std::string(error.what()) + " after " + std::to_string(count);
  }
  co_return "nothing";
}
Task<rust::String> rust_panics() {
  auto stream = panicking();
  std::string said;
  try {
    while (co_await stream.next()) said += ".";
  } catch (const rust::Error &error) {
    said += error.what();
  }
  if (co_await stream.next()) said += " and goes on";
  co_return said;
}
Task<std::uint64_t> leaves_rust_early(std::uint32_t count) {
  std::uint64_t sum = 0;
  auto stream = numbers(count);
  for (int i = 0; i < 3; ++i) sum += (co_await stream.next()).value();
  co_return sum;
}

}  // namespace streams
