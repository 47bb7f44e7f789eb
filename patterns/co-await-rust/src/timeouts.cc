#include "co-await-rust/src/lib.rs.h"
#include "co-await-rust/src/timeouts.rs.h"

#include <utility>
#include <variant>

namespace co_await_rust {

cxx_await::Task<rust::String> ask_in_time(std::string server, std::uint32_t millis, std::uint32_t limit) {
  auto answer = co_await cxx_await::with_timeout(ask(server, millis), pause(limit));
  if (!answer) co_return "too late";
  co_return std::move(*answer);
}

cxx_await::Task<rust::String> ask_first(std::string slow, std::string other) {
  constexpr std::uint32_t hour = 3'600'000;
  auto first = co_await cxx_await::when_any(ask(slow, hour), ask(other, 1));
  co_return std::visit([](auto &answer) { return std::move(answer); }, first);
}

}  // namespace co_await_rust
