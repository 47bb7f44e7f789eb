#pragma once
#include "cxx_await.h"
#include "rust/cxx.h"

#include <string>

namespace weather {
cxx_await::Task<rust::String> forecast(std::string city);
}
