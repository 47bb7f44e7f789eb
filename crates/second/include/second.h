#pragma once
#include "cxx_await.h"
#include "rust/cxx.h"

namespace second {
cxx_await::Task<rust::String> greeting(std::uint32_t user);
}
