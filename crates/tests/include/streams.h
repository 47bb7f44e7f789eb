#pragma once
#include "cxx_await.h"

#include <string>

namespace streams {

struct Event;
struct Broken;
using cxx_await::Batches;
using cxx_await::Generator;
using cxx_await::Receiver;
using cxx_await::Task;

Generator<std::uint32_t> counted(std::uint32_t count);
Generator<Event> events(std::string topic, std::uint32_t count);
Generator<std::uint32_t> breaks(std::uint32_t at);
Generator<std::uint32_t> throws_at_once();
Generator<std::uint32_t> endless();

Receiver<Event> filled(std::uint32_t count, std::size_t capacity);
Receiver<std::uint32_t> filled_by_coroutine(std::uint32_t count, std::size_t capacity);
Receiver<std::uint32_t> filled_then_failed(std::uint32_t count);
Batches<std::uint32_t> batches(std::uint32_t count, std::size_t capacity);
Receiver<std::uint32_t> silent();
std::uint64_t refused();
std::uint64_t ahead();

Task<std::uint64_t> sum_of_generator(std::uint32_t count);
Task<rust::String> generator_fails();
Task<std::uint64_t> sum_of_rust(std::uint32_t count);
Task<rust::Vec<rust::String>> names_of_rust(std::string prefix);
Task<rust::String> rust_breaks(std::uint32_t at);
Task<rust::String> rust_panics();
Task<std::uint64_t> leaves_rust_early(std::uint32_t count);

std::uint64_t frames();

}  // namespace streams
