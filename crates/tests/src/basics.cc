#include "cxx-await-tests/include/basics.h"

namespace basics {

cxx_await::Task<std::int32_t> add(std::int32_t a, std::int32_t b) { co_return a + b; }

}  // namespace basics
