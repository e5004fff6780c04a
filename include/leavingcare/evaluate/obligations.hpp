// leavingcare/evaluate/obligations.hpp
//
// What a duty comes to for a person: each time it arose, by when it had to be done, and what became of it. As columns.
//
// Rows come person by person, in the order of the population, then duty by duty, in the order declared, then in order of time. A duty that recurs has
// a row for each cycle, up to the one still open.
#pragma once

#include <leavingcare/calendar/day.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace leavingcare {

/// What has become of an obligation by the day the data were drawn.
enum class ObligationState : std::uint8_t {
  met,       ///< done by the last day, or done where there is none
  met_late,
  due,       ///< not done, and not past its last day; also what is yet to arise
  overdue,   ///< not done, and past its last day
  lapsed,    ///< no longer owed before its last day was over, and not done
  waived,
  unknown,   ///< the facts do not settle it
};

/// The words of the tables: "met", "met late", "due" ...
[[nodiscard]] constexpr std::string_view in_words(ObligationState state) {
  constexpr std::string_view words[] = {"met", "met late", "due", "overdue", "lapsed", "waived", "unknown"};
  return words[static_cast<std::size_t>(state)];
}

/// One obligation. A day that there is not, or that is not known, is `end_of_time` (blank in tables); an `arose` not known is `beginning_of_time`.
/// An unknown one whose `arose` is not known stands for all that may have arisen then. The state of others may be certain though not all else is: then
/// `depends_on` is not empty.
struct Obligation {
  std::uint32_t person = 0;  ///< place in People::ids()
  std::uint32_t rule = 0;    ///< place in Rulebook::rules: a duty
  std::uint32_t number = 1;  ///< 1 is the first doing of those that one arising calls for; doings that may have been or not are left out
  std::uint32_t step = 0;    ///< which step of the duty gives its last day; past the last of them, the interval does
  Day arose = Day::beginning_of_time;
  Day clock = Day::beginning_of_time;  ///< from when its time limit is counted: the day it arose, or the doing before
  Day opens = Day::end_of_time;        ///< before this day it cannot be done; blank where that is the day it arose
  Day due = Day::end_of_time;          ///< the last day on which it is in time
  Day earliest_due = Day::end_of_time; ///< the same where that day is known; where it is not, the earliest it can be; blank: there is none
  Day suggested = Day::end_of_time;    ///< a target that breaches nothing
  Day done = Day::end_of_time;         ///< if the state is unknown: the first doing that surely counts
  Day ended = Day::end_of_time;        ///< the first day on which it is owed no longer
  std::int32_t days_late = 0;          ///< done late: days after `due`; overdue: up to the day the data were drawn, or the last day owed; 0: not known
  ObligationState state = ObligationState::unknown;
  std::uint32_t depends_on = 0;        ///< place in Answers::fact_sets: each of the facts would help to settle what is not known; not of `ended` alone

  friend bool operator==(const Obligation&, const Obligation&) = default;
};

using Obligations = std::vector<Obligation>;

}  // namespace leavingcare
