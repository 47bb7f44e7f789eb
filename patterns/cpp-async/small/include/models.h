#pragma once
#include "rust/cxx.h"
#include <thread>
struct AsyncContext;
using Fetch = std::jthread;  // destroying it waits for the fetch
std::unique_ptr<Fetch> fetch_callback(rust::Str url, rust::Box<AsyncContext> context);
std::unique_ptr<std::string> fetch_future(rust::Str url);  // blocks
std::unique_ptr<Fetch> fetch_asio(rust::Str url, rust::Box<AsyncContext> context);
