#include "rust-stream/src/lib.rs.h"

#include <utility>

namespace rust_stream {

cxx_await::Task<std::uint32_t> consume(std::string topic) {
  std::uint32_t count = 0;
  auto stream = events(topic);
  while (auto event = co_await stream.next()) {
    co_await store(std::move(*event));
    ++count;
  }
  co_return count;
}

cxx_await::Task<rust::Vec<Event>> consume_some(std::string topic, std::uint32_t count) {
  rust::Vec<Event> some;
  auto stream = events(topic);
  while (some.size() < count) {
    auto event = co_await stream.next();
    if (!event) break;
    some.push_back(std::move(*event));
  }
  co_return some;
}

}  // namespace rust_stream
