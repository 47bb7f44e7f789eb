// ANCHOR: bad
#include "pitfalls/src/not_utf8.rs.h"

#include <utility>

namespace {
constexpr auto name = "Zo\xeb";  // Latin-1
}

// Wrong: rust::String throws when the bytes are not UTF-8, here on a thread that nothing catches for.
std::unique_ptr<Thread> not_utf8::bad_async_call(rust::Box<Context> context) {
  return std::make_unique<Thread>([context = std::move(context)]() mutable {
    handle_name(std::move(context), rust::String(name));
  });
}
// ANCHOR_END: bad

// ANCHOR: good
std::unique_ptr<Thread> not_utf8::good_async_call(rust::Box<Context> context) {
  return std::make_unique<Thread>([context = std::move(context)]() mutable {
    handle_name(std::move(context), rust::String::lossy(name));
  });
}
// ANCHOR_END: good
