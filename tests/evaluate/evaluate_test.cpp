// The engine from C++: the same answers however people are divided, explanations that agree with them, and unknowns
// that name what would settle them. What the answers should be is tested by rules/england/scenarios and tests/day_by_day.
#include <leavingcare/leavingcare.hpp>

#include <leavingcare/rulebook/reach.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>
#include <thread>
#include <tuple>
#include <vector>

namespace leavingcare {
namespace {

const Rulebook& england() {
  static const Rulebook book = load_rulebook(LEAVINGCARE_RULES_FOLDER "/england").value_or_throw();
  return book;
}

/// Lives with care, home, detention and adoption at random places, some of it doubtful, some tables covering some days only.
People random_people(std::size_t count, unsigned seed, bool with_every_table) {
  std::mt19937 random(seed);
  const auto between = [&](int low, int high) { return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1)); };
  PeopleBuilder builder;
  const auto births = builder.add_table("date_of_birth", law::FactKind::day, {});
  const auto care = builder.add_table("care", law::FactKind::periods, {"legal_status", "disputed"});
  std::vector<std::size_t> others;
  std::vector<const law::Fact*> facts;
  for (const auto& fact : england().vocabulary.facts) {
    if (fact.name == "date_of_birth" || fact.name == "care") continue;
    if (!with_every_table && between(0, 2) == 0) continue;
    std::vector<std::string> fields;
    for (const auto& field : fact.fields) fields.push_back(field.name);
    others.push_back(builder.add_table(fact.name, fact.kind, fields));
    facts.push_back(&fact);
  }
  static constexpr const char* codes[] = {"C2", "V2", "V3", "V4", "C1"};
  for (std::size_t i = 0; i < count; ++i) {
    const auto person = builder.person("p" + std::to_string(i));
    const Day born = day_of(1996, 1, 1) + between(0, 5000);
    builder.add(births, person, {born, born, 0, false, {}, {}});
    for (int k = between(0, 6); k > 0; --k) {
      const Day from = born + between(12 * 365, 18 * 365);
      builder.add(care, person, {from, between(0, 9) == 0 ? Day::end_of_time : from + between(1, 400), 0, between(0, 9) == 0,
                                 {codes[between(0, 4)], between(0, 9) == 0 ? "yes" : "no"}, {}});
    }
    for (std::size_t t = 0; t < others.size(); ++t) {
      if (between(0, 3) != 0) continue;
      const Day from = born + between(13 * 365, 24 * 365);
      Record record{from, from + between(1, 500), 0, false, {}, {}};
      for (const auto& field : facts[t]->fields) record.fields.push_back(field.one_of.empty() ? "" : field.one_of[static_cast<std::size_t>(between(0, static_cast<int>(field.one_of.size()) - 1))]);
      builder.add(others[t], person, record);
      if (between(0, 3) == 0) builder.cover(others[t], person, {{born, born + between(14 * 365, 22 * 365)}});
    }
  }
  return builder.build();
}

std::string tables(const People& people, Options options) {
  const auto book = std::make_shared<const Rulebook>(england());
  const Result result(book, std::make_shared<const People>(people), std::move(options));
  std::ostringstream out;
  write_statuses(result, out);
  write_entitlements(result, out);
  write_categories(result, out);
  return out.str();
}

