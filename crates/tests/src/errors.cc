#include "cxx-await-tests/src/errors.rs.h"
#include "cxx-await-tests/include/gate.h"

#include <stdexcept>

namespace errors {

using gate::Alive;
using gate::worker;

namespace {
void throw_status(std::int32_t code) {
  Status status{code, "negative"};
  throw status;
}
}  // namespace

std::uint64_t frames() { return Alive::count; }
Task<std::uint32_t> throws(std::string what) {
  Alive alive;
  if (what == "at once") throw std::runtime_error(what);
  co_await worker().schedule();
  if (what == "int") throw 42;
  if (what == "string") throw what;
  if (what == "stopped") throw cxx_await::Stopped();
  if (what == "child") co_return co_await throws("runtime_error");
  throw std::runtime_error(what);
}
Task<std::uint32_t> throws_at_once(std::string what) {
  if (what == "status") throw_status(-1);
  if (what == "int") throw 42;
  throw std::invalid_argument(what);
}
Task<std::int32_t> positive(std::int32_t n) {
  Alive alive;
  co_await worker().schedule();
  if (n < 0) throw_status(n);
  if (n == 0) throw std::range_error("zero");
  co_return n;
}
Task<> positive_or_nothing(std::int32_t n) {
  if (n < 0) throw_status(n);
  co_return;
}
Task<std::uint32_t> may_not_throw(bool throws) {
  co_await worker().schedule();
  if (throws) throw std::logic_error("thrown all the same");
  co_return 1;
}
Task<rust::String> caught(std::int32_t n) {
  Alive alive;
  try {
    if (n > 100) co_await strict_nothing(100 - n);
    co_return std::to_string(co_await strict(n));
  } catch (const Status &status) {
    co_return std::string(status.message) + " " + std::to_string(status.code);
  }
}
Task<rust::String> caught_message(std::string what) {
  Alive alive;
  try {
    if (what.rfind("panic ", 0) == 0) co_return std::to_string(co_await panics(what.substr(6)));
    co_return std::to_string(co_await fails(what));
  } catch (const rust::Error &error) {
    co_return error.what();
  }
}
Task<std::uint32_t> awaited_twice() {
  auto future = once();
  const auto first = co_await future;
  co_return first + co_await future;
}

}  // namespace errors
