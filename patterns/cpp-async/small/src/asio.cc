#include "cpp-async-small/src/main.rs.h"
#include <boost/asio.hpp>
using boost::system::error_code;

// The library: it calls a completion handler, which may be move-only, on the thread of its io_context.
static void async_fetch(boost::asio::steady_timer &timer, const std::string &url, auto done) {
  timer.expires_after(std::chrono::milliseconds(50));
  timer.async_wait([url, done = std::move(done)](error_code error) mutable {
    if (!url.starts_with("https://")) error = boost::asio::error::operation_not_supported;
    done(error, "the bytes of " + url);
  });
}

std::unique_ptr<Fetch> fetch_asio(rust::Str url, rust::Box<AsyncContext> context) {
  return std::make_unique<Fetch>([url = std::string(url), context = std::move(context)]() mutable {
    boost::asio::io_context loop;
    boost::asio::steady_timer timer(loop);
    async_fetch(timer, url, [context = std::move(context)](error_code error, const std::string &data) mutable {
      handle_fetch_result(std::move(context), !error, error ? error.message() : data);
    });
    loop.run();
  });
}
