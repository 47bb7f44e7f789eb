// ANCHOR: bad
#include "pitfalls/src/after_shutdown.rs.h"

#include <functional>
#include <map>
#include <mutex>
#include <utility>

namespace after_shutdown {
namespace {

// The source of events outlives each of its listeners.
std::mutex mutex;
std::map<const BadListener *, std::function<void()>> listeners;

}  // namespace

void fire() {
  const std::lock_guard lock(mutex);
  for (const auto &[listener, notify] : listeners) notify();
}

BadListener::BadListener(rust::Box<Context> context) : context_(std::move(context)) {
  const std::lock_guard lock(mutex);
  listeners.emplace(this, [this] { handle_event(*context_); });
}

// Wrong: the source of events still knows it.
BadListener::~BadListener() = default;

std::unique_ptr<BadListener> bad_listen(rust::Box<Context> context) {
  return std::make_unique<BadListener>(std::move(context));
}
// ANCHOR_END: bad

// ANCHOR: good
// Waits for the callback that runs, if one does: `fire` holds the lock meanwhile.
GoodListener::~GoodListener() {
  const std::lock_guard lock(mutex);
  listeners.erase(this);
}

std::unique_ptr<GoodListener> good_listen(rust::Box<Context> context) {
  return std::make_unique<GoodListener>(std::move(context));
}

}  // namespace after_shutdown
// ANCHOR_END: good
