// leavingcare/calendar/truth.hpp
//
// Truth in three values, over time.
//
// A council's records never say everything. A missing fact must not read as "no", so every condition has, on each day,
// one of three values (Kleene's strong logic): yes, no, or unknown. Over time that is two timelines:
//
//     surely     the days on which it holds whatever the unknown facts turn out to be   (the lower bound)
//     possibly   the days on which it may hold                                          (the upper bound)
//
// surely is within possibly; a day in both is yes, in neither is no, in possibly alone is unknown. An operator that only ever gains days
// when its operand gains days can be applied to the two bounds separately; `not` swaps them. Where nothing is
// unknown the bounds are the same and are kept once.
#pragma once

#include <leavingcare/calendar/timeline.hpp>

#include <cstdint>

namespace leavingcare {

enum class Truth : std::uint8_t { no, unknown, yes };

/// The words of the result tables: "yes", "no", "unknown".
[[nodiscard]] constexpr const char* in_words(Truth truth) {
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

/// One person's condition over time. A view; `surely` is within `possibly`.
struct TruthView {
  Edges surely;
  Edges possibly;

  [[nodiscard]] Truth on(Day day) const {
    if (holds_on(surely, day)) return Truth::yes;
    return holds_on(possibly, day) ? Truth::unknown : Truth::no;
  }
};

/// One condition for each person of a batch. When `exact`, nothing is unknown, and `bounds[0]` serves as both bounds.
struct Truths {
  Timelines bounds[2];
  bool exact = true;

  [[nodiscard]] Timelines& surely() { return bounds[0]; }
  [[nodiscard]] const Timelines& surely() const { return bounds[0]; }
  [[nodiscard]] const Timelines& possibly() const { return exact ? bounds[0] : bounds[1]; }
  [[nodiscard]] TruthView operator[](std::size_t person) const { return {surely()[person], possibly()[person]}; }
};

/// A day that may not be known exactly: it lies in [earliest, latest]; end_of_time means "never", so
/// {d, end_of_time} is "on or after d, if at all". When both are equal the day is known.
struct DayBounds {
  Day earliest;
  Day latest;

  [[nodiscard]] constexpr bool exact() const { return earliest == latest; }
  friend constexpr bool operator==(DayBounds, DayBounds) = default;
};

}  // namespace leavingcare
