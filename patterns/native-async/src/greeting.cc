#include "native-async/src/lib.rs.h"

cxx_await::Task<rust::String> native_async::greeting(std::uint32_t user) {
  const rust::String name = co_await name_of(user);
  co_return "Hello, " + std::string(name);
}
