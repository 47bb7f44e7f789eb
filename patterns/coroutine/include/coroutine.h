#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <exception>
#include <memory>
#include <stop_token>
#include <string_view>

namespace coroutine {

struct Completion;  // Rust's, opaque here: to be answered or dropped
struct Coroutines;

/// Rust holds it for as long as it wants the answer; destroying it asks the coroutine to stop.
class FetchHandle {
public:
  FetchHandle() = default;
  FetchHandle(const FetchHandle &) = delete;
  FetchHandle &operator=(const FetchHandle &) = delete;
  ~FetchHandle() { stop_.request_stop(); }

  std::stop_token token() const { return stop_.get_token(); }

private:
  std::stop_source stop_;
};

/// Each of them starts a coroutine, which answers `completion`: here, or later on a C++ thread.
std::unique_ptr<FetchHandle> fetch_data_async_coro(rust::Str url, std::uint32_t patience_ms,
                                                   rust::Box<Completion> completion);
std::unique_ptr<FetchHandle> fetch_all_async_coro(rust::Slice<const rust::Str> urls,
                                                  rust::Box<Completion> completion);
std::unique_ptr<FetchHandle> fetch_data_async_asio(rust::Str url, rust::Box<Completion> completion);

/// Answers with `data`, or with the message of what was thrown.
void answer(rust::Box<Completion> completion, std::exception_ptr thrown, std::string_view data);

/// Ends what sleeps, reads and waits, and joins the threads. Once both have returned, no coroutine runs but those
/// that call them.
void shutdown();
void shutdown_asio();

Coroutines coroutines();

}  // namespace coroutine
