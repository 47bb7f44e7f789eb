#include "pitfalls/src/self_wake.rs.h"

#include <utility>

std::unique_ptr<Thread> self_wake::async_call(rust::Box<Context> context) {
  return std::make_unique<Thread>([context = std::move(context)](const std::stop_token &stop) {
    until_dropped(stop);
    handle_done(*context);
  });
}
