#pragma once

#include "cxx_await.h"
#include "rust/cxx.h"

#include <cstdint>
#include <string>

namespace rust_stream {

struct Event;  // of the bridge

cxx_await::Task<std::uint32_t> consume(std::string topic);
cxx_await::Task<rust::Vec<Event>> consume_some(std::string topic, std::uint32_t count);

}  // namespace rust_stream
