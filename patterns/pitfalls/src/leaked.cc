// ANCHOR: bad
#include "pitfalls/src/leaked.rs.h"

#include <string>

namespace {

using leaked::Context;

// A C library: it keeps a pointer for later, or refuses.
bool request(rust::Str url, void (*done)(void *), void *user_data) {
  if (!std::string(url).starts_with("https:")) return false;
  done(user_data);
  return true;
}

void done(void *user_data) {
  leaked::handle_done(rust::Box<Context>::from_raw(static_cast<Context *>(user_data)));
}

}  // namespace

// Wrong: when the library refuses, nobody has the context any more.
void leaked::bad_async_call(rust::Str url, rust::Box<Context> context) {
  request(url, done, context.into_raw());
}
// ANCHOR_END: bad

// ANCHOR: good
void leaked::good_async_call(rust::Str url, rust::Box<Context> context) {
  Context *released = context.into_raw();
  if (!request(url, done, released)) rust::Box<Context>::from_raw(released);  // drops it
}
// ANCHOR_END: good
