// async fn across cxx: the C++ half of the crate cxx-await. C++20, headers only.
// What is for users: Task, Generator, stop_token, sync_wait, spawn, when_any, when_all, channel, Adapt, AnyThread and
// OwnerThread (LocalTask, LocalGenerator). Namespace `detail` and what begins with `cxx_await_` is not.
#ifndef CXX_AWAIT_H
#define CXX_AWAIT_H

#include "cxx_await/operation.h"
#include "cxx_await/promise.h"
#include "cxx_await/local.h"
#include "cxx_await/task.h"
#include "cxx_await/generator.h"
#include "cxx_await/rust_future.h"
#include "cxx_await/spawn.h"
#include "cxx_await/when.h"
#include "cxx_await/channel.h"
#include "cxx_await/bridged.h"

#endif
