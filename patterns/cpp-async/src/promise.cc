#include "promise.h"

namespace cpp_async {

Promise<Bytes> promise::fetch_data(Worker &worker, std::string url) {
  auto [promise, resolve] = Promise<Bytes>::pending();
  worker.post(Worker::Job(
      [url = std::move(url), resolve = std::move(resolve)](const std::stop_token &closing) mutable {
        resolve(Outcome<Bytes>::of([&] { return read_url(url, closing); }));
      }));
  return std::move(promise);
}

}  // namespace cpp_async
