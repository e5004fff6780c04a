// leavingcare/calendar/day.hpp
//
// A calendar day, as one 32-bit number.
//
// The law of leaving care speaks of days, never of hours: a birthday begins at midnight, a placement
// starts on a date, thirteen weeks are ninety-one days. So the smallest thing here is a `Day`: the number
// of days since 1 January 1970 (the same number that Arrow calls date32). Comparing, sorting and counting days is
// then plain integer work, and a million people's histories are flat arrays.
//
// Two values are not days but ends of time:
//   Day::beginning_of_time   before every day ("as long as anyone can say")
//   Day::end_of_time         after every day  ("open", "no known end", and for a single day: "never")
//
// READING A DATE. Clerks and spreadsheets write dates in many ways, and a wrong guess moves a deadline by
// months. So there are exactly two readers, both strict, and no guessing between them:
//   read_iso_day("2024-03-10")   four digits, two, two, hyphens
//   read_uk_day("10/03/2024")    day first, as the SSDA903 return writes it
// Both refuse a date that does not exist (30 February) and one outside 1900 to 2200.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace leavingcare {

/// A calendar day: `number` days after 1 January 1970 (negative before).
struct Day {
  std::int32_t number = 0;

  static const Day beginning_of_time;
  static const Day end_of_time;

  friend constexpr auto operator<=>(Day, Day) = default;
};

inline constexpr Day Day::beginning_of_time{std::numeric_limits<std::int32_t>::min()};
inline constexpr Day Day::end_of_time{std::numeric_limits<std::int32_t>::max()};

/// True for every real day; false for the two ends of time.
[[nodiscard]] constexpr bool is_a_day(Day day) {
  return day != Day::beginning_of_time && day != Day::end_of_time;
}

/// The later and the earlier of two days: by value, so that in a loop over days both stay in registers.
[[nodiscard]] constexpr Day later_of(Day a, Day b) { return a < b ? b : a; }
[[nodiscard]] constexpr Day earlier_of(Day a, Day b) { return b < a ? b : a; }

/// `count` days later (earlier when negative). The ends of time stay where they are.
[[nodiscard]] constexpr Day operator+(Day day, std::int32_t count) {
  return is_a_day(day) ? Day{day.number + count} : day;
}
[[nodiscard]] constexpr Day operator-(Day day, std::int32_t count) { return day + -count; }

/// Days from `earlier` to `later`: the length of [earlier, later). Both must be real days.
[[nodiscard]] constexpr std::int32_t days_between(Day earlier, Day later) {
  return later.number - earlier.number;
}

/// The Gregorian year, month and day of a real day.
[[nodiscard]] constexpr std::chrono::year_month_day civil(Day day) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day.number}}};
}

/// The day of a Gregorian date that exists.
[[nodiscard]] constexpr Day day_of(std::chrono::year_month_day date) {
  return Day{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

/// The day of a year, month and day of the month; the date must exist.
[[nodiscard]] constexpr Day day_of(int year, unsigned month, unsigned day_of_month) {
  return day_of(std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month},
                                            std::chrono::day{day_of_month}});
}

/// The years a record may lie in. A date outside them is a slip of the pen, not a fact about a young person.
inline constexpr int first_year = 1900;
inline constexpr int last_year = 2200;

namespace detail {

/// Reads exactly the digits of `text`; -1 when anything else stands there.
[[nodiscard]] constexpr int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? -1 : value;
}

[[nodiscard]] constexpr std::optional<Day> existing_day(int year, int month, int day_of_month) {
  if (year < first_year || year > last_year) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day_of_month)}};
  if (!date.ok()) return std::nullopt;  // nor is -1, which was no number, any month or day
  return day_of(date);
}

}  // namespace detail

/// Reads `YYYY-MM-DD` and nothing else; empty for any other text, a date that does not exist, or one
/// outside 1900-2200.
[[nodiscard]] constexpr std::optional<Day> read_iso_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return detail::existing_day(detail::digits(text.substr(0, 4)), detail::digits(text.substr(5, 2)),
                              detail::digits(text.substr(8, 2)));
}

/// Reads `DD/MM/YYYY` and nothing else; empty for any other text, a date that does not exist, or one
/// outside 1900-2200.
[[nodiscard]] constexpr std::optional<Day> read_uk_day(std::string_view text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  return detail::existing_day(detail::digits(text.substr(6, 4)), detail::digits(text.substr(3, 2)),
                              detail::digits(text.substr(0, 2)));
}

/// `YYYY-MM-DD` of a real day.
[[nodiscard]] constexpr std::array<char, 10> iso_characters(Day day) {
  const auto date = civil(day);
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  const auto month = static_cast<unsigned>(date.month());
  const auto day_of_month = static_cast<unsigned>(date.day());
  const auto digit = [](unsigned number) { return static_cast<char>('0' + number % 10); };
  return {digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-', digit(month / 10), digit(month), '-', digit(day_of_month / 10), digit(day_of_month)};
}

/// The same as a text; empty for an end of time, as the result tables leave an open end blank.
[[nodiscard]] inline std::string iso(Day day) {
  if (!is_a_day(day)) return {};
  const auto characters = iso_characters(day);
  return {characters.data(), characters.size()};
}

/// "10 March 2024", for sentences that a person reads.
[[nodiscard]] inline std::string in_words(Day day) {
  static constexpr const char* names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};
  if (day == Day::beginning_of_time) return "the beginning";
  if (day == Day::end_of_time) return "no known end";
  const auto date = civil(day);
  return std::to_string(static_cast<unsigned>(date.day())) + " " +
         names[static_cast<unsigned>(date.month()) - 1] + " " + std::to_string(static_cast<int>(date.year()));
}

}  // namespace leavingcare
