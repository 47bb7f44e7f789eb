// Reads a file ahead, or so it seems. Here both compilers only warn; this makes it an error.
#pragma GCC diagnostic error "-Wunused-result"
#include "fetch.h"

namespace cpp_async {

void read_ahead(const std::string &url) {
  future::fetch_data(url);
}

}  // namespace cpp_async
