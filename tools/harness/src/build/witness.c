// Preloaded into a test program. It reports that the program's own `main` returned 0, by a word that the tested code
// cannot know: whatever ends the process earlier reports nothing.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*Main)(int, char **, char **);
typedef int (*Start)(Main, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);

static const char *const NAMES[] = {"COOKBOOK_WITNESS", "COOKBOOK_WITNESS_PROGRAM", "COOKBOOK_WITNESS_LIBRARY"};
static Main program;
static int file = -1;
static char word[64];
static ssize_t length;

// Whoever starts the program, such as a shell or valgrind, loads this as well.
static int is_meant(const char *wanted) {
  char real[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", real, sizeof real);
  return size > 0 && strlen(wanted) == (size_t)size && strncmp(wanted, real, (size_t)size) == 0;
}

// valgrind preloads libraries of its own, which stay.
static void forget(const char *name) {
  const char *preloaded = getenv("LD_PRELOAD");
  char *rest = preloaded == NULL ? NULL : strdup(preloaded);
  if (rest == NULL) return;
  char *at = strstr(rest, name);
  if (at != NULL) memmove(at, at + strlen(name), strlen(at + strlen(name)) + 1);
  if (*rest == '\0')
    unsetenv("LD_PRELOAD");
  else
    setenv("LD_PRELOAD", rest, 1);
  free(rest);
}

// Before any code of the program runs: takes the word out of its file, and what led there out of the environment.
static void take_word(void) {
  const char *path = getenv("COOKBOOK_WITNESS");
  const char *wanted = getenv("COOKBOOK_WITNESS_PROGRAM");
  const char *library = getenv("COOKBOOK_WITNESS_LIBRARY");
  if (path == NULL || wanted == NULL || library == NULL || !is_meant(wanted)) return;
  file = open(path, O_RDWR | O_CLOEXEC);
  length = read(file, word, sizeof word);
  if (length > 0 && ftruncate(file, 0) != 0) length = 0;
  forget(library);
  for (size_t at = 0; at < sizeof NAMES / sizeof *NAMES; at++) unsetenv(NAMES[at]);
}

// The word written twice: a file that nobody took it from holds it once.
static int report(void) {
  return pwrite(file, word, (size_t)length, 0) == length && pwrite(file, word, (size_t)length, length) == length;
}

static int witnessed(int argc, char **argv, char **environment) {
  const int code = program(argc, argv, environment);
  return code == 0 && !report() ? 1 : code;
}

int __libc_start_main(Main main, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end) {
  const Start start = (Start)dlsym(RTLD_NEXT, "__libc_start_main");
  take_word();
  program = main;
  return start(length > 0 ? witnessed : main, argc, argv, init, fini, rtld_fini, stack_end);
}
