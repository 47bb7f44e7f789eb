#include "blocking/include/blocking.h"

#include "blocking/src/lib.rs.h"

#include <cerrno>
#include <system_error>
#include <vector>

#include <poll.h>
#include <unistd.h>

namespace blocking {
namespace {

// The CRC-32 of zip and PNG, a bit at a time: it keeps a processor busy.
void add(Checksum &sum, std::uint8_t byte) {
  std::uint32_t crc = ~sum.crc32 ^ byte;
  for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
  sum.crc32 = ~crc;
  ++sum.bytes;
}

}  // namespace

bool perform_blocking_work(std::int32_t data, const Stop &stop, Checksum &sum) {
  std::vector<std::uint8_t> block(64 << 10);
  while (!stop.requested()) {
    const ssize_t count = ::read(data, block.data(), block.size());
    if (count < 0 && errno == EAGAIN) {
      // A descriptor that does not block, as in async libraries. The limit lets the loop check for a stop.
      pollfd readable{data, POLLIN, 0};
      ::poll(&readable, 1, 20);
      continue;
    }
    if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "read");
    if (count == 0) return true;
    for (ssize_t at = 0; at < count; ++at) add(sum, block[static_cast<std::size_t>(at)]);
  }
  return false;
}

}  // namespace blocking
