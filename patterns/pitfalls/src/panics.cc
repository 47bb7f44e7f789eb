// ANCHOR: bad
#include "pitfalls/src/panics.rs.h"

#include <string>

// No sample has come yet.
std::uint32_t panics::bad_report() { return bad_callback({}); }
// ANCHOR_END: bad

// ANCHOR: good
rust::String panics::good_report() {
  try {
    return std::to_string(good_callback({}));
  } catch (const rust::Error &error) {
    return error.what();
  }
}
// ANCHOR_END: good
