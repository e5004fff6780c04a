// Two rules on one day: which gives more, and when nobody can say.
#include "results/seen_days.hpp"

#include <gtest/gtest.h>

namespace leavingcare {
namespace {

Seen seen(Level level, double amount = std::numeric_limits<double>::quiet_NaN()) { return {Day{0}, Day{10}, level, amount}; }

TEST(SignOf, MoreIsMoreOfTheSecond) {
  EXPECT_EQ(sign_of(seen(Level::nothing), seen(Level::full)), Sign::more);
  EXPECT_EQ(sign_of(seen(Level::full), seen(Level::nothing)), Sign::less);
  EXPECT_EQ(sign_of(seen(Level::full), seen(Level::full)), Sign::equal);
}

TEST(SignOf, AHigherAmountIsMoreAndAnUnknownOneSaysNothing) {
  EXPECT_EQ(sign_of(seen(Level::full, 2000), seen(Level::full, 3000)), Sign::more);
  EXPECT_EQ(sign_of(seen(Level::full, 3000), seen(Level::full, 2000)), Sign::less);
  EXPECT_EQ(sign_of(seen(Level::full, 3000), seen(Level::full)), Sign::equal);
}

TEST(SignOf, WhatIsUnknownDecidesNothing) {
  EXPECT_EQ(sign_of(seen(Level::unknown), seen(Level::full)), Sign::unsettled);
  EXPECT_EQ(sign_of(seen(Level::nothing), seen(Level::unknown)), Sign::unsettled);
}

TEST(SignOf, ADutyInTimeBreaksNothing) {
  EXPECT_EQ(sign_of(seen(Level::nothing), seen(Level::in_time)), Sign::equal);
  EXPECT_EQ(sign_of(seen(Level::in_time), seen(Level::full)), Sign::more);
}

TEST(SignOf, AsSoonAsPracticableIsNeitherEarlierNorLaterThanALastDay) {
  EXPECT_EQ(sign_of(seen(Level::no_last_day), seen(Level::full)), Sign::unsettled);
  EXPECT_EQ(sign_of(seen(Level::in_time), seen(Level::no_last_day)), Sign::unsettled);
  EXPECT_EQ(sign_of(seen(Level::nothing), seen(Level::no_last_day)), Sign::more);
}

TEST(AddDays, ADutyDoneLateIsBrokenFromTheDayAfterItsLastUntilItIsDone) {
  Obligation late;
  late.arose = late.clock = Day{100};
  late.due = Day{110};
  late.done = Day{120};
  late.state = ObligationState::met_late;
  std::vector<Seen> days;
  add_days(late, Day{1000}, days);
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[0].level, Level::in_time);
  EXPECT_EQ(days[1].level, Level::full);
  EXPECT_EQ(days[1].from, Day{111});
  EXPECT_EQ(days[1].until, Day{120});
}

}  // namespace
}  // namespace leavingcare
