#pragma once

#include <cstdint>

/// Centimetres above the harbour's zero.
constexpr std::int32_t MEAN_HEIGHT = 210;

extern "C" std::int32_t tide_height(std::int32_t above_mean) noexcept;
