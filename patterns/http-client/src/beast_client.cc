// ANCHOR: exchange
#include "async-http-client/include/http_client.h"
#include "async-http-client/src/lib.rs.h"

// Boost 1.74 does not see by itself that clang has coroutines with the standard library of g++.
#define BOOST_ASIO_HAS_CO_AWAIT 1
#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <limits>
#include <list>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace http_client {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::beast::iequals;
using boost::system::error_code;
using boost::system::system_error;
using Clock = std::chrono::steady_clock;
using Parser = http::response_parser<http::buffer_body>;

struct Failure : std::runtime_error {
  Failure(HttpErrorKind kind, const std::string &message) : std::runtime_error(message), kind(kind) {}
  HttpErrorKind kind;
};

rust::Slice<const std::uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

struct Connection {
  explicit Connection(asio::io_context &io) : socket(io) {}

  void close() {
    error_code ignored;
    std::ignore = socket.close(ignored);
  }

  tcp::socket socket;
  boost::beast::flat_buffer buffer; // has arrived, and was not read
  bool used = false;                // by another exchange, before
  bool sent = false;                // the whole request
};

// Connections that wait for the next exchange.
class Idle {
public:
  // Until somebody takes it, its server closes it, or it is the oldest of too many.
  void keep(const std::string &authority, std::shared_ptr<Connection> connection) {
    if (closed) return;
    connection->socket.async_wait(tcp::socket::wait_read, [this, weak = std::weak_ptr(connection)](error_code ended) {
      if (!ended) connections.remove_if([closed = weak.lock()](const Entry &entry) { return entry.second == closed; });
    });
    connections.emplace_front(authority, std::move(connection));
    if (connections.size() > 100) connections.pop_back();
  }

  // One that is still open, and on which nothing has come that nobody asked for.
  std::shared_ptr<Connection> take(const std::string &authority) {
    for (;;) {
      const auto found = std::find_if(connections.begin(), connections.end(),
                                      [&](const Entry &entry) { return entry.first == authority; });
      if (found == connections.end()) return nullptr;
      const auto connection = std::move(found->second);
      connections.erase(found);
      connection->socket.cancel();
      char byte = 0;
      error_code silent;
      connection->socket.non_blocking(true);
      connection->socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, silent);
      connection->used = true;
      connection->sent = false;
      if (silent == asio::error::would_block) return connection;
    }
  }

  void close() {
    closed = true;
    connections.clear();
  }

private:
  using Entry = std::pair<std::string, std::shared_ptr<Connection>>;
  std::list<Entry> connections;
  bool closed = false;
};

// One exchange: a coroutine that asks and reads, and one that sends, both on the worker's thread.
class Exchange : public std::enable_shared_from_this<Exchange> {
public:
  enum class Stopped { No, TooLate, Cancelled, Over };

  Exchange(asio::io_context &io, Idle &idle, std::uint64_t id, const HttpParts &parts, rust::Box<HttpContext> context);

  asio::awaitable<void> run();
  void stop(Stopped why);
  void resume() { rust_ready.cancel(); }

  const std::uint64_t id;

private:
  asio::awaitable<void> exchange();
  asio::awaitable<void> connect();
  asio::awaitable<void> send(std::shared_ptr<Connection> connection);
  asio::awaitable<void> ask();
  asio::awaitable<void> read_body();
  asio::awaitable<void> wait();
  std::string head() const;
  void stop_at(Clock::time_point when);
  void throw_if_stopped() const;
  void answer();
  void release_connection();
  void disconnect();
  void end(HttpErrorKind kind, const std::string &message);
  HttpErrorKind kind_of(const error_code &code) const;

  asio::io_context &io;
  Idle &idle;
  const HttpParts parts;
  const std::string authority{parts.authority};
  const std::string method{parts.method};
  rust::Box<HttpContext> context;
  asio::steady_timer limit;
  asio::steady_timer rust_ready; // cancelled when it is
  const Clock::time_point started = Clock::now();
  std::shared_ptr<Connection> connection;
  std::unique_ptr<Parser> parser;
  Stopped stopped = Stopped::No;
};
// ANCHOR_END: exchange

