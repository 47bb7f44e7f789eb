// ANCHOR: url
#include "async-http-client/include/http_client.h"
#include "async-http-client/src/lib.rs.h"

// Boost 1.74 does not see by itself that clang has coroutines with the standard library of g++.
#define BOOST_ASIO_HAS_CO_AWAIT 1
#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/transform_width.hpp>
#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <limits>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
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
  Failure(HttpErrorKind kind, const std::string &words) : std::runtime_error(words), kind(kind) {}
  HttpErrorKind kind;
};

rust::Slice<const std::uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

struct Url {
  std::string scheme;
  std::string user; // and the password, behind a colon
  std::string host;
  std::string port;
  std::string target;

  std::string authority() const {
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return port == "80" ? name : name + ":" + port;
  }
};

// The bytes that stand there as %41.
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned char byte = 0;
    const char *digits = text.data() + at + 1;
    const bool is_escape = text[at] == '%' && text.size() - at > 2 &&
                           std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
    plain += is_escape ? static_cast<char>(byte) : text[at];
    if (is_escape) at += 2;
  }
  return plain;
}

Url read_url(std::string_view text) {
  const auto wrong = [](const char *words) { return Failure(HttpErrorKind::Protocol, words); };
  const std::size_t scheme = text.find("://");
  Url url;
  url.scheme = text.substr(0, scheme);
  const bool secure = iequals(url.scheme, "https");
  if (scheme == text.npos || (!secure && !iequals(url.scheme, "http"))) throw wrong("Unsupported protocol");
  text = text.substr(0, text.find('#')).substr(scheme + 3);
  std::string_view authority = text.substr(0, text.find_first_of("/?"));
  url.target = text.substr(authority.size());
  if (!url.target.starts_with('/')) url.target.insert(0, "/");
  if (const auto at = authority.rfind('@'); at != authority.npos) {
    url.user = unescaped(authority.substr(0, at));
    authority.remove_prefix(at + 1);
  }
  const bool is_v6 = authority.starts_with('[');
  const auto end = std::min(authority.size(), is_v6 ? authority.find(']') : authority.find(':'));
  url.host = authority.substr(is_v6, end - is_v6);
  error_code not_v6;
  std::ignore = asio::ip::make_address_v6(url.host, not_v6);
  if (is_v6 && (end == authority.size() || not_v6)) throw wrong("Bad IPv6 address");
  const bool is_name = url.host.find_first_of("\"<>\\^`{|}[]%") == url.host.npos;
  if (url.host.empty() || !is_name) throw wrong("Bad host name");
  url.port = authority.substr(std::min(authority.size(), end + is_v6));
  std::uint16_t number = secure ? 443 : 80;
  if (url.port.size() > 1) {
    const char *last = url.port.data() + url.port.size();
    const auto [read, error] = std::from_chars(url.port.data() + 1, last, number);
    if (url.port[0] != ':' || error != std::errc() || read != last) throw wrong("Bad port number");
  }
  url.port = std::to_string(number);
  return url;
}

// Where a `Location` leads to from a URL.
Url follow(const Url &from, std::string_view location) {
  const auto not_graphic = [](unsigned char c) { return c <= ' ' || c > '~'; };
  if (std::any_of(location.begin(), location.end(), not_graphic))
    throw Failure(HttpErrorKind::Protocol, "it leads to what is no URL");
  location = location.substr(0, location.find('#'));
  const auto mark = location.find_first_of(":/?");
  if (mark != location.npos && location[mark] == ':') return read_url(location);
  if (location.starts_with("//")) return read_url(from.scheme + ":" + std::string(location));
  Url to = from;
  const std::string path = from.target.substr(0, from.target.find('?'));
  if (location.starts_with('/')) {
    to.target = location;
  } else if (mark == 0) {
    to.target = path + std::string(location);
  } else {
    const auto query = std::min(location.size(), location.find('?'));
    const auto folder = path.substr(0, path.rfind('/') + 1);
    const std::filesystem::path there = folder + std::string(location.substr(0, query));
    to.target = there.lexically_normal().string() + std::string(location.substr(query));
  }
  return to;
}
// ANCHOR_END: url

// ANCHOR: exchange
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

} // namespace

// One exchange: a coroutine that asks and reads, and one that sends, both on the worker's thread.
class Exchange : public std::enable_shared_from_this<Exchange> {
public:
  enum class Stopped { No, TooLate, Cancelled, Over };

