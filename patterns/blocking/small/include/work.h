#pragma once
#include "rust/cxx.h"

rust::Vec<std::uint8_t> perform_blocking_work(rust::Slice<const std::uint8_t> data);
