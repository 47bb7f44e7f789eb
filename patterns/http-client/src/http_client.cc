// ANCHOR: transfer
#include "async-http-client/include/http_client.h"
#include "async-http-client/src/lib.rs.h"

#include <curl/curl.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace http_client {
namespace {

template <auto release> struct Release {
  void operator()(auto *resource) const { release(resource); }
};
using Easy = std::unique_ptr<CURL, Release<curl_easy_cleanup>>;
using Multi = std::unique_ptr<CURLM, Release<curl_multi_cleanup>>;

rust::Slice<const std::uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

class StringList {
public:
  ~StringList() { curl_slist_free_all(first); }
  void append(const std::string &line) {
    curl_slist *longer = curl_slist_append(first, line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    first = longer;
  }

  curl_slist *first = nullptr;
};

template <typename Value> void set_option(const Easy &easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy.get(), option, value);
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

// One exchange. The addresses of its members are libcurl's as well, so it stays where it was made.
class Transfer {
public:
  Transfer(std::uint64_t id, Easy handle, const HttpParts &parts, rust::Box<HttpContext> context);
  Transfer(const Transfer &) = delete;
  Transfer &operator=(const Transfer &) = delete;

  void end(CURLcode code);

  static Easy make_handle();

  const std::uint64_t id;
  Easy easy;

private:
  template <typename Value> void set(CURLoption option, Value value) { set_option(easy, option, value); }
  void set_request(const HttpParts &parts);
  void answer();

  static std::size_t take_head(char *data, std::size_t, std::size_t size, void *transfer) noexcept;
  static std::size_t take_body(char *data, std::size_t, std::size_t size, void *transfer) noexcept;
  static std::size_t give_body(char *room, std::size_t, std::size_t size, void *transfer) noexcept;
  static int rewind_body(void *transfer, curl_off_t offset, int origin) noexcept;

  rust::Box<HttpContext> context;
  StringList addresses;
  StringList headers;
  std::string head; // of the response that arrives
  bool answered = false;
  char message[CURL_ERROR_SIZE] = "";
};
// ANCHOR_END: transfer

// ANCHOR: options
// With what is the same for all exchanges. One after another uses it: to make one takes as long as a request.
Easy Transfer::make_handle() {
  Easy easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  set_option(easy, CURLOPT_NOSIGNAL, 1L); // signals belong to the program
  set_option(easy, CURLOPT_PROXY, "");    // and its environment decides nothing here
  set_option(easy, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  // Trusts whom the machine trusts; a libcurl that was built without TLS knows nothing of it.
  static const bool has_tls = curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_SSL;
  if (has_tls) set_option(easy, CURLOPT_SSL_OPTIONS, long{CURLSSLOPT_NATIVE_CA});
  set_option(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  set_option(easy, CURLOPT_BUFFERSIZE, 128L << 10);
  set_option(easy, CURLOPT_HEADERFUNCTION, take_head);
  set_option(easy, CURLOPT_WRITEFUNCTION, take_body);
  set_option(easy, CURLOPT_READFUNCTION, give_body);
  set_option(easy, CURLOPT_SEEKFUNCTION, rewind_body);
  return easy;
}

Transfer::Transfer(std::uint64_t id, Easy handle, const HttpParts &parts, rust::Box<HttpContext> context)
    : id(id), easy(std::move(handle)), context(std::move(context)) {
  set(CURLOPT_URL, std::string(parts.url).c_str());
  if (!parts.name.empty()) {
    std::string found = "+" + std::string(parts.name) + ":" + std::to_string(parts.port);
    char before = ':';
    for (const auto &address : parts.addresses) {
      found += before + std::string(address);
      before = ',';
    }
    addresses.append(found);
  }
  set(CURLOPT_RESOLVE, addresses.first);
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_ERRORBUFFER, message);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(parts.connect_timeout_ms));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(parts.timeout_ms));
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_READDATA, this);
  set(CURLOPT_SEEKDATA, this);
  set_request(parts);
}

void Transfer::set_request(const HttpParts &parts) {
  const std::string method(parts.method);
  set(CURLOPT_HTTPGET, 1L); // whatever the last exchange was
  set(CURLOPT_CUSTOMREQUEST, nullptr);
  if (method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
  } else if (method == "POST") {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t{parts.length});
  } else {
    if (parts.has_body) set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, curl_off_t{parts.length});
    if (parts.has_body || method != "GET") set(CURLOPT_CUSTOMREQUEST, method.c_str());
  }
  for (const auto &[name, value] : parts.headers)
    headers.append(std::string(name) + (value.empty() ? ";" : ": " + std::string(value)));
  // A name without a value is a header that libcurl does not add of its own accord.
  headers.append("Expect:");
  headers.append("Content-Type:");
  if (parts.has_body && parts.length < 0) headers.append("Transfer-Encoding: chunked");
  set(CURLOPT_HTTPHEADER, headers.first);
}
// ANCHOR_END: options

