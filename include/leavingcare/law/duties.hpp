// leavingcare/law/duties.hpp
//
// What a rulebook says of a duty: what makes it arise, by when it has to be done, by what it is done.
//
// Conditions, days and periods are kept as written, as located trees: the rulebook stage reads them. What each word means, day by day,
// stands in evaluate/duty_clock.hpp and, for those who write rules, in rules/README.md.
#pragma once

#include <leavingcare/source/node.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace leavingcare::law {

/// What makes a duty arise.
enum class Arises : std::uint8_t {
  when,        ///< once for each unbroken run of a condition, on its first day; owed until the run ends
  on_each,     ///< on each day on which a condition holds
  at_end_of,   ///< on the first day after each run of a condition
  with_each,   ///< with each record of a periods fact, on its first day; owed until that record ends
  after_each,  ///< on the first day after each record
  on,          ///< on one day
};

/// How the last day of a step is found.
enum class LastDay : std::uint8_t {
  none,         ///< there is none: as soon as practicable
  within,       ///< a period after the clock started
  by,           ///< a day of the person
  on_the_day,   ///< the day on which the clock started
  before_next,  ///< the day before a condition next holds
};

/// Which doings count, beside those after the day on which the duty arose.
enum class DoneCounts : std::uint8_t {
  from_the_day,        ///< one on that day does
  from_the_day_after,  ///< one on that day does not
  from_earlier,        ///< one before that day does too, unless it discharged the arising before
};

/// One doing and its time limit.
struct DueStep {
  LastDay last = LastDay::none;
  source::Node value;                       ///< the period, day or condition; empty where there is none
  std::optional<source::Node> opens_after;  ///< a period after the clock's start, before which a doing does not count
  std::optional<source::Node> suggested;    ///< a period after the opening: a target, which breaches nothing
  Place place;
};

/// How often, after the last step: the first interval that applies on a day governs that day.
struct Interval {
  source::Node every;
  std::optional<source::Node> while_;     ///< a condition
  std::optional<source::Node> for_;       ///< a period after the duty arose
  std::optional<source::Node> until;      ///< a condition: the days before it first holds, from the day the duty arose on
  Place place;
};

/// A duty as one version of it has it. What makes it arise is the version's `when`.
struct DutyTerms {
  Arises arises = Arises::when;
  std::optional<source::Node> only_if;     ///< asked on the day it would arise, and not again
  std::optional<source::Node> owed_while;
  std::vector<DueStep> due;
  std::vector<Interval> then_every;
  source::Node done_by;
  DoneCounts done_counts = DoneCounts::from_the_day;
  std::optional<source::Node> waived_when;
};

inline constexpr std::string_view arises_words[] = {"when", "on_each", "at_end_of", "with_each", "after_each", "on"};
inline constexpr std::string_view last_day_words[] = {"", "within", "by", "on_the_day", "before_next"};
inline constexpr std::string_view done_counts_words[] = {"from_the_day", "from_the_day_after", "from_earlier"};

}  // namespace leavingcare::law
