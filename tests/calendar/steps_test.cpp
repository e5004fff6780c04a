// Numbers over time: the examples of the header, and each operator against its value on every day.
#include <leavingcare/calendar/steps.hpp>

#include "naive.hpp"

#include <cmath>
#include <functional>
#include <optional>

namespace {

using namespace leavingcare;
using naive::Chance;
using naive::day;
using naive::result_of;
using Days = std::vector<Day>;
using Value = std::optional<double>;  // empty: absent

constexpr int beyond = 200;

/// What one operator appends for one person, after another's; checked to be in the one way that steps can be written.
template <class Operator>
NumberSteps number(Operator append) {
  NumberSteps out;
  out.append(day("1950-01-01"), 7);
  out.end_person();
  append(out);
  out.end_person();
  EXPECT_EQ(out.size(), 2u);
  EXPECT_EQ(out[0].size(), 1u);
  const Steps made = out[1];
  for (std::size_t i = 0; i < made.size(); ++i) {
    const double before = i == 0 ? absent : made.values[i - 1];
    EXPECT_FALSE(made.values[i] == before || (is_absent(made.values[i]) && is_absent(before)))
        << "a step changes nothing";
    EXPECT_TRUE(i == 0 || made.from[i - 1] < made.from[i]);
  }
  return out;
}

/// The value on a day, looked for step by step.
Value listed(Steps steps, int number) {
  Value value;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps.from[i].number > number) break;
    value = is_absent(steps.values[i]) ? Value{} : Value{steps.values[i]};
  }
  return value;
}

::testing::AssertionResult same_values(Steps steps, int first, const std::function<Value(int)>& twin) {
  for (int d = first - beyond; d < first + naive::window + beyond; ++d) {
    const Value wanted = twin(d), found = listed(steps, d);
    if (wanted != found) {
      return ::testing::AssertionFailure() << "on " << iso(Day{d}) << " wanted " << wanted.value_or(-999)
                                           << ", found " << found.value_or(-999);
    }
  }
  return ::testing::AssertionSuccess();
}

/// Small whole numbers, so that equal values, zeros and absences are common.
NumberSteps random_number(Chance& chance, int first) {
  Days days;
  for (int left = chance.below(12); left > 0; --left)
    days.push_back(Day{first + chance.below(naive::window)});
  if (chance.one_in(3)) days.push_back(Day::beginning_of_time);
  std::sort(days.begin(), days.end());
  return number([&](NumberSteps& out) {
    for (const Day from : days) out.append(from, chance.one_in(5) ? absent : chance.below(5) - 1);
  });
}

using Operation = void (*)(Steps, Steps, NumberSteps&);

void as_by_hand(unsigned seed, Operation append, const std::function<Value(double, double)>& twin) {
  Chance chance(seed);
  for (int round = 0; round < 500 && !::testing::Test::HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const auto a = random_number(chance, first), b = random_number(chance, first);
    const auto out = number([&](NumberSteps& to) { append(a[1], b[1], to); });
    EXPECT_TRUE(same_values(out[1], first, [&](int d) {
      const Value x = listed(a[1], d), y = listed(b[1], d);
      return x && y ? twin(*x, *y) : Value{};
    }));
  }
}

TEST(Steps, SumIsAsOnEachDay) {
  as_by_hand(91, append_sum, [](double a, double b) { return a + b; });
}
TEST(Steps, DifferenceIsAsOnEachDay) {
  as_by_hand(92, append_difference, [](double a, double b) { return a - b; });
}
TEST(Steps, MinIsAsOnEachDay) {
  as_by_hand(93, append_min, [](double a, double b) { return a < b ? a : b; });
}
TEST(Steps, MaxIsAsOnEachDay) {
  as_by_hand(94, append_max, [](double a, double b) { return a < b ? b : a; });
}
TEST(Steps, RatioIsAsOnEachDayAndAbsentWhereItDividesByZero) {
  as_by_hand(95, append_ratio, [](double a, double b) { return b == 0 ? Value{} : Value{std::round(a / b * 1e6) / 1e6}; });
}

