#pragma once

#include "rust/cxx.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

struct StreamContext; // Rust's own type: C++ holds it and gives it back, no more
enum class EventKind : std::uint8_t;

// Called on the producer's thread. False: nobody listens any more, stop.
using EventCallback =
    rust::Fn<bool(StreamContext &, EventKind, rust::Slice<const std::uint8_t>)>;

class FileDescriptor {
public:
  FileDescriptor(int number, const std::string &origin); // throws std::system_error
  ~FileDescriptor();
  FileDescriptor(const FileDescriptor &) = delete;
  FileDescriptor &operator=(const FileDescriptor &) = delete;

  const int number;
};

// Owns the thread that produces the events. The destructor asks it to stop
// and joins it: no callback runs after that.
class Subscription {
public:
  Subscription(const std::string &path, std::size_t lines, EventCallback callback,
               rust::Box<StreamContext> context);
  ~Subscription();

private:
  void produce(EventCallback callback, StreamContext &context) noexcept;
  void read_lines(EventCallback callback, StreamContext &context);
  bool wait_for_input();

  const std::size_t lines; // how many an event holds at most
  FileDescriptor source;
  FileDescriptor stop;
  std::jthread producer; // the last member: joined before the descriptors close
};

// Throws std::system_error when the file cannot be opened.
std::unique_ptr<Subscription> subscribe_events(rust::Str path, std::size_t lines,
                                               EventCallback callback,
                                               rust::Box<StreamContext> context);
