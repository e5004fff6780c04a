// Periods as statutes word them, and ages.
#include <leavingcare/calendar/legal_period.hpp>

#include "naive.hpp"

namespace {

using namespace leavingcare;
using naive::day;

constexpr LegalPeriod days(int count) {
  return {count, PeriodUnit::days};
}
constexpr LegalPeriod weeks(int count) {
  return {count, PeriodUnit::weeks};
}
constexpr LegalPeriod months(int count) {
  return {count, PeriodUnit::months};
}
constexpr LegalPeriod years(int count) {
  return {count, PeriodUnit::years};
}

TEST(LegalPeriod, MonthAfter28FebruaryIsThe28thOfMarch) {
  EXPECT_EQ(after(day("2019-02-28"), months(1)), day("2019-03-28"));
}

TEST(LegalPeriod, SixMonthsAfter30AprilIs30October) {
  EXPECT_EQ(after(day("2024-04-30"), months(6)), day("2024-10-30"));
}

TEST(LegalPeriod, SixMonthsAfter28February2025Is28August) {
  EXPECT_EQ(after(day("2025-02-28"), months(6)), day("2025-08-28"));
}

TEST(LegalPeriod, SeventeenYearsAfter28February2003Is28February2020) {
  EXPECT_EQ(after(day("2003-02-28"), years(17)), day("2020-02-28"));
}

TEST(LegalPeriod, FourMonthsAfter30September1978IsThe30thOfJanuaryAsInDoddsVWalker) {
  EXPECT_EQ(after(day("1978-09-30"), months(4)), day("1979-01-30"));
}

TEST(LegalPeriod, TwoMonthsAfter23MarchIsOn23MayAsInRileyVEurostile) {
  EXPECT_EQ(after(day("2023-03-23"), months(2)), day("2023-05-23"));
}

TEST(LegalPeriod, ThreeMonthsAfter30NovemberIsTheLastDayOfFebruary) {
  EXPECT_EQ(after(day("2024-11-30"), months(3)), day("2025-02-28"));
  EXPECT_EQ(after(day("2023-11-30"), months(3)), day("2024-02-29"));
}

TEST(LegalPeriod, MonthAfter31JanuaryIsWhatTheRulebookSays) {
  EXPECT_EQ(corresponding_date(day("2019-01-31"), 1, MissingDay::last_day_of_month), day("2019-02-28"));
  EXPECT_EQ(corresponding_date(day("2019-01-31"), 1, MissingDay::first_of_next_month), day("2019-03-01"));
  EXPECT_EQ(after(day("2019-01-31"), months(1)), day("2019-02-28"));
}

TEST(LegalPeriod, MoveHomeOn10MarchCorrespondsTo10September) {
  EXPECT_EQ(after(day("2024-03-10"), months(6)), day("2024-09-10"));
}

TEST(LegalPeriod, YearAfter29FebruaryIs28February) {
  EXPECT_EQ(after(day("2024-02-29"), years(1)), day("2025-02-28"));
}

TEST(LegalPeriod, FourYearsAfter29FebruaryIs29FebruaryAgain) {
  EXPECT_EQ(after(day("2024-02-29"), years(4)), day("2028-02-29"));
}

TEST(LegalPeriod, MonthsBeforeCrossTheYear) {
  EXPECT_EQ(corresponding_date(day("2024-01-31"), -2, MissingDay::last_day_of_month), day("2023-11-30"));
  EXPECT_EQ(corresponding_date(day("2024-03-31"), -1, MissingDay::first_of_next_month), day("2024-03-01"));
}

TEST(LegalPeriod, WithinSevenDaysOf3FebruaryEndsOnThe10th) {
  EXPECT_EQ(after(day("2025-02-03"), days(7)), day("2025-02-10"));
}

TEST(LegalPeriod, TwentyEightDaysBeginningWith3FebruaryEndOn2March) {
  EXPECT_EQ(last_day_of_period_beginning_with(day("2025-02-03"), days(28)), day("2025-03-02"));
}

TEST(LegalPeriod, ThirteenWeeksBeginningWith15January2024EndOn14April) {
  EXPECT_EQ(last_day_of_period_beginning_with(day("2024-01-15"), weeks(13)), day("2024-04-14"));
}

TEST(LegalPeriod, SixMonthsBeginningWith10MarchEndOn9September) {
  EXPECT_EQ(last_day_of_period_beginning_with(day("2024-03-10"), months(6)), day("2024-09-09"));
}

TEST(LegalPeriod, TheEndsOfTimeStayWhereTheyAre) {
  for (const auto period : {days(3), weeks(3), months(3), years(3)}) {
    EXPECT_EQ(after(Day::beginning_of_time, period), Day::beginning_of_time);
    EXPECT_EQ(after(Day::end_of_time, period), Day::end_of_time);
    EXPECT_EQ(last_day_of_period_beginning_with(Day::end_of_time, period), Day::end_of_time);
  }
}

TEST(LegalPeriod, OnlyDaysAndWeeksHaveAFixedLength) {
  EXPECT_EQ(fixed_days(days(5)), 5);
  EXPECT_EQ(fixed_days(weeks(13)), 91);
  EXPECT_EQ(fixed_days(months(1)), std::nullopt);
  EXPECT_EQ(fixed_days(years(1)), std::nullopt);
  EXPECT_EQ(fixed_days({20, PeriodUnit::working_days}), std::nullopt);
}

TEST(LegalPeriod, EveryPeriodAfterEveryDayOfEightYearsIsAsItsTwinCounts) {
  for (Day start = day("2019-01-01"); start < day("2027-01-01"); start = start + 1) {
    for (const auto period : {days(1), days(28), weeks(13), months(1), months(2), months(3), months(6),
                              months(11), months(25), years(1), years(4), years(81)}) {
      ASSERT_EQ(after(start, period).number, naive::after(start.number, period))
          << iso(start) << " and " << in_words(period);
    }
  }
}

TEST(LegalPeriod, ALaterStartNeverEndsEarlier) {
  for (Day start = day("2098-01-01"); start < day("2102-01-01"); start = start + 1) {
    for (const auto period : {months(1), months(6), years(1)})
      ASSERT_LE(after(start, period), after(start + 1, period));
  }
}

TEST(Birthday, IsTheSameMonthAndDay) {
  EXPECT_EQ(birthday(day("2003-02-28"), 17, 0, MissingDay::first_of_next_month), day("2020-02-28"));
  EXPECT_EQ(birthday(day("2008-05-31"), 18, 0, MissingDay::first_of_next_month), day("2026-05-31"));
}

TEST(Birthday, Of29FebruaryIs1MarchInACommonYearOr28FebruaryUnderTheOtherReading) {
  EXPECT_EQ(birthday(day("2008-02-29"), 16, 0, MissingDay::first_of_next_month), day("2024-02-29"));
  EXPECT_EQ(birthday(day("2008-02-29"), 18, 0, MissingDay::first_of_next_month), day("2026-03-01"));
  EXPECT_EQ(birthday(day("2008-02-29"), 18, 0, MissingDay::last_day_of_month), day("2026-02-28"));
  EXPECT_EQ(birthday(day("2000-02-29"), 18, 0, MissingDay::first_of_next_month), day("2018-03-01"));
}

TEST(Birthday, InYearsAndMonthsWithoutSuchADayIsTheLastDayOfThatMonthUnderEitherReading) {
  for (const auto reading : {MissingDay::first_of_next_month, MissingDay::last_day_of_month}) {
    EXPECT_EQ(birthday(day("2008-05-31"), 15, 9, reading), day("2024-02-29"));
    EXPECT_EQ(birthday(day("2009-05-31"), 15, 9, reading), day("2025-02-28"));
    EXPECT_EQ(birthday(day("2008-05-29"), 16, 9, reading), day("2025-02-28"));
    EXPECT_EQ(birthday(day("2008-08-15"), 15, 9, reading), day("2024-05-15"));
  }
}

TEST(Birth, GivesTheBirthdaysOfEveryDayThatARecordMayLieIn) {
  for (Day born = day_of(first_year, 1, 1); born <= day_of(last_year, 12, 31); born = born + 1) {
    const auto birth = Birth::on(born);
    const auto date = civil(born);
    ASSERT_EQ(birth.on_leap_day, (date.month() == std::chrono::February && date.day() == std::chrono::day{29})) << iso(born);
    for (const int years : {0, 1, 2, 3, 4, 14, 16, 18, 21, 25, 100, 200}) {
      const std::chrono::year_month_day same_day{date.year() + std::chrono::years{years}, date.month(), date.day()};
      const Day on = same_day.ok() ? day_of(same_day) : day_of(std::chrono::year_month_day{same_day.year(), std::chrono::March, std::chrono::day{1}});
      ASSERT_EQ(birth.birthday(years), on) << iso(born) << " and " << years << " years";
    }
  }
}

TEST(ReadLegalPeriod, ReadsNumberAndUnit) {
  EXPECT_EQ(read_legal_period("13 weeks"), weeks(13));
  EXPECT_EQ(read_legal_period("1 day"), days(1));
  EXPECT_EQ(read_legal_period("28 days"), days(28));
  EXPECT_EQ(read_legal_period("6 months"), months(6));
  EXPECT_EQ(read_legal_period("18 years"), years(18));
  EXPECT_EQ(read_legal_period("20 working days"), (LegalPeriod{20, PeriodUnit::working_days}));
  EXPECT_EQ(read_legal_period("0 days"), days(0));
  EXPECT_EQ(read_legal_period("1000 years"), years(1000));
  EXPECT_EQ(read_legal_period("12000 months"), months(12000));
}

TEST(LegalPeriod, OfWhichNothingIsSaidIsOfNoLength) {
  EXPECT_EQ(LegalPeriod{}.count, 0);
  EXPECT_EQ(LegalPeriod{}.unit, PeriodUnit::days);
}

TEST(ReadLegalPeriod, RefusesEverythingElse) {
  for (const char* text : {"",
                           " ",
                           "13",
                           "weeks",
                           "13weeks",
                           "13  weeks",
                           " 13 weeks",
                           " weeks",
                           "13 weeks ",
                           "-1 days",
                           "+1 days",
                           "1.5 years",
                           "a week",
                           "thirteen weeks",
                           "13 Weeks",
                           "13 week s",
                           "13 weekss",
                           "13 fortnights",
                           "13 s",
                           "13 ",
                           "1e3 days",
                           "20 workingdays",
                           "20 working",
                           "20 working  days",
                           "2 hours",
                           "1001 years",
                           "12001 months",
                           "9999999 days",
                           "13\tweeks"}) {
    EXPECT_FALSE(read_legal_period(text)) << '"' << text << '"';
  }
}

TEST(ReadLegalPeriod, ReadsItsOwnWords) {
  for (const auto unit : {PeriodUnit::days, PeriodUnit::weeks, PeriodUnit::months, PeriodUnit::years,
                          PeriodUnit::working_days}) {
    for (const int count : {0, 1, 2, 13, 999}) {
      const LegalPeriod period{count, unit};
      EXPECT_EQ(read_legal_period(in_words(period)), period) << in_words(period);
    }
  }
  EXPECT_EQ(in_words(weeks(13)), "13 weeks");
  EXPECT_EQ(in_words(days(1)), "1 day");
  EXPECT_EQ(in_words(LegalPeriod{1, PeriodUnit::working_days}), "1 working day");
}

}  // namespace
