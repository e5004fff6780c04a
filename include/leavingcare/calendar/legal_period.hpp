// leavingcare/calendar/legal_period.hpp
//
// A length of time as a statute words it: "28 days", "13 weeks", "6 months", "18 years", "20 working days".
//
// WHY NOT THE DATE LIBRARY'S MONTHS
//   Boost's month arithmetic sticks to month ends: 28 February 2003 and 17 years gives 29 February 2020,
//   and 28 February 2025 and 6 months gives 31 August. In law a period of months ends on the *corresponding
//   date*: the day of the same number (Dodds v Walker [1981] 1 WLR 1027). So months are counted here, on year,
//   month and day:
//     28 Feb 2003 + 17 years  = 28 Feb 2020       30 Apr 2024 + 6 months = 30 Oct 2024
//
// CASE STUDY: one month after 31 January
//   There is no 31 February. Three answers can be defended, and the rulebook, not the code, says which:
//     MissingDay::last_day_of_month     31 Jan 2019 -> 28 Feb 2019   (Dodds; the usual one for periods)
//     MissingDay::first_of_next_month   31 Jan 2019 ->  1 Mar 2019   (the usual one for a 29 February birthday)
//
// INCLUSIVE OR EXCLUSIVE
//   after(day, period) is the last day of "within <period> of <day>" and the first day of "<period> or more
//   after <day>": the day itself is not counted. last_day_of_period_beginning_with(day, period) counts the
//   day itself: a period of 28 days beginning with 3 February ends with 2 March.
#pragma once

#include <leavingcare/calendar/day.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leavingcare {

/// What to do when the corresponding date does not exist.
enum class MissingDay : std::uint8_t { last_day_of_month, first_of_next_month };

/// The unit a period is counted in. Working days need a holiday list: see working_days.hpp.
enum class PeriodUnit : std::uint8_t { days, weeks, months, years, working_days };

/// A number of days, weeks, months, years or working days.
struct LegalPeriod {
  std::int32_t count = 0;
  PeriodUnit unit = PeriodUnit::days;

  friend constexpr bool operator==(LegalPeriod, LegalPeriod) = default;
};

/// The corresponding date `months` calendar months after `start` (before, when negative).
[[nodiscard]] constexpr Day corresponding_date(Day start, std::int32_t months, MissingDay missing) {
  if (!is_a_day(start)) return start;
  const auto date = civil(start);
  const auto month = date.year() / date.month() + std::chrono::months{months};
  const std::chrono::year_month_day same_day{month.year(), month.month(), date.day()};
  if (same_day.ok()) return day_of(same_day);
  const auto last = day_of(std::chrono::year_month_day{month / std::chrono::last});
  return missing == MissingDay::last_day_of_month ? last : last + 1;
}

/// The number of days in a period of days or weeks; empty for any other unit, which has no fixed length.
[[nodiscard]] constexpr std::optional<std::int32_t> fixed_days(LegalPeriod period) {
  if (period.unit == PeriodUnit::days) return period.count;
  if (period.unit == PeriodUnit::weeks) return period.count * 7;
  return std::nullopt;
}

/// The day `period` after `start`, `start` itself not counted; a missing corresponding date becomes the last
/// day of that month. The period must not be in working days.
[[nodiscard]] constexpr Day after(Day start, LegalPeriod period) {
  if (const auto days = fixed_days(period)) return start + *days;
  const auto months = period.unit == PeriodUnit::years ? period.count * 12 : period.count;
  return corresponding_date(start, months, MissingDay::last_day_of_month);
}

/// The last day of a period of which `first` is the first day. The period must not be in working days.
[[nodiscard]] constexpr Day last_day_of_period_beginning_with(Day first, LegalPeriod period) {
  return after(first, period) - 1;
}

/// The day on which someone born on `birth` attains an age, at its first moment (Family Law Reform Act 1969
/// s.9). `leap_birthday` decides only for a birth on 29 February and an age that falls in a common year; an
/// age in years and months whose month has no such day is attained on the last day of that month.
[[nodiscard]] constexpr Day birthday(Day birth, std::int32_t years, std::int32_t months, MissingDay leap_birthday) {
  return corresponding_date(birth, years * 12 + months,
                            months == 0 ? leap_birthday : MissingDay::last_day_of_month);
}

/// A real day of birth, prepared so that each birthday is a few additions: for everybody in a batch, and every age a rule asks for.
///
/// Years are counted from 1 March, so that a leap day is the last day of its year: a birthday is then 365 days a year later and one more
/// for each leap day passed, and one on 29 February comes out on 1 March in a common year by itself.
struct Birth {
  std::int32_t before_leap_days = 0;  ///< the number of the day, less the leap days before it
  std::int32_t year = 0;              ///< that begins on 1 March
  bool on_leap_day = false;

  /// 29 Februaries before 1 March of a year.
  [[nodiscard]] static constexpr std::int32_t leap_days(std::int32_t year) { return year / 4 - year / 100 + year / 400; }

  [[nodiscard]] static constexpr Birth on(Day day) {
    const auto date = civil(day);
    const auto year = static_cast<int>(date.year()) - (date.month() < std::chrono::March ? 1 : 0);
    return {day.number - leap_days(year), year, date.month() == std::chrono::February && date.day() == std::chrono::day{29}};
  }

  /// birthday(the day, years, 0, MissingDay::first_of_next_month).
  [[nodiscard]] constexpr Day birthday(std::int32_t years) const { return Day{before_leap_days + 365 * years + leap_days(year + years)}; }
};

/// Reads "13 weeks", "1 day", "18 years", "20 working days"; empty for anything else, and for more than 1000 years, which
/// would leave the calendar.
[[nodiscard]] inline std::optional<LegalPeriod> read_legal_period(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos || space > 6) return std::nullopt;
  const int count = detail::digits(text.substr(0, space));
  if (count < 0) return std::nullopt;
  auto unit = text.substr(space + 1);
  if (!unit.empty() && unit.back() == 's') unit.remove_suffix(1);
  if (unit == "day") return LegalPeriod{count, PeriodUnit::days};
  if (unit == "week") return LegalPeriod{count, PeriodUnit::weeks};
  if (unit == "month" && count <= 12000) return LegalPeriod{count, PeriodUnit::months};
  if (unit == "year" && count <= 1000) return LegalPeriod{count, PeriodUnit::years};
  if (unit == "working day") return LegalPeriod{count, PeriodUnit::working_days};
  return std::nullopt;
}

/// "13 weeks", "1 day": the words `read_legal_period` reads.
[[nodiscard]] inline std::string in_words(LegalPeriod period) {
  static constexpr const char* names[] = {"day", "week", "month", "year", "working day"};
  return std::to_string(period.count) + " " + names[static_cast<std::size_t>(period.unit)] +
         (period.count == 1 ? "" : "s");
}

}  // namespace leavingcare
