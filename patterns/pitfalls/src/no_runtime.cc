#include "pitfalls/include/pitfalls.h"

#include <utility>

std::unique_ptr<Thread> no_runtime::fetch_id(Callback callback, rust::Box<Context> context) {
  return std::make_unique<Thread>([callback, context = std::move(context)]() mutable {
    callback(std::move(context), 42);
  });
}
