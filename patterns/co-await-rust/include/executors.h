#pragma once

#include "rust/cxx.h"

#include <cstdint>

namespace co_await_rust {

rust::String ask_and_wait(rust::Str server, std::uint32_t millis);
rust::Vec<rust::String> ask_many(std::uint32_t count, std::uint32_t millis);
void ask_and_leave(std::uint32_t millis);
rust::String ask_with_asio(rust::Str server, std::uint32_t millis);

}  // namespace co_await_rust
