#include "stream-small/src/main.rs.h"
#include <chrono>

std::unique_ptr<Subscription> subscribe_events(EventCallback send, rust::Box<StreamContext> context) {
  return std::make_unique<Subscription>([=, context = std::move(context)]() mutable {
    for (int number = 1; send(*context, "event " + std::to_string(number)); ++number)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  });
}
