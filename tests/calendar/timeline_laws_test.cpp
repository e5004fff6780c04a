// Sets of days are a Boolean algebra, and the operators made from order keep their own laws: checked over thousands of random timelines.
// `result_of` checks as well that every answer is in canonical form.
#include <leavingcare/calendar/timeline_algebra.hpp>

#include "naive.hpp"

namespace {

using namespace leavingcare;
using naive::Chance;
using naive::result_of;
using Days = std::vector<Day>;

const Days none;
const Days always = {Day::beginning_of_time, Day::end_of_time};

Days operator&(const Days& a, const Days& b) {
  return result_of([&](Timelines& out) { append_intersection(a, b, out); });
}
Days operator|(const Days& a, const Days& b) {
  return result_of([&](Timelines& out) { append_union(a, b, out); });
}
Days operator-(const Days& a, const Days& b) {
  return result_of([&](Timelines& out) { append_difference(a, b, out); });
}
Days operator~(const Days& a) {
  return result_of([&](Timelines& out) { append_complement(a, out); });
}
Days ever(const Days& a) {
  return result_of([&](Timelines& out) { append_ever(a, out); });
}
Days bridged(const Days& a, int days) {
  return result_of([&](Timelines& out) { append_bridged(a, days, out); });
}
Days between(const Days& start, const Days& stop) {
  return result_of([&](Timelines& out) { append_between(start, stop, out); });
}
Days starts(const Days& a) {
  return result_of([&](Timelines& out) { append_starts(a, out); });
}
Days ends(const Days& a) {
  return result_of([&](Timelines& out) { append_ends(a, out); });
}
Days clipped(const Days& a, Day from, Day until) {
  return result_of([&](Timelines& out) { append_clipped(a, from, until, out); });
}

/// Runs `law(a, b, c, chance)` on thousands of random timelines.
template <class Law>
void always_true(unsigned seed, Law law) {
  Chance chance(seed);
  for (int round = 0; round < 4000 && !::testing::Test::HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const auto a = naive::random_timeline(chance, first);
    const auto b = naive::random_timeline(chance, first);
    const auto c = naive::random_timeline(chance, first);
    SCOPED_TRACE("a: " + naive::in_words(a) + "; b: " + naive::in_words(b) + "; c: " + naive::in_words(c));
    law(a, b, c, chance);
  }
}

TEST(TimelineLaws, OrderOfOperandsDoesNotMatter) {
  always_true(11, [](const Days& a, const Days& b, const Days&, Chance&) {
    EXPECT_EQ(a & b, b & a);
    EXPECT_EQ(a | b, b | a);
  });
}

TEST(TimelineLaws, GroupingOfOperandsDoesNotMatter) {
  always_true(12, [](const Days& a, const Days& b, const Days& c, Chance&) {
    EXPECT_EQ((a & b) & c, a & (b & c));
    EXPECT_EQ((a | b) | c, a | (b | c));
  });
}

TEST(TimelineLaws, ATimelineWithItselfIsItself) {
  always_true(13, [](const Days& a, const Days&, const Days&, Chance&) {
    EXPECT_EQ(a & a, a);
    EXPECT_EQ(a | a, a);
    EXPECT_EQ(a - a, none);
  });
}

TEST(TimelineLaws, NoneAndAlwaysAreNeutralOrSwallowAll) {
  always_true(14, [](const Days& a, const Days&, const Days&, Chance&) {
    EXPECT_EQ(a | none, a);
    EXPECT_EQ(a & always, a);
    EXPECT_EQ(a & none, none);
    EXPECT_EQ(a | always, always);
    EXPECT_EQ(a - none, a);
    EXPECT_EQ(always - a, ~a);
  });
}

TEST(TimelineLaws, Absorption) {
  always_true(15, [](const Days& a, const Days& b, const Days&, Chance&) {
    EXPECT_EQ(a & (a | b), a);
    EXPECT_EQ(a | (a & b), a);
  });
}

TEST(TimelineLaws, EachDistributesOverTheOther) {
  always_true(16, [](const Days& a, const Days& b, const Days& c, Chance&) {
    EXPECT_EQ(a & (b | c), (a & b) | (a & c));
    EXPECT_EQ(a | (b & c), (a | b) & (a | c));
  });
}

TEST(TimelineLaws, DeMorgan) {
  always_true(17, [](const Days& a, const Days& b, const Days&, Chance&) {
    EXPECT_EQ(~(a & b), ~a | ~b);
    EXPECT_EQ(~(a | b), ~a & ~b);
  });
}

TEST(TimelineLaws, NotTwiceIsNothingDone) {
  always_true(18, [](const Days& a, const Days&, const Days&, Chance&) {
    EXPECT_EQ(~~a, a);
    EXPECT_EQ(a & ~a, none);
    EXPECT_EQ(a | ~a, always);
  });
}

TEST(TimelineLaws, DifferenceIsTheFirstAndNotTheSecond) {
  always_true(19, [](const Days& a, const Days& b, const Days&, Chance&) { EXPECT_EQ(a - b, a & ~b); });
}

TEST(TimelineLaws, EverTwiceIsEverOnceAndEverOfEitherIsEitherEver) {
  always_true(20, [](const Days& a, const Days& b, const Days&, Chance&) {
    EXPECT_EQ(ever(ever(a)), ever(a));
    EXPECT_EQ(ever(a | b), ever(a) | ever(b));
    EXPECT_EQ(ever(a) & a, a);
  });
}

TEST(TimelineLaws, BridgingTwiceIsBridgingOnceAndWiderBridgesHoldNarrower) {
  always_true(21, [](const Days& a, const Days&, const Days&, Chance& chance) {
    const int days = chance.below(30);
    const int more = days + chance.below(30);
    EXPECT_EQ(bridged(bridged(a, days), days), bridged(a, days));
    EXPECT_EQ(bridged(bridged(a, days), more), bridged(a, more));
    EXPECT_TRUE(within(bridged(a, days), bridged(a, more)));
    EXPECT_EQ(bridged(a, 1), a);
  });
}

TEST(TimelineLaws, BetweenItsStartsAndItsEndsIsTheTimelineWhenItHasAFirstDay) {
  always_true(22, [](const Days& a, const Days& b, const Days&, Chance&) {
    const Days begun = !a.empty() && a.front() == Day::beginning_of_time ? a - Days{a[0], a[1]} : a;
    EXPECT_EQ(between(starts(begun), ends(begun)), begun);
    EXPECT_EQ(between(a, ~a), a);
    EXPECT_EQ(between(a, none), ever(a));
    EXPECT_EQ(between(a, b) & b, none);
    EXPECT_EQ(between(a, b) | (a - b), between(a, b));
  });
}

TEST(TimelineLaws, StartsAreInItAndEndsAreEndsOfTheOther) {
  always_true(23, [](const Days& a, const Days&, const Days&, Chance&) {
    EXPECT_EQ(starts(a) - a, none);
    EXPECT_EQ(ends(a) & a, none);
    EXPECT_EQ(ends(a), starts(~a));
  });
}

TEST(TimelineLaws, ClippingIsIntersectionWithOneSpan) {
  always_true(24, [](const Days& a, const Days& b, const Days&, Chance&) {
    for (std::size_t i = 0; i < b.size(); i += 2)
      EXPECT_EQ(clipped(a, b[i], b[i + 1]), a & (Days{b[i], b[i + 1]}));
    EXPECT_EQ(clipped(a, Day::beginning_of_time, Day::end_of_time), a);
  });
}

TEST(TimelineLaws, WithinMeansNothingIsLeftOver) {
  always_true(25, [](const Days& a, const Days& b, const Days&, Chance&) {
    EXPECT_EQ(within(a, b), (a - b).empty());
    EXPECT_TRUE(within(a & b, a));
    EXPECT_TRUE(within(a, a | b));
  });
}

}  // namespace
