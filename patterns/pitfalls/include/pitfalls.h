#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <latch>
#include <memory>
#include <stop_token>
#include <thread>

// Dropping it in Rust asks the thread to stop, and joins it.
using Thread = std::jthread;

// Returns when the owner of the thread drops it: what the thread is at takes that long.
void until_dropped(const std::stop_token &stop);

namespace blocked {
std::uint8_t read_answer(std::int32_t source);
}

namespace dropped_sender {
struct Context;
using Callback = rust::Fn<void(rust::Box<Context>, rust::Slice<const std::uint8_t>)>;
void fetch_name(Callback callback, rust::Box<Context> context);
}  // namespace dropped_sender

namespace by_reference {
using ::Thread;
struct Context;
std::unique_ptr<Thread> bad_async_call(rust::Box<Context> context);
std::unique_ptr<Thread> good_async_call(rust::Box<Context> context);
}  // namespace by_reference

namespace called_twice {
struct Context;
void bad_async_call(rust::Box<Context> context);
void good_async_call(rust::Box<Context> context);
}  // namespace called_twice

namespace leaked {
struct Context;
void bad_async_call(rust::Str url, rust::Box<Context> context);
void good_async_call(rust::Str url, rust::Box<Context> context);
}  // namespace leaked

namespace no_result {
std::uint16_t port(rust::Str text);
}

namespace panics {
std::uint32_t bad_report();
rust::String good_report();
}  // namespace panics

namespace not_send {
using ::Thread;
struct BadContext;
struct GoodContext;
std::unique_ptr<Thread> bad_async_call(rust::Box<BadContext> context);
std::unique_ptr<Thread> good_async_call(rust::Box<GoodContext> context);
}  // namespace not_send

namespace not_utf8 {
using ::Thread;
struct Context;
std::unique_ptr<Thread> bad_async_call(rust::Box<Context> context);
std::unique_ptr<Thread> good_async_call(rust::Box<Context> context);
}  // namespace not_utf8

namespace kept_str {
using ::Thread;
struct Context;
std::unique_ptr<Thread> bad_async_call(rust::Str text, rust::Box<Context> context);
std::unique_ptr<Thread> good_async_call(rust::Str text, rust::Box<Context> context);
}  // namespace kept_str

namespace nested_block_on {
struct Context;
using Callback = rust::Fn<void(rust::Box<Context>, std::uint32_t)>;
void fetch_id(Callback callback, rust::Box<Context> context);
}  // namespace nested_block_on

namespace no_runtime {
using ::Thread;
struct Context;
using Callback = rust::Fn<void(rust::Box<Context>, std::uint32_t)>;
std::unique_ptr<Thread> fetch_id(Callback callback, rust::Box<Context> context);
}  // namespace no_runtime

namespace self_wake {
using ::Thread;
struct Context;
std::unique_ptr<Thread> async_call(rust::Box<Context> context);
}  // namespace self_wake

namespace after_shutdown {
struct Context;

class BadListener {
public:
  explicit BadListener(rust::Box<Context> context);
  ~BadListener();

private:
  rust::Box<Context> context_;
};

class GoodListener {
public:
  explicit GoodListener(rust::Box<Context> context);
  ~GoodListener();

private:
  std::shared_ptr<std::latch> gone_;
  std::shared_ptr<Context> context_;
  std::uint64_t id_;
};

std::unique_ptr<BadListener> bad_listen(rust::Box<Context> context);
std::unique_ptr<GoodListener> good_listen(rust::Box<Context> context);
void fire();
}  // namespace after_shutdown
