// leavingcare/calendar/boost_dates.hpp
//
// To and from Boost's dates, for programs that keep them. The only header here that includes Boost.
//
// Boost's months and years stick to month ends, so 28 February 2003 and 17 years is 29 February 2020 there. Convert
// first and count with legal_period.hpp, which says 28 February. Boost knows the years 1400 to 9999, and its ends of
// time answer to ours:
//     Day::beginning_of_time   boost::gregorian::neg_infin
//     Day::end_of_time         boost::gregorian::pos_infin
#pragma once

#include <leavingcare/calendar/day.hpp>

#include <boost/date_time/gregorian/gregorian_types.hpp>

#include <stdexcept>

namespace leavingcare {

/// The same day in Boost's type; a year outside 1400-9999 is a std::out_of_range (Boost's own).
[[nodiscard]] inline boost::gregorian::date to_boost(Day day) {
  if (day == Day::beginning_of_time) return boost::gregorian::date(boost::gregorian::neg_infin);
  if (day == Day::end_of_time) return boost::gregorian::date(boost::gregorian::pos_infin);
  const auto date = civil(day);
  return boost::gregorian::date(
      static_cast<boost::gregorian::greg_year>(static_cast<unsigned short>(static_cast<int>(date.year()))),
      static_cast<unsigned short>(static_cast<unsigned>(date.month())),
      static_cast<unsigned short>(static_cast<unsigned>(date.day())));
}

/// The same day from Boost's type; `not_a_date_time` is a std::invalid_argument.
[[nodiscard]] inline Day from_boost(const boost::gregorian::date& date) {
  if (date.is_neg_infinity()) return Day::beginning_of_time;
  if (date.is_pos_infinity()) return Day::end_of_time;
  if (date.is_not_a_date()) throw std::invalid_argument("not_a_date_time is not a day");
  const auto parts = date.year_month_day();
  return day_of(static_cast<int>(parts.year), static_cast<unsigned>(parts.month.as_number()),
                static_cast<unsigned>(parts.day.as_number()));
}

}  // namespace leavingcare
