#include "cxx-await-second/src/lib.rs.h"
#include "cxx-await-tests/src/program.rs.h"

namespace program {

cxx_await::Task<rust::String> greeting(std::uint32_t user) {
  co_return "Good day, " + std::string(co_await name_of(user));
}

cxx_await::Task<rust::Vec<rust::String>> greetings(std::uint32_t user) {
  auto [mine, theirs] = co_await cxx_await::when_all(greeting(user), second::greeting(user));
  rust::Vec<rust::String> both;
  both.push_back(std::move(mine));
  both.push_back(std::move(theirs));
  co_return both;
}

cxx_await::Task<rust::Vec<rust::String>> of_the_other() {
  rust::Vec<rust::String> all;
  auto stream = second::names();
  while (auto name = co_await stream.next()) all.push_back(std::move(*name));
  try {
    co_await second::name_of(0);
  } catch (const second::Unknown &unknown) {
    all.push_back("no user " + std::to_string(unknown.user));
  }
  co_return all;
}

}  // namespace program
