// Totals in a moving window and in a year, against their day-by-day twins.
#include <leavingcare/calendar/timeline_measures.hpp>

#include "naive.hpp"

namespace {

using namespace leavingcare;
using naive::Chance;
using naive::day;
using naive::day_by_day;
using naive::DayByDay;
using naive::result_of;
using naive::same_days;
using Days = std::vector<Day>;

constexpr LegalPeriod twelve_months{12, PeriodUnit::months};

Days rolling(const Days& timeline, int count, LegalPeriod window) {
  return result_of([&](Timelines& out) { append_rolling_total(timeline, count, window, out); });
}
Days yearly(const Days& timeline, int count, std::chrono::month_day year_begins) {
  return result_of([&](Timelines& out) { append_yearly_total(timeline, count, year_begins, out); });
}

/// Tries every window, however it begins, that holds the day.
void rolling_as_by_hand(unsigned seed, int rounds, LegalPeriod window, int low, int high) {
  Chance chance(seed);
  for (int round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const auto timeline = naive::random_timeline(chance, first);
    const auto days = day_by_day(timeline, first);
    const int count = chance.from_to(low, high);
    std::vector<int> ends;  // of the windows that begin on each day looked back to
    constexpr int back = 800;
    for (int begin = first - back; begin <= first + naive::window + back; ++begin)
      ends.push_back(naive::after(begin, window));
    EXPECT_TRUE(same_days(rolling(timeline, count, window), first - 20, first + naive::window + 400,
                          [&](int d) {
                            int counted = 0;
                            for (int begin = d; begin > d - 740 && begin >= first - back; --begin) {
                              counted += days(begin) ? 1 : 0;
                              if (counted >= count &&
                                  ends[static_cast<std::size_t>(begin - first + back)] > d)
                                return true;
                            }
                            return false;
                          }))
        << count << " in " << in_words(window) << " of " << naive::in_words(timeline);
  }
}

TEST(RollingTotal, WindowsOfDaysAreAsByHand) {
  rolling_as_by_hand(41, 120, {90, PeriodUnit::days}, 1, 75);
}
TEST(RollingTotal, WindowsOfWeeksAreAsByHand) {
  rolling_as_by_hand(42, 120, {4, PeriodUnit::weeks}, 1, 28);
}
TEST(RollingTotal, WindowsOfAMonthAreAsByHand) {
  rolling_as_by_hand(43, 120, {1, PeriodUnit::months}, 1, 28);
}
TEST(RollingTotal, WindowsOfTwelveMonthsAreAsByHand) {
  rolling_as_by_hand(44, 120, twelve_months, 1, 120);
}
TEST(RollingTotal, WindowsOfAYearAreAsByHand) {
  rolling_as_by_hand(45, 80, {1, PeriodUnit::years}, 60, 300);
}
TEST(RollingTotal, CountsThatFitOnlySomeWindowsAreAsByHand) {
  rolling_as_by_hand(46, 15, {1, PeriodUnit::months}, 29, 32);
  rolling_as_by_hand(47, 15, {3, PeriodUnit::months}, 88, 93);
  rolling_as_by_hand(48, 5, twelve_months, 364, 367);
}
TEST(RollingTotal, CountsLongerThanTheWindowAreNeverReached) {
  rolling_as_by_hand(49, 20, {30, PeriodUnit::days}, 31, 40);
  EXPECT_TRUE(rolling({Day::beginning_of_time, Day::end_of_time}, 31, {30, PeriodUnit::days}).empty());
}

TEST(RollingTotal, The75thDayIsTheFirstOnWhich75AreReached) {
  const Days breaks = {day("2023-01-01"), day("2023-03-16")};  // 74 days, then one more in the autumn
  const Days more = {day("2023-01-01"), day("2023-03-16"), day("2023-10-01"), day("2023-10-02")};
  EXPECT_TRUE(rolling(breaks, 75, twelve_months).empty());
  EXPECT_EQ(rolling(more, 75, twelve_months), (Days{day("2023-10-01"), day("2024-01-01")}));
}

TEST(RollingTotal, AWindowOfTwelveMonthsHas366DaysWhenItHolds29February) {
  const Days days = {day("2023-03-01"), day("2023-03-02"), day("2024-02-29"), day("2024-03-01")};
  EXPECT_EQ(rolling(days, 2, twelve_months), (Days{day("2024-02-29"), day("2024-03-01")}));
  EXPECT_TRUE(rolling(days, 2, {365, PeriodUnit::days}).empty());
  EXPECT_FALSE(rolling(days, 2, {366, PeriodUnit::days}).empty());
}

TEST(RollingTotal, OneDayInAWindowLastsTheWindow) {
  const Days one = {day("2024-02-10"), day("2024-02-11")};
  EXPECT_EQ(rolling(one, 1, {14, PeriodUnit::days}), (Days{day("2024-02-10"), day("2024-02-24")}));
}

TEST(RollingTotal, AnOpenTimelineHoldsForEverOnceReached) {
  EXPECT_EQ(rolling({day("2024-01-01"), Day::end_of_time}, 75, twelve_months),
            (Days{day("2024-03-15"), Day::end_of_time}));
  EXPECT_EQ(rolling({Day::beginning_of_time, Day::end_of_time}, 75, twelve_months),
            (Days{Day::beginning_of_time, Day::end_of_time}));
}

/// Counts anew from each yearly date.
void yearly_as_by_hand(unsigned seed, std::chrono::month_day year_begins) {
  Chance chance(seed);
  const auto& almanac = naive::Almanac::get();
  const int month = static_cast<int>(static_cast<unsigned>(year_begins.month()));
  const int day_of_month = static_cast<int>(static_cast<unsigned>(year_begins.day()));
  for (int round = 0; round < 400 && !::testing::Test::HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const auto timeline = naive::random_timeline(chance, first);
    const auto days = day_by_day(timeline, first);
    const int count = chance.one_in(4) ? chance.from_to(300, 366) : chance.from_to(1, 90);
    int counted = 0;
    int d = first - 800;  // begins counting there; compared once a whole year has gone by
    const auto count_day = [&](int number) {
      const auto date = almanac.date(number);
      if (date.month == month && date.day == day_of_month) counted = 0;
      counted += days(number) ? 1 : 0;
      return counted >= count;
    };
    while (d < first - 400) count_day(d++);
    EXPECT_TRUE(same_days(yearly(timeline, count, year_begins), d, first + naive::window + 800, count_day))
        << count << " a year of " << naive::in_words(timeline);
  }
}

TEST(YearlyTotal, CalendarYearsAreAsByHand) {
  yearly_as_by_hand(51, std::chrono::January / 1);
}
TEST(YearlyTotal, FinancialYearsAreAsByHand) {
  yearly_as_by_hand(52, std::chrono::April / 1);
}
TEST(YearlyTotal, SchoolYearsAreAsByHand) {
  yearly_as_by_hand(53, std::chrono::September / 1);
}
TEST(YearlyTotal, YearsThatEndWithFebruaryAreAsByHand) {
  yearly_as_by_hand(54, std::chrono::March / 1);
}

TEST(YearlyTotal, StartsAgainOn1April) {
  const Days care = {day("2023-03-01"), day("2023-05-11")};
  EXPECT_EQ(yearly(care, 31, std::chrono::April / 1),
            (Days{day("2023-03-31"), day("2023-04-01"), day("2023-05-01"), day("2024-04-01")}));
}

TEST(YearlyTotal, OfATimelineSinceEverCountsItsLastYear) {
  const Days care = {Day::beginning_of_time, day("2023-02-10")};
  const auto out = yearly(care, 40, std::chrono::January / 1);
  EXPECT_TRUE(naive::listed(out, day("2023-02-09").number));
  EXPECT_FALSE(naive::listed(out, day("2023-02-08").number));
  EXPECT_TRUE(naive::listed(out, day("2023-12-31").number));
  EXPECT_FALSE(naive::listed(out, day("2024-01-01").number));
}

TEST(YearlyTotal, OneDayInEachYearOfAnOpenTimelineGoesOnForEver) {
  for (const auto year_begins : {std::chrono::January / 1, std::chrono::December / 28}) {
    EXPECT_EQ(yearly({day("2024-01-05"), Day::end_of_time}, 1, year_begins), (Days{day("2024-01-05"), Day::end_of_time}));
  }
}

TEST(YearlyTotal, AWholeLeapYearHas366Days) {
  const Days care = {day("2023-01-01"), day("2026-01-01")};
  EXPECT_EQ(yearly(care, 366, std::chrono::January / 1), (Days{day("2024-12-31"), day("2025-01-01")}));
}

}  // namespace
