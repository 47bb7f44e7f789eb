#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>

#include <unistd.h>

namespace best_practices {

struct AsyncContext;   // Rust's, opaque here: to be handed back or dropped
struct StreamContext;  // the same
struct Failure;
enum class Taken : std::uint8_t;

using Bytes = rust::Slice<const std::uint8_t>;
using FetchCallback = rust::Fn<void(rust::Box<AsyncContext>, bool success, Bytes data, Failure error)>;
using BlockCallback = rust::Fn<Taken(StreamContext &, bool success, Bytes data, Failure error)>;

/// A thread with an owner: its destructor asks the thread to stop, and joins it. In a callback, its own or
/// another one's, it does not wait. In a forked child, which has no such thread, it does nothing.
class Fetch {
public:
  template <class Work>
  explicit Fetch(Work work)
      : process_(::getpid()), thread_([work = std::move(work)](const std::stop_token &stop) mutable {
          fetching_ = true;
          work(stop);
        }) {}
  ~Fetch();

private:
  inline static thread_local bool fetching_ = false;
  const pid_t process_;
  std::jthread thread_;
};

/// Calls back once, with all bytes of the file at `path` or with a failure. Throws when the path is
/// not absolute, or when no thread can be started.
std::unique_ptr<Fetch> fetch_data_async(rust::Str path, FetchCallback callback,
                                        rust::Box<AsyncContext> context);

/// Calls back with each block, and with a failure if there is one. Then drops `context`. Throws likewise.
std::unique_ptr<Fetch> fetch_blocks_async(rust::Str path, BlockCallback callback,
                                          rust::Box<StreamContext> context);

std::uint64_t stopped_fetches();

}  // namespace best_practices
