#include "pitfalls/include/pitfalls.h"

#include <string>

std::uint16_t no_result::port(rust::Str text) {
  return static_cast<std::uint16_t>(std::stoul(std::string(text)));  // throws std::invalid_argument
}
