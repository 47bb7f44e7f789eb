#include "native-async/src/fetch.rs.h"

#include "native-async/include/timers.h"

#include <atomic>
#include <stdexcept>
#include <string_view>

namespace native_async {

namespace {

std::atomic<std::size_t> fetches{0};

// A variable of the coroutine: destroyed with its frame.
struct InFlight {
  InFlight() noexcept { ++fetches; }
  ~InFlight() { --fetches; }
  InFlight(const InFlight &) = delete;
  InFlight &operator=(const InFlight &) = delete;
};

}  // namespace

std::size_t in_flight() noexcept { return fetches; }

cxx_await::Task<rust::String> fetch_data(std::string url, std::uint32_t millis) {
  const InFlight counted;
  const std::stop_token stop = co_await cxx_await::stop_token();
  co_await timers().sleep(std::chrono::milliseconds(millis), stop);
  constexpr std::string_view scheme = "data:,";
  if (url.empty()) throw std::invalid_argument("no URL");
  if (!url.starts_with(scheme)) {
    const FetchError error{404, "nothing at " + url};
    throw error;
  }
  co_return url.substr(scheme.size());
}

cxx_await::Task<rust::Vec<rust::String>> fetch_both(std::string one, std::string other) {
  auto [first, second] = co_await cxx_await::when_all(fetch_data(one, 1), fetch_data(other, 1));
  rust::Vec<rust::String> both;
  both.push_back(std::move(first));
  both.push_back(std::move(second));
  co_return both;
}

cxx_await::Task<> pause(std::uint32_t millis) {
  if (millis > 3'600'000) throw std::length_error("longer than an hour");
  const std::stop_token stop = co_await cxx_await::stop_token();
  co_await timers().sleep(std::chrono::milliseconds(millis), stop);
}

}  // namespace native_async
