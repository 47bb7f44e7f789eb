#pragma once
#include "cxx_await.h"
#include "rust/cxx.h"

#include <memory>
#include <string>
#include <vector>

namespace values {

struct Event;
struct Counter;
enum class Color : std::uint8_t;
using cxx_await::Task;

class Client {
public:
  explicit Client(std::string name) : name(std::move(name)) {}
  std::string name;
};
std::shared_ptr<Client> new_client(rust::Str name);

Task<std::int32_t> add(std::int32_t a, std::int32_t b);
Task<> nothing();
Task<> nothing_or_error();
Task<double> float_and_bool(double x, bool yes);
Task<rust::String> text(std::string text);
Task<rust::String> owned_text(rust::String text);
Task<rust::Vec<std::uint8_t>> bytes(std::vector<std::uint8_t> bytes);
Task<rust::Vec<rust::String>> names(rust::Vec<rust::String> names);
Task<Event> event(Event event);
Task<Color> color(Color color);
Task<rust::Box<Counter>> counter(rust::Box<Counter> counter);
Task<std::unique_ptr<std::string>> unique(std::unique_ptr<std::string> text);
Task<std::unique_ptr<std::string>> client_name(std::shared_ptr<Client> client);
Task<rust::Vec<Event>> events(std::uint32_t count);
Task<std::int32_t> subtract(std::int32_t a, std::int32_t b);
Task<std::uint32_t> present();
Task<std::uint32_t> inside();

struct Doubling {
  std::int32_t n;
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  std::int32_t await_resume() const noexcept { return 2 * n; }
};
Doubling doubled(std::int32_t n);
Task<std::uint32_t> round_trip();

std::uint64_t frames();
void hold_worker(bool held);

}  // namespace values

namespace elsewhere {
cxx_await::Task<std::uint32_t> far_away();
}
