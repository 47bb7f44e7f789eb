#include "cpp-async-small/src/main.rs.h"
#include <future>

// The library: its future gives the bytes, or throws.
static std::future<std::string> fetch(std::string url) {
  return std::async(std::launch::async, [url = std::move(url)] {
    if (!url.starts_with("https://")) throw std::invalid_argument("not an https:// URL: " + url);
    return "the bytes of " + url;
  });
}

std::unique_ptr<std::string> fetch_future(rust::Str url) {
  return std::make_unique<std::string>(fetch(std::string(url)).get());
}
