#include "http-client-small/src/main.rs.h"
#include <curl/curl.h>

static std::string get_simulated(const std::string &url) {
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  return "the body of " + url;
}

static std::string get_by_libcurl(const std::string &url) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), curl_easy_cleanup);
  const auto append = [](char *data, size_t, size_t size, void *body) noexcept {
    static_cast<std::string *>(body)->append(data, size);
    return size;
  };
  std::string body;
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L); // signals belong to the program
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT, 30L);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, +append);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &body);
  const CURLcode code = curl_easy_perform(easy.get());
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
  return body;
}

std::unique_ptr<HttpRequest> http_get(bool simulated, rust::Str url, HttpCallback done,
                                      rust::Box<HttpContext> context) {
  return std::make_unique<HttpRequest>([=, url = std::string(url), context = std::move(context)]() mutable {
    try {
      const std::string body = simulated ? get_simulated(url) : get_by_libcurl(url);
      done(std::move(context), true, {reinterpret_cast<const uint8_t *>(body.data()), body.size()}, {});
    } catch (const std::exception &error) {
      done(std::move(context), false, {}, rust::String::lossy(error.what()));
    }
  });
}
