// ANCHOR: silent_server
#include "executor.h"
#include "executor/src/lib.rs.h"

#include <cerrno>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <latch>
#include <string>
#include <system_error>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

// Lets clients connect, and never says a word.
class SilentServer {
public:
  SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  SilentServer(const SilentServer &) = delete;
  SilentServer &operator=(const SilentServer &) = delete;
  ~SilentServer() { ::close(socket_); }

  // Returns its URL.
  std::string listen() const {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *place = reinterpret_cast<sockaddr *>(&address);
    if (::bind(socket_, place, size) != 0 || ::listen(socket_, 1) != 0 ||
        ::getsockname(socket_, place, &size) != 0)
      throw std::system_error(errno, std::generic_category(), "a server on loopback");
    return "tcp://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }

private:
  const int socket_;
};
// ANCHOR_END: silent_server

// ANCHOR: program
std::filesystem::path write_note() {
  const auto path = std::filesystem::temp_directory_path() / ("executor-" + std::to_string(::getpid()));
  std::ofstream(path) << "Ada joined";
  return path;
}

void run() {
  const auto runtime = executor::make_runtime(16);
  std::latch called(1);
  const executor::EventLoop events;

  const auto note = write_note();
  const auto file = executor::spawn_task(*runtime, "file://" + note.string());
  std::cout << "waited: " << executor::outcome(*runtime, file) << std::endl;
  std::filesystem::remove(note);

  const auto missing = executor::spawn_task(*runtime, "file:///no/such/file");
  executor::register_callback(*runtime, missing, events.callback([runtime, missing, &called] {
    std::cout << "called back: " << executor::outcome(*runtime, missing) << std::endl;
    called.count_down();
  }));
  called.wait();

  const SilentServer server;
  const auto silent = executor::spawn_task(*runtime, server.listen());
  std::cout << "has ended: " << std::boolalpha << executor::poll_task(*runtime, silent) << std::endl;
  executor::cancel_task(*runtime, silent);
  std::cout << "cancelled: " << executor::outcome(*runtime, silent) << std::endl;

  executor::shutdown(*runtime);
  try {
    executor::spawn_task(*runtime, "file:///dev/null");
  } catch (const rust::Error &error) {
    std::cout << "refused: " << error.what() << std::endl;
  }
}

}  // namespace

int executor::cpp_main() try {
  run();
  return 0;
} catch (const std::exception &error) {
  std::cerr << error.what() << std::endl;
  return 1;
}
// ANCHOR_END: program
