#include "cxx-async-bench/src/fetch.h"

#include "coroutine/include/threads.h"
#include "cxx-async-bench/src/main.rs.h"

#include <array>
#include <memory>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace {

// Never destroyed: a thread may still wait in it when main has ended.
coroutine::Workers &workers() {
  static coroutine::Workers &shared = *std::make_unique<coroutine::Workers>(4).release();
  return shared;
}

std::uint64_t read_file(const std::string &path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw std::system_error(errno, std::generic_category(), path);
  std::array<char, 64 << 10> block;
  std::uint64_t bytes = 0;
  ssize_t count = 0;
  while ((count = ::read(file, block.data(), block.size())) > 0) bytes += static_cast<std::uint64_t>(count);
  ::close(file);
  if (count < 0) throw std::system_error(errno, std::generic_category(), "read");
  return bytes;
}

} // namespace

FetchFuture fetch_data_cxx_async(rust::String path) {
  co_await workers().turn();
  co_return read_file(std::string(path));
}
