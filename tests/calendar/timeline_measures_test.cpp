// Totals and unbroken runs: the examples of the header, and each measure against its day-by-day twin.
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

constexpr int beyond = 800;  // days looked at outside the window: more than any period or year here

template <class Check>
void on_random_timelines(unsigned seed, int rounds, Check check) {
  Chance chance(seed);
  for (int round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const auto timeline = naive::random_timeline(chance, first);
    SCOPED_TRACE(naive::in_words(timeline));
    check(timeline, day_by_day(timeline, first), first, chance);
  }
}

LegalPeriod random_period(Chance& chance) {
  switch (chance.below(4)) {
    case 0:
      return {chance.below(120), PeriodUnit::days};
    case 1:
      return {chance.below(20), PeriodUnit::weeks};
    case 2:
      return {chance.below(14), PeriodUnit::months};
    default:
      return {1, PeriodUnit::years};
  }
}

/// The first day of the run that holds `d`; `none` when it reaches back beyond the window, and so since ever.
constexpr int none = -1000000;
int run_begins(const DayByDay& days, int d) {
  int begins = d;
  while (days(begins - 1)) {
    if (--begins < days.first) return none;
  }
  return begins;
}

TEST(FirstDayReaching, ThirteenWeeksFrom15January2024On14April) {
  const Days care = {day("2024-01-15"), Day::end_of_time};
  EXPECT_EQ(first_day_reaching(care, day("2020-01-01"), 91), day("2024-04-14"));
}

TEST(FirstDayReaching, LeavesOutDaysBeforeSince) {
  const Days care = {day("2024-01-01"), day("2024-02-01"), day("2024-03-01"), Day::end_of_time};
  EXPECT_EQ(first_day_reaching(care, day("2024-01-31"), 1), day("2024-01-31"));
  EXPECT_EQ(first_day_reaching(care, day("2024-01-31"), 2), day("2024-03-01"));
  EXPECT_EQ(first_day_reaching(care, day("2024-02-01"), 1), day("2024-03-01"));
}

TEST(FirstDayReaching, IsNeverWhenThereAreTooFew) {
  const Days care = {day("2024-01-01"), day("2024-03-31")};
  EXPECT_EQ(first_day_reaching(care, day("2020-01-01"), 90), day("2024-03-30"));
  EXPECT_EQ(first_day_reaching(care, day("2020-01-01"), 91), Day::end_of_time);
}

TEST(FirstDayReaching, IsSinceEverWhenThereIsNoFirstDay) {
  const Days always = {Day::beginning_of_time, day("2024-03-31")};
  EXPECT_EQ(first_day_reaching(always, Day::beginning_of_time, 91), Day::beginning_of_time);
  EXPECT_EQ(first_day_reaching(always, day("2024-01-01"), 1), day("2024-01-01"));
}

TEST(FirstDayReaching, OfNoDaysIsSinceEver) {
  const Days care = timeline_of({{day("2024-01-15"), day("2024-02-01")}});
  EXPECT_EQ(first_day_reaching(care, day("2020-01-01"), 0), Day::beginning_of_time);
  EXPECT_EQ(first_day_reaching({}, day("2020-01-01"), 0), Day::beginning_of_time);
}

TEST(FirstDayReaching, IsTheDayOnWhichCountingByHandArrives) {
  on_random_timelines(31, 3000, [](const Days& timeline, const DayByDay& days, int first, Chance& chance) {
    const int since = first + chance.below(naive::window);
    const int count = chance.from_to(1, 120);
    int counted = 0;
    Day wanted = Day::end_of_time;
    for (int d = since; d < since + beyond && wanted == Day::end_of_time; ++d) {
      if (days(d) && ++counted == count) wanted = Day{d};
    }
    EXPECT_EQ(first_day_reaching(timeline, Day{since}, count), wanted);
  });
}

TEST(DaysIn, IsWhatCountingByHandFinds) {
  on_random_timelines(32, 3000, [](const Days& timeline, const DayByDay& days, int first, Chance& chance) {
    const int since = first + chance.below(naive::window);
    const int until = first + chance.below(naive::window + beyond);
    int counted = 0;
    for (int d = since; d < until; ++d) counted += days(d) ? 1 : 0;
    EXPECT_EQ(days_in(timeline, Day{since}, Day{until}), counted);
  });
}

