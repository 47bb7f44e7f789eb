#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <memory>
#include <thread>
#include <utility>

#include <unistd.h>

namespace by_reference {

struct AsyncContext;

using Fetch = std::jthread;
using FetchCallback = rust::Fn<void(rust::Box<AsyncContext> context, std::uint64_t length)>;

// Wrong: `&context` refers to an argument of this function, which has returned when the thread gets there.
inline std::unique_ptr<Fetch> fetch_length_async(std::int32_t data, FetchCallback callback,
                                                 rust::Box<AsyncContext> context) {
  return std::make_unique<Fetch>([data, callback, &context] {
    std::uint64_t length = 0;
    for (char byte = 0; ::read(data, &byte, 1) == 1;) ++length;
    callback(std::move(context), length);
  });
}

}  // namespace by_reference
