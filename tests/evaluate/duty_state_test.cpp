// What became of an obligation: each state by hand, and bounds against every day that lies within them.
#include <leavingcare/evaluate/duty_state.hpp>

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace leavingcare {
namespace {

using Facts = DutyJudge::Facts;

Day d(int year, int month, int day) { return day_of(year, month, day); }
DayBounds on(Day day) { return {day, day}; }
constexpr DayBounds never{Day::end_of_time, Day::end_of_time};
const Day not_done = Day::end_of_time;

/// A waiver that holds on these days.
struct Waiver {
  std::vector<Day> edges;
  [[nodiscard]] TruthView view() const { return {edges, edges}; }
};

TEST(DutyState, OfAVisitDueOn9September2024) {
  const Day due = d(2024, 9, 9);
  const auto state = [&](Day as_at, Day done, DayBounds end) { return DutyJudge(as_at).state({on(due), end, done, on(d(2024, 9, 1))}, {}); };
  EXPECT_EQ(state(d(2024, 12, 1), d(2024, 9, 9), never), ObligationState::met);
  EXPECT_EQ(state(d(2024, 12, 1), d(2024, 9, 10), never), ObligationState::met_late);
  EXPECT_EQ(state(d(2024, 9, 9), not_done, never), ObligationState::due);
  EXPECT_EQ(state(d(2024, 9, 10), not_done, never), ObligationState::overdue);
  EXPECT_EQ(state(d(2024, 12, 1), not_done, on(d(2024, 9, 9))), ObligationState::lapsed) << "owed no longer on its last day";
  EXPECT_EQ(state(d(2024, 12, 1), not_done, on(d(2024, 9, 10))), ObligationState::overdue) << "owed to the end of its last day";
  EXPECT_EQ(state(d(2024, 12, 1), not_done, {d(2024, 9, 9), d(2024, 9, 10)}), ObligationState::unknown);
}

TEST(DutyState, AWaiverCountsOnTheLastDayOnceItIsOver) {
  const Waiver in_hospital{{d(2024, 9, 8), d(2024, 9, 10)}};
  const auto state = [&](Day as_at, Day due) { return DutyJudge(as_at).state({on(due), never, not_done, on(d(2024, 9, 1))}, in_hospital.view()); };
  EXPECT_EQ(state(d(2024, 9, 10), d(2024, 9, 9)), ObligationState::waived);
  EXPECT_EQ(state(d(2024, 9, 9), d(2024, 9, 9)), ObligationState::due);
  EXPECT_EQ(state(d(2024, 9, 11), d(2024, 9, 10)), ObligationState::overdue) << "out of hospital on the last day";
}

TEST(DutyState, WithoutALastDayAWaiverCountsOnTheFirstAndStaysWhenTheDutyEnds) {
  const Waiver in_hospital{{d(2024, 9, 1), d(2024, 9, 2)}};
  const auto state = [&](Day as_at, DayBounds opens, DayBounds end) { return DutyJudge(as_at).state({never, end, not_done, opens}, in_hospital.view()); };
  EXPECT_EQ(state(d(2024, 8, 31), on(d(2024, 9, 1)), never), ObligationState::due);
  EXPECT_EQ(state(d(2024, 9, 1), on(d(2024, 9, 1)), never), ObligationState::waived);
  EXPECT_EQ(state(d(2025, 9, 1), on(d(2024, 9, 1)), on(d(2024, 11, 1))), ObligationState::waived);
  EXPECT_EQ(state(d(2025, 9, 1), on(d(2024, 9, 1)), on(d(2024, 9, 1))), ObligationState::lapsed) << "owed no longer on the first day";
  EXPECT_EQ(state(d(2025, 9, 1), on(d(2024, 9, 2)), on(d(2024, 11, 1))), ObligationState::lapsed) << "out of hospital on the first day";
  EXPECT_EQ(state(d(2025, 9, 1), {d(2024, 8, 30), d(2024, 9, 2)}, on(d(2024, 11, 1))), ObligationState::unknown) << "perhaps on a day in hospital";
}

TEST(DutyState, WithinBoundsItIsWhatEveryDayWithinThemAgreesOn) {
  std::mt19937 random(7);
  const auto between = [&](int low, int high) { return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1)); };
  std::set<ObligationState> seen;
  std::size_t unknown = 0;
  for (int round = 0; round < 20'000; ++round) {
    // Days of one fortnight; 14 stands for never.
    const auto day = [](int number) { return number == 14 ? Day::end_of_time : d(2024, 9, 1) + number; };
    const auto bounds = [&](int low, int high) {
      const int first = between(low, high);
      return std::pair{first, between(0, 1) == 0 ? first : between(first, high)};
    };
    const auto due = bounds(0, 14), end = bounds(1, 14), opens = bounds(0, 5);
    const int done = between(0, 2) == 0 ? between(opens.second, 13) : 14;
    const int waived_from = between(0, 13);
    const Waiver waiver{between(0, 1) == 0 ? std::vector<Day>{} : std::vector<Day>{day(waived_from), day(waived_from) + between(1, 4)}};
    if (due.first < opens.second || (done != 14 && done >= end.first)) continue;
    const DutyJudge judge(day(between(0, 13)));
    std::set<ObligationState> possible;
    for (int a = due.first; a <= due.second; ++a) {
      for (int b = end.first; b <= end.second; ++b) {
        for (int c = opens.first; c <= opens.second; ++c) possible.insert(judge.state({on(day(a)), on(day(b)), day(done), on(day(c))}, waiver.view()));
      }
    }
    const auto said = judge.state({{day(due.first), day(due.second)}, {day(end.first), day(end.second)}, day(done), {day(opens.first), day(opens.second)}}, waiver.view());
    if (said == ObligationState::unknown) {
      ++unknown;
      continue;
    }
    ASSERT_EQ(possible, std::set{said}) << "round " << round;
    seen.insert(said);
  }
  EXPECT_EQ(seen.size(), 6U) << "every state is met";
  EXPECT_GT(unknown, 1000U);
}

}  // namespace
}  // namespace leavingcare
