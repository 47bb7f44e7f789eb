#pragma once
#include "rust/cxx.h"
#include <thread>

struct AsyncContext;
using FetchHandle = std::jthread;
using ResultCallback = rust::Fn<void(rust::Box<AsyncContext> context, bool ok,
                                     rust::Slice<const uint8_t> data, rust::String error)>;
std::unique_ptr<FetchHandle> fetch_data(rust::Str url, ResultCallback done, rust::Box<AsyncContext> context);
