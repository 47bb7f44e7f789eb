// ANCHOR: bad
#include "pitfalls/src/by_reference.rs.h"

#include <utility>

// Wrong: `context` is the call's, and the call has returned when the thread uses it.
std::unique_ptr<Thread> by_reference::bad_async_call(rust::Box<Context> context) {
  return std::make_unique<Thread>([&](const std::stop_token &stop) {
    until_dropped(stop);
    handle_result(std::move(context), 42);
  });
}
// ANCHOR_END: bad

// ANCHOR: good
std::unique_ptr<Thread> by_reference::good_async_call(rust::Box<Context> context) {
  return std::make_unique<Thread>([context = std::move(context)](const std::stop_token &stop) mutable {
    until_dropped(stop);
    handle_result(std::move(context), 42);
  });
}
// ANCHOR_END: good
