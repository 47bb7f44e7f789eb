#include "task.h"

namespace cpp_async {

Task<Bytes> coroutine::fetch_data(Worker &worker, std::string url, std::stop_token stop) {
  const auto closing = co_await OnThread{worker};
  co_return read_url(url, closing, stop);
}

}  // namespace cpp_async
