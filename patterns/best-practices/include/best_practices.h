#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <memory>
#include <thread>

namespace best_practices {

struct AsyncContext;   // Rust's, opaque here: to be handed back or dropped
struct StreamContext;  // the same
struct Failure;
enum class Taken : std::uint8_t;

using Bytes = rust::Slice<const std::uint8_t>;
using FetchCallback = rust::Fn<void(rust::Box<AsyncContext>, bool success, Bytes data, Failure error)>;
using BlockCallback = rust::Fn<Taken(StreamContext &, bool success, Bytes data, Failure error)>;

/// A thread with an owner: its destructor asks the thread to stop, and joins it.
using Fetch = std::jthread;

/// Calls back once, with all bytes of the file at `path` or with a failure. Throws when the path is
/// not absolute, or when there is no thread to be had.
std::unique_ptr<Fetch> fetch_data_async(rust::Str path, FetchCallback callback,
                                        rust::Box<AsyncContext> context);

/// Calls back with each block, and with a failure if there is one. Then drops `context`. Throws likewise.
std::unique_ptr<Fetch> fetch_blocks_async(rust::Str path, BlockCallback callback,
                                          rust::Box<StreamContext> context);

std::uint64_t stopped_fetches();

}  // namespace best_practices
