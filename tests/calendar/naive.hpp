// tests/calendar/naive.hpp
//
// Days one at a time: the slow twins that the calendar headers are tested against.
//
// A `DayByDay` says of every day whether it is in the set, from a list of bits; days before and after the list are as its first and its last
// bit, so open ends need no special case. Nothing here calls an operator under test. Dates are found in a table made by walking
// from one day to the next, which knows nothing but the lengths of the months.
#pragma once

#include <leavingcare/calendar/legal_period.hpp>
#include <leavingcare/calendar/timeline.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace naive {

using leavingcare::Day;
using leavingcare::Edges;
using leavingcare::LegalPeriod;
using leavingcare::PeriodUnit;
using leavingcare::Span;
using leavingcare::Timelines;

struct Date {
  int year;
  int month;
  int day;
};

inline int days_in_month(int year, int month) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
  return lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

/// Every day of the years 1790 to 2309, walked one by one.
class Almanac {
 public:
  static const Almanac& get() {
    static const Almanac almanac;
    return almanac;
  }
  [[nodiscard]] Date date(int number) const { return dates_[static_cast<std::size_t>(number - first_)]; }
  [[nodiscard]] int number(int year, int month, int day) const { return numbers_.at({year, month, day}); }
  [[nodiscard]] bool exists(int year, int month, int day) const {
    return numbers_.count({year, month, day}) == 1;
  }

 private:
  Almanac() {
    for (int year = 1790; year < 1970; ++year) {
      for (int month = 1; month <= 12; ++month) first_ -= days_in_month(year, month);
    }
    int number = first_;
    for (int year = 1790; year < 2310; ++year) {
      for (int month = 1; month <= 12; ++month) {
        for (int day = 1; day <= days_in_month(year, month); ++day) {
          dates_.push_back({year, month, day});
          numbers_[{year, month, day}] = number++;
        }
      }
    }
  }
  int first_ = 0;
  std::vector<Date> dates_;
  std::map<std::tuple<int, int, int>, int> numbers_;
};

/// The corresponding date, else the last day of that month; or so many days later.
inline int after(int number, LegalPeriod period) {
  if (period.unit == PeriodUnit::days) return number + period.count;
  if (period.unit == PeriodUnit::weeks) return number + 7 * period.count;
  const auto& almanac = Almanac::get();
  auto [year, month, day] = almanac.date(number);
  const int months = period.unit == PeriodUnit::years ? 12 * period.count : period.count;
  for (int i = 0; i < months; ++i) {
    if (++month == 13) {
      month = 1;
      ++year;
    }
  }
  while (!almanac.exists(year, month, day)) --day;
  return almanac.number(year, month, day);
}

/// A set of days as bits.
struct DayByDay {
  int first = 0;
  std::vector<bool> bits = {false};

  [[nodiscard]] bool operator()(int number) const {
    const int place = std::clamp(number - first, 0, static_cast<int>(bits.size()) - 1);
    return bits[static_cast<std::size_t>(place)];
  }
};

inline constexpr int window = 400;  ///< every edge of a random timeline lies within so many days of its first

/// The bits of a timeline whose real edges lie in (first, first + window].
inline DayByDay day_by_day(Edges edges, int first) {
  DayByDay days{first, std::vector<bool>(window + 2, false)};
  for (std::size_t i = 0; i < edges.size(); i += 2) {
    for (int place = 0; place < window + 2; ++place) {
      const int number = first + place;
      if (number >= edges[i].number && number < edges[i + 1].number)
        days.bits[static_cast<std::size_t>(place)] = true;
    }
  }
  return days;
}

/// Deterministic chance, the same on every platform.
class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int below(int bound) { return static_cast<int>(engine_() % static_cast<unsigned>(bound)); }
  int from_to(int low, int high) { return low + below(high - low + 1); }
  bool one_in(int count) { return below(count) == 0; }

 private:
  std::mt19937 engine_;
};

/// A first day of the window: most windows hold a 29 February, some the end of February of a common year or of 2100.
inline int random_first(Chance& chance) {
  static const Date firsts[] = {{2019, 6, 1}, {2023, 12, 20}, {2020, 2, 10}, {2021, 1, 5}, {2099, 9, 1}};
  const Date date = firsts[chance.below(5)];
  return Almanac::get().number(date.year, date.month, date.day);
}

/// Any timeline with edges in (first, first + window]: empty, crowded, long spans, open at either end, or everything.
inline std::vector<Day> random_timeline(Chance& chance, int first) {
  std::vector<int> places;
  const int reach = chance.one_in(3) ? 30 : window;  // a crowd of short spans, or a spread of long ones
  const int begin = chance.below(window - reach + 1);
  for (int left = chance.below(chance.one_in(4) ? 24 : 9); left > 0; --left)
    places.push_back(begin + chance.from_to(1, reach));
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  std::vector<Day> edges;
  if (chance.one_in(4)) edges.push_back(Day::beginning_of_time);
  for (const int place : places) edges.push_back(Day{first + place});
  if (edges.size() % 2 == 1) edges.push_back(Day::end_of_time);
  return edges;
}

/// What one operator appends for one person, checked to be in the one way that a timeline can be written.
template <class Operator>
std::vector<Day> result_of(Operator append) {
  Timelines out;
  out.append(Day{-40000}, Day{-39999});  // another person, to be left alone
  out.end_person();
  append(out);
  out.end_person();
  EXPECT_EQ(out.size(), 2u);
  EXPECT_EQ(out[0].size(), 2u);
  const std::vector<Day> edges(out[1].begin(), out[1].end());
  EXPECT_EQ(edges.size() % 2, 0u);
  for (std::size_t i = 1; i < edges.size(); ++i) EXPECT_LT(edges[i - 1], edges[i]);
  return edges;
}

/// True if `number` lies in a span of the timeline, looked for span by span.
inline bool listed(Edges edges, int number) {
  for (std::size_t i = 0; i < edges.size(); i += 2) {
    if (edges[i].number <= number && number < edges[i + 1].number) return true;
  }
  return false;
}

/// The edges in words, for messages.
inline std::string in_words(Edges edges) {
  std::string words;
  for (std::size_t i = 0; i < edges.size(); i += 2) {
    words += "[" + leavingcare::in_words(edges[i]) + ", " + leavingcare::in_words(edges[i + 1]) + ") ";
  }
  return words.empty() ? "no days" : words;
}

/// Compares a timeline with a twin on every day from `low` to `high`; false at the first difference.
template <class Twin>
::testing::AssertionResult same_days(Edges edges, int low, int high, Twin twin) {
  for (int number = low; number <= high; ++number) {
    const bool wanted = twin(number);
    if (listed(edges, number) != wanted) {
      return ::testing::AssertionFailure()
             << leavingcare::in_words(Day{number}) << (wanted ? " should" : " should not") << " be in "
             << in_words(edges);
    }
  }
  return ::testing::AssertionSuccess();
}

/// The day written YYYY-MM-DD.
inline Day day(const char* text) {
  return leavingcare::read_iso_day(text).value();
}

}  // namespace naive