  Exchange(HttpWorker &worker, std::uint64_t id, const HttpParts &parts, rust::Box<HttpContext> context);

  asio::awaitable<void> run();
  void stop(Stopped why);
  void resume() { news.cancel(); }

  const std::uint64_t id;

private:
  asio::awaitable<void> exchange();
  asio::awaitable<void> connect();
  asio::awaitable<void> send(std::shared_ptr<Connection> connection);
  asio::awaitable<void> ask();
  asio::awaitable<void> read_body(bool wanted);
  asio::awaitable<void> wait();
  std::string head() const;
  void stop_at(Clock::time_point when);
  void go_on() const;
  void answer();
  void leave();
  void disconnect();
  void turn(unsigned status, const std::string &location);
  void end(HttpErrorKind kind, const std::string &words);
  HttpErrorKind kind_of(const error_code &code) const;

  HttpWorker &worker;
  const HttpParts parts;
  rust::Box<HttpContext> context;
  const Url home; // what was asked for, and whom its secrets are for
  Url url = home;
  std::string method{parts.method};
  bool has_body = parts.has_body;
  std::uint32_t redirects = 0;
  tcp::resolver resolver;
  asio::steady_timer limit;
  asio::steady_timer news; // of Rust; cancelled when there are some
  Clock::time_point started = Clock::now();
  std::shared_ptr<Connection> connection;
  std::unique_ptr<Parser> parser;
  Stopped stopped = Stopped::No;
};
// ANCHOR_END: exchange

// ANCHOR: worker
// What belongs to an io_context belongs to the one thread that runs it; what others want of it they post.
class HttpWorker {
public:
  // After `close` the work is dropped, by the caller and without the lock, and its context with it.
  template <typename Work> void tell(Work work) {
    std::lock_guard lock(mutex);
    if (!closed) asio::post(io, std::move(work));
  }

  void close() {
    std::call_once(closing, [this] {
      tell([this] {
        ending = true;
        for (const auto &[id, exchange] : exchanges) exchange->stop(Exchange::Stopped::Cancelled);
        idle.clear();
        busy.reset();
      });
      {
        std::lock_guard lock(mutex);
        closed = true;
      }
      thread.join();
    });
  }

  void start(const std::shared_ptr<Exchange> &exchange) {
    if (ending) return;
    exchanges.emplace(exchange->id, exchange);
    asio::co_spawn(io, exchange->run(), [this, exchange](std::exception_ptr) { exchanges.erase(exchange->id); });
  }

  std::shared_ptr<Exchange> find(std::uint64_t id) const {
    const auto found = exchanges.find(id);
    return found == exchanges.end() ? nullptr : found->second;
  }

  void keep(const std::string &authority, std::shared_ptr<Connection> connection) {
    if (!ending) idle[authority].push_back(std::move(connection));
  }

  // One that is still open, and on which nothing has come that nobody asked for.
  std::shared_ptr<Connection> take(const std::string &authority) {
    auto &kept = idle[authority];
    while (!kept.empty()) {
      const auto connection = std::move(kept.back());
      kept.pop_back();
      char byte = 0;
      error_code silent;
      connection->socket.non_blocking(true);
      connection->socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, silent);
      connection->used = true;
      connection->sent = false;
      if (silent == asio::error::would_block) return connection;
    }
    return nullptr;
  }

  asio::io_context io{1};

private:
  void run() {
    do {
      io.poll();
      wake_http_tasks();
    } while (io.run_one() > 0);
    wake_http_tasks();
  }

  asio::executor_work_guard<asio::io_context::executor_type> busy = asio::make_work_guard(io);
  std::unordered_map<std::uint64_t, std::shared_ptr<Exchange>> exchanges;
  std::unordered_map<std::string, std::vector<std::shared_ptr<Connection>>> idle;
  bool ending = false;

  std::mutex mutex;
  bool closed = false;
  std::once_flag closing;
  std::jthread thread{[this] { run(); }}; // the last member: what it uses outlives it
};
// ANCHOR_END: worker

// ANCHOR: coroutines
Exchange::Exchange(HttpWorker &worker, std::uint64_t id, const HttpParts &parts, rust::Box<HttpContext> context)
    : id(id), worker(worker), parts(parts), context(std::move(context)), home(read_url(std::string(parts.url))),
      resolver(worker.io), limit(worker.io), news(worker.io, Clock::time_point::max()) {}

