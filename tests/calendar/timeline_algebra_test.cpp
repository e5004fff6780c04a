// Each operator of timeline_algebra.hpp against its day-by-day twin, over random timelines.
#include <leavingcare/calendar/timeline_algebra.hpp>

#include "naive.hpp"

namespace {

using namespace leavingcare;
using naive::Chance;
using naive::day;
using naive::day_by_day;
using naive::DayByDay;
using naive::random_timeline;
using naive::result_of;
using naive::same_days;

constexpr int rounds = 2000;
constexpr int beyond = 60;  // days looked at outside the window, where only open ends reach

/// Runs `check(a, b, first, chance)` on many pairs of timelines.
template <class Check>
void on_random_pairs(unsigned seed, Check check) {
  Chance chance(seed);
  for (int round = 0; round < rounds; ++round) {
    const int first = naive::random_first(chance);
    const auto a = random_timeline(chance, first);
    const auto b = random_timeline(chance, first);
    SCOPED_TRACE("a: " + naive::in_words(a) + "; b: " + naive::in_words(b));
    check(a, b, first, chance);
    if (::testing::Test::HasFailure()) return;
  }
}

template <class Twin>
::testing::AssertionResult same(Edges edges, int first, Twin twin) {
  return same_days(edges, first - beyond, first + naive::window + beyond, twin);
}

TEST(TimelineAlgebra, IntersectionHoldsTheDaysOfBoth) {
  on_random_pairs(1, [](Edges a, Edges b, int first, Chance&) {
    const auto out = result_of([&](Timelines& to) { append_intersection(a, b, to); });
    const auto x = day_by_day(a, first), y = day_by_day(b, first);
    EXPECT_TRUE(same(out, first, [&](int d) { return x(d) && y(d); }));
  });
}

TEST(TimelineAlgebra, UnionHoldsTheDaysOfEither) {
  on_random_pairs(2, [](Edges a, Edges b, int first, Chance&) {
    const auto out = result_of([&](Timelines& to) { append_union(a, b, to); });
    const auto x = day_by_day(a, first), y = day_by_day(b, first);
    EXPECT_TRUE(same(out, first, [&](int d) { return x(d) || y(d); }));
  });
}

TEST(TimelineAlgebra, DifferenceHoldsTheDaysOfTheFirstAlone) {
  on_random_pairs(3, [](Edges a, Edges b, int first, Chance&) {
    const auto out = result_of([&](Timelines& to) { append_difference(a, b, to); });
    const auto x = day_by_day(a, first), y = day_by_day(b, first);
    EXPECT_TRUE(same(out, first, [&](int d) { return x(d) && !y(d); }));
  });
}

TEST(TimelineAlgebra, ComplementHoldsTheOtherDays) {
  on_random_pairs(4, [](Edges a, Edges, int first, Chance&) {
    const auto out = result_of([&](Timelines& to) { append_complement(a, to); });
    const auto x = day_by_day(a, first);
    EXPECT_TRUE(same(out, first, [&](int d) { return !x(d); }));
  });
}

TEST(TimelineAlgebra, ClippedHoldsTheDaysFromOneDayUntilAnother) {
  on_random_pairs(5, [](Edges a, Edges, int first, Chance& chance) {
    const Day from = chance.one_in(5) ? Day::beginning_of_time : Day{first + chance.below(naive::window)};
    const Day until = chance.one_in(5) ? Day::end_of_time : Day{first + chance.below(naive::window)};
    const auto out = result_of([&](Timelines& to) { append_clipped(a, from, until, to); });
    const auto x = day_by_day(a, first);
    EXPECT_TRUE(same(out, first, [&](int d) { return x(d) && d >= from.number && d < until.number; }));
  });
}

TEST(TimelineAlgebra, EverHoldsEachDayOnOrAfterADayOfTheTimeline) {
  on_random_pairs(6, [](Edges a, Edges, int first, Chance&) {
    const auto out = result_of([&](Timelines& to) { append_ever(a, to); });
    const auto x = day_by_day(a, first);
    bool ever = false;
    EXPECT_TRUE(same(out, first, [&](int d) { return ever = ever || x(d); }));  // days come in order
  });
}

TEST(TimelineAlgebra, StartsAreDaysInItWhoseEveIsNot) {
  on_random_pairs(7, [](Edges a, Edges, int first, Chance&) {
    const auto out = result_of([&](Timelines& to) { append_starts(a, to); });
    const auto x = day_by_day(a, first);
    EXPECT_TRUE(same(out, first, [&](int d) { return x(d) && !x(d - 1); }));
  });
}

TEST(TimelineAlgebra, EndsAreDaysNotInItWhoseEveIs) {
  on_random_pairs(8, [](Edges a, Edges, int first, Chance&) {
    const auto out = result_of([&](Timelines& to) { append_ends(a, to); });
    const auto x = day_by_day(a, first);
    EXPECT_TRUE(same(out, first, [&](int d) { return !x(d) && x(d - 1); }));
  });
}

TEST(TimelineAlgebra, BridgedFillsGapsShorterThanSoManyDays) {
  on_random_pairs(9, [](Edges a, Edges, int first, Chance& chance) {
    const int days = chance.from_to(0, 40);
    const auto out = result_of([&](Timelines& to) { append_bridged(a, days, to); });
    const auto x = day_by_day(a, first);
    EXPECT_TRUE(same(out, first, [&](int d) {
      if (x(d)) return true;
      int before = 1, after = 1;  // to the nearest days of the timeline on either side
      while (before < 50 && !x(d - before)) ++before;
      while (after < 50 && !x(d + after)) ++after;
      return before + after - 1 < days;
    }));
  });
}

TEST(TimelineAlgebra, BetweenSwitchesOnAndOffLikeALamp) {
  on_random_pairs(10, [](Edges start, Edges stop, int first, Chance&) {
    const auto out = result_of([&](Timelines& to) { append_between(start, stop, to); });
    const auto on = day_by_day(start, first), off = day_by_day(stop, first);
    bool lit = false;
    EXPECT_TRUE(same(out, first, [&](int d) {
      if (off(d)) return lit = false;
      if (on(d)) lit = true;
      return lit;
    }));
  });
}

TEST(TimelineAlgebra, BetweenADayOfBothIsOff) {
  const std::vector<Day> start = {day("2024-03-01"), day("2024-03-02")};
  const std::vector<Day> stop = {day("2024-03-01"), day("2024-03-02")};
  EXPECT_TRUE(result_of([&](Timelines& to) { append_between(start, stop, to); }).empty());
}

TEST(TimelineAlgebra, BetweenWithoutAStopIsOpen) {
  const std::vector<Day> start = {day("2024-03-01"), day("2024-03-02")};
  const std::vector<Day> wanted = {day("2024-03-01"), Day::end_of_time};
  EXPECT_EQ(result_of([&](Timelines& to) { append_between(start, {}, to); }), wanted);
}

TEST(TimelineAlgebra, AGapOf27NightsIsBridgedBy28AndAGapOf28IsNot) {
  const std::vector<Day> near = {day("2024-03-01"), day("2024-03-10"), day("2024-04-06"), day("2024-05-01")};
  const std::vector<Day> far = {day("2024-03-01"), day("2024-03-10"), day("2024-04-07"), day("2024-05-01")};
  const std::vector<Day> whole = {day("2024-03-01"), day("2024-05-01")};
  EXPECT_EQ(result_of([&](Timelines& to) { append_bridged(near, 28, to); }), whole);
  EXPECT_EQ(result_of([&](Timelines& to) { append_bridged(far, 28, to); }), far);
}

TEST(TimelineAlgebra, TheOperatorsOfNothingAndOfAlways) {
  const std::vector<Day> always = {Day::beginning_of_time, Day::end_of_time};
  const std::vector<Day> none;
  EXPECT_EQ(result_of([&](Timelines& to) { append_complement(none, to); }), always);
  EXPECT_EQ(result_of([&](Timelines& to) { append_complement(always, to); }), none);
  EXPECT_EQ(result_of([&](Timelines& to) { append_starts(always, to); }), none);
  EXPECT_EQ(result_of([&](Timelines& to) { append_ends(always, to); }), none);
  EXPECT_EQ(result_of([&](Timelines& to) { append_ever(none, to); }), none);
  EXPECT_EQ(result_of([&](Timelines& to) { append_ever(always, to); }), always);
}

}  // namespace
