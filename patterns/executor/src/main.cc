#include "executor.h"

int main() { return executor::cpp_main(); }
