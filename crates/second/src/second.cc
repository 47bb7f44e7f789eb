#include "cxx-await-second/src/lib.rs.h"

cxx_await::Task<rust::String> second::greeting(std::uint32_t user) {
  co_return "Hello, " + std::string(co_await name_of(user));
}
