// Lives made to lie on the edges of rules: the same from the same seed, of nothing the rules do not read, and on both sides of each edge.
#include <leavingcare/leavingcare.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace leavingcare {
namespace {

const Rulebook& england() {
  static const Rulebook book = load_rulebook(LEAVINGCARE_RULES_FOLDER "/england").value_or_throw();
  return book;
}

Reach reach(const std::string& rule) { return reach_of(england(), {england().find_rule(rule)}); }

LifeMaker maker(const std::string& rule, std::uint64_t seed) {
  std::vector<law::Fact> facts;
  for (const auto& fact : england().vocabulary.facts) {
    if (fact.name != england().subject.born && reach(rule).facts.contains(fact.name)) facts.push_back(fact);
  }
  return {facts, england().subject.born, {"died", "adopted"}, reach(rule), {day_of(2018, 4, 1), day_of(2011, 4, 1)}, seed};
}

std::vector<MadeLife> lives(const std::string& rule, std::uint64_t seed, std::size_t count) {
  auto made = maker(rule, seed);
  std::vector<MadeLife> found;
  for (std::size_t i = 0; i < count; ++i) found.push_back(i % 3 == 2 ? made.changed(found.back()) : made.fresh());
  return found;
}

std::string answers(const std::string& rule, std::span<const MadeLife> of, std::size_t at_a_time) {
  Options options;
  options.unrecorded = Unrecorded::none;
  options.rules = {rule};
  options.people_at_a_time = at_a_time;
  const auto found = evaluate(england(), maker(rule, 1).people(of), options);
  std::string text;
  for (std::size_t row = 0; row < found.rows(); ++row) {
    text += std::to_string(found.person[row]) + ' ' + iso(found.from[row]) + ' ' + iso(found.until[row]) + ' ' + in_words(found.truth[row]) + '\n';
  }
  return text;
}

TEST(Reach, HoldsTheFactsAgesLengthsAndWordsThatARuleRestsOn) {
  const auto found = reach("eligible_child");
  EXPECT_TRUE(found.facts.contains("care"));
  EXPECT_FALSE(found.facts.contains("support_requests"));
  EXPECT_TRUE(reach("personal_adviser").facts.contains("support_requests"));
  EXPECT_NE(std::find(found.ages.begin(), found.ages.end(), LegalPeriod{16, PeriodUnit::years}), found.ages.end());
  EXPECT_NE(std::find(found.lengths.begin(), found.lengths.end(), LegalPeriod{13, PeriodUnit::weeks}), found.lengths.end());
}

TEST(GeneratedLives, AreTheSameFromTheSameSeedAndOthersFromAnother) {
  const auto text = [](std::uint64_t seed) {
    std::string all;
    for (const auto& life : lives("personal_adviser", seed, 50)) {
      all += iso(life.born);
      for (const auto& of_a_fact : life.records) {
        for (const auto& one : of_a_fact) all += ' ' + iso(one.from) + iso(one.until);
      }
    }
    return all;
  };
  EXPECT_EQ(text(7), text(7));
  EXPECT_NE(text(7), text(8));
}

TEST(GeneratedLives, LieOnBothSidesOfTheThirteenWeeks) {
  std::size_t just_short = 0;
  std::size_t just_enough = 0;
  for (const auto& life : lives("eligible_child", 3, 3000)) {
    for (const auto& of_a_fact : life.records) {
      for (const auto& one : of_a_fact) {
        if (!is_a_day(one.until)) continue;
        just_short += days_between(one.from, one.until) == 90 ? 1 : 0;
        just_enough += days_between(one.from, one.until) == 91 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(just_short, 10U);
  EXPECT_GT(just_enough, 10U);
}

// A batch in which something is doubtful must leave no trace in the next.
TEST(GeneratedLives, HaveTheSameAnswersHoweverTheyAreDividedIntoBatches) {
  for (const char* rule : {"personal_adviser", "relevant_child", "qualifying"}) {
    const auto some = lives(rule, 5, 1500);
    const auto all_at_once = answers(rule, some, 1500);
    EXPECT_FALSE(all_at_once.empty());
    for (const std::size_t at_a_time : {std::size_t{1}, std::size_t{7}, std::size_t{64}}) EXPECT_EQ(answers(rule, some, at_a_time), all_at_once) << rule << ", " << at_a_time << " at a time";
  }
}

}  // namespace
}  // namespace leavingcare
