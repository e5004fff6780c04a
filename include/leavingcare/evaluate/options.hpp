// leavingcare/evaluate/options.hpp
//
// What a caller may choose when asking.
#pragma once

#include <leavingcare/calendar/day.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leavingcare {

/// What to make of facts that the source does not hold.
enum class Unrecorded : std::uint8_t {
  unknown,  ///< they are unknown, and answers say so
  none,     ///< there were none; the receipt says that this was assumed
};

struct Options {
  std::map<std::string, std::string> readings;  ///< reading -> option; the rest take their defaults
  Unrecorded unrecorded = Unrecorded::unknown;
  std::optional<Day> as_at;                     ///< the day the data were drawn; days after it are a projection. Never read from a clock.
  std::optional<Day> indicators_from;           ///< indicators: every whole period from this day on that is over by as_at; empty: the last one
  std::vector<std::string> rules;               ///< only these rules; empty: every status and entitlement
  unsigned threads = 1;                         ///< 0: as many as the machine has
  std::size_t people_at_a_time = 256;           ///< most people in a batch; changes no answer

  /// Called now and then with the number of people done; may be empty. Called from one thread at a time.
  std::function<void(std::size_t done)> progress;
};

}  // namespace leavingcare
