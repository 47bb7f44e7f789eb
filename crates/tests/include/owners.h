#pragma once
#include "cxx_await.h"
#include "rust/cxx.h"

#include <string>

namespace owners {

enum class Cloning : std::uint8_t;
enum class Waking : std::uint8_t;
using cxx_await::Generator;
using cxx_await::Task;

Task<std::uint32_t> hop(std::uint32_t n);
Task<> forever();
Task<> until_stopped();
Task<rust::String> through(std::string key);
Task<> waking_in_cpp(Cloning cloning, Waking action);
std::uint64_t stops();
std::uint64_t frames();

rust::String sync_wait(rust::Str key);
std::uint32_t sync_wait_future(std::uint32_t n);
void sync_wait_waking(Cloning cloning, Waking action);
rust::String on_pool(rust::Str key);
void on_pool_and_drop(rust::Str key);
void on_pool_that_stops(rust::Str key);
rust::String inline_executor(rust::Str key);
rust::String foreign_coroutine(rust::Str key);
void foreign_coroutine_is_dropped();
void poll_once_and_drop(rust::Str key);

Task<std::int32_t> asio_add(std::int32_t a, std::int32_t b);
Task<> asio_hour();
rust::String asio_awaits_rust(rust::Str key);

Task<rust::String> first_of(std::string a, std::string b);
Task<rust::String> both_of(std::string a, std::string b);
Task<rust::String> in_time(std::string key, std::uint32_t turns);

Task<std::uint64_t> deep(std::uint64_t steps);
Task<std::uint64_t> deep_hops(std::uint64_t steps);
Task<std::uint64_t> deep_rust(std::uint64_t steps);
Generator<std::uint64_t> deep_stream(std::uint64_t steps);
Task<std::uint64_t> deep_generator(std::uint64_t steps);
std::uint64_t cpp_allocations();

}  // namespace owners
