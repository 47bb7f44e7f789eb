#include "pitfalls/include/pitfalls.h"

#include <utility>

// It knows the answer, and calls back before it returns.
void nested_block_on::fetch_id(Callback callback, rust::Box<Context> context) {
  callback(std::move(context), 42);
}
