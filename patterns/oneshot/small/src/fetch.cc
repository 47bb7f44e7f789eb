#include "oneshot-small/src/main.rs.h"
#include <chrono>

std::unique_ptr<FetchHandle> fetch_data(rust::Str url, ResultCallback done, rust::Box<AsyncContext> context) {
  return std::make_unique<FetchHandle>([=, url = std::string(url), context = std::move(context)]() mutable {
    try {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      if (!url.starts_with("https://")) throw std::invalid_argument("not an https:// URL: " + url);
      const std::string data = "the bytes of " + url;
      done(std::move(context), true, {reinterpret_cast<const uint8_t *>(data.data()), data.size()}, {});
    } catch (const std::exception &error) {
      done(std::move(context), false, {}, rust::String::lossy(error.what()));
    }
  });
}
