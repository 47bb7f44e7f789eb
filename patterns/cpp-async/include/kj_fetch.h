#pragma once

#include "fetch.h"

#include <kj/async-io.h>

namespace cpp_async::kj_promise {

/// Runs on the event loop of this thread, which `io` belongs to. Dropping the promise ends the fetch.
kj::Promise<Bytes> fetch_data(kj::LowLevelAsyncIoProvider &io, std::string url);

}  // namespace cpp_async::kj_promise
