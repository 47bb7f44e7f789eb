// ANCHOR: bad
#include "pitfalls/src/after_shutdown.rs.h"

#include <functional>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace after_shutdown {
namespace {

// The source of events outlives each of its listeners, and main.
struct Source {
  std::mutex mutex;
  std::map<std::uint64_t, std::function<void()>> listeners;
  std::uint64_t last = 0;
};

Source &source() {
  static Source &only = *std::make_unique<Source>().release();
  return only;
}

std::uint64_t add(std::function<void()> notify) {
  const std::lock_guard lock(source().mutex);
  source().listeners.emplace(++source().last, std::move(notify));
  return source().last;
}

// A callback that this thread is in, and the one that it was called in.
struct Running {
  std::uint64_t listener;
  const Running *outer;
};
thread_local const Running *running = nullptr;

bool runs(std::uint64_t listener) {
  const Running *callback = running;
  while (callback != nullptr && callback->listener != listener) callback = callback->outer;
  return callback != nullptr;
}

}  // namespace

// Calls under no lock: a callback may come back to everything here.
void fire() {
  std::vector<std::pair<std::uint64_t, std::function<void()>>> listeners;
  {
    const std::lock_guard lock(source().mutex);
    listeners.assign(source().listeners.begin(), source().listeners.end());
  }
  for (const auto &[listener, notify] : listeners) {
    if (runs(listener)) continue;
    const Running callback{listener, running};
    running = &callback;
    notify();
    running = callback.outer;
  }
}

BadListener::BadListener(rust::Box<Context> context) : context_(std::move(context)) {
  add([this] { handle_event(*context_); });
}

// Wrong: the source of events still knows it.
BadListener::~BadListener() = default;

std::unique_ptr<BadListener> bad_listen(rust::Box<Context> context) {
  return std::make_unique<BadListener>(std::move(context));
}
// ANCHOR_END: bad

// ANCHOR: good
// `fire` borrows the context for as long as its callback runs. Whoever lets go last drops it.
GoodListener::GoodListener(rust::Box<Context> context)
    : gone_(std::make_shared<std::latch>(1)),
      context_(context.into_raw(),
               [gone = gone_](Context *raw) {
                 rust::Box<Context>::from_raw(raw);
                 gone->count_down();
               }),
      id_(add([borrowed = std::weak_ptr(context_)] {
        if (const auto context = borrowed.lock()) handle_event(*context);
      })) {}

// Waits for the callbacks that run, unless it is called in one: that could be its own.
GoodListener::~GoodListener() {
  {
    const std::lock_guard lock(source().mutex);
    source().listeners.erase(id_);
  }
  context_.reset();
  if (running == nullptr) gone_->wait();
}

std::unique_ptr<GoodListener> good_listen(rust::Box<Context> context) {
  return std::make_unique<GoodListener>(std::move(context));
}

}  // namespace after_shutdown
// ANCHOR_END: good
