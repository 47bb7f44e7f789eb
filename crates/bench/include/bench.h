#pragma once
#include "cxx_await.h"
#include "rust/cxx.h"

#include <memory>
#include <vector>

namespace bench {

using cxx_await::Generator;
using cxx_await::Task;

Task<std::uint64_t> on_worker(std::uint64_t n);
Task<std::uint64_t> at_once(std::uint64_t n);
Generator<std::uint64_t> counted(std::uint64_t n);
cxx_await::Receiver<std::unique_ptr<std::vector<std::uint64_t>>> batches(std::uint64_t n);
Task<std::uint64_t> await_ready(std::uint64_t n);
Task<std::uint64_t> await_oneshot(std::uint64_t n);
Task<std::uint64_t> await_stream(std::uint64_t n);
std::uint64_t wait_for_oneshot(std::uint64_t n);
std::uint64_t allocations();

}  // namespace bench
