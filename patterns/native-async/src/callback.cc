#include "native-async/include/callback.h"

#include "native-async/src/callback.rs.h"

#include <string_view>
#include <utility>

namespace native_async {

void fetch_data_async(rust::Str url, FetchCallback callback, rust::Box<AsyncContext> context) {
  constexpr std::string_view scheme = "data:,";
  const std::string_view text(url.data(), url.size());
  if (!text.starts_with(scheme)) return;
  const auto data = text.substr(scheme.size());
  callback(std::move(context), {reinterpret_cast<const std::uint8_t *>(data.data()), data.size()});
}

}  // namespace native_async
