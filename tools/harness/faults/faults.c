// Makes calls of a program fail: preloaded with LD_PRELOAD, and told what to do by FAULTS.
//
//   FAULTS=pthread_create:3    the third call fails
//   FAULTS=malloc:3+           the third call fails, and each later one
//   FAULTS=pthread_create:500ms   each call takes that long
//   FAULTS=getaddrinfo:500ms   a name slow-NAME takes that long, and then resolves as NAME
//   FAULTS=signals:1ms         each thread gets a signal that often, whose handler has no SA_RESTART
//
// Calls count from the start of the program or, with FAULTS_WAIT set, from faults_begin to faults_end.
// The first call that fails is reported on standard error.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

static char function[32];
static unsigned long number;
static int later, slow;
static atomic_int counting, reported;
static atomic_ulong calls;

static int fails(const char *name) {
  if (!counting || slow || strcmp(name, function) != 0) return 0;
  const unsigned long call = atomic_fetch_add(&calls, 1) + 1;
  if (later ? call < number : call != number) return 0;
  if (atomic_exchange(&reported, 1) == 0) dprintf(STDERR_FILENO, "faults: %s %lu failed\n", name, call);
  return 1;
}

// The program's own function below this one.
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void pause_ms(unsigned long ms) {
  struct timespec rest = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};
  while (nanosleep(&rest, &rest) != 0 && errno == EINTR) continue;
}

static int is_slow(const char *name) { return counting && slow && strcmp(name, function) == 0; }

static void ignored(int signal) { (void)signal; }

static void *send_signals(void *unused) {
  struct sigaction action = {.sa_handler = ignored};
  sigaction(SIGUSR1, &action, NULL);
  for (;;) {
    DIR *const tasks = opendir("/proc/self/task");
    for (struct dirent *task; tasks != NULL && (task = readdir(tasks)) != NULL;) {
      const pid_t thread = (pid_t)atoi(task->d_name);
      if (counting && thread > 0 && thread != gettid()) tgkill(getpid(), thread, SIGUSR1);
    }
    if (tasks != NULL) closedir(tasks);
    pause_ms(number);
  }
  return unused;
}

void faults_begin(void) {
  counting = 1;
  pthread_t thread;
  if (strcmp(function, "signals") != 0) return;
  if (NEXT(pthread_create)(&thread, NULL, send_signals, NULL) == 0) pthread_detach(thread);
}

void faults_end(void) { counting = 0; }

__attribute__((constructor)) static void read_environment(void) {
  const char *const faults = getenv("FAULTS");
  if (faults == NULL) return;
  char unit[3] = "";
  const int read = sscanf(faults, "%31[a-z0-9_]:%lu%2s", function, &number, unit);
  later = strcmp(unit, "+") == 0;
  slow = strcmp(unit, "ms") == 0;
  if (read < 2 || number == 0 || (*unit != '\0' && !later && !slow)) {
    dprintf(STDERR_FILENO, "faults: FAULTS is \"%s\", expected FUNCTION:N, FUNCTION:N+ or FUNCTION:Nms\n", faults);
    _exit(2);
  }
  if (getenv("FAULTS_WAIT") == NULL) faults_begin();
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
  if (is_slow("pthread_create")) pause_ms(number);
  return fails("pthread_create") ? EAGAIN : NEXT(pthread_create)(thread, attributes, start, argument);
}

#define DESCRIPTOR(name, parameters, arguments)                                                                   \
  int name parameters {                                                                                           \
    if (!fails(#name)) return NEXT(name) arguments;                                                               \
    errno = EMFILE;                                                                                               \
    return -1;                                                                                                    \
  }
DESCRIPTOR(epoll_create1, (int flags), (flags))
DESCRIPTOR(eventfd, (unsigned count, int flags), (count, flags))
DESCRIPTOR(socket, (int domain, int type, int protocol), (domain, type, protocol))
DESCRIPTOR(pipe2, (int ends[2], int flags), (ends, flags))

static int open_with(int (*open_next)(const char *, int, ...), const char *path, int flags, va_list more) {
  if (fails("open")) {
    errno = EMFILE;
    return -1;
  }
  return open_next(path, flags, (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0);
}

#define OPEN(name)                                                                                                \
  int name(const char *path, int flags, ...) {                                                                    \
    va_list more;                                                                                                 \
    va_start(more, flags);                                                                                        \
    const int opened = open_with(NEXT(name), path, flags, more);                                                  \
    va_end(more);                                                                                                 \
    return opened;                                                                                                \
  }
OPEN(open)
OPEN(open64)

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  const char prefix[] = "slow-";
  if (name != NULL && strncmp(name, prefix, strlen(prefix)) == 0 && is_slow("getaddrinfo")) {
    pause_ms(number);
    name += strlen(prefix);
  }
  return NEXT(getaddrinfo)(name, service, hints, found);
}

// dlsym allocates, so these do not ask it. glibc's own functions bear these names as well.
#define ALLOCATION(name, parameters, arguments)                                                                   \
  extern void *__libc_##name parameters;                                                                          \
  void *name parameters {                                                                                         \
    if (!fails("malloc")) return __libc_##name arguments;                                                         \
    errno = ENOMEM;                                                                                               \
    return NULL;                                                                                                  \
  }
ALLOCATION(malloc, (size_t size), (size))
ALLOCATION(calloc, (size_t count, size_t size), (count, size))
ALLOCATION(realloc, (void *memory, size_t size), (memory, size))
ALLOCATION(memalign, (size_t alignment, size_t size), (alignment, size))

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
  void *const allocated = memalign(alignment, size);
  if (allocated == NULL) return ENOMEM;
  *memory = allocated;
  return 0;
}