TEST(Evaluate, TheBytesAreTheSameWhateverTheBatchAndTheThreads) {
  for (const bool every_table : {true, false}) {
    const auto people = random_people(700, 7, every_table);
    Options alone;
    alone.people_at_a_time = 1;
    const auto one_by_one = tables(people, alone);
    EXPECT_GT(one_by_one.size(), 10'000U);
    for (const std::size_t size : {2UL, 64UL, 256UL, 1000UL}) {
      for (const unsigned threads : {1U, 2U, 5U}) {
        Options options;
        options.people_at_a_time = size;
        options.threads = threads;
        EXPECT_EQ(tables(people, options), one_by_one) << size << " people at a time, " << threads << " threads";
      }
    }
  }
}

/// Nobody is left out or asked about twice where histories are so long that a batch holds few people.
TEST(Evaluate, BatchesOfLongHistoriesAreSmallerAndGiveTheSameAnswers) {
  constexpr int episodes[] = {3, 9'000, 40'000, 2, 1, 5, 0, 20'000};
  const auto history_of = [&](std::size_t first, std::size_t last) {
    PeopleBuilder builder;
    const auto births = builder.add_table("date_of_birth", law::FactKind::day, {});
    const auto care = builder.add_table("care", law::FactKind::periods, {"legal_status"});
    for (std::size_t i = first; i < last; ++i) {
      const auto person = builder.person("p" + std::to_string(i));
      const Day born = day_of(1996, 1, 1) + static_cast<std::int32_t>(100 * i);
      builder.add(births, person, {born, born, 0, false, {}, {}});
      // Most in the same weeks over and over; days apart, so that no two records are one span by chance alone.
      for (int k = 0; k < episodes[i]; ++k) builder.add(care, person, {born + 5000 + 3 * (k % 500), born + 5002 + 3 * (k % 500), 0, false, {"C2"}, {}});
    }
    return builder.build();
  };
  const auto everybody = history_of(0, std::size(episodes));
  const auto plan = make_plan(england(), everybody, {});
  const auto begins = detail::batches(plan, 256);
  EXPECT_EQ(begins, (std::vector<std::size_t>{0, 2, 3, 5, 6, 7, 8})) << "of too many records, half the people, and half again, down to one";
  EXPECT_EQ(detail::batches(plan, 1), (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8}));

  const auto together = evaluate(england(), everybody);
  std::size_t row = 0;
  for (std::size_t i = 0; i < std::size(episodes); ++i) {
    const auto alone = evaluate(england(), history_of(i, i + 1));
    for (std::size_t k = 0; k < alone.rows(); ++k, ++row) {
      ASSERT_LT(row, together.rows());
      EXPECT_EQ(std::tuple(together.person[row], together.rule[row], together.from[row], together.until[row], together.truth[row]),
                std::tuple(static_cast<std::uint32_t>(i), alone.rule[k], alone.from[k], alone.until[k], alone.truth[k]));
    }
  }
  EXPECT_EQ(row, together.rows());
}

/// The caller's own threads ask different questions of one rulebook and one population at once; run it under the tsan preset.
TEST(Evaluate, ThreadsOfTheCallerShareARulebookAndPeople) {
  const auto people = random_people(120, 19, false);
  const auto& id = people.ids()[5];
  const auto rows_of = [&](unsigned threads) {
    Options options;
    options.people_at_a_time = 16;
    options.threads = threads;
    const auto answers = evaluate(england(), people, options);
    return std::tuple(answers.person, answers.rule, answers.from, answers.until, answers.truth, answers.depends_on);
  };
  const auto why = [&] { return render_text(explain(england(), people, {}, id, "qualifying", day_of(2018, 6, 1))); };
  const auto rows = rows_of(1);
  const auto words = why();
  ASSERT_GT(std::get<0>(rows).size(), 1000U);
  std::vector<int> agreed(6, 0);
  {
    std::vector<std::jthread> askers;
    for (std::size_t i = 0; i < agreed.size(); ++i) {
      askers.emplace_back([&, i] { agreed[i] = i % 2 == 0 ? (rows_of(1 + static_cast<unsigned>(i) / 2) == rows ? 1 : 0) : (why() == words ? 1 : 0); });
    }
  }
  EXPECT_EQ(agreed, std::vector<int>(agreed.size(), 1));
}

TEST(Evaluate, EveryUnknownNamesAFactThatIsNotKnown) {
  const auto people = random_people(500, 11, false);
  const auto answers = evaluate(england(), people);
  std::size_t unknown = 0;
  for (std::size_t row = 0; row < answers.rows(); ++row) {
    const auto& facts = answers.fact_sets[answers.depends_on[row]];
    if (answers.truth[row] == Truth::yes) {
      EXPECT_TRUE(facts.empty());
      continue;
    }
    ++unknown;
    EXPECT_FALSE(facts.empty()) << "row " << row;
    for (const auto fact : facts) {
      const auto* table = people.table(england().vocabulary.facts[fact].name);
      const bool partly = table == nullptr || !table->covers_all_days || !table->doubtful.empty() || table->name == "care";
      EXPECT_TRUE(partly) << england().vocabulary.facts[fact].name << " is wholly known";
    }
  }
  EXPECT_GT(unknown, 100U);
}

TEST(Explain, SaysOfEveryRuleAndDayWhatEvaluationSays) {
  const auto people = random_people(60, 13, false);
  const auto answers = evaluate(england(), people);
  std::mt19937 random(17);
  for (std::uint32_t person = 0; person < people.size(); ++person) {
    for (const char* rule : {"eligible_child", "relevant_child", "former_relevant_child", "qualifying", "personal_adviser"}) {
      const auto index = england().find_rule(rule);
      const Day on = day_of(2012, 1, 1) + static_cast<std::int32_t>(random() % 6000);
      Truth said = Truth::no;
      for (std::size_t row = 0; row < answers.rows(); ++row) {
        if (answers.person[row] == person && answers.rule[row] == index && answers.from[row] <= on && on < answers.until[row]) said = answers.truth[row];
      }
      const auto why = explain(england(), people, {}, people.ids()[person], rule, on);
      EXPECT_EQ(why.truth, said) << rule << " on " << iso(on);
      EXPECT_EQ(why.settled_by.empty(), said != Truth::unknown);
      EXPECT_FALSE(render_text(why).empty());
      for (std::size_t i = 0; i + 1 < why.changes.size(); ++i) EXPECT_LT(why.changes[i].on, why.changes[i + 1].on);
    }
  }
}

TEST(Explain, ANoSaysWhatIsMissingAndByHowMuch) {
  PeopleBuilder builder;
  const auto births = builder.add_table("date_of_birth", law::FactKind::day, {});
  const auto care = builder.add_table("care", law::FactKind::periods, {"legal_status"});
  const auto sam = builder.person("sam");
  builder.add(births, sam, {day_of(2008, 3, 10), day_of(2008, 3, 10), 0, false, {}, {}});
  builder.add(care, sam, {day_of(2024, 1, 15), Day::end_of_time, 0, false, {"V2"}, {}});
  const auto people = builder.build();
  Options options;
  options.unrecorded = Unrecorded::none;
  const auto why = explain(england(), people, options, "sam", "eligible_child", day_of(2024, 3, 10));
  EXPECT_EQ(why.truth, Truth::no);
  EXPECT_NE(render_text(why).find("56 of 91 days; reaches 91 on 14 April 2024 as things stand"), std::string::npos) << render_text(why);
  ASSERT_EQ(why.changes.size(), 2U);
  EXPECT_EQ(why.changes[0].on, day_of(2024, 4, 14));
  EXPECT_EQ(why.changes[1].because, std::vector<std::string>{"18th birthday"});
}

using Said = std::vector<std::tuple<std::uint32_t, Day, Day, Truth, std::uint32_t>>;

/// What each rule says of everybody, under the options given.
std::vector<Said> by_rule(const People& people, const Options& options) {
  std::vector<Said> found(england().rules.size());
  const auto answers = evaluate(england(), people, options);
  for (std::size_t i = 0; i < answers.rows(); ++i) found[answers.rule[i]].emplace_back(answers.person[i], answers.from[i], answers.until[i], answers.truth[i], 0);
  for (const auto& one : answers.obligations) found[one.rule].emplace_back(one.person, one.due, one.ended, Truth::yes, static_cast<std::uint32_t>(one.state));
  return found;
}

TEST(Readings, NoOtherThanThoseNamedChangesWhatARuleSays) {
  std::size_t changed = 0;
  for (const bool with_every_table : {true, false}) {
    const auto people = random_people(400, 23, with_every_table);
    Options options;
    options.as_at = day_of(2016, 3, 31);
    const auto as_chosen = by_rule(people, options);
    for (std::uint32_t place = 0; place < england().readings.size(); ++place) {
      const auto& reading = england().readings[place];
      for (const auto& option : reading.options) {
        options.readings = {{reading.name, option.name}};
        const auto otherwise = by_rule(people, options);
        for (std::uint32_t rule = 0; rule < otherwise.size(); ++rule) {
          if (otherwise[rule] == as_chosen[rule]) continue;
          ++changed;
          const auto named = readings_of(england(), rule);
          EXPECT_NE(std::find(named.begin(), named.end(), place), named.end()) << england().rules[rule].declared.name << " under " << reading.name << " = " << option.name;
        }
      }
    }
  }
  EXPECT_GT(changed, 100U);
}

TEST(Readings, OfAnEligibleChildAreThoseOfItsDefinition) {
  // 13 weeks of care since 14, at 16 and 17: birthdays, short breaks, what an adoption does to earlier care, and disputed care; nothing of what follows 18.
  std::vector<std::string> names;
  for (const auto place : readings_of(england(), england().find_rule("eligible_child"))) names.push_back(england().readings[place].name);
  EXPECT_EQ(names, (std::vector<std::string>{"leap_birthday", "short_break_days", "short_break_year", "adoption", "disputed_care"}));
}

TEST(Options, WhatDoesNotExistIsACallersMistake) {
  const People nobody;
  Options options;
  options.readings["no_such_reading"] = "yes";
  EXPECT_THROW((void)evaluate(england(), nobody, options), std::invalid_argument);
  options.readings = {{"adoption", "no_such_option"}};
  EXPECT_THROW((void)evaluate(england(), nobody, options), std::invalid_argument);
  options.readings.clear();
  options.rules = {"no_such_rule"};
  EXPECT_THROW((void)evaluate(england(), nobody, options), std::invalid_argument);
}

TEST(Unrecorded, TakenAsNoneLeavesNothingUnknownButWhatIsDoubtful) {
  PeopleBuilder builder;
  const auto births = builder.add_table("date_of_birth", law::FactKind::day, {});
  const auto care = builder.add_table("care", law::FactKind::periods, {"legal_status"});
  const auto sam = builder.person("sam");
  builder.add(births, sam, {day_of(2004, 5, 1), day_of(2004, 5, 1), 0, false, {}, {}});
  builder.add(care, sam, {day_of(2018, 6, 1), day_of(2022, 5, 1), 0, false, {"C2"}, {}});
  builder.cover(care, sam, {{day_of(2018, 4, 1), day_of(2023, 4, 1)}});
  const auto people = builder.build();
  Options options;
  options.unrecorded = Unrecorded::none;
  for (const auto truth : evaluate(england(), people, options).truth) EXPECT_EQ(truth, Truth::yes);
  const auto strict = evaluate(england(), people);
  EXPECT_NE(std::find(strict.truth.begin(), strict.truth.end(), Truth::unknown), strict.truth.end());
}

}  // namespace
}  // namespace leavingcare