asio::awaitable<void> Exchange::run() {
  auto kind = HttpErrorKind::None;
  std::string words;
  try {
    co_await exchange();
  } catch (const Failure &failure) {
    kind = failure.kind;
    words = failure.what();
  } catch (const system_error &error) {
    kind = kind_of(error.code());
    words = error.code().message();
  } catch (const std::exception &error) {
    kind = HttpErrorKind::Other;
    words = error.what();
  }
  end(kind, words);
}

asio::awaitable<void> Exchange::exchange() {
  for (;;) {
    co_await ask();
    const auto &answer = parser->get();
    const auto location = answer.find(http::field::location);
    if (parts.redirects == 0 || answer.result_int() / 100 != 3 || location == answer.end()) break;
    const std::string to(location->value());
    co_await read_body(false);
    leave();
    turn(parser->get().result_int(), to);
  }
  answer();
  co_await read_body(true);
  leave();
}

// Asks and reads the head of the answer; over a connection that had died while it was idle, once more.
asio::awaitable<void> Exchange::ask() {
  for (;;) {
    co_await connect();
    asio::co_spawn(worker.io, send(connection), [self = shared_from_this()](std::exception_ptr) {});
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
    go_on();
    if (heard || !connection->used || !rewind_http_body(*context)) throw system_error(wrong);
    disconnect();
  }
}

asio::awaitable<void> Exchange::connect() {
  go_on();
  if (iequals(url.scheme, "https")) throw Failure(HttpErrorKind::Tls, "this transport has no TLS");
  const auto deadline = parts.timeout_ms == 0 ? Clock::time_point::max()
                                              : started + std::chrono::milliseconds(parts.timeout_ms);
  connection = worker.take(url.authority());
  if (!connection) {
    connection = std::make_shared<Connection>(worker.io);
    stop_at(std::min(deadline, Clock::now() + std::chrono::milliseconds(parts.connect_timeout_ms)));
    error_code wrong;
    const auto found = co_await resolver.async_resolve(url.host, url.port,
                                                       asio::redirect_error(asio::use_awaitable, wrong));
    go_on();
    if (wrong) throw Failure(HttpErrorKind::Resolve, url.host + ": " + wrong.message());
    co_await asio::async_connect(connection->socket, found, asio::redirect_error(asio::use_awaitable, wrong));
    go_on();
    if (wrong) throw Failure(HttpErrorKind::Connect, url.authority() + ": " + wrong.message());
    connection->socket.set_option(tcp::no_delay(true));
  }
  stop_at(deadline);
}

// Runs beside the one that reads, because an answer may come before all is sent.
asio::awaitable<void> Exchange::send(std::shared_ptr<Connection> connection) {
  std::string out = head();
  std::vector<std::uint8_t> room(has_body ? 64 << 10 : 0);
  bool more = has_body;
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
    go_on();
    out.clear();
  }
  connection->sent = true;
}

