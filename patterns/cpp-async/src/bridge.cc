// ANCHOR: answer
#include "cpp-async/include/bridge.h"

#include "cpp-async/src/lib.rs.h"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <stdexcept>

#include <pthread.h>

namespace cpp_async {
namespace {

// One for the process. Closed at exit, but never destroyed: a thread that outlives main may still ask
// for a fetch. A forked child has the memory of it, but not the thread.
template <class Service>
Service &process_singleton() {
  static std::mutex making;  // a fork waits for what is being made
  static std::atomic<Service *> made{nullptr};
  static std::atomic<bool> forked{false};
  [[maybe_unused]] static const int registered =
      ::pthread_atfork([] { making.lock(); }, [] { making.unlock(); }, [] {
        forked = made != nullptr;
        making.unlock();
      });
  if (forked) throw std::runtime_error("the thread belongs to the process that forked this one");
  if (Service *const there = made) return *there;
  const std::lock_guard lock(making);
  if (made == nullptr) {
    made = std::make_unique<Service>().release();
    // Behind what the library itself registers at its first use: exit runs the last one first.
    std::atexit([] {
      if (!forked) made.load()->close(std::chrono::seconds(1));
    });
  }
  return *made;
}

// How a fetch ends, in every model but std::future.
void answer(rust::Box<AsyncContext> context, Outcome<Bytes> outcome) {
  try {
    const Bytes data = std::move(outcome).get();
    handle_fetch_result(std::move(context), true, {data.data(), data.size()}, {});
  } catch (const std::exception &error) {
    handle_fetch_result(std::move(context), false, {}, rust::String::lossy(error.what()));
  }
}

}  // namespace
// ANCHOR_END: answer

// ANCHOR: callback
void fetch_data_callback(rust::Str url, rust::Box<AsyncContext> context) {
  // What a std::function holds must be copyable. A Box is not, a shared_ptr to one is.
  auto shared = std::make_shared<rust::Box<AsyncContext>>(std::move(context));
  callback::fetch_data(process_singleton<Worker>(), std::string(url), [shared = std::move(shared)](Bytes data) {
    answer(std::move(*shared), {std::move(data), nullptr});
  });
}
// ANCHOR_END: callback

// ANCHOR: future
std::unique_ptr<PendingFetch> start_fetch(rust::Str url) {
  return std::make_unique<PendingFetch>(future::fetch_data(std::string(url)));
}

std::unique_ptr<Bytes> result_of(std::unique_ptr<PendingFetch> fetch) {
  return std::make_unique<Bytes>(fetch->get());
}
// ANCHOR_END: future

// ANCHOR: coroutine
std::unique_ptr<StopHandle> fetch_data_coroutine(rust::Str url, rust::Box<AsyncContext> context) {
  std::stop_source stop;
  auto handle = std::make_unique<StopHandle>(stop);
  start(coroutine::fetch_data(process_singleton<Worker>(), std::string(url), stop.get_token()),
        [context = std::move(context)](Outcome<Bytes> outcome) mutable {
          answer(std::move(context), std::move(outcome));
        });
  return handle;
}
// ANCHOR_END: coroutine

// ANCHOR: promise
void fetch_data_promise(rust::Str url, rust::Box<AsyncContext> context) {
  promise::fetch_data(process_singleton<Worker>(), std::string(url))
      .finally([context = std::move(context)](Outcome<Bytes> outcome) mutable {
        answer(std::move(context), std::move(outcome));
      });
}
// ANCHOR_END: promise

// ANCHOR: kj_loop
namespace {

// A thread with a KJ event loop, which is where KJ's promises live.
class KjLoop final : kj::TaskSet::ErrorHandler {
public:
  KjLoop() {
    std::promise<void> starting;
    auto started = starting.get_future();
    thread_ = std::jthread([this, starting = std::move(starting)]() mutable {
      thread_local const Running running{*this};
      run(starting);
    });
    started.get();
  }

  // Calls `job` on the loop's thread, and waits for it. Throws once the loop is closed.
  template <class Job>
  auto with(Job &&job) {
    const Caller caller(*this);
    return executor_->executeSync([&] { return job(*io_, *fetches_); });
  }

