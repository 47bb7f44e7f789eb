#include "pitfalls/include/pitfalls.h"

#include <array>
#include <utility>

void dropped_sender::fetch_name(Callback callback, rust::Box<Context> context) {
  constexpr std::array<std::uint8_t, 3> name{'Z', 'o', 0xeb};  // Latin-1
  callback(std::move(context), {name.data(), name.size()});
}
