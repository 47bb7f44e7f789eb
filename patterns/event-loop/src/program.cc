#include "event-loop/include/event_loop.h"

#include "event-loop/src/lib.rs.h"

#include <iostream>
#include <thread>

#include <boost/asio/post.hpp>

void event_loop::cpp_main() {
  const Loop loop;
  const auto host = std::this_thread::get_id();
  int left = 3;
  const Callback print{[&](rust::Str text) {
    std::cout << text << (std::this_thread::get_id() == host ? "" : " (on another thread)") << std::endl;
    if (--left == 0) loop.context().stop();
  }};
  for (const auto *const name : {"Grace", "Ada", ""})
    greet(loop.tasks(), name, std::make_unique<Callback>(print));
  boost::asio::post(loop.context(), [] { std::cout << "a handler of C++" << std::endl; });
  loop.run();
}
