#pragma once

#include "rust/cxx.h"

#include <cstdint>

namespace native_async {

struct AsyncContext;  // Rust's, opaque here: to be handed back or dropped

using FetchCallback = rust::Fn<void(rust::Box<AsyncContext> context, rust::Slice<const std::uint8_t> data)>;

/// Calls `callback` with `context` and the bytes of a `data:,` URL. For any other it drops `context`.
void fetch_data_async(rust::Str url, FetchCallback callback, rust::Box<AsyncContext> context);

}  // namespace native_async
