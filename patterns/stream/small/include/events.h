#pragma once
#include "rust/cxx.h"
#include <thread>

struct StreamContext;
using Subscription = std::jthread;
using EventCallback = rust::Fn<bool(StreamContext &context, rust::Str event)>;
std::unique_ptr<Subscription> subscribe_events(EventCallback send, rust::Box<StreamContext> context);
