#include "native-async/src/readings.rs.h"

#include "native-async/include/timers.h"

#include <stdexcept>

namespace native_async {

cxx_await::Generator<Reading> readings() {
  const std::stop_token stop = co_await cxx_await::stop_token();
  auto names = stations();
  while (auto station = co_await names.next()) {
    if (station->empty()) throw std::runtime_error("a station without a name");
    co_await timers().sleep(std::chrono::milliseconds(1), stop);
    Reading reading{*station, -0.5 * static_cast<double>(station->size())};
    co_yield cxx_await::moved(reading);
  }
}

}  // namespace native_async