// ANCHOR: coroutines
Exchange::Exchange(asio::io_context &io, Idle &idle, std::uint64_t id, const HttpParts &parts,
                   rust::Box<HttpContext> context)
    : id(id), io(io), idle(idle), parts(parts), context(std::move(context)), limit(io),
      rust_ready(io, Clock::time_point::max()) {}

asio::awaitable<void> Exchange::run() {
  auto kind = HttpErrorKind::None;
  std::string message;
  try {
    co_await exchange();
  } catch (const Failure &failure) {
    kind = failure.kind;
    message = failure.what();
  } catch (const system_error &error) {
    kind = kind_of(error.code());
    message = error.code().message();
  } catch (const std::exception &error) {
    kind = HttpErrorKind::Other;
    message = error.what();
  }
  end(kind, message);
}

asio::awaitable<void> Exchange::exchange() {
  co_await ask();
  answer();
  co_await read_body();
  release_connection();
}

// Asks and reads the head of the answer; over a connection that had died while it was idle, once more.
asio::awaitable<void> Exchange::ask() {
  for (;;) {
    co_await connect();
    asio::co_spawn(io, send(connection), [self = shared_from_this()](std::exception_ptr) {});
    error_code wrong;
    bool heard = false;
    do {
      parser = std::make_unique<Parser>();
      parser->header_limit(256 << 10);
      parser->body_limit(std::numeric_limits<std::uint64_t>::max()); // Rust has a limit of its own
      parser->skip(method == "HEAD");
      co_await http::async_read_header(connection->socket, connection->buffer, *parser,
                                       asio::redirect_error(asio::use_awaitable, wrong));
      heard = heard || parser->got_some();
    } while (!wrong && parser->get().result_int() < 200); // 100 and 103 are not the answer
    if (!wrong) co_return;
    throw_if_stopped();
    if (heard || !connection->used || !rewind_http_body(*context)) throw system_error(wrong);
    disconnect();
  }
}

asio::awaitable<void> Exchange::connect() {
  throw_if_stopped();
  if (std::string(parts.url).starts_with("https:")) throw Failure(HttpErrorKind::Tls, "this transport has no TLS");
  const auto whole = parts.timeout_ms == 0 ? Clock::time_point::max()
                                           : started + std::chrono::milliseconds(parts.timeout_ms);
  connection = idle.take(authority);
  if (!connection) {
    connection = std::make_shared<Connection>(io);
    stop_at(std::min(whole, started + std::chrono::milliseconds(parts.connect_timeout_ms)));
    std::vector<tcp::endpoint> found;
    for (const auto &address : parts.addresses)
      found.emplace_back(asio::ip::make_address(std::string(address)), parts.port);
    error_code wrong;
    co_await asio::async_connect(connection->socket, found, asio::redirect_error(asio::use_awaitable, wrong));
    throw_if_stopped();
    if (wrong) throw Failure(HttpErrorKind::Connect, authority + ": " + wrong.message());
    connection->socket.set_option(tcp::no_delay(true));
  }
  stop_at(whole);
}

// Runs beside the one that reads, because an answer may come before all is sent.
asio::awaitable<void> Exchange::send(std::shared_ptr<Connection> connection) {
  std::string out = head();
  std::vector<std::uint8_t> room(parts.has_body ? 64 << 10 : 0);
  bool more = parts.has_body;
  while (more || !out.empty()) {
    if (more) {
      const auto size = fill_http_body(*context, {room.data(), room.size()});
      if (size < 0 && out.empty()) {
        co_await wait();
        if (this->connection != connection) co_return;
        continue;
      }
      const std::string_view piece(reinterpret_cast<char *>(room.data()), std::max<std::ptrdiff_t>(size, 0));
      if (size >= 0 && parts.length < 0) {
        char digits[16];
        out.append(digits, std::to_chars(digits, digits + 16, size, 16).ptr).append("\r\n");
        out.append(piece).append("\r\n");
      } else {
        out.append(piece);
      }
      more = size != 0;
    }
    co_await asio::async_write(connection->socket, asio::buffer(out), asio::use_awaitable);
    if (this->connection != connection) co_return;
    throw_if_stopped();
    out.clear();
  }
  connection->sent = true;
}

