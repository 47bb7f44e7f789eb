// Runs one command in the container and leaves nothing of it behind.
//
//   supervise LIMIT_MS RECEIPT FOLDER PROGRAM [ARGUMENT...]
//
// Every process that descends from the command is killed when the command ends, when LIMIT_MS have passed,
// or when standard input is a pipe and closes: `docker exec -i` closes it when its client is killed, which
// by itself leaves the command running. As the reaper of its descendants this program also finds those
// that left the process group. How the command ended is the last line on standard error:
//
//   RECEIPT exited CODE MS OOM | signaled NAME MS OOM | timed-out LIMIT_MS MS OOM | missing ERRNO MS OOM | ...
//
// OOM is how many processes of the container the kernel has ended meanwhile because its memory was used up. The
// engine hears of that too, but may forget it. `abandoned 0` is a command whose caller has gone.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// What a command has to tidy up in after SIGTERM.
constexpr milliseconds grace{2000};

struct Supervised {
  pid_t pid;
  std::optional<int> status;
};

// Collects what has died without waiting; false when no descendant is left.
bool collect(Supervised &command, int options) {
  for (;;) {
    int status = 0;
    const pid_t pid = waitpid(-1, &status, options);
    if (pid == command.pid) command.status = status;
    if (pid == 0) return true;
    if (pid < 0 && errno != EINTR) return false;
    if (pid > 0 && options == 0) return true;
  }
}

void kill_children() {
  for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    if (pid <= 0) continue;
    std::ifstream file(entry.path() / "stat");
    const std::string stat(std::istreambuf_iterator<char>(file), {});
    // "PID (NAME) STATE PARENT ...", where NAME may hold anything, brackets too.
    const auto name_end = stat.rfind(')');
    pid_t parent = 0;
    if (name_end == std::string::npos) continue;
    if (std::sscanf(stat.c_str() + name_end + 1, " %*c %d", &parent) != 1) continue;
    if (parent == getpid()) kill(pid, SIGKILL);
  }
}

// A killed child hands its own children to this process, so this ends when there are none left.
void kill_descendants(Supervised &command) {
  do kill_children();
  while (collect(command, 0));
}

[[noreturn]] void become(char **arguments, const char *folder, const sigset_t &signals, int failure) {
  setsid();
  sigprocmask(SIG_SETMASK, &signals, nullptr);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  close(nothing);
  if (chdir(folder) == 0) execvp(arguments[0], arguments);
  const int error = errno;
  if (write(failure, &error, sizeof error) < 0) _exit(126);
  _exit(127);
}

bool is_pipe(int descriptor) {
  struct stat status{};
  return fstat(descriptor, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

std::string signal_name(int signal) {
  const char *name = sigabbrev_np(signal);
  return "SIG" + (name != nullptr ? name : std::to_string(signal));
}

bool has_closed(int descriptor) {
  char ignored[256];
  return read(descriptor, ignored, sizeof ignored) <= 0;
}

// The memory cgroup that the container is in is the root of what it sees: of version 2, or of version 1.
long long oom_kills() {
  for (const char *path : {"/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"}) {
    std::ifstream file(path);
    std::string key;
    for (long long value = 0; file >> key >> value;)
      if (key == "oom_kill") return value;
  }
  return 0;
}

}  // namespace

int main(int count, char **arguments) {
  if (count < 5) {
    std::fputs("usage: supervise LIMIT_MS RECEIPT FOLDER PROGRAM [ARGUMENT...]\n", stderr);
    return 2;
  }
  const milliseconds limit{std::atoll(arguments[1])};
  const auto started = Clock::now();
  const long long oom_kills_before = oom_kills();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);

  sigset_t watched, before;
  sigemptyset(&watched);
  for (const int signal : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) sigaddset(&watched, signal);
  sigprocmask(SIG_BLOCK, &watched, &before);
  const int signals = signalfd(-1, &watched, SFD_CLOEXEC);
  int failure[2];
  if (signals < 0 || pipe2(failure, O_CLOEXEC) != 0) {
    std::perror("supervise");
    return 2;
  }
  Supervised command{fork(), {}};
  if (command.pid == 0) become(arguments + 4, arguments[3], before, failure[1]);
  close(failure[1]);
  if (command.pid < 0) {
    std::perror("supervise: fork");
    return 2;
  }

  bool timed_out = false;
  bool abandoned = false;
  auto deadline = started + limit;
  while (!command.status && !abandoned) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) {
      if (timed_out) break;
      timed_out = true;
      kill(-command.pid, SIGTERM);
      deadline = Clock::now() + grace;
      continue;
    }
    pollfd awaited[] = {{signals, POLLIN, 0}, {is_pipe(STDIN_FILENO) ? STDIN_FILENO : -1, POLLIN, 0}};
    poll(awaited, 2, static_cast<int>(std::min<long long>(left.count(), 60'000)));
    signalfd_siginfo caught;
    if (awaited[0].revents != 0 && read(signals, &caught, sizeof caught) > 0 && caught.ssi_signo != SIGCHLD)
      abandoned = true;
    if (awaited[1].revents != 0 && has_closed(STDIN_FILENO)) abandoned = true;
    collect(command, WNOHANG);
  }
  kill_descendants(command);

  int error = 0;
  const bool missing = read(failure[0], &error, sizeof error) == sizeof error;
  const long long took = std::chrono::duration_cast<milliseconds>(Clock::now() - started).count();
  const int status = command.status.value_or(0);
  std::string how = "exited " + std::to_string(WEXITSTATUS(status));
  if (missing) how = "missing " + std::to_string(error);
  else if (timed_out) how = "timed-out " + std::to_string(limit.count());
  else if (abandoned) how = "abandoned 0";
  else if (WIFSIGNALED(status)) how = "signaled " + signal_name(WTERMSIG(status));
  const long long oom = oom_kills() - oom_kills_before;
  std::fprintf(stderr, "\n%s %s %lld %lld\n", arguments[2], how.c_str(), took, oom);
  return 0;
}
