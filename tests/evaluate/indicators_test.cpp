// tests/evaluate/indicators_test.cpp
//
// The bounds of an indicator against every way in which the cases that are not settled may turn out.
#include <leavingcare/evaluate/evaluate.hpp>
#include <leavingcare/rulebook/rulebook.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace leavingcare {
namespace {

using detail::IndicatorTally;

constexpr Truth truths[] = {Truth::no, Truth::unknown, Truth::yes};

struct Extremes {
  double least = absent;
  double most = absent;
};

/// What the value can be: each case is counted or not, and has it or not, in every way that the records leave open.
Extremes all_ways(const std::vector<std::pair<Truth, Truth>>& cases, bool rate) {
  Extremes found;
  const auto ways = std::size_t{1} << (2 * cases.size());
  for (std::size_t way = 0; way < ways; ++way) {
    double counted = 0;
    double have = 0;
    bool possible = true;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const bool is_counted = (way >> (2 * i) & 1) != 0;
      const bool has = (way >> (2 * i + 1) & 1) != 0;
      const auto open = [](Truth truth, bool taken) { return truth == Truth::unknown || (truth == Truth::yes) == taken; };
      possible = possible && open(cases[i].first, is_counted) && open(cases[i].second, has);
      counted += is_counted ? 1 : 0;
      have += is_counted && has ? 1 : 0;
    }
    if (!possible || (rate && counted == 0)) continue;
    const double value = rate ? std::round(100e6 * have / counted) / 1e6 : have;
    found.least = std::isnan(found.least) ? value : std::min(found.least, value);
    found.most = std::isnan(found.most) ? value : std::max(found.most, value);
  }
  return found;
}

bool same(double a, double b) { return (std::isnan(a) && std::isnan(b)) || a == b; }

TEST(Indicators, BoundsAreTheExtremesOfEveryWayItCanTurnOut) {
  std::mt19937 random(41);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::pair<Truth, Truth>> cases(random() % 6);
    IndicatorTally tally;
    for (auto& [counted, has] : cases) {
      counted = truths[random() % 3];
      has = truths[random() % 3];
      if (counted != Truth::no) ++tally.cases[static_cast<int>(counted)][static_cast<int>(has)];
    }
    for (const bool rate : {true, false}) {
      CompiledIndicator terms;
      terms.those = rate ? 0 : none;
      Indicator row;
      // A count has no condition of its own, so whoever is counted has it.
      if (!rate) {
        for (auto& [counted, has] : cases) has = Truth::yes;
        tally.clear();
        for (const auto& [counted, has] : cases) {
          if (counted != Truth::no) ++tally.cases[static_cast<int>(counted)][static_cast<int>(Truth::yes)];
        }
      }
      detail::value_cases(terms, tally, row);
      const auto expected = all_ways(cases, rate);
      EXPECT_TRUE(same(row.least, expected.least)) << row.least << " and not " << expected.least << ", " << cases.size() << " cases, rate " << rate;
      EXPECT_TRUE(same(row.most, expected.most)) << row.most << " and not " << expected.most << ", " << cases.size() << " cases, rate " << rate;
    }
  }
}

TEST(Indicators, PeriodsFollowOneAnotherWithoutGap) {
  CompiledIndicator terms;
  terms.begins = day_of(2016, 1, 31);
  terms.every = {1, PeriodUnit::months};
  const Day firsts[] = {day_of(2016, 1, 31), day_of(2016, 2, 29), day_of(2016, 3, 31), day_of(2016, 4, 30), day_of(2016, 5, 31)};
  for (int n = 0; n < 4; ++n) {
    EXPECT_EQ(terms.period(n).from, firsts[n]);
    EXPECT_EQ(terms.period(n).until, firsts[n + 1]);
  }
}

TEST(Indicators, SumsOfTenthsAreWhatTheyAreWrittenAs) {
  CompiledIndicator terms;
  terms.total = 0;
  IndicatorTally tally;
  for (const double part : {1.0, 1.0, 0.8, 1.0, 0.6, 0.8, 1.0}) {
    tally.total[0].push_back(part);
    tally.total[1].push_back(part);
  }
  Indicator row;
  detail::value_numbers(terms, tally, row);
  EXPECT_EQ(row.least, 6.2);
  EXPECT_EQ(row.most, 6.2);
}

TEST(Indicators, SharesAreWhatTheyAreWrittenAsAndOfADebtTheBoundsChangePlaces) {
  CompiledIndicator terms;
  terms.total = 0;
  terms.out_of = 0;
  const auto share = [&](double least, double most, double whole) {
    IndicatorTally tally;
    tally.total[0] = {least};
    tally.total[1] = {most};
    tally.out_of[0] = tally.out_of[1] = {whole};
    Indicator row;
    detail::value_numbers(terms, tally, row);
    return std::pair(row.least, row.most);
  };
  EXPECT_EQ(share(0.57, 0.57, 1), std::pair(57.0, 57.0)) << "as binary fractions, 100 times 0.57 is less than 57";
  EXPECT_EQ(share(1, 2, 3), std::pair(33.333333, 66.666667));
  EXPECT_EQ(share(1, 2, -4), std::pair(-50.0, -25.0));
  EXPECT_TRUE(std::isnan(share(1, 2, 0).first));
}

}  // namespace
}  // namespace leavingcare
