// ANCHOR: bad
#include "pitfalls/src/called_twice.rs.h"

#include <utility>

// Wrong: the first call has moved the context away.
void called_twice::bad_async_call(rust::Box<Context> context) {
  bad_callback(std::move(context), 50);
  bad_callback(std::move(context), 100);  // NOLINT(bugprone-use-after-move): the pitfall
}
// ANCHOR_END: bad

// ANCHOR: good
// A callback that borrows can be called as often as there is something to say.
void called_twice::good_async_call(rust::Box<Context> context) {
  good_callback(*context, 50);
  good_callback(*context, 100);
}
// ANCHOR_END: good