asio::awaitable<void> Exchange::read_body(bool wanted) {
  std::vector<char> room(parser->is_done() ? 0 : 64 << 10);
  while (!parser->is_done()) {
    auto &body = parser->get().body();
    body.data = room.data();
    body.size = room.size();
    error_code wrong;
    co_await http::async_read_some(connection->socket, connection->buffer, *parser,
                                   asio::redirect_error(asio::use_awaitable, wrong));
    go_on();
    const std::string_view piece(room.data(), room.size() - body.size);
    while (wanted && !piece.empty()) {
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
  co_await news.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  go_on();
}
// ANCHOR_END: coroutines

// ANCHOR: rest
// Everything that waits ends with an error: what is closed or cancelled calls nobody later.
void Exchange::stop(Stopped why) {
  if (stopped == Stopped::No) stopped = why;
  resolver.cancel();
  limit.cancel();
  news.cancel();
  if (connection) connection->close();
}

void Exchange::stop_at(Clock::time_point when) {
  limit.expires_at(when);
  limit.async_wait([self = shared_from_this()](const error_code &cancelled) {
    if (!cancelled) self->stop(Stopped::TooLate);
  });
}

void Exchange::go_on() const {
  if (stopped != Stopped::No) throw system_error(asio::error::operation_aborted);
}

void Exchange::disconnect() {
  if (connection) connection->close();
  connection.reset();
}

void Exchange::leave() {
  const bool clean = connection->sent && connection->buffer.size() == 0 && parser->keep_alive();
  if (clean) worker.keep(url.authority(), std::exchange(connection, nullptr));
  disconnect();
}

void Exchange::turn(unsigned status, const std::string &location) {
  if (redirects++ == parts.redirects)
    throw Failure(HttpErrorKind::TooManyRedirects, "more than " + std::to_string(parts.redirects));
  url = follow(url, location);
  if ((status == 303 && method != "HEAD") || ((status == 301 || status == 302) && method == "POST")) {
    method = "GET";
    has_body = false;
  } else if (has_body && !rewind_http_body(*context)) {
    throw Failure(HttpErrorKind::Other, "the body cannot be sent a second time");
  }
}

std::string base64(const std::string &text) {
  using namespace boost::archive::iterators;
  using Digits = base64_from_binary<transform_width<std::string::const_iterator, 6, 8>>;
  std::string digits(Digits(text.begin()), Digits(text.end()));
  return digits.append((3 - text.size() % 3) % 3, '=');
}

std::string Exchange::head() const {
  const bool at_home = url.authority() == home.authority();
  std::string lines;
  bool has_host = false, has_accept = false;
  for (const auto &[rust_name, rust_value] : parts.headers) {
    const std::string name(rust_name), value(rust_value);
    const bool is_host = iequals(name, "Host");
    if (!at_home && (is_host || iequals(name, "Authorization") || iequals(name, "Cookie"))) continue;
    has_host = has_host || is_host;
    has_accept = has_accept || iequals(name, "Accept");
    lines += name + (value.empty() ? ":" : ": " + value) + "\r\n";
  }
  const std::string user = at_home && url.user.empty() ? home.user : url.user;
  std::string head = method + " " + url.target + " HTTP/1.1\r\n";
  if (!has_host) head += "Host: " + url.authority() + "\r\n";
  if (!user.empty()) head += "Authorization: Basic " + base64(user) + "\r\n";
  if (!has_accept) head += "Accept: */*\r\n";
  if (has_body && parts.length < 0) head += "Transfer-Encoding: chunked\r\n";
  if (has_body && parts.length >= 0) head += "Content-Length: " + std::to_string(parts.length) + "\r\n";
  return head + lines + "\r\n";
}

void Exchange::answer() {
  const auto &answer = parser->get();
  std::string head = "HTTP/1.1\r\n";
  for (const auto &field : answer)
    head += std::string(field.name_string()) + ": " + std::string(field.value()) + "\r\n";
  const std::string origin = url.scheme + "://" + url.authority() + url.target;
  handle_http_response(*context, static_cast<std::uint16_t>(answer.result_int()), bytes(origin), bytes(head));
}

HttpErrorKind Exchange::kind_of(const error_code &code) const {
  if (code == http::error::end_of_stream) return HttpErrorKind::Reset;
  if (code == http::error::partial_message)
    return parser->is_header_done() ? HttpErrorKind::Truncated : HttpErrorKind::Reset;
  const bool is_http = code.category() == error_code(http::error::bad_version).category();
  return is_http ? HttpErrorKind::Protocol : HttpErrorKind::Reset;
}

void Exchange::end(HttpErrorKind kind, const std::string &words) {
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
    handle_http_end(std::move(context), kind, bytes(words));
  }
}

HttpClient::HttpClient() : worker(std::make_shared<HttpWorker>()) {}
HttpClient::~HttpClient() { shutdown(); }
void HttpClient::shutdown() const { worker->close(); }

HttpHandle::HttpHandle(std::shared_ptr<HttpWorker> worker, std::uint64_t id)
    : worker(std::move(worker)), id(id) {}

void HttpHandle::abort() const {
  worker->tell([&worker = *worker, id = id] {
    if (const auto exchange = worker.find(id)) exchange->stop(Exchange::Stopped::Cancelled);
  });
}

void HttpHandle::resume() const {
  worker->tell([&worker = *worker, id = id] {
    if (const auto exchange = worker.find(id)) exchange->resume();
  });
}

std::shared_ptr<HttpClient> http_client() { return std::make_shared<HttpClient>(); }

std::unique_ptr<HttpHandle> http_request_async(const HttpClient &client, const HttpParts &parts,
                                               rust::Box<HttpContext> context) {
  static std::atomic<std::uint64_t> last_id = 0;
  const std::uint64_t id = ++last_id;
  auto exchange = std::make_shared<Exchange>(*client.worker, id, parts, std::move(context));
  auto handle = std::make_unique<HttpHandle>(client.worker, id);
  client.worker->tell([&worker = *client.worker, exchange = std::move(exchange)] { worker.start(exchange); });
  return handle;
}

} // namespace http_client
// ANCHOR_END: rest
