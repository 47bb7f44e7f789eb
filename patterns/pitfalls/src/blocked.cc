#include "pitfalls/include/pitfalls.h"

#include <cerrno>
#include <system_error>

#include <unistd.h>

std::uint8_t blocked::read_answer(std::int32_t source) {
  std::uint8_t answer = 0;
  ssize_t count = 0;
  do count = ::read(source, &answer, 1);
  while (count < 0 && errno == EINTR);
  if (count != 1) throw std::system_error(count == 0 ? ENODATA : errno, std::generic_category(), "read");
  return answer;
}
