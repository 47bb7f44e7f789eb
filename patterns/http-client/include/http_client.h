#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <memory>

namespace http_client {

struct HttpContext; // Rust's: one exchange, as what Rust defines is called with it
struct HttpParts;   // what C++ must know of a request, defined by the bridge
class HttpWorker;   // the transport's own: a thread and the exchanges that it drives

/// Owns the worker. Any thread may use it.
class HttpClient {
public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient &) = delete;
  HttpClient &operator=(const HttpClient &) = delete;

  /// Drops the contexts of all exchanges, and joins the worker. Nothing calls Rust after that.
  void shutdown() const;

  const std::shared_ptr<HttpWorker> worker;
};

/// Names one exchange to its worker. Of no effect when that is over, so it does not matter who is last.
class HttpHandle {
public:
  HttpHandle(std::shared_ptr<HttpWorker> worker, std::uint64_t id);

  void abort() const;  ///< closes the connection and drops the context
  void resume() const; ///< where Rust asked to wait, it has room or data again

private:
  const std::shared_ptr<HttpWorker> worker;
  const std::uint64_t id;
};

std::shared_ptr<HttpClient> http_client();

/// Starts an exchange, which the worker tells to `context`. When it drops `context` instead of ending
/// it, the exchange was cancelled. Throws, before a byte is sent, when the URL is of no use.
std::unique_ptr<HttpHandle> http_request_async(const HttpClient &client, const HttpParts &parts,
                                               rust::Box<HttpContext> context);

} // namespace http_client
