#pragma once
#include "rust/cxx.h"
#include <thread>

struct HttpContext;
using HttpRequest = std::jthread;
using HttpCallback = rust::Fn<void(rust::Box<HttpContext> context, bool ok,
                                   rust::Slice<const uint8_t> body, rust::String error)>;
std::unique_ptr<HttpRequest> http_get(bool simulated, rust::Str url, HttpCallback done,
                                      rust::Box<HttpContext> context);
