// A callback that owns its context: std::function wants to be able to copy it.
#include "cpp-async/include/bridge.h"
#include "cpp-async/src/lib.rs.h"

namespace cpp_async {

void fetch_data_callback(rust::Str url, rust::Box<AsyncContext> context) {
  Worker worker;
  callback::fetch_data(worker, std::string(url), [context = std::move(context)](Bytes data) mutable {
    handle_fetch_result(std::move(context), true, {data.data(), data.size()}, {});
  });
}

}  // namespace cpp_async
