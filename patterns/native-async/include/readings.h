#pragma once

#include "cxx_await.h"

namespace native_async {

struct Reading;

cxx_await::Generator<Reading> readings();

}  // namespace native_async
