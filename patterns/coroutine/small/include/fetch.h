#pragma once
#include "rust/cxx.h"
#include <thread>
struct Completion;
using Fetch = std::jthread;  // destroying it waits for the coroutine
std::unique_ptr<Fetch> fetch_data_async_coro(rust::Str url, rust::Box<Completion> done);
