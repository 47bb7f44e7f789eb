#include "tide.h"

extern "C" std::int32_t tide_height(std::int32_t above_mean) noexcept {
  return MEAN_HEIGHT + above_mean;
}
