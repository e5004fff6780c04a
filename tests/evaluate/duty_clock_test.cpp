// The clock of duties: last days of steps and of intervals, by hand and against a day-by-day search.
#include <leavingcare/evaluate/duty_clock.hpp>

#include <gtest/gtest.h>

#include <random>

namespace leavingcare {
namespace {

Day d(int year, int month, int day) { return day_of(year, month, day); }

const LegalPeriod six_weeks{6, PeriodUnit::weeks};
const LegalPeriod three_months{3, PeriodUnit::months};
const Span always{Day::beginning_of_time, Day::end_of_time};

Span from(Day day) { return {day, Day::end_of_time}; }
DayBounds on(Day day) { return {day, day}; }

DatedPeriod dated(LegalPeriod period) { return {{{always, period}}}; }

/// Funeral of 19 September 2022 on a list that ends with that year.
WorkingDays late_2022() { return WorkingDays({d(2022, 9, 19), d(2022, 12, 26), d(2022, 12, 27)}, d(2022, 1, 1), d(2022, 12, 31)); }

TEST(DutyClock, TwentyWorkingDaysOverTheStateFuneralEndADayLater) {
  const auto calendar = late_2022();
  EXPECT_EQ(DutyClock(&calendar).counted(d(2022, 9, 12), {20, PeriodUnit::working_days}), (DayBounds{d(2022, 10, 11), d(2022, 10, 11)}));
}

TEST(DutyClock, WorkingDaysBeyondTheCalendarLieSomewhereAfterIt) {
  const auto calendar = late_2022();
  const auto bounds = DutyClock(&calendar).counted(d(2022, 12, 20), {20, PeriodUnit::working_days});
  EXPECT_EQ(bounds.earliest, d(2023, 1, 1));
  EXPECT_EQ(bounds.latest, Day::end_of_time);
}

TEST(DutyClock, ThreeMonthsFromTheLastOfNovemberEndWithFebruary) {
  EXPECT_EQ(DutyClock(nullptr).counted(d(2024, 11, 30), three_months).latest, d(2025, 2, 28));
}

/// Six weeks in the first year since `began`, three months after it.
std::vector<CompiledTerms> visits() {
  CompiledTerms terms;
  terms.in_force = always;
  CompiledInterval first;
  first.every = dated(six_weeks);
  first.for_ = dated({1, PeriodUnit::years});
  CompiledInterval then;
  then.every = dated(three_months);
  terms.intervals = {first, then};
  return {terms};
}

TruthView nothing(std::uint32_t) { return {}; }

TEST(DutyClock, AVisitShortlyBeforeTheAnniversaryIsFollowedByTheLongerInterval) {
  const auto terms = visits();
  const Day began = d(2024, 3, 4);
  DutyClock clock(nullptr);
  // Six weeks after 20 January 2025 is 3 March, the last day of the first year; after 21 January it is 4 March, the anniversary.
  EXPECT_EQ(clock.next_by_interval(terms, d(2025, 1, 20), from(began), on(began), nothing).latest, d(2025, 3, 3));
  EXPECT_EQ(clock.next_by_interval(terms, d(2025, 1, 21), from(began), on(began), nothing).latest, d(2025, 4, 21));
}

TEST(DutyClock, AnIntervalForAYearFromADayNotKnownGivesBothDays) {
  const auto terms = visits();
  // The year ends on 4 March at the earliest, and on 4 April at the latest; six weeks after 21 January are 4 March, three months 21 April.
  const DayBounds began{d(2024, 3, 4), d(2024, 4, 4)};
  EXPECT_EQ(DutyClock(nullptr).next_by_interval(terms, d(2025, 1, 21), from(d(2024, 4, 4)), began, nothing), (DayBounds{d(2025, 3, 4), d(2025, 4, 21)}));
}

TEST(DutyClock, APeriodThatBecomesShorterWhileTheClockMayStartGivesTheEarliestAndTheLatestOfAll) {
  const DatedPeriod period{{{{Day::beginning_of_time, d(2024, 4, 1)}, {10, PeriodUnit::days}}, {{d(2024, 4, 1), Day::end_of_time}, {5, PeriodUnit::days}}}};
  EXPECT_EQ(DutyClock(nullptr).counted(DayBounds{d(2024, 3, 31), d(2024, 4, 2)}, period), (DayBounds{d(2024, 4, 6), d(2024, 4, 10)}));
}

TEST(DutyClock, NothingFallsDueWhileNoIntervalAppliesAndWhatHasRunOutFallsDueWhenItDoesAgain) {
  CompiledTerms before = visits()[0];
  before.intervals = {{dated({6, PeriodUnit::months}), none, std::nullopt}};
  before.in_force = {d(2011, 4, 1), d(2020, 4, 24)};
  CompiledTerms relaxed = before;
  relaxed.intervals.clear();
  relaxed.in_force = {d(2020, 4, 24), d(2020, 9, 26)};
  CompiledTerms after = before;
  after.in_force = {d(2020, 9, 26), Day::end_of_time};
  const std::vector<CompiledTerms> versions{before, relaxed, after};
  DutyClock clock(nullptr);
  const Day began = d(2015, 1, 1);
  EXPECT_EQ(clock.next_by_interval(versions, d(2019, 10, 23), from(began), on(began), nothing).latest, d(2020, 4, 23));
  EXPECT_EQ(clock.next_by_interval(versions, d(2019, 10, 24), from(began), on(began), nothing).latest, d(2020, 9, 26));
  EXPECT_EQ(clock.next_by_interval(versions, d(2020, 3, 27), from(began), on(began), nothing).latest, d(2020, 9, 27));
}

TEST(DutyClock, AnIntervalWhoseConditionIsNotKnownGivesBothDays) {
  CompiledTerms terms;
  terms.in_force = always;
  terms.intervals = {{dated(three_months), 7, std::nullopt}, {dated(six_weeks), none, std::nullopt}};
  const std::vector<Day> whole{Day::beginning_of_time, Day::end_of_time};
  const auto unknown = [&](std::uint32_t) { return TruthView{{}, whole}; };
  const std::vector<CompiledTerms> versions{terms};
  EXPECT_EQ(DutyClock(nullptr).next_by_interval(versions, d(2024, 1, 1), from(d(2024, 1, 1)), on(d(2024, 1, 1)), unknown), (DayBounds{d(2024, 2, 12), d(2024, 4, 1)}));
}

TEST(DutyClock, AnIntervalUntilAReviewEndsWithTheFirstReviewSinceTheDutyArose) {
  CompiledTerms terms;
  terms.in_force = always;
  terms.intervals = {{dated({1, PeriodUnit::weeks}), none, std::nullopt, 5}, {dated(six_weeks), none, std::nullopt}};
  const std::vector<Day> reviews{d(2024, 1, 10), d(2024, 1, 11), d(2024, 3, 1), d(2024, 3, 2)};
  const auto condition = [&](std::uint32_t) { return TruthView{reviews, reviews}; };
  const std::vector<CompiledTerms> versions{terms};
  DutyClock clock(nullptr);
  // The review of 10 January was before it arose; the one of 1 March ends the weeks.
  EXPECT_EQ(clock.next_by_interval(versions, d(2024, 2, 10), from(d(2024, 2, 5)), on(d(2024, 2, 5)), condition).latest, d(2024, 2, 17));
  EXPECT_EQ(clock.next_by_interval(versions, d(2024, 2, 25), from(d(2024, 2, 5)), on(d(2024, 2, 5)), condition).latest, d(2024, 4, 7));
}

TEST(DutyClock, TheIntervalOfTheLastDayOwedSaysWhenItWouldHaveBeenDue) {
  CompiledTerms terms;
  terms.in_force = always;
  terms.intervals = {{dated({6, PeriodUnit::months}), 1, std::nullopt}, {dated(six_weeks), none, std::nullopt}};
  const std::vector<Day> agreed{d(2013, 2, 1), d(2015, 8, 1)};
  const auto condition = [&](std::uint32_t) { return TruthView{agreed, agreed}; };
  const std::vector<CompiledTerms> versions{terms};
  EXPECT_EQ(DutyClock(nullptr).next_by_interval(versions, d(2015, 3, 1), {d(2013, 2, 1), d(2015, 8, 1)}, on(d(2013, 2, 1)), condition).latest, d(2015, 9, 1));
}

TEST(DutyClock, EveryIntervalAgreesWithASearchDayByDay) {
  std::mt19937 random(7);
  const auto number = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
  for (int round = 0; round < 2000; ++round) {
    // Two versions, each of up to three intervals, some under a condition known everywhere.
    std::vector<Day> edges;
    Day edge = d(2020, 1, 1);
    for (int i = 0; i < 2 * number(0, 4); ++i) edges.push_back(edge = edge + number(1, 60));
    const auto condition = [&](std::uint32_t) { return TruthView{edges, edges}; };
    const Day change = d(2020, 1, 1) + number(0, 200);
    std::vector<CompiledTerms> versions(2);
    versions[0].in_force = {Day::beginning_of_time, change};
    versions[1].in_force = {change, Day::end_of_time};
    for (auto& version : versions) {
      for (int i = number(0, 3); i > 0; --i) {
        CompiledInterval one{dated({number(1, 90), PeriodUnit::days}), none, std::nullopt};
        if (number(0, 1) == 1) one.condition = 1;
        if (number(0, 2) == 0) one.for_ = dated({number(1, 200), PeriodUnit::days});
        version.intervals.push_back(one);
      }
    }
    const Day began = d(2020, 1, 1) + number(0, 30);
    const Day owed_from = began + number(0, 20);
    const Day last = began + number(-40, 150);
    Day expected = Day::end_of_time;
    for (Day day = std::max(last + 1, owed_from); day < d(2021, 6, 1) && expected == Day::end_of_time; day = day + 1) {
      const auto& version = versions[day < change ? 0 : 1];
      for (const auto& one : version.intervals) {
        if (one.condition != none && !holds_on(edges, day)) continue;
        if (one.for_ && day >= after(began, one.for_->values[0].second)) continue;
        if (after(last, one.every.values[0].second) <= day) expected = day;
        break;
      }
    }
    const auto found = DutyClock(nullptr).next_by_interval(versions, last, from(owed_from), on(began), condition);
    ASSERT_EQ(found, (DayBounds{expected, expected})) << "round " << round;
  }
}

}  // namespace
}  // namespace leavingcare
