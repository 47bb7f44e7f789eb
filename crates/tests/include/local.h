#pragma once
#include "cxx_await.h"
#include "rust/cxx.h"

namespace local {

struct Shared;
using cxx_await::LocalGenerator;
using cxx_await::LocalTask;

LocalTask<std::uint32_t> strays(rust::Box<Shared> shared, std::uint32_t steps);
LocalGenerator<std::uint32_t> strayed(rust::Box<Shared> shared, std::uint32_t steps);
LocalTask<std::uint32_t> held(rust::Box<Shared> shared);
LocalTask<std::uint32_t> mixed(rust::Box<Shared> shared);
LocalTask<std::uint32_t> not_on_owner();
void release_held();
std::uint32_t drive_on_this_thread();
std::uint64_t frames();

}  // namespace local
