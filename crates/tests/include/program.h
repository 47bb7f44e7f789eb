#pragma once
#include "cxx_await.h"
#include "rust/cxx.h"

namespace program {
cxx_await::Task<rust::String> greeting(std::uint32_t user);
cxx_await::Task<rust::Vec<rust::String>> greetings(std::uint32_t user);
cxx_await::Task<rust::Vec<rust::String>> of_the_other();
}  // namespace program
