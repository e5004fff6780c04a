// bench/calendar_bench.cpp
//
// Days, legal periods, working days and ages: what each costs, one day at a time.
//
// The decisions that answers are checked against: Boost.Date_Time for which date a day is and which dates exist, and a walk from day to day for
// working days.
#include "stage.hpp"

#include <leavingcare/calendar/working_days.hpp>

#include <boost/date_time/gregorian/gregorian.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace {

using leavingcare::Day;
using leavingcare::LegalPeriod;
using leavingcare::MissingDay;
using leavingcare::PeriodUnit;
namespace boost_date = boost::gregorian;

constexpr std::size_t days_timed = 4096;
constexpr LegalPeriod six_months{6, PeriodUnit::months};
constexpr int twenty_working_days = 20;

/// Births and beginnings of care of thirty years, every day as likely as another.
const std::vector<Day>& days() {
  static const std::vector<Day> all = [] {
    std::mt19937_64 random(20240331);
    std::vector<Day> made;
    for (std::size_t i = 0; i < days_timed; ++i) made.push_back(leavingcare::day_of(1996, 1, 1) + static_cast<std::int32_t>(random() % (30 * 365)));
    return made;
  }();
  return all;
}

/// Eight invented holidays a year, all that is known of 1990 to 2060.
const std::vector<Day>& holidays() {
  static const std::vector<Day> all = [] {
    std::mt19937_64 random(8);
    std::set<Day> made;
    for (Day year = leavingcare::day_of(1990, 1, 1); year < leavingcare::day_of(2059, 1, 1); year = year + 365) {
      for (int i = 0; i < 8; ++i) made.insert(year + static_cast<std::int32_t>(random() % 365));
    }
    return std::vector<Day>(made.begin(), made.end());
  }();
  return all;
}

const leavingcare::WorkingDays& calendar() {
  static const leavingcare::WorkingDays known(holidays(), leavingcare::day_of(1990, 1, 1), leavingcare::day_of(2060, 12, 31));
  return known;
}

boost_date::date by_boost(Day day) { return boost_date::date(1970, 1, 1) + boost_date::days(day.number); }

Day of_boost(const boost_date::date& date) { return Day{static_cast<std::int32_t>((date - boost_date::date(1970, 1, 1)).days())}; }

/// The day of the same number so many months later; where that month has no such day, its last one, or the day after that.
Day corresponding_by_boost(Day start, int months, bool next_month) {
  const auto date = by_boost(start);
  const int counted = date.year() * 12 + date.month() - 1 + months;
  const auto year = static_cast<unsigned short>(counted / 12);
  const auto month = static_cast<unsigned short>(counted % 12 + 1);
  const auto last = boost_date::gregorian_calendar::end_of_month_day(year, month);
  if (date.day() <= last) return of_boost({year, month, date.day()});
  return of_boost(boost_date::date(year, month, last)) + (next_month ? 1 : 0);
}

Day working_day_by_walking(Day start, int count) {
  Day day = start;
  while (count > 0) {
    day = day + 1;
    const auto weekday = by_boost(day).day_of_week();
    const bool rests = weekday == boost::date_time::Saturday || weekday == boost::date_time::Sunday || std::find(holidays().begin(), holidays().end(), day) != holidays().end();
    count -= rests ? 0 : 1;
  }
  return day;
}

/// One pass over all days; the answers go to `answer`, which must not be thrown away by the compiler.
template <class Ask>
void over_all_days(benchmark::State& state, Ask ask) {
  for (auto _ : state) {
    for (const Day day : days()) benchmark::DoNotOptimize(ask(day));
  }
  bench::per(state, "day", days_timed);
}

void ReadIsoDay(benchmark::State& state) {
  std::vector<std::string> texts;
  for (const Day day : days()) texts.push_back(leavingcare::iso(day));
  for (auto _ : state) {
    for (const auto& text : texts) benchmark::DoNotOptimize(leavingcare::read_iso_day(text));
  }
  bench::per(state, "day", days_timed);
}
BENCHMARK(ReadIsoDay);

void WriteIsoDay(benchmark::State& state) { over_all_days(state, [](Day day) { return leavingcare::iso(day); }); }
BENCHMARK(WriteIsoDay);

void CivilDateAndBack(benchmark::State& state) { over_all_days(state, [](Day day) { return leavingcare::day_of(leavingcare::civil(day)); }); }
BENCHMARK(CivilDateAndBack);

void BoostCivilDateAndBack(benchmark::State& state) {
  over_all_days(state, [](Day day) {
    const auto date = by_boost(day).year_month_day();
    return of_boost(boost_date::date(date.year, date.month, date.day));
  });
}
BENCHMARK(BoostCivilDateAndBack);

void SixMonthsAfter(benchmark::State& state) { over_all_days(state, [](Day day) { return leavingcare::after(day, six_months); }); }
BENCHMARK(SixMonthsAfter);

void TwentyWorkingDaysAfter(benchmark::State& state) { over_all_days(state, [](Day day) { return calendar().after_if_known(day, twenty_working_days); }); }
BENCHMARK(TwentyWorkingDaysAfter);

void IsWorkingDay(benchmark::State& state) { over_all_days(state, [](Day day) { return calendar().is_working_day_if_known(day); }); }
BENCHMARK(IsWorkingDay);

void Birthday18(benchmark::State& state) { over_all_days(state, [](Day day) { return leavingcare::birthday(day, 18, 0, MissingDay::first_of_next_month); }); }
BENCHMARK(Birthday18);

void SixBirthdaysPrepared(benchmark::State& state) {
  over_all_days(state, [](Day day) {
    const auto birth = leavingcare::Birth::on(day);
    std::int32_t all = 0;
    for (const int years : {14, 16, 18, 21, 22, 25}) all ^= birth.birthday(years).number;
    return all;
  });
}
BENCHMARK(SixBirthdaysPrepared);

}  // namespace

void bench::check() {
  for (const Day day : days()) {
    const auto date = by_boost(day);
    const auto name = boost_date::to_iso_extended_string(date);
    must(leavingcare::iso(day) == name && leavingcare::read_iso_day(name) == day, name + " is written or read otherwise");
    must(leavingcare::day_of(leavingcare::civil(day)) == of_boost(date), name + " is another date");
    must(leavingcare::after(day, six_months) == corresponding_by_boost(day, 6, false), "six months after " + name + " are another day");
    must(calendar().after_if_known(day, twenty_working_days) == working_day_by_walking(day, twenty_working_days), "20 working days after " + name + " are another day");
    must(calendar().is_working_day_if_known(day) == (working_day_by_walking(day - 1, 1) == day), name + " is a working day, or is not");
    const auto birth = leavingcare::Birth::on(day);
    for (const int years : {14, 16, 18, 21, 22, 25}) {
      const Day expected = corresponding_by_boost(day, 12 * years, true);
      must(birth.birthday(years) == expected && leavingcare::birthday(day, years, 0, MissingDay::first_of_next_month) == expected, "a birthday of somebody born on " + name + " is another day");
    }
  }
}