// ANCHOR: callbacks
// Line by line, of every response on the way: "100 Continue" is not the answer.
std::size_t Transfer::take_head(char *data, std::size_t, std::size_t size, void *transfer) noexcept {
  auto &self = *static_cast<Transfer *>(transfer);
  if (self.answered) return size; // a trailer
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) self.head.clear();
  if (self.head.size() + size > 256 << 10) return 0;
  self.head += line;
  if (line != "\r\n" && line != "\n") return size;
  long status = 0;
  curl_easy_getinfo(self.easy.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status >= 200) self.answer();
  return size;
}

void Transfer::answer() {
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  answered = true;
  handle_http_response(*context, static_cast<std::uint16_t>(status), bytes(head));
}

std::size_t Transfer::take_body(char *data, std::size_t, std::size_t size, void *transfer) noexcept {
  auto &self = *static_cast<Transfer *>(transfer);
  switch (handle_http_body(*self.context, bytes({data, size}))) {
  case Flow::Go: return size;
  case Flow::Wait: return CURL_WRITEFUNC_PAUSE; // and libcurl offers the same bytes again
  default: return CURL_WRITEFUNC_ERROR;
  }
}

std::size_t Transfer::give_body(char *room, std::size_t, std::size_t size, void *transfer) noexcept {
  auto &self = *static_cast<Transfer *>(transfer);
  const auto given = fill_http_body(*self.context, {reinterpret_cast<std::uint8_t *>(room), size});
  return given < 0 ? std::size_t{CURL_READFUNC_PAUSE} : static_cast<std::size_t>(given);
}

// A connection had died while it was idle: the body is to be sent once more.
int Transfer::rewind_body(void *transfer, curl_off_t offset, int origin) noexcept {
  auto &self = *static_cast<Transfer *>(transfer);
  const bool whole = offset == 0 && origin == SEEK_SET;
  return whole && rewind_http_body(*self.context) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

HttpErrorKind kind_of(CURLcode code) {
  switch (code) {
  case CURLE_OK: return HttpErrorKind::None;
  case CURLE_COULDNT_RESOLVE_HOST: return HttpErrorKind::Resolve;
  case CURLE_COULDNT_CONNECT: return HttpErrorKind::Connect;
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_SSL_CIPHER:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_PEER_FAILED_VERIFICATION: return HttpErrorKind::Tls;
  case CURLE_OPERATION_TIMEDOUT: return HttpErrorKind::Timeout;
  case CURLE_PARTIAL_FILE: return HttpErrorKind::Truncated;
  case CURLE_GOT_NOTHING:
  case CURLE_RECV_ERROR:
  case CURLE_SEND_ERROR: return HttpErrorKind::Reset;
  case CURLE_WRITE_ERROR:          // of a head that is too long
  case CURLE_UNSUPPORTED_PROTOCOL: // HTTP/0.9, or https without TLS
  case CURLE_WEIRD_SERVER_REPLY:
  case CURLE_BAD_CONTENT_ENCODING: return HttpErrorKind::Protocol;
  default: return HttpErrorKind::Other;
  }
}

void Transfer::end(CURLcode code) {
  if (code == CURLE_OK && !answered) answer();
  const char *text = message[0] != '\0' ? message : curl_easy_strerror(code);
  handle_http_end(std::move(context), kind_of(code), bytes(text));
}

} // namespace
// ANCHOR_END: callbacks

// ANCHOR: worker
namespace {

struct Start {
  std::unique_ptr<Transfer> transfer;
};
struct Resume {
  std::uint64_t id;
};
struct Abort {
  std::uint64_t id;
};
using Command = std::variant<Start, Resume, Abort>;

} // namespace

// libcurl's handles belong to one thread; others post commands.
class HttpWorker::Loop {
public:
  Loop() {
    if (!multi) throw std::bad_alloc();
    // Where no descriptor is left, libcurl makes a handle that nobody can wake.
    if (const CURLMcode code = curl_multi_wakeup(multi.get()); code != CURLM_OK)
      throw std::runtime_error(curl_multi_strerror(code));
  }

