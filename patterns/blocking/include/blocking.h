#pragma once

#include <cstdint>

namespace blocking {

struct Checksum;
struct Stop;  // Rust's, opaque here: to be asked, no more

/// Adds all that can be read from the descriptor `data` to `sum`, and blocks until then. False: it saw
/// that it was asked to stop. Throws std::system_error when the descriptor cannot be read.
bool perform_blocking_work(std::int32_t data, const Stop &stop, Checksum &sum);

}  // namespace blocking
