// Our days and Boost's are the same days.
#include <leavingcare/calendar/boost_dates.hpp>
#include <leavingcare/calendar/legal_period.hpp>

#include <gtest/gtest.h>

namespace {

using namespace leavingcare;
namespace greg = boost::gregorian;

TEST(BoostDates, AgreeOnEveryDayFrom1900To2200) {
  greg::date date(1900, 1, 1);
  for (Day day = day_of(1900, 1, 1); day <= day_of(2200, 12, 31); day = day + 1, date += greg::days(1)) {
    ASSERT_EQ(to_boost(day), date) << iso(day);
    ASSERT_EQ(from_boost(date), day) << iso(day);
  }
  EXPECT_EQ(date, greg::date(2201, 1, 1));
}

TEST(BoostDates, TheEndsOfTimeAreInfinite) {
  EXPECT_TRUE(to_boost(Day::beginning_of_time).is_neg_infinity());
  EXPECT_TRUE(to_boost(Day::end_of_time).is_pos_infinity());
  EXPECT_EQ(from_boost(greg::date(greg::neg_infin)), Day::beginning_of_time);
  EXPECT_EQ(from_boost(greg::date(greg::pos_infin)), Day::end_of_time);
}

TEST(BoostDates, NotADateIsRefused) {
  EXPECT_THROW(static_cast<void>(from_boost(greg::date(greg::not_a_date_time))), std::invalid_argument);
}

TEST(BoostDates, AYearThatBoostDoesNotKnowIsRefused) {
  EXPECT_EQ(to_boost(day_of(1400, 1, 1)), greg::date(1400, 1, 1));
  EXPECT_EQ(to_boost(day_of(9999, 12, 31)), greg::date(9999, 12, 31));
  EXPECT_THROW(static_cast<void>(to_boost(day_of(1399, 12, 31))), std::out_of_range);
  EXPECT_THROW(static_cast<void>(to_boost(day_of(10000, 1, 1))), std::out_of_range);
}

TEST(BoostDates, MonthsThatStickToMonthEndsAreWhyLegalPeriodsAreCountedHere) {
  const Day birth = day_of(2003, 2, 28);
  EXPECT_EQ(from_boost(to_boost(birth) + greg::years(17)), day_of(2020, 2, 29));
  EXPECT_EQ(after(birth, {17, PeriodUnit::years}), day_of(2020, 2, 28));
  const Day last = day_of(2025, 2, 28);
  EXPECT_EQ(from_boost(to_boost(last) + greg::months(6)), day_of(2025, 8, 31));
  EXPECT_EQ(after(last, {6, PeriodUnit::months}), day_of(2025, 8, 28));
}

}  // namespace
