// leavingcare/law/indicators.hpp
//
// What a rulebook says of an indicator: a rate or a count over many people, period by period, with a target.
//
//     plans_reviewed_in_time:
//       periods: {every: 3 months, from: 2016-07-01}
//       counted: on_the_last_day
//       among: allocated
//       those: reviewed_in_time
//       target: {at_least: 95}
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/calendar/legal_period.hpp>
#include <leavingcare/source/node.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace leavingcare::law {

/// Which cases of a period are counted: each person once, as they are on its last day or if on any of its days; or each of certain days in it.
enum class Counted : std::uint8_t { on_the_last_day, on_any_day, on, on_each };

inline constexpr std::string_view counted_words[] = {"on_the_last_day", "on_any_day", "on", "on_each"};

struct IndicatorTerms {
  LegalPeriod every;                    ///< how long a period is
  Day begins;                           ///< the first day of the first period
  Counted counted = Counted::on_the_last_day;
  std::vector<source::Node> days;       ///< Counted::on: the days, one case for each that lies in the period
  std::optional<source::Node> each;     ///< Counted::on_each: a condition, one case for each of its days in the period

  std::optional<source::Node> among;    ///< a condition: which cases are counted
  std::optional<source::Node> those;    ///< a condition: which of them have what is asked; left out, it is a count and no rate
  std::optional<source::Node> total;    ///< instead of the two: a number, added up over all subjects on the last day
  std::optional<source::Node> out_of;   ///< a number, what the total is a part of

  std::string_view compared;            ///< "at_least": how the value is compared with the target; empty: it is only monitored
  std::optional<source::Node> target;   ///< a figure, or the name of a parameter
  Place place;
};

}  // namespace leavingcare::law
