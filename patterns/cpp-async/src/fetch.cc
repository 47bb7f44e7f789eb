// ANCHOR: shared
#include "fetch.h"

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace cpp_async {

std::string path_of(const std::string &url) {
  if (!url.starts_with("file://")) throw std::invalid_argument("not a file:// URL");
  if (url.find('\0') != url.npos) throw std::invalid_argument("a NUL, which would end the name for the system");
  return url.substr(7);
}

Bytes read_url(const std::string &url, const std::stop_token &closing, const std::stop_token &stop) {
  const std::string path = path_of(url);
  std::ifstream file;
  // Opening a FIFO waits for its writer, and a signal may interrupt that.
  do file.open(path, std::ios::binary);
  while (!file && errno == EINTR);
  if (!file) throw std::system_error(errno, std::generic_category(), path);
  file.exceptions(std::ios::badbit);
  Bytes data;
  std::vector<char> block(64 << 10);
  while (file) {
    if (closing.stop_requested() || stop.stop_requested()) throw std::runtime_error("stopped");
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    data.insert(data.end(), block.begin(), block.begin() + file.gcount());
    if (data.size() > 16 << 20) throw std::length_error("more than 16 MiB");
  }
  return data;
}

void Worker::post(Job job) {
  std::lock_guard lock(mutex_);
  if (closed_) throw std::runtime_error("the worker is closed");
  jobs_.push_back(std::move(job));
  ready_.notify_one();
}

void Worker::close(std::chrono::nanoseconds limit) {
  std::unique_lock lock(mutex_);
  closed_ = true;
  thread_.request_stop();
  if (thread_.get_id() == std::this_thread::get_id()) return;
  if (!ready_.wait_for(lock, limit, [this] { return !running_; })) return;
  auto ending = std::move(thread_);
  lock.unlock();
  if (ending.joinable()) ending.join();
}

void Worker::run(const std::stop_token &closing) {
  thread_local const Running running{*this};
  std::unique_lock lock(mutex_);
  while (ready_.wait(lock, closing, [this] { return !jobs_.empty(); })) {
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    std::exchange(job, {})(closing);  // and destroyed, with all it holds, before the lock is taken again
    lock.lock();
  }
}

Worker::Running::~Running() {
  std::lock_guard lock(worker.mutex_);
  worker.running_ = false;
  worker.ready_.notify_all();
}
// ANCHOR_END: shared

// ANCHOR: callback
namespace callback {
void fetch_data(Worker &worker, std::string url, std::function<void(Bytes)> done) {
  worker.post(Worker::Job([url = std::move(url), done = std::move(done)](const std::stop_token &closing) {
    done(read_url(url, closing));
  }));
}
}  // namespace callback
// ANCHOR_END: callback

// ANCHOR: future
namespace future {
std::future<Bytes> fetch_data(std::string url) {
  return std::async(std::launch::async, [url = std::move(url)] { return read_url(url, {}); });
}
}  // namespace future

}  // namespace cpp_async
// ANCHOR_END: future