TEST(DaysIn, LeavesOutTheDayItEndsWith) {
  const Days care = {day("2024-01-15"), Day::end_of_time};
  EXPECT_EQ(days_in(care, Day::beginning_of_time, day("2024-04-14")), 90);
  EXPECT_EQ(days_in(care, Day::beginning_of_time, day("2024-04-15")), 91);
}

TEST(Completed, SixMonthsFrom10MarchAreCompleteOn9September) {
  const Days stay = {day("2024-03-10"), day("2024-09-10")};
  const Days wanted = {day("2024-09-09"), day("2024-09-10")};
  EXPECT_EQ(result_of([&](Timelines& out) { append_completed(stay, {6, PeriodUnit::months}, out); }), wanted);
}

TEST(Completed, AStayThatEndsADayEarlierIsNot) {
  const Days stay = {day("2024-03-10"), day("2024-09-09")};
  EXPECT_TRUE(result_of([&](Timelines& out) {
                append_completed(stay, {6, PeriodUnit::months}, out);
              }).empty());
}

TEST(Completed, AStaySinceEverAndAPeriodOfNoDaysAreCompleteAtOnce) {
  const Days since_ever = {Day::beginning_of_time, day("2024-09-09")};
  const Days stay = {day("2024-03-10"), day("2024-09-09")};
  EXPECT_EQ(result_of([&](Timelines& out) {
              append_completed(since_ever, {6, PeriodUnit::months}, out);
            }),
            since_ever);
  EXPECT_EQ(result_of([&](Timelines& out) { append_completed(stay, {0, PeriodUnit::days}, out); }), stay);
}

TEST(Completed, HoldsOnTheDaysByWhichARunHasLastedThePeriod) {
  on_random_timelines(33, 1000, [](const Days& timeline, const DayByDay& days, int first, Chance& chance) {
    const auto period = random_period(chance);
    const auto out = result_of([&](Timelines& to) { append_completed(timeline, period, to); });
    EXPECT_TRUE(same_days(out, first - 10, first + naive::window + beyond, [&](int d) {
      if (!days(d)) return false;
      const int begins = run_begins(days, d);
      return begins == none || d + 1 >= naive::after(begins, period);
    })) << in_words(period);
  });
}

TEST(Passed, SixMonthsFrom10MarchArePassedFrom10September) {
  const Days stay = {day("2024-03-10"), day("2024-09-10"), day("2025-03-10"), day("2025-09-12")};
  const Days wanted = {day("2025-09-10"), day("2025-09-12")};
  EXPECT_EQ(result_of([&](Timelines& out) { append_passed(stay, {6, PeriodUnit::months}, out); }), wanted);
}

TEST(Passed, HoldsFromTheCorrespondingDateWhileTheRunGoesOn) {
  on_random_timelines(34, 1000, [](const Days& timeline, const DayByDay& days, int first, Chance& chance) {
    const auto period = random_period(chance);
    const auto out = result_of([&](Timelines& to) { append_passed(timeline, period, to); });
    EXPECT_TRUE(same_days(out, first - 10, first + naive::window + beyond, [&](int d) {
      if (!days(d)) return false;
      const int begins = run_begins(days, d);
      return begins == none || d >= naive::after(begins, period);
    })) << in_words(period);
  });
}

TEST(ShortSpans, SeventeenDaysFrom1MarchEndOnThe17th) {
  const Days stay = {day("2024-03-01"), day("2024-03-18")};
  EXPECT_EQ(result_of([&](Timelines& out) { append_short_spans(stay, {17, PeriodUnit::days}, out); }), stay);
  EXPECT_TRUE(result_of([&](Timelines& out) {
                append_short_spans(stay, {16, PeriodUnit::days}, out);
              }).empty());
}

TEST(ShortSpans, HoldsTheRunsThatEndInTime) {
  on_random_timelines(35, 1000, [](const Days& timeline, const DayByDay& days, int first, Chance& chance) {
    const auto period = random_period(chance);
    const auto out = result_of([&](Timelines& to) { append_short_spans(timeline, period, to); });
    EXPECT_TRUE(same_days(out, first - 10, first + naive::window + 10, [&](int d) {
      if (!days(d)) return false;
      const int begins = run_begins(days, d);
      if (begins == none) return false;
      int ends = d;
      while (days(ends) && ends < first + naive::window + beyond) ++ends;
      return ends <= naive::after(begins, period);
    })) << in_words(period);
  });
}

}  // namespace
