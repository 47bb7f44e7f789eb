#pragma once
#include "rust/cxx.h"
void cpp_main();
