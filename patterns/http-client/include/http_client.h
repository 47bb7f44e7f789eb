#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <memory>

namespace http_client {

struct HttpContext;  // Rust's: one exchange, as what Rust defines is called with it
struct HttpResolver; // Rust's: the tasks that wait for a name
struct HttpParts;    // what C++ must know of a request, defined by the bridge

/// Drives exchanges, on the one thread that runs it. Every other may ask for something.
class HttpWorker {
public:
  HttpWorker();
  ~HttpWorker();
  HttpWorker(const HttpWorker &) = delete;
  HttpWorker &operator=(const HttpWorker &) = delete;

  /// Until `close`. Then the contexts of all exchanges are dropped, and nothing calls Rust any more.
  void run(const HttpResolver &resolver) const;

  /// Starts an exchange, which is reported to `context`, and names it. Its context dropped instead of
  /// ended, it was cancelled.
  std::uint64_t start(const HttpParts &parts, rust::Box<HttpContext> context) const;

  // No effect when the exchange is over, so the order does not matter.
  void resume(std::uint64_t id) const; ///< where Rust asked to wait, it has room or data again
  void abort(std::uint64_t id) const;  ///< closes the connection and drops the context

  void wake() const; ///< calls `wake_http_tasks` soon
  void close() const;

private:
  class Loop; // the transport's own
  const std::unique_ptr<Loop> loop;
};

std::shared_ptr<HttpWorker> http_worker();

} // namespace http_client