  // Drops what is under way, and joins the thread: unless it is this one, or is busy for longer than `limit`.
  void close(std::chrono::nanoseconds limit) {
    std::unique_lock lock(mutex_);
    closed_ = true;
    if (thread_.get_id() == std::this_thread::get_id()) return;
    if (!left_.wait_for(lock, limit, [this] { return callers_ == 0; })) return;
    closing_->fulfill();
    if (left_.wait_for(lock, limit, [this] { return !running_; })) thread_.join();
  }

private:
  // Who calls executeSync while the loop ends may wait for ever: https://github.com/capnproto/capnproto/issues/2302
  class Caller {
  public:
    explicit Caller(KjLoop &loop) : loop_(loop) {
      std::lock_guard lock(loop_.mutex_);
      if (loop_.closed_) throw std::runtime_error("the loop is closed");
      ++loop_.callers_;
    }
    Caller(const Caller &) = delete;
    Caller &operator=(const Caller &) = delete;
    ~Caller() {
      std::lock_guard lock(loop_.mutex_);
      if (--loop_.callers_ == 0) loop_.left_.notify_all();
    }

  private:
    KjLoop &loop_;
  };

  // As that of a worker.
  struct Running {
    KjLoop &loop;
    ~Running() {
      std::lock_guard lock(loop.mutex_);
      loop.running_ = false;
      loop.left_.notify_all();
    }
  };

  void run(std::promise<void> &starting) {
    try {
      auto io = kj::setupAsyncIo();
      kj::TaskSet fetches(*this);
      auto closing = kj::newPromiseAndCrossThreadFulfiller<void>();
      closing_ = kj::mv(closing.fulfiller);
      executor_ = kj::getCurrentThreadExecutor().addRef();
      io_ = io.lowLevelProvider.get();
      fetches_ = &fetches;
      // KJ keeps a promise in a static. Made before this loop is told to close at exit, it is destroyed after that.
      kj::evalLater([] {}).wait(io.waitScope);
      starting.set_value();
      closing.promise.wait(io.waitScope);
    } catch (const kj::Exception &error) {
      // An exception of KJ's own may not leave its thread. This one says that the loop could not start.
      starting.set_exception(std::make_exception_ptr(std::runtime_error(error.getDescription().cStr())));
    }
  }

  void taskFailed(kj::Exception &&) override {}  // nobody waits for one that fails

  kj::Own<kj::CrossThreadPromiseFulfiller<void>> closing_;
  kj::Own<const kj::Executor> executor_;
  kj::LowLevelAsyncIoProvider *io_ = nullptr;
  kj::TaskSet *fetches_ = nullptr;
  std::mutex mutex_;
  std::condition_variable left_;
  int callers_ = 0;
  bool closed_ = false;
  bool running_ = true;
  std::jthread thread_;  // the last member: joined before the others go, when the loop could not start
};

}  // namespace
// ANCHOR_END: kj_loop

// ANCHOR: kj
std::unique_ptr<KjHandle> fetch_data_kj(rust::Str url, rust::Box<AsyncContext> context) {
  return process_singleton<KjLoop>().with([&](kj::LowLevelAsyncIoProvider &io, kj::TaskSet &fetches) {
    auto stop = kj::newPromiseAndCrossThreadFulfiller<Bytes>();
    fetches.add(
        kj_promise::fetch_data(io, std::string(url))
            .exclusiveJoin(kj::mv(stop.promise))
            .then([](Bytes data) { return Outcome<Bytes>{std::move(data), nullptr}; },
                  [](kj::Exception &&error) {
                    const std::runtime_error thrown(error.getDescription().cStr());
                    return Outcome<Bytes>{std::nullopt, std::make_exception_ptr(thrown)};
                  })
            .then([context = std::move(context)](Outcome<Bytes> outcome) mutable {
              answer(std::move(context), std::move(outcome));
            }));
    return std::make_unique<KjHandle>(kj::mv(stop.fulfiller));
  });
}

}  // namespace cpp_async
// ANCHOR_END: kj