asio::awaitable<void> Exchange::read_body() {
  std::vector<char> room(parser->is_done() ? 0 : 64 << 10);
  while (!parser->is_done()) {
    auto &body = parser->get().body();
    body.data = room.data();
    body.size = room.size();
    error_code wrong;
    co_await http::async_read_some(connection->socket, connection->buffer, *parser,
                                   asio::redirect_error(asio::use_awaitable, wrong));
    throw_if_stopped();
    const std::string_view piece(room.data(), room.size() - body.size);
    while (!piece.empty()) {
      const Flow flow = handle_http_body(*context, bytes(piece));
      if (flow == Flow::Go) break;
      if (flow == Flow::Stop) throw Failure(HttpErrorKind::Other, "nobody wants more");
      co_await wait(); // and reads no more meanwhile, so that the server waits as well
    }
    if (wrong && wrong != http::error::need_buffer) throw system_error(wrong);
  }
}

asio::awaitable<void> Exchange::wait() {
  error_code cancelled;
  co_await rust_ready.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  throw_if_stopped();
}
// ANCHOR_END: coroutines

// ANCHOR: rest
// Everything that waits ends with an error: what is closed or cancelled calls nobody later.
void Exchange::stop(Stopped why) {
  if (stopped == Stopped::No) stopped = why;
  limit.cancel();
  rust_ready.cancel();
  if (connection) connection->close();
}

void Exchange::stop_at(Clock::time_point when) {
  limit.expires_at(when);
  limit.async_wait([self = shared_from_this()](const error_code &cancelled) {
    if (!cancelled) self->stop(Stopped::TooLate);
  });
}

void Exchange::throw_if_stopped() const {
  if (stopped != Stopped::No) throw system_error(asio::error::operation_aborted);
}

void Exchange::disconnect() {
  if (connection) connection->close();
  connection.reset();
}

void Exchange::release_connection() {
  const bool clean = connection->sent && connection->buffer.size() == 0 && parser->keep_alive();
  if (clean) idle.keep(authority, std::exchange(connection, nullptr));
  disconnect();
}

std::string Exchange::head() const {
  std::string lines;
  bool has_host = false, has_accept = false;
  for (const auto &[rust_name, rust_value] : parts.headers) {
    const std::string name(rust_name), value(rust_value);
    has_host = has_host || iequals(name, "Host");
    has_accept = has_accept || iequals(name, "Accept");
    lines += name + (value.empty() ? ":" : ": " + value) + "\r\n";
  }
  std::string head = method + " " + std::string(parts.target) + " HTTP/1.1\r\n";
  if (!has_host) head += "Host: " + authority + "\r\n";
  if (!has_accept) head += "Accept: */*\r\n";
  if (parts.has_body && parts.length < 0) head += "Transfer-Encoding: chunked\r\n";
  if (parts.has_body && parts.length >= 0) head += "Content-Length: " + std::to_string(parts.length) + "\r\n";
  return head + lines + "\r\n";
}

void Exchange::answer() {
  const auto &answer = parser->get();
  std::string head = "HTTP/1.1\r\n";
  for (const auto &field : answer)
    head += std::string(field.name_string()) + ": " + std::string(field.value()) + "\r\n";
  handle_http_response(*context, static_cast<std::uint16_t>(answer.result_int()), bytes(head));
}

