#include "blocking-small/include/work.h"
#include <chrono>
#include <thread>

rust::Vec<std::uint8_t> perform_blocking_work(rust::Slice<const std::uint8_t> data) {
  if (data.empty()) throw std::invalid_argument("no data");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  rust::Vec<std::uint8_t> result;
  result.reserve(data.size());
  for (const std::uint8_t byte : data) result.push_back(static_cast<std::uint8_t>(byte * 2));
  return result;
}
