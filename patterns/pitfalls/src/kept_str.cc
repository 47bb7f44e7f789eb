// ANCHOR: bad
#include "pitfalls/src/kept_str.rs.h"

#include <algorithm>
#include <string>
#include <utility>

// Wrong: `text` is Rust's, lent until this function returns. Copying the rust::Str copies a pointer.
std::unique_ptr<Thread> kept_str::bad_async_call(rust::Str text, rust::Box<Context> context) {
  return std::make_unique<Thread>(
      [text, context = std::move(context)](const std::stop_token &stop) mutable {
        until_dropped(stop);
        handle_count(std::move(context), std::count(text.begin(), text.end(), ' '));
      });
}
// ANCHOR_END: bad

// ANCHOR: good
std::unique_ptr<Thread> kept_str::good_async_call(rust::Str text, rust::Box<Context> context) {
  return std::make_unique<Thread>(
      [text = std::string(text), context = std::move(context)](const std::stop_token &stop) mutable {
        until_dropped(stop);
        handle_count(std::move(context), std::count(text.begin(), text.end(), ' '));
      });
}
// ANCHOR_END: good