using Comparison = void (*)(Steps, Steps, Timelines&);
using ConstantComparison = void (*)(Steps, double, Timelines&);

void compares_as_by_hand(unsigned seed, Comparison with_steps, ConstantComparison with_constant,
                         bool (*twin)(double, double)) {
  Chance chance(seed);
  for (int round = 0; round < 500 && !::testing::Test::HasFailure(); ++round) {
    const int first = naive::random_first(chance), low = first - beyond,
              high = first + naive::window + beyond;
    const auto a = random_number(chance, first), b = random_number(chance, first);
    const double constant = chance.below(5) - 1;
    const auto steps = result_of([&](Timelines& out) { with_steps(a[1], b[1], out); });
    const auto fixed = result_of([&](Timelines& out) { with_constant(a[1], constant, out); });
    EXPECT_TRUE(naive::same_days(steps, low, high, [&](int d) {
      const Value x = listed(a[1], d), y = listed(b[1], d);
      return x && y && twin(*x, *y);
    }));
    EXPECT_TRUE(naive::same_days(fixed, low, high, [&](int d) {
      const Value x = listed(a[1], d);
      return x && twin(*x, constant);
    }));
  }
}

TEST(Steps, AtLeastIsAsOnEachDay) {
  compares_as_by_hand(96, append_where_at_least, append_where_at_least,
                      [](double a, double b) { return a >= b; });
}
TEST(Steps, MoreThanIsAsOnEachDay) {
  compares_as_by_hand(97, append_where_more_than, append_where_more_than,
                      [](double a, double b) { return a > b; });
}
TEST(Steps, AtMostIsAsOnEachDay) {
  compares_as_by_hand(98, append_where_at_most, append_where_at_most,
                      [](double a, double b) { return a <= b; });
}
TEST(Steps, LessThanIsAsOnEachDay) {
  compares_as_by_hand(99, append_where_less_than, append_where_less_than,
                      [](double a, double b) { return a < b; });
}

TEST(Steps, PresentIsWhereThereIsAValueAndOneOfLessAndAtLeastHolds) {
  Chance chance(100);
  for (int round = 0; round < 500 && !HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const auto a = random_number(chance, first);
    const auto present = result_of([&](Timelines& out) { append_where_present(a[1], out); });
    EXPECT_TRUE(naive::same_days(present, first - beyond, first + naive::window + beyond,
                                 [&](int d) { return listed(a[1], d).has_value(); }));
    const auto less = result_of([&](Timelines& out) { append_where_less_than(a[1], 2, out); });
    const auto rest = result_of([&](Timelines& out) { append_where_at_least(a[1], 2, out); });
    for (int d = first; d < first + naive::window; ++d) {
      ASSERT_EQ(naive::listed(less, d) + naive::listed(rest, d), naive::listed(present, d) ? 1 : 0);
    }
  }
}

TEST(Steps, ValueOnIsAsLookingThroughTheSteps) {
  Chance chance(101);
  for (int round = 0; round < 200; ++round) {
    const int first = naive::random_first(chance);
    const auto a = random_number(chance, first);
    for (int d = first - 3; d < first + naive::window; ++d) {
      const double found = value_on(a[1], Day{d});
      ASSERT_EQ(is_absent(found) ? Value{} : Value{found}, listed(a[1], d));
    }
  }
}

TEST(Steps, DocumentationExample) {
  const std::vector<Span> allocated = {{day("2024-04-10"), day("2024-06-02")},
                                       {day("2024-03-01"), Day::end_of_time}};
  const auto caseload = number([&](NumberSteps& out) { append_current_count(allocated, out); });
  EXPECT_EQ(Days(caseload[1].from.begin(), caseload[1].from.end()),
            (Days{Day::beginning_of_time, day("2024-03-01"), day("2024-04-10"), day("2024-06-02")}));
  EXPECT_EQ(std::vector<double>(caseload[1].values.begin(), caseload[1].values.end()),
            (std::vector<double>{0, 1, 2, 1}));
}

