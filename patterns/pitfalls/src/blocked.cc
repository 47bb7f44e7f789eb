#include "pitfalls/include/pitfalls.h"

#include <cerrno>
#include <system_error>

#include <unistd.h>

std::uint8_t blocked::read_answer(std::int32_t source) {
  std::uint8_t answer = 0;
  if (::read(source, &answer, 1) != 1) throw std::system_error(errno, std::generic_category(), "read");
  return answer;
}
