#include "kj_fetch.h"
#include "promise.h"
#include "task.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

using namespace cpp_async;

namespace {

std::string first_line(const Bytes &data) {
  return {data.begin(), std::find(data.begin(), data.end(), '\n')};
}

void print(const char *model, const std::function<std::string()> &fetch) {
  std::cout << model;
  try {
    std::cout << fetch();
  } catch (const kj::Exception &error) {
    std::cout << "error: " << error.getDescription().cStr();
  } catch (const std::exception &error) {
    std::cout << "error: " << error.what();
  }
  std::cout << std::endl;
}

void fetch_in_each_model(const std::string &url) {
  Worker worker;

  print("callback   ", [&] {
    std::packaged_task<std::string(Bytes)> done(first_line);
    auto line = done.get_future();
    // A std::function must be copyable, and a std::packaged_task is not: a shared_ptr to it is.
    auto shared = std::make_shared<decltype(done)>(std::move(done));
    callback::fetch_data(worker, url, [shared = std::move(shared)](Bytes data) { (*shared)(std::move(data)); });
    return line.get();
  });

  print("future     ", [&] { return first_line(future::fetch_data(url).get()); });

  print("coroutine  ", [&] {
    std::packaged_task<std::string(Outcome<Bytes>)> done(
        [](Outcome<Bytes> data) { return first_line(std::move(data).get()); });
    auto line = done.get_future();
    start(coroutine::fetch_data(worker, url, {}), std::move(done));
    return line.get();
  });

  print("promise    ", [&] {
    std::packaged_task<std::string(Outcome<std::string>)> done(
        [](Outcome<std::string> line) { return std::move(line).get(); });
    auto line = done.get_future();
    promise::fetch_data(worker, url).then(first_line).finally(std::move(done));
    return line.get();
  });

  print("kj         ", [&] {
    auto io = kj::setupAsyncIo();
    auto data = kj_promise::fetch_data(*io.lowLevelProvider, url);
    return data.then([](Bytes all) { return first_line(all); }).wait(io.waitScope);
  });
}

}  // namespace

int main() {
  fetch_in_each_model("file://" + std::filesystem::absolute("CMakeLists.txt").string());
  fetch_in_each_model("file:///no/such/file");
}
