#include "pitfalls/src/not_send.rs.h"

#include <utility>

namespace {

// The context goes with the thread.
template <typename Context>
std::unique_ptr<Thread> work(rust::Box<Context> context) {
  return std::make_unique<Thread>([context = std::move(context)] {});
}

}  // namespace

std::unique_ptr<Thread> not_send::bad_async_call(rust::Box<BadContext> context) {
  return work(std::move(context));
}

std::unique_ptr<Thread> not_send::good_async_call(rust::Box<GoodContext> context) {
  return work(std::move(context));
}
