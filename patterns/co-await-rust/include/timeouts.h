#pragma once

#include "cxx_await.h"
#include "rust/cxx.h"

#include <cstdint>
#include <string>

namespace co_await_rust {

cxx_await::Task<rust::String> ask_in_time(std::string server, std::uint32_t millis, std::uint32_t limit);
cxx_await::Task<rust::String> ask_first(std::string slow, std::string other);

}  // namespace co_await_rust
