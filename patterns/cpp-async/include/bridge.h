// ANCHOR: callback
#pragma once

#include "kj_fetch.h"
#include "promise.h"
#include "task.h"

#include "rust/cxx.h"

namespace cpp_async {

struct AsyncContext;  // Rust's, opaque here: to be handed back or dropped

void fetch_data_callback(rust::Str url, rust::Box<AsyncContext> context);
// ANCHOR_END: callback

// ANCHOR: future
/// A fetch that has begun. Destroying it waits until the fetch has ended.
using PendingFetch = std::future<Bytes>;
std::unique_ptr<PendingFetch> start_fetch(rust::Str url);
/// Blocks.
std::unique_ptr<Bytes> result_of(std::unique_ptr<PendingFetch> fetch);
// ANCHOR_END: future

// ANCHOR: coroutine
/// Destroying it asks the fetch to stop.
class StopHandle {
public:
  explicit StopHandle(std::stop_source stop) : stop_(std::move(stop)) {}
  StopHandle(const StopHandle &) = delete;
  StopHandle &operator=(const StopHandle &) = delete;
  ~StopHandle() { stop_.request_stop(); }

private:
  std::stop_source stop_;
};
std::unique_ptr<StopHandle> fetch_data_coroutine(rust::Str url, rust::Box<AsyncContext> context);
// ANCHOR_END: coroutine

// ANCHOR: promise
void fetch_data_promise(rust::Str url, rust::Box<AsyncContext> context);
// ANCHOR_END: promise

// ANCHOR: kj
/// Destroying it, on any thread, breaks the promise that the fetch is joined with, which ends the fetch.
using KjHandle = kj::Own<kj::CrossThreadPromiseFulfiller<Bytes>>;
std::unique_ptr<KjHandle> fetch_data_kj(rust::Str url, rust::Box<AsyncContext> context);

}  // namespace cpp_async
// ANCHOR_END: kj