  // Of an exchange that is over, or a new one.
  Easy take_handle() {
    std::unique_lock lock(mutex);
    if (idle.empty()) {
      lock.unlock();
      return Transfer::make_handle();
    }
    Easy handle = std::move(idle.back());
    idle.pop_back();
    return handle;
  }

  // After `close` the command is dropped, by the caller and without the lock, and its context with it.
  void post(Command command) {
    std::lock_guard lock(mutex);
    if (closed) return;
    inbox.push_back(std::move(command));
    if (inbox.size() == 1) curl_multi_wakeup(multi.get());
  }

  void wake() {
    std::lock_guard lock(mutex);
    if (!closed) curl_multi_wakeup(multi.get());
  }

  void close() {
    std::lock_guard lock(mutex);
    if (!closed) curl_multi_wakeup(multi.get());
    closed = true;
  }

  void run(const HttpResolver &resolver) {
    int count = 0;
    while (run_commands()) {
      curl_multi_perform(multi.get(), &count);
      while (const CURLMsg *message = curl_multi_info_read(multi.get(), &count))
        if (message->msg == CURLMSG_DONE) finish(message->easy_handle, message->data.result);
      const auto pause = static_cast<int>(wake_http_tasks(resolver));
      curl_multi_poll(multi.get(), nullptr, 0, pause, nullptr);
    }
    while (!transfers.empty()) forget(transfers.begin()->first);
    multi.reset(); // closes the connections that are left
  }

private:
  // False: the client is closed.
  bool run_commands() {
    std::vector<Command> commands;
    {
      std::lock_guard lock(mutex);
      commands.swap(inbox);
      if (closed) return false;
    }
    for (Command &command : commands) std::visit([this](auto &known) { apply(known); }, command);
    return true;
  }

  void apply(Start &start) {
    Transfer &transfer = *start.transfer;
    transfers.emplace(transfer.id, std::move(start.transfer));
    if (curl_multi_add_handle(multi.get(), transfer.easy.get()) != CURLM_OK)
      finish(transfer.easy.get(), CURLE_FAILED_INIT);
  }

  void apply(Resume &resume) {
    const auto found = transfers.find(resume.id);
    if (found != transfers.end()) curl_easy_pause(found->second->easy.get(), CURLPAUSE_CONT);
  }

  void apply(Abort &abort) { forget(abort.id); }

  void finish(CURL *easy, CURLcode code) {
    Transfer *transfer = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
    const auto ended = forget(transfer->id);
    ended->end(code);
    std::lock_guard lock(mutex);
    if (idle.size() < max_idle) idle.push_back(std::move(ended->easy));
  }

  // libcurl closes the connection of a transfer that it has not finished.
  std::unique_ptr<Transfer> forget(std::uint64_t id) {
    const auto found = transfers.find(id);
    if (found == transfers.end()) return nullptr;
    auto transfer = std::move(found->second);
    transfers.erase(found);
    curl_multi_remove_handle(multi.get(), transfer->easy.get());
    return transfer;
  }

  Multi multi{curl_multi_init()};
  std::unordered_map<std::uint64_t, std::unique_ptr<Transfer>> transfers;
  static constexpr std::size_t max_idle = 64;
  std::mutex mutex;
  std::vector<Command> inbox;
  std::vector<Easy> idle;
  bool closed = false;
};
// ANCHOR_END: worker

// ANCHOR: api
HttpWorker::HttpWorker() : loop(std::make_unique<Loop>()) {}
HttpWorker::~HttpWorker() = default;

void HttpWorker::run(const HttpResolver &resolver) const { loop->run(resolver); }
void HttpWorker::resume(std::uint64_t id) const { loop->post(Resume{id}); }
void HttpWorker::abort(std::uint64_t id) const { loop->post(Abort{id}); }
void HttpWorker::wake() const { loop->wake(); }
void HttpWorker::close() const { loop->close(); }

std::uint64_t HttpWorker::start(const HttpParts &parts, rust::Box<HttpContext> context) const {
  static std::atomic<std::uint64_t> last_id = 0;
  const std::uint64_t id = ++last_id;
  loop->post(Start{std::make_unique<Transfer>(id, loop->take_handle(), parts, std::move(context))});
  return id;
}

std::shared_ptr<HttpWorker> http_worker() {
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (global != CURLE_OK) throw std::runtime_error(curl_easy_strerror(global));
  return std::make_shared<HttpWorker>();
}

} // namespace http_client
// ANCHOR_END: api
