#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <utility>

namespace oneshot {

struct AsyncContext;  // Rust's, opaque here: to be handed back or dropped

using FetchCallback = rust::Fn<void(rust::Box<AsyncContext> context, bool ok,
                                    rust::Slice<const std::uint8_t> data, rust::String error)>;

/// Rust holds it for as long as it wants the answer; destroying it asks the fetch to stop.
class FetchHandle {
public:
  explicit FetchHandle(std::stop_source stop) : stop_(std::move(stop)) {}
  FetchHandle(const FetchHandle &) = delete;
  FetchHandle &operator=(const FetchHandle &) = delete;
  ~FetchHandle() { stop_.request_stop(); }

private:
  std::stop_source stop_;
};

/// Calls `callback` with `context` at most once, here or on a worker thread. When it drops `context`
/// instead, there is no answer. Throws when the URL is of no use, or after `shutdown`.
std::unique_ptr<FetchHandle> fetch_data_async(rust::Str url, FetchCallback callback,
                                              rust::Box<AsyncContext> context);

/// Stops and joins the workers. Once it has returned, no callback runs but those that call it.
void shutdown();

std::uint64_t stopped_fetches();

}  // namespace oneshot
