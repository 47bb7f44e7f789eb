#pragma once

#include "rust/cxx.h"
#include "rust/cxx_async.h"

#include <cstdint>

// How many bytes were read.
CXXASYNC_DEFINE_FUTURE(std::uint64_t, FetchFuture);

FetchFuture fetch_data_cxx_async(rust::String path);
