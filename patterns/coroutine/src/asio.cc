// ANCHOR: fetch
#include "coroutine/include/coroutine.h"

#include "coroutine/include/task.h"
#include "coroutine/include/threads.h"

// Boost 1.74 does not see by itself that clang has coroutines with the standard library of g++.
#define BOOST_ASIO_HAS_CO_AWAIT 1
#include <boost/asio.hpp>

#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <tuple>

namespace coroutine {
namespace {

namespace asio = boost::asio;
using asio::local::stream_protocol;

// All that the other end of the socket says until it closes.
asio::awaitable<std::string> fetch_data_asio(std::string url, std::stop_token stop, std::stop_token closing) {
  const Counted frame;
  if (!url.starts_with("unix://")) throw std::invalid_argument("not a unix:// URL");
  const auto socket = std::make_shared<stream_protocol::socket>(co_await asio::this_coro::executor);
  // A stop comes on any thread, and the socket is the loop's. Closed, it ends what waits for it, now or later.
  const auto close = [socket] {
    asio::post(socket->get_executor(), [socket] {
      boost::system::error_code ignored;
      std::ignore = socket->close(ignored);
    });
  };
  const std::stop_callback when_stopped(stop, close);
  const std::stop_callback when_closing(closing, close);
  co_await socket->async_connect(url.substr(7), asio::use_awaitable);
  std::string data;
  boost::system::error_code end;
  co_await asio::async_read(*socket, asio::dynamic_buffer(data, 16 << 20),
                            asio::redirect_error(asio::use_awaitable, end));
  if (!end) throw std::length_error("more than 16 MiB");
  if (end != asio::error::eof) throw boost::system::system_error(end);
  co_return data;
}
// ANCHOR_END: fetch

// ANCHOR: loop
/// The io_context, with the one thread that runs it.
class Loop {
public:
  ~Loop() { close(false); }

  void start() {
    thread_.start(1, [this] { context_.run(); });
  }

  void spawn(std::string url, std::stop_token stop, rust::Box<Completion> completion) {
    std::unique_lock lock(mutex_);
    if (closed_) throw std::runtime_error("the loop has been closed");
    const auto busy = asio::make_work_guard(context_);  // the loop does not end before it has this one as well
    lock.unlock();
    asio::co_spawn(context_, fetch_data_asio(std::move(url), std::move(stop), closing_.get_token()),
                   [completion = std::move(completion)](std::exception_ptr thrown, std::string data) mutable {
                     answer(std::move(completion), thrown, data);
                   });
  }

  /// What still waits for a socket gets an error. Joins the thread when all have been answered.
  void close(bool at_exit) {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    closing_.request_stop();
    busy_.reset();
    thread_.join(at_exit);
  }

private:
  std::mutex mutex_;
  bool closed_ = false;
  std::stop_source closing_;
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> busy_ = asio::make_work_guard(context_);
  Threads thread_;
};

}  // namespace

std::unique_ptr<FetchHandle> fetch_data_async_asio(rust::Str url, rust::Box<Completion> completion) {
  auto handle = std::make_unique<FetchHandle>();
  Process<Loop>::get().spawn(std::string(url), handle->token(), std::move(completion));
  return handle;
}

void shutdown_asio() { Process<Loop>::close(false); }

}  // namespace coroutine
// ANCHOR_END: loop
