#pragma once

#include "cxx_await.h"

#include <cstdint>

namespace rust_stream {

cxx_await::Receiver<std::uint32_t> measured(std::uint32_t count);
cxx_await::Receiver<std::uint32_t> measured_by_coroutine(std::uint32_t count);
cxx_await::Batches<std::uint32_t> batches(std::uint32_t count);
std::uint32_t measurements() noexcept;
std::uint32_t measuring() noexcept;

}  // namespace rust_stream
