// Three values of truth, and the two bounds that carry them over time.
#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/calendar/timeline_measures.hpp>
#include <leavingcare/calendar/truth.hpp>

#include "naive.hpp"

namespace {

using namespace leavingcare;
using naive::Chance;
using naive::day;
using naive::result_of;
using Days = std::vector<Day>;

const Day today = naive::day("2024-03-10");

/// A condition with this value today.
struct Condition {
  Days surely;
  Days possibly;
  [[nodiscard]] TruthView view() const { return {surely, possibly}; }
};
Condition condition(Truth truth) {
  const Days today_only = {today, today + 1};
  return {truth == Truth::yes ? today_only : Days{}, truth == Truth::no ? Days{} : today_only};
}

Condition all(const Condition& a, const Condition& b) {
  return {result_of([&](Timelines& out) { append_intersection(a.surely, b.surely, out); }),
          result_of([&](Timelines& out) { append_intersection(a.possibly, b.possibly, out); })};
}
Condition any(const Condition& a, const Condition& b) {
  return {result_of([&](Timelines& out) { append_union(a.surely, b.surely, out); }),
          result_of([&](Timelines& out) { append_union(a.possibly, b.possibly, out); })};
}
Condition negation(const Condition& a) {
  return {result_of([&](Timelines& out) { append_complement(a.possibly, out); }),
          result_of([&](Timelines& out) { append_complement(a.surely, out); })};
}

constexpr Truth no = Truth::no, unknown = Truth::unknown, yes = Truth::yes;

TEST(Truth, AllFollowsKleenesTable) {
  const Truth table[3][3] = {{no, no, no}, {no, unknown, unknown}, {no, unknown, yes}};
  for (const Truth a : {no, unknown, yes}) {
    for (const Truth b : {no, unknown, yes}) {
      EXPECT_EQ(all(condition(a), condition(b)).view().on(today),
                table[static_cast<int>(a)][static_cast<int>(b)])
          << in_words(a) << " and " << in_words(b);
    }
  }
}

TEST(Truth, AnyFollowsKleenesTable) {
  const Truth table[3][3] = {{no, unknown, yes}, {unknown, unknown, yes}, {yes, yes, yes}};
  for (const Truth a : {no, unknown, yes}) {
    for (const Truth b : {no, unknown, yes}) {
      EXPECT_EQ(any(condition(a), condition(b)).view().on(today),
                table[static_cast<int>(a)][static_cast<int>(b)])
          << in_words(a) << " or " << in_words(b);
    }
  }
}

TEST(Truth, NotSwapsYesAndNoAndLeavesUnknown) {
  EXPECT_EQ(negation(condition(yes)).view().on(today), no);
  EXPECT_EQ(negation(condition(no)).view().on(today), yes);
  EXPECT_EQ(negation(condition(unknown)).view().on(today), unknown);
}

TEST(Truth, HasTheWordsOfTheTables) {
  EXPECT_STREQ(in_words(yes), "yes");
  EXPECT_STREQ(in_words(no), "no");
  EXPECT_STREQ(in_words(unknown), "unknown");
}

TEST(Truths, KeepBothBoundsOnceWhenNothingIsUnknown) {
  Truths truths;
  truths.surely().append(today, today + 1);
  truths.surely().end_person();
  EXPECT_EQ(truths[0].on(today), yes);
  EXPECT_EQ(truths[0].on(today + 1), no);
  EXPECT_EQ(&truths.possibly(), &truths.bounds[0]);
}

TEST(Truths, KeepTheBoundsApartOtherwise) {
  Truths truths;
  truths.exact = false;
  truths.bounds[0].append(today, today + 1);
  truths.bounds[1].append(today, today + 2);
  truths.bounds[0].end_person();
  truths.bounds[1].end_person();
  EXPECT_EQ(truths[0].on(today - 1), no);
  EXPECT_EQ(truths[0].on(today), yes);
  EXPECT_EQ(truths[0].on(today + 1), unknown);
}

TEST(DayBounds, AreExactWhenTheyAreEqual) {
  EXPECT_TRUE((DayBounds{today, today}.exact()));
  EXPECT_FALSE((DayBounds{today, Day::end_of_time}.exact()));
}

/// Random pairs in which the first is within the second.
template <class Check>
void on_bounds(unsigned seed, int rounds, Check check) {
  Chance chance(seed);
  for (int round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const auto bounds = [&] {
      Condition made{{}, naive::random_timeline(chance, first)};
      const Days other = naive::random_timeline(chance, first);
      made.surely = result_of([&](Timelines& out) { append_intersection(made.possibly, other, out); });
      return made;
    };
    const auto a = bounds(), b = bounds();
    SCOPED_TRACE("surely " + naive::in_words(a.surely) + "; possibly " + naive::in_words(a.possibly));
    check(a, b, chance);
  }
}

TEST(Bounds, SurelyStaysWithinPossiblyUnderAllAnyAndNot) {
  on_bounds(71, 2000, [](const Condition& a, const Condition& b, Chance&) {
    for (const auto& made : {all(a, b), any(a, b), negation(a)})
      EXPECT_TRUE(within(made.surely, made.possibly));
  });
}

TEST(Bounds, SurelyStaysWithinPossiblyUnderDifferenceAndBetweenWithTheSecondBoundsSwapped) {
  on_bounds(72, 2000, [](const Condition& a, const Condition& b, Chance&) {
    const auto less = [&](const Days& x, const Days& y) {
      return result_of([&](Timelines& out) { append_difference(x, y, out); });
    };
    const auto lamp = [&](const Days& x, const Days& y) {
      return result_of([&](Timelines& out) { append_between(x, y, out); });
    };
    EXPECT_TRUE(within(less(a.surely, b.possibly), less(a.possibly, b.surely)));
    EXPECT_TRUE(within(lamp(a.surely, b.possibly), lamp(a.possibly, b.surely)));
  });
}

/// Checks that an operator of one timeline gains days when its operand does.
template <class Operator>
void grows(unsigned seed, int rounds, Operator append) {
  on_bounds(seed, rounds, [&](const Condition& a, const Condition&, Chance& chance) {
    const int number = chance.from_to(1, 60);
    const auto low = result_of([&](Timelines& out) { append(a.surely, number, out); });
    const auto high = result_of([&](Timelines& out) { append(a.possibly, number, out); });
    EXPECT_TRUE(within(low, high)) << naive::in_words(low) << "not within " << naive::in_words(high);
  });
}

TEST(Bounds, EverGrows) {
  grows(73, 1000, [](Edges a, int, Timelines& out) { append_ever(a, out); });
}
TEST(Bounds, BridgedGrows) {
  grows(74, 1000, [](Edges a, int number, Timelines& out) { append_bridged(a, number, out); });
}
TEST(Bounds, ClippedGrows) {
  grows(75, 1000,
        [](Edges a, int number, Timelines& out) { append_clipped(a, today - number, today + number, out); });
}
TEST(Bounds, RollingTotalGrows) {
  grows(76, 500, [](Edges a, int number, Timelines& out) {
    append_rolling_total(a, number, {12, PeriodUnit::months}, out);
  });
}
TEST(Bounds, YearlyTotalGrows) {
  grows(77, 500, [](Edges a, int number, Timelines& out) {
    append_yearly_total(a, number, std::chrono::April / 1, out);
  });
}
TEST(Bounds, CompletedGrows) {
  grows(78, 1000, [](Edges a, int number, Timelines& out) {
    append_completed(a, {number, PeriodUnit::days}, out);
  });
  grows(79, 1000, [](Edges a, int number, Timelines& out) {
    append_completed(a, {number % 7, PeriodUnit::months}, out);
  });
}
TEST(Bounds, PassedGrows) {
  grows(80, 1000, [](Edges a, int number, Timelines& out) {
    append_passed(a, {number % 7, PeriodUnit::months}, out);
  });
}
TEST(Bounds, MoreDaysReachATotalNoLater) {
  on_bounds(81, 2000, [](const Condition& a, const Condition&, Chance& chance) {
    const int count = chance.from_to(1, 100);
    EXPECT_LE(first_day_reaching(a.possibly, today, count), first_day_reaching(a.surely, today, count));
  });
}

}  // namespace
