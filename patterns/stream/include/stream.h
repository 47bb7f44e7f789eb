#pragma once

#include "rust/cxx.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include <sys/types.h>

struct StreamContext; // Rust's, opaque here: to be lent to the callback or dropped
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

// Reads the source, and calls the callback. The thread shares it, because the subscription may be destroyed first.
class Producer {
public:
  Producer(const std::string &path, std::size_t lines);

  void produce(EventCallback callback, StreamContext &context) noexcept;
  void end(); // soon: what waits for input is woken

private:
  void read_lines(EventCallback callback, StreamContext &context);
  bool wait_for_input();

  const std::size_t lines; // how many an event holds at most
  FileDescriptor source;
  FileDescriptor stop;
};

// Owns the thread that produces the events. The destructor asks it to stop
// and joins it: no callback runs after that. In a callback, its own or another
// one's, it does not wait. In a forked child, which has no such thread, it does nothing.
class Subscription {
public:
  Subscription(const std::string &path, std::size_t lines, EventCallback callback,
               rust::Box<StreamContext> context);
  ~Subscription();

private:
  const pid_t process;
  std::shared_ptr<Producer> producer;
  std::jthread thread;
};

// Throws std::system_error when the file cannot be opened.
std::unique_ptr<Subscription> subscribe_events(rust::Str path, std::size_t lines,
                                               EventCallback callback,
                                               rust::Box<StreamContext> context);
