#pragma once

#include "cxx_await.h"
#include "rust/cxx.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace native_async {

cxx_await::Task<rust::String> fetch_data(std::string url, std::uint32_t millis);
cxx_await::Task<rust::Vec<rust::String>> fetch_both(std::string one, std::string other);
cxx_await::Task<> pause(std::uint32_t millis);
std::size_t in_flight() noexcept;

}  // namespace native_async