/// Rows that overlap, touch, are empty or open, in any order.
std::vector<ValuedSpan> random_rows(Chance& chance, int first) {
  std::vector<ValuedSpan> rows;
  for (int left = chance.below(14); left > 0; --left) {
    const Day from = chance.one_in(10) ? Day::beginning_of_time : Day{first + chance.below(naive::window)};
    const Day until = chance.one_in(10) ? Day::end_of_time : Day{first + chance.below(naive::window)};
    rows.push_back({from, until, static_cast<double>(chance.below(9))});
  }
  return rows;
}
bool holds(const ValuedSpan& row, int d) {
  return row.from.number <= d && d < row.until.number;
}

TEST(Steps, CurrentCountAndCurrentSumAreAsOnEachDay) {
  Chance chance(102);
  for (int round = 0; round < 500 && !HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const auto rows = random_rows(chance, first);
    std::vector<Span> spans;
    for (const auto& row : rows) spans.push_back({row.from, row.until});
    const auto count = number([&](NumberSteps& out) { append_current_count(spans, out); });
    const auto sum = number([&](NumberSteps& out) { append_current_sum(rows, out); });
    EXPECT_TRUE(same_values(count[1], first, [&](int d) {
      return static_cast<double>(
          std::count_if(rows.begin(), rows.end(), [&](const auto& row) { return holds(row, d); }));
    }));
    EXPECT_TRUE(same_values(sum[1], first, [&](int d) {
      double total = 0;
      for (const auto& row : rows) total += holds(row, d) ? row.value : 0;
      return total;
    }));
  }
}

TEST(Steps, AmountsThatHaveEndedLeaveNoRoundingBehind) {
  const std::vector<ValuedSpan> rows = {{day("2024-01-01"), day("2024-03-01"), 0.1},
                                        {day("2024-02-01"), Day::end_of_time, 0.2}};
  const auto sum = number([&](NumberSteps& out) { append_current_sum(rows, out); });
  EXPECT_EQ(value_on(sum[1], day("2024-03-01")), 0.2);
}

TEST(Steps, ValuesOfATableAreAbsentBetweenItsRows) {
  const std::vector<ValuedSpan> rates = {{day("2024-04-01"), day("2025-04-01"), 2000},
                                         {day("2025-04-01"), day("2026-04-01"), 2000},
                                         {day("2026-05-01"), Day::end_of_time, 2100}};
  const auto rate = number([&](NumberSteps& out) { append_values(rates, out); });
  EXPECT_EQ(rate[1].size(), 3u) << "two rows that meet with one value are one step";
  EXPECT_TRUE(is_absent(value_on(rate[1], day("2024-03-31"))));
  EXPECT_EQ(value_on(rate[1], day("2026-03-31")), 2000);
  EXPECT_TRUE(is_absent(value_on(rate[1], day("2026-04-01"))));
  EXPECT_EQ(value_on(rate[1], day("2030-01-01")), 2100);
}

TEST(Steps, ValuesThatOverlapGiveWayToTheLaterRow) {
  const std::vector<ValuedSpan> rates = {{day("2024-01-01"), day("2024-12-01"), 1},
                                         {day("2024-03-01"), day("2024-05-01"), 2}};
  const auto rate = number([&](NumberSteps& out) { append_values(rates, out); });
  EXPECT_EQ(value_on(rate[1], day("2024-04-30")), 2);
  EXPECT_TRUE(is_absent(value_on(rate[1], day("2024-05-01"))));

  const std::vector<ValuedSpan> longer = {{day("2024-01-01"), day("2024-05-01"), 1}, {day("2024-03-01"), day("2024-12-01"), 2}};
  const auto steps = number([&](NumberSteps& out) { append_values(longer, out); });
  EXPECT_EQ(Days(steps[1].from.begin(), steps[1].from.end()), (Days{day("2024-01-01"), day("2024-03-01"), day("2024-12-01")}));
}

