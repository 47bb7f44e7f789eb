#pragma once
#include "cxx_await.h"

namespace basics {

cxx_await::Task<std::int32_t> add(std::int32_t a, std::int32_t b);

}  // namespace basics