HttpErrorKind Exchange::kind_of(const error_code &code) const {
  if (code == http::error::end_of_stream) return HttpErrorKind::Reset;
  if (code == http::error::partial_message)
    return parser->is_header_done() ? HttpErrorKind::Truncated : HttpErrorKind::Reset;
  const bool is_http = code.category() == error_code(http::error::bad_version).category();
  return is_http ? HttpErrorKind::Protocol : HttpErrorKind::Reset;
}

void Exchange::end(HttpErrorKind kind, const std::string &message) {
  const Stopped why = std::exchange(stopped, Stopped::Over);
  stop(Stopped::Over);
  disconnect();
  if (why == Stopped::Cancelled) {
    const auto dropped = std::move(context);
  } else if (why == Stopped::TooLate) {
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started);
    handle_http_end(std::move(context), HttpErrorKind::Timeout,
                    bytes("given up after " + std::to_string(taken.count()) + " ms"));
  } else {
    handle_http_end(std::move(context), kind, bytes(message));
  }
}

} // namespace
// ANCHOR_END: rest

// ANCHOR: worker
// What belongs to an io_context belongs to the one thread that runs it; others post work.
class HttpWorker::Loop {
public:
  // After `close` the work is dropped, by the caller and without the lock, and its context with it.
  template <typename Work> void post(Work work) {
    std::lock_guard lock(mutex);
    if (!closed) asio::post(io, std::move(work));
  }

  void close() {
    std::lock_guard lock(mutex);
    if (std::exchange(closed, true)) return;
    asio::post(io, [this] {
      for (const auto &[id, exchange] : exchanges) exchange->stop(Exchange::Stopped::Cancelled);
      idle.close();
      busy.reset();
    });
  }

  void run(const HttpResolver &resolver) {
    while (!io.stopped()) {
      io.poll();
      io.run_one_for(std::chrono::milliseconds(wake_http_tasks(resolver)));
    }
    wake_http_tasks(resolver);
  }

  void start(const std::shared_ptr<Exchange> &exchange) {
    exchanges.emplace(exchange->id, exchange);
    asio::co_spawn(io, exchange->run(), [this, exchange](std::exception_ptr) { exchanges.erase(exchange->id); });
  }

  std::shared_ptr<Exchange> find(std::uint64_t id) const {
    const auto found = exchanges.find(id);
    return found == exchanges.end() ? nullptr : found->second;
  }

  asio::io_context io{1};
  Idle idle;

private:
  asio::executor_work_guard<asio::io_context::executor_type> busy = asio::make_work_guard(io);
  std::unordered_map<std::uint64_t, std::shared_ptr<Exchange>> exchanges;

  std::mutex mutex;
  bool closed = false;
};

HttpWorker::HttpWorker() : loop(std::make_unique<Loop>()) {}
HttpWorker::~HttpWorker() = default;

void HttpWorker::run(const HttpResolver &resolver) const { loop->run(resolver); }
void HttpWorker::wake() const { loop->post([] {}); }
void HttpWorker::close() const { loop->close(); }

std::uint64_t HttpWorker::start(const HttpParts &parts, rust::Box<HttpContext> context) const {
  static std::atomic<std::uint64_t> last_id = 0;
  const std::uint64_t id = ++last_id;
  auto exchange = std::make_shared<Exchange>(loop->io, loop->idle, id, parts, std::move(context));
  loop->post([loop = loop.get(), exchange = std::move(exchange)] { loop->start(exchange); });
  return id;
}

void HttpWorker::resume(std::uint64_t id) const {
  loop->post([loop = loop.get(), id] {
    if (const auto exchange = loop->find(id)) exchange->resume();
  });
}

void HttpWorker::abort(std::uint64_t id) const {
  loop->post([loop = loop.get(), id] {
    if (const auto exchange = loop->find(id)) exchange->stop(Exchange::Stopped::Cancelled);
  });
}

std::shared_ptr<HttpWorker> http_worker() { return std::make_shared<HttpWorker>(); }

} // namespace http_client
// ANCHOR_END: worker
