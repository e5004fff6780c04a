// leavingcare/results/upcoming.hpp
//
// What is next: the obligations that somebody has to see to, as at a day, overdue first, then soonest first.
#pragma once

#include <leavingcare/results/result.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace leavingcare {

/// Why something is on the list, in the order in which the list shows them.
enum class Urgency : std::uint8_t {
  overdue,       ///< past its last day and still owed
  due,           ///< its last day lies in the time asked about
  no_last_day,   ///< owed or to arise in that time, as soon as practicable
};

struct UpcomingItem {
  const Obligation* obligation = nullptr;  ///< one of the result's; the list is good as long as the result
  Urgency urgency = Urgency::due;
  Day day;                                 ///< the last day, or the earliest it can be where it is not known; where there is none, the suggested
                                           ///< day, else the day it can first be done
  std::string team;                        ///< on the day asked from, if the rulebook says where teams are recorded; may be empty
};

struct UpcomingAsked {
  Day as_at;            ///< the day from which it is seen; the result must have been evaluated as at this day
  LegalPeriod within;   ///< how far ahead; not in working days
  std::string person;   ///< only theirs; empty: everyone's
  std::string team;     ///< only of this team; empty: of all
};

/// The list. Overdue ones come first, the longest overdue on top; then by day; what has no last day comes at the end. Throws std::invalid_argument
/// if the result was evaluated as at another day.
[[nodiscard]] std::vector<UpcomingItem> upcoming(const Result& result, const UpcomingAsked& asked);

/// How an obligation stands, in a sentence: "A review of the child's case is 9 days overdue: it was due by 11 October 2022, ...".
[[nodiscard]] std::string in_a_sentence(const Result& result, const Obligation& obligation);

}  // namespace leavingcare
