// ANCHOR: events
#include "stream/include/stream.h"
#include "stream/src/lib.rs.h"

#include <array>
#include <cerrno>
#include <exception>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace {

constexpr std::size_t longest_line = std::size_t{64} * 1024;

// On a thread that produces events, and so in its callbacks.
thread_local bool producing = false;

// Like the errors of many C++ libraries, no std::exception.
struct LineTooLong {};

[[noreturn]] void fail(const std::string &what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// As bytes: a rust::String cannot be made of bytes that are not UTF-8.
rust::Slice<const std::uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

// The end of the last of at most `lines` complete lines from `start`, or npos without one.
std::size_t end_of(std::size_t lines, const std::string &text, std::size_t start) {
  auto end = text.find('\n', start);
  while (end != text.npos && --lines > 0) {
    const auto next = text.find('\n', end + 1);
    if (next == text.npos) break;
    end = next;
  }
  return end;
}

} // namespace

void Producer::produce(EventCallback callback, StreamContext &context) noexcept {
  producing = true;
  try {
    read_lines(callback, context);
  } catch (const std::exception &error) {
    callback(context, EventKind::Failure, bytes(error.what()));
  } catch (...) {
    callback(context, EventKind::Failure, bytes("not a std::exception"));
  }
}

void Producer::read_lines(EventCallback callback, StreamContext &context) {
  const auto deliver = [&](std::string_view event) {
    return callback(context, EventKind::Line, bytes(event));
  };
  std::string pending;
  std::array<char, longest_line> chunk;
  while (wait_for_input()) {
    const ssize_t count = ::read(source.number, chunk.data(), chunk.size());
    if (count < 0 && errno != EAGAIN && errno != EINTR) fail("read");
    if (count < 0) continue; // nothing to read after all
    if (count == 0) {
      if (!pending.empty()) deliver(pending);
      return;
    }
    pending.append(chunk.data(), static_cast<std::size_t>(count));
    std::size_t start = 0;
    for (auto end = end_of(lines, pending, start); end != pending.npos; end = end_of(lines, pending, start)) {
      if (!deliver(std::string_view(pending).substr(start, end - start))) return;
      start = end + 1;
    }
    pending.erase(0, start);
    if (pending.size() > longest_line) throw LineTooLong{};
  }
}
// ANCHOR_END: events

// ANCHOR: subscription
Producer::Producer(const std::string &path, std::size_t lines)
    : lines(lines),
      source(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC), "open " + path),
      stop(::eventfd(0, EFD_CLOEXEC), "eventfd") {}

void Producer::end() { ::eventfd_write(stop.number, 1); }

Subscription::Subscription(const std::string &path, std::size_t lines, EventCallback callback,
                           rust::Box<StreamContext> context)
    : process(::getpid()),
      producer(std::make_shared<Producer>(path, lines)),
      // The thread owns the context. Dropped with the thread's last line, it ends the stream.
      thread([producer = producer, callback, context = std::move(context)]() mutable {
        producer->produce(callback, *context);
      }) {}

Subscription::~Subscription() {
  const bool forked = process != ::getpid();
  if (!forked) producer->end(); // a child would stop the parent's thread: they share the eventfd
  if (forked || producing) thread.detach(); // two callbacks may drop each other's stream
}

// True: try to read. False: nobody subscribes any more.
bool Producer::wait_for_input() {
  std::array<pollfd, 2> waits{{{source.number, POLLIN, 0}, {stop.number, POLLIN, 0}}};
  if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) fail("poll");
  return waits[1].revents == 0;
}

std::unique_ptr<Subscription> subscribe_events(rust::Str path, std::size_t lines,
                                               EventCallback callback,
                                               rust::Box<StreamContext> context) {
  const std::string name(path);
  if (name.find('\0') != name.npos) throw std::invalid_argument("a NUL, which would end the name for the system");
  return std::make_unique<Subscription>(name, lines, callback, std::move(context));
}

FileDescriptor::FileDescriptor(int number, const std::string &origin) : number(number) {
  if (number < 0) fail(origin);
}

FileDescriptor::~FileDescriptor() { ::close(number); }
// ANCHOR_END: subscription
