#include "executor-small/src/main.rs.h"
#include <chrono>
#include <iostream>
#include <thread>

void cpp_main() {
  const auto runtime = create_runtime();
  for (const auto *const url : {"https://example.com", "gopher://example.com"}) {
    auto task = spawn_task(*runtime, url);
    while (!poll_task(*task)) std::this_thread::sleep_for(std::chrono::milliseconds(10));  // or other work
    try {
      std::cout << wait_task(std::move(task)).size() << " bytes" << std::endl;
    } catch (const rust::Error &error) {
      std::cout << "error: " << error.what() << std::endl;
    }
  }
}
