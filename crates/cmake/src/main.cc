#include "weather/src/lib.rs.h"

#include <iostream>

cxx_await::Task<rust::String> weather::forecast(std::string city) {
  const rust::String sky = co_await lookup(city);
  co_return city + ": " + std::string(sky);
}

namespace {

cxx_await::Task<std::uint32_t> sum(std::uint32_t count) {
  std::uint32_t sum = 0;
  auto stream = weather::numbers(count);
  while (auto number = co_await stream.next()) sum += *number;
  co_return sum;
}

}  // namespace

int main() {
  std::cout << cxx_await::sync_wait(weather::forecast("Oslo")) << '\n';
  try {
    cxx_await::sync_wait(weather::forecast("Atlantis"));
  } catch (const rust::Error &error) {
    std::cout << error.what() << '\n';
  }
  std::cout << cxx_await::sync_wait(weather::twice("Oslo")) << '\n';
  std::cout << cxx_await::sync_wait(sum(4)) << '\n';
}
