// ANCHOR: main
#include "co-await-rust/include/executors.h"
#include "co-await-rust/include/timeouts.h"
#include "co-await-rust/src/lib.rs.h"

#include <iostream>

namespace co_await_rust {

namespace {

cxx_await::Task<std::string> ask_twice() {
  const rust::String first = co_await ask("the first", 1);
  const rust::String second = co_await ask("the second", 1);
  co_return std::string(first) + ", " + std::string(second);
}

}  // namespace

void program() {
  std::cout << cxx_await::sync_wait(ask_twice()) << std::endl;
  try {
    cxx_await::sync_wait(ask("", 1));
  } catch (const rust::Error &error) {
    std::cout << error.what() << std::endl;
  }
// ANCHOR_END: main
// ANCHOR: more
  for (const auto &answer : ask_many(3, 1)) std::cout << answer << std::endl;
  std::cout << ask_with_asio("a relay", 1) << std::endl;
  std::cout << cxx_await::sync_wait(ask_in_time("a server", 1, 10'000)) << std::endl;
  std::cout << cxx_await::sync_wait(ask_in_time("a slow server", 10'000, 1)) << std::endl;
  std::cout << cxx_await::sync_wait(ask_first("a slow server", "another")) << std::endl;
}

}  // namespace co_await_rust
// ANCHOR_END: more
