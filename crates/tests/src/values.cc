#include "cxx-await-tests/src/values.rs.h"
#include "cxx-await-tests/include/gate.h"

#include <stdexcept>

namespace values {

using gate::Alive;
using gate::worker;

std::shared_ptr<Client> new_client(rust::Str name) { return std::make_shared<Client>(std::string(name)); }
std::uint64_t frames() { return Alive::count; }
void hold_worker(bool held) { worker().hold(held); }

Task<std::int32_t> add(std::int32_t a, std::int32_t b) { co_return a + b; }
Task<std::int32_t> subtract(std::int32_t a, std::int32_t b) { co_return a - b; }
Task<> nothing() { co_await worker().schedule(); }
Task<> nothing_or_error() { co_return; }
Task<double> float_and_bool(double x, bool yes) { co_return yes ? x : -x; }
Task<rust::String> text(std::string text) {
  co_await worker().schedule();
  co_return "text " + text;
}
Task<rust::String> owned_text(rust::String text) {
  co_await worker().schedule();
  co_return text;
}
Task<rust::Vec<std::uint8_t>> bytes(std::vector<std::uint8_t> bytes) {
  Alive alive;
  co_await worker().schedule();
  rust::Vec<std::uint8_t> reversed;
  for (auto i = bytes.rbegin(); i != bytes.rend(); ++i) reversed.push_back(*i);
  co_return reversed;
}
Task<rust::Vec<rust::String>> names(rust::Vec<rust::String> names) {
  co_await worker().schedule();
  names.push_back("last");
  co_return names;
}
Task<Event> event(Event event) {
  co_await worker().schedule();
  ++event.number;
  co_return event;
}
Task<Color> color(Color color) { co_return color == Color::Red ? Color::Green : Color::Red; }
Task<rust::Box<Counter>> counter(rust::Box<Counter> counter) {
  co_await worker().schedule();
  co_return counter;
}
Task<std::unique_ptr<std::string>> unique(std::unique_ptr<std::string> text) {
  text->push_back('!');
  co_return text;
}
Task<std::unique_ptr<std::string>> client_name(std::shared_ptr<Client> client) {
  co_await worker().schedule();
  co_return std::make_unique<std::string>(client->name);
}
Task<rust::Vec<Event>> events(std::uint32_t count) {
  rust::Vec<Event> events;
  for (std::uint32_t i = 0; i < count; ++i) events.push_back(Event{"topic", i});
  co_return events;
}
Task<std::uint32_t> present() { co_return 1; }
Task<std::uint32_t> inside() { co_return 2; }
Doubling doubled(std::int32_t n) { return {n}; }

namespace {
void expect(bool holds, const char *what) {
  if (!holds) throw std::runtime_error(what);
}
}  // namespace

Task<std::uint32_t> round_trip() {
  Alive alive;
  expect(co_await rust_add(2, 3) == 5, "add");
  co_await rust_nothing();
  expect(co_await rust_text("abc") == "ABC", "text");
  const std::vector<std::uint8_t> bytes{1, 2, 3};
  const rust::Slice<const std::uint8_t> slice(bytes.data(), bytes.size());
  const auto reversed = co_await rust_bytes(slice);
  expect(reversed.size() == 3 && reversed[0] == 3, "bytes");
  Event event{"topic", 1};
  event = co_await rust_event(event);
  expect(event.topic == "topic" && event.number == 2, "event");
  expect(co_await rust_color(Color::Red) == Color::Green, "color");
  auto text = co_await rust_unique(std::make_unique<std::string>("unique"));
  expect(*text == "unique", "unique");
  auto client = co_await rust_client(std::make_shared<Client>("Ada"));
  expect(client->name == "Ada", "client");
  rust::Vec<rust::String> names;
  names.push_back("a");
  names.push_back("b");
  names = co_await rust_names(std::move(names));
  expect(names[0] == "b", "names");
  expect(co_await rustPlus(1, 2) == 3, "plus");
  expect(co_await elsewhere::rust_far_away() == 7, "far away");
  co_return co_await rust_present();
}

}  // namespace values

cxx_await::Task<std::uint32_t> elsewhere::far_away() { co_return 3; }
