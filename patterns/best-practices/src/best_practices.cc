// ANCHOR: read_blocks
#include "best-practices/include/best_practices.h"

#include "best-practices/src/lib.rs.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace best_practices {
namespace {

struct Stopped {};
std::atomic<std::uint64_t> stopped{0};

[[noreturn]] void fail(const std::string &what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
public:
  Descriptor(int number, const std::string &origin) : number(number) {
    if (number < 0) fail(origin);
  }
  ~Descriptor() { ::close(number); }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;

  const int number;
};

// Gives each block to `take`, until that has enough. Throws Stopped as soon as it is asked to stop, also
// while there is nothing to read.
template <class Take>
void read_blocks(const std::string &path, const std::stop_token &stop, Take take) {
  if (path.find('\0') != path.npos) throw std::invalid_argument("the path has a NUL in it");
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC), path);
  const Descriptor wake(::eventfd(0, EFD_CLOEXEC), "eventfd");
  const std::stop_callback on_stop(stop, [&wake] { ::eventfd_write(wake.number, 1); });
  std::vector<std::uint8_t> block(64 << 10);
  while (true) {
    std::array<pollfd, 2> waits{{{file.number, POLLIN, 0}, {wake.number, POLLIN, 0}}};
    if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) fail("poll");
    if (stop.stop_requested()) {
      ++stopped;
      throw Stopped{};
    }
    const ssize_t count = ::read(file.number, block.data(), block.size());
    if (count < 0 && errno != EAGAIN && errno != EINTR) fail(path);
    if (count == 0) return;
    if (count > 0 && !take(Bytes(block.data(), static_cast<std::size_t>(count)))) return;
  }
}
// ANCHOR_END: read_blocks

// ANCHOR: failure
struct TooLarge {};
struct TooSlow {};

// The one place where C++'s exceptions become codes. To be called from a catch block.
Failure failure() {
  try {
    throw;
  } catch (const TooLarge &) {
    return {ErrorCode::TooLarge, "more than 16 MiB"};
  } catch (const TooSlow &) {
    return {ErrorCode::TooSlow, "the receiver does not keep up"};
  } catch (const std::system_error &error) {
    return {static_cast<ErrorCode>(error.code().value()), rust::String::lossy(error.what())};
  } catch (const std::exception &error) {
    return {ErrorCode::Unspecified, rust::String::lossy(error.what())};
  } catch (...) {
    return {ErrorCode::Unspecified, "C++ threw something that is not a std::exception"};
  }
}
// ANCHOR_END: failure

// ANCHOR: ownership
// The working folder may be another one by the time at which the thread looks.
std::string absolute(rust::Str text) {
  std::string path(text);
  if (!path.starts_with('/')) throw std::invalid_argument("the path is not absolute");
  return path;
}

}  // namespace

Fetch::~Fetch() {
  const bool forked = process_ != ::getpid();
  if (!forked) thread_.request_stop();
  if (forked || fetching_) thread_.detach();  // two callbacks may end each other's
}

std::unique_ptr<Fetch> fetch_data_async(rust::Str path, FetchCallback callback,
                                        rust::Box<AsyncContext> context) {
  return std::make_unique<Fetch>([path = absolute(path), callback,
                                  context = std::move(context)](const std::stop_token &stop) mutable {
    std::vector<std::uint8_t> data;
    try {
      read_blocks(path, stop, [&data](Bytes block) {
        data.insert(data.end(), block.begin(), block.end());
        if (data.size() > 16 << 20) throw TooLarge{};
        return true;
      });
    } catch (...) {
      return callback(std::move(context), false, {}, failure());
    }
    callback(std::move(context), true, Bytes(data.data(), data.size()), {});
  });
}

std::unique_ptr<Fetch> fetch_blocks_async(rust::Str path, BlockCallback callback,
                                          rust::Box<StreamContext> context) {
  return std::make_unique<Fetch>([path = absolute(path), callback,
                                  context = std::move(context)](const std::stop_token &stop) mutable {
    try {
      read_blocks(path, stop, [&](Bytes block) {
        const Taken taken = callback(*context, true, block, {});
        if (taken == Taken::Full) throw TooSlow{};
        return taken == Taken::Yes;
      });
    } catch (...) {
      callback(*context, false, {}, failure());
    }
  });
}

std::uint64_t stopped_fetches() { return stopped; }

}  // namespace best_practices
// ANCHOR_END: ownership
