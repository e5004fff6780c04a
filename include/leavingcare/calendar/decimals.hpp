// leavingcare/calendar/decimals.hpp
//
// Numbers as they are written. Money, shares of posts and rates are written with few decimal places, and so are their sums and quotients; binary
// fractions are not: 0.1 + 0.2 is more than 0.3 by a hair, and 21 / 0.7 more than 30.
#pragma once

#include <cmath>

namespace leavingcare {

/// The number nearest to six decimal places; beyond nine thousand million, where the places do not fit, the number itself.
[[nodiscard]] inline double as_written(double number) {
  constexpr double places = 1e6;
  constexpr double largest = 9e9;
  return std::abs(number) < largest ? std::round(number * places) / places : number;
}

}  // namespace leavingcare
