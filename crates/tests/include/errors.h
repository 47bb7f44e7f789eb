#pragma once
#include "cxx_await.h"

#include <string>

namespace errors {

struct Status;
using cxx_await::Task;

Task<std::uint32_t> throws(std::string what);
Task<std::uint32_t> throws_at_once(std::string what);
Task<std::int32_t> positive(std::int32_t n);
Task<> positive_or_nothing(std::int32_t n);
Task<std::uint32_t> may_not_throw(bool throws);
Task<rust::String> caught(std::int32_t n);
Task<rust::String> caught_message(std::string what);
Task<std::uint32_t> awaited_twice();
std::uint64_t frames();

}  // namespace errors