TEST(Steps, ARowOfNoDaysTakesNobodysPlace) {
  const std::vector<ValuedSpan> rates = {{day("2024-01-01"), day("2024-12-01"), 1}, {day("2024-03-01"), day("2024-03-01"), 2}};
  const auto rate = number([&](NumberSteps& out) { append_values(rates, out); });
  EXPECT_EQ(Days(rate[1].from.begin(), rate[1].from.end()), (Days{day("2024-01-01"), day("2024-12-01")}));
  EXPECT_EQ(value_on(rate[1], day("2024-03-01")), 1);
}

TEST(Steps, AConstantIsOneStepFromTheBeginning) {
  const Constant three{3};
  ASSERT_EQ(three.steps().size(), 1u);
  EXPECT_EQ(three.steps().values.size(), 1u);
  EXPECT_EQ(value_on(three.steps(), Day::beginning_of_time), 3);
}

TEST(Steps, RollingCountIsAsCountingBackFromEachDay) {
  Chance chance(103);
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    Days events;
    for (int left = chance.below(15); left > 0; --left)
      events.push_back(Day{first + chance.below(naive::window)});
    std::sort(events.begin(), events.end());
    const LegalPeriod window = chance.one_in(2) ? LegalPeriod{chance.from_to(1, 90), PeriodUnit::days}
                                                : LegalPeriod{chance.from_to(1, 6), PeriodUnit::months};
    const auto count = number([&](NumberSteps& out) { append_rolling_count(events, window, out); });
    EXPECT_TRUE(same_values(count[1], first, [&](int d) {
      double counted = 0;
      for (const Day event : events) {
        const bool inside = window.unit == PeriodUnit::days ? event.number >= d - window.count + 1
                                                            : naive::after(event.number, window) > d;
        counted += event.number <= d && inside ? 1 : 0;
      }
      return counted;
    })) << in_words(window);
  }
}

TEST(Steps, AnEventOf10March2024CountsInTwelveMonthsUpTo9March2025) {
  const Days events = {day("2024-03-10")};
  const auto count = number([&](NumberSteps& out) {
    append_rolling_count(events, {12, PeriodUnit::months}, out);
  });
  EXPECT_EQ(value_on(count[1], day("2025-03-09")), 1);
  EXPECT_EQ(value_on(count[1], day("2025-03-10")), 0);
}

TEST(Steps, RunningTotalCountsFromADayAndIsAbsentOutside) {
  Chance chance(104);
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const auto timeline = naive::random_timeline(chance, first);
    const auto days = naive::day_by_day(timeline, first);
    const int since = first + chance.below(naive::window) - 50,
              until = first + chance.below(naive::window) + 50;
    const auto total =
        number([&](NumberSteps& out) { append_running_total(timeline, Day{since}, Day{until}, out); });
    double counted = 0;
    EXPECT_TRUE(same_values(total[1], first, [&](int d) {
      if (d < since || d >= until) return Value{};
      return Value{counted += days(d) ? 1 : 0};
    }));
  }
}

TEST(NumberSteps, OfTwoValuesForADayTheLaterStandsAndWhatChangesNothingAddsNoStep) {
  const auto made = number([&](NumberSteps& out) {
    out.append(day("2024-01-01"), absent);
    out.append(day("2024-01-02"), 3);
    out.append(day("2024-01-05"), 4);
    out.append(day("2024-01-05"), 3);
    out.append(day("2024-01-06"), 3);
    out.append(Day::end_of_time, 9);
  });
  EXPECT_EQ(made[1].size(), 1u);
}

TEST(NumberSteps, TheFirstPersonOfABatchIsLikeAnyOther) {
  NumberSteps batch;
  for (int round = 0; round < 2; ++round) {
    batch.append(day("2024-01-01"), 3);
    batch.append(day("2024-02-01"), 3);
    batch.append(day("2024-03-01"), 4);
    batch.append(day("2024-03-01"), 5);
    batch.end_person();
    ASSERT_EQ(batch.size(), 1u);
    EXPECT_EQ(Days(batch[0].from.begin(), batch[0].from.end()), (Days{day("2024-01-01"), day("2024-03-01")}));
    EXPECT_EQ(value_on(batch[0], day("2024-03-01")), 5);
    batch.clear();
  }
}

}  // namespace
