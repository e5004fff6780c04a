// Rows in any order become columns grouped by person.
#include <leavingcare/people/people_builder.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <stdexcept>

namespace {

using namespace leavingcare;
using law::FactKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Day d(int number) {
  return Day{number};
}

Record span(int from, int until, std::vector<std::string> fields = {}) {
  Record record;
  record.from = d(from);
  record.until = d(until);
  record.fields = std::move(fields);
  return record;
}

std::vector<Day> coverage_of(const FactTable& table, std::size_t person) {
  const auto edges = table.coverage[person];
  return {edges.begin(), edges.end()};
}

TEST(PeopleBuilder, RowsAreGroupedByPersonAndOrderedByFirstDayThenLast) {
  PeopleBuilder builder;
  const auto ann = builder.person("ann");
  const auto bob = builder.person("bob");
  const auto table = builder.add_table("care", FactKind::periods, {});
  builder.add(table, bob, span(5, 9));
  builder.add(table, ann, span(7, 8));
  builder.add(table, bob, span(1, 4));
  builder.add(table, ann, span(2, 9));
  builder.add(table, ann, span(2, 3));
  const auto people = builder.build();
  const auto* care = people.table("care");
  ASSERT_NE(care, nullptr);
  EXPECT_THAT(care->offsets, ElementsAre(0, 3, 5));
  EXPECT_THAT(care->from, ElementsAre(d(2), d(2), d(7), d(1), d(5)));
  EXPECT_THAT(care->until, ElementsAre(d(3), d(9), d(8), d(4), d(9)));
}

TEST(PeopleBuilder, EqualRowsKeepTheOrderInWhichTheyWereAdded) {
  PeopleBuilder builder;
  const auto who = builder.person("a");
  const auto source = builder.add_source("one.csv");
  const auto table = builder.add_table("care", FactKind::periods, {});
  for (std::uint32_t line = 2; line < 40; ++line) {
    auto record = span(1, 2);
    record.origin = {source, line};
    builder.add(table, who, record);
  }
  const auto people = builder.build();
  const auto& origin = people.table("care")->origin;
  ASSERT_EQ(origin.size(), 38U);
  EXPECT_TRUE(std::is_sorted(origin.begin(), origin.end(), [](auto a, auto b) { return a.line < b.line; }));
}

TEST(PeopleBuilder, APeriodThatHoldsOnNoDayIsLeftOutButAnEventIsKept) {
  PeopleBuilder builder;
  const auto who = builder.person("a");
  const auto periods = builder.add_table("care", FactKind::periods, {"kind"});
  const auto numbers = builder.add_table("pay", FactKind::numbers, {});
  const auto events = builder.add_table("died", FactKind::events, {});
  builder.add(periods, who, span(5, 5, {"x"}));
  builder.add(periods, who, span(5, 6, {"y"}));
  builder.add(numbers, who, span(5, 4));
  builder.add(events, who, span(5, 5));
  const auto people = builder.build();
  EXPECT_THAT(people.table("care")->from, ElementsAre(d(5)));
  EXPECT_THAT(people.table("care")->field("kind")->words, ElementsAre("y"));
  EXPECT_THAT(people.table("pay")->from, IsEmpty());
  EXPECT_THAT(people.table("died")->from, ElementsAre(d(5)));
  EXPECT_THAT(people.table("died")->until, ElementsAre(d(6)));
}

TEST(PeopleBuilder, WordsAreKeptOnceAndABlankHasNoWord) {
  PeopleBuilder builder;
  const auto who = builder.person("a");
  const auto table = builder.add_table("care", FactKind::periods, {"status", "place"});
  builder.add(table, who, span(3, 4, {"V2", ""}));
  builder.add(table, who, span(1, 2, {"C2", "U1"}));
  builder.add(table, who, span(5, 6, {"V2", "U1"}));
  builder.add(table, who, span(7, 8));
  const auto people = builder.build();
  const auto& status = *people.table("care")->field("status");
  const auto& place = *people.table("care")->field("place");
  EXPECT_THAT(status.words, ElementsAre("V2", "C2"));
  EXPECT_THAT(status.codes, ElementsAre(1, 0, 0, WordColumn::blank));
  EXPECT_THAT(place.words, ElementsAre("U1"));
  EXPECT_THAT(place.codes, ElementsAre(0, WordColumn::blank, 0, WordColumn::blank));
}

TEST(PeopleBuilder, OptionalColumnsAreThereOnlyWhenTheySaySomething) {
  PeopleBuilder builder;
  const auto who = builder.person("a");
  const auto certain = builder.add_table("care", FactKind::periods, {});
  const auto disputed = builder.add_table("detained", FactKind::periods, {});
  builder.add(certain, who, span(1, 2));
  builder.add(disputed, who, span(1, 2));
  auto doubt = span(0, 9);
  doubt.doubtful = true;
  builder.add(disputed, who, doubt);
  const auto people = builder.build();
  EXPECT_THAT(people.table("care")->doubtful, IsEmpty());
  EXPECT_THAT(people.table("care")->value, IsEmpty());
  EXPECT_THAT(people.table("care")->origin, IsEmpty());
  EXPECT_THAT(people.table("detained")->doubtful, ElementsAre(1, 0));
}

TEST(PeopleBuilder, ATableNobodyLimitsCoversAllDays) {
  PeopleBuilder builder;
  builder.person("a");
  builder.add_table("care", FactKind::periods, {});
  const auto people = builder.build();
  EXPECT_TRUE(people.table("care")->covers_all_days);
  EXPECT_THAT(people.table("care")->offsets, ElementsAre(0, 0));
}

TEST(PeopleBuilder, CoverageIsPackedForEveryoneAndThoseNotMentionedHaveAllDays) {
  PeopleBuilder builder;
  const auto none = builder.person("none");
  builder.person("all");
  const auto some = builder.person("some");
  const auto table = builder.add_table("care", FactKind::periods, {});
  builder.cover(table, some, {{d(50), d(60)}, {d(10), d(20)}});
  builder.cover(table, some, {{d(20), d(30)}});
  builder.cover(table, none, {});
  const auto people = builder.build();
  const auto& care = *people.table("care");
  EXPECT_FALSE(care.covers_all_days);
  ASSERT_EQ(care.coverage.size(), 3U);
  EXPECT_THAT(coverage_of(care, 0), IsEmpty());
  EXPECT_THAT(coverage_of(care, 1), ElementsAre(Day::beginning_of_time, Day::end_of_time));
  EXPECT_THAT(coverage_of(care, 2), ElementsAre(d(10), d(30), d(50), d(60)));
}

TEST(PeopleBuilder, APersonAddedTwiceIsOnePerson) {
  PeopleBuilder builder;
  EXPECT_EQ(builder.person("x"), 0U);
  EXPECT_EQ(builder.person("y"), 1U);
  EXPECT_EQ(builder.person("x"), 0U);
  EXPECT_TRUE(builder.find_person("y").has_value());
  EXPECT_FALSE(builder.find_person("z").has_value());
  EXPECT_EQ(builder.size(), 2U);
}

TEST(PeopleBuilder, PeopleAddedAfterTheRowsHaveNone) {
  PeopleBuilder builder;
  const auto table = builder.add_table("care", FactKind::periods, {});
  builder.add(table, builder.person("a"), span(1, 2));
  builder.person("b");
  EXPECT_THAT(builder.build().table("care")->offsets, ElementsAre(0, 1, 1));
}

TEST(PeopleBuilder, IsEmptyAfterBuilding) {
  PeopleBuilder builder;
  builder.add_table("care", FactKind::periods, {});
  builder.person("a");
  builder.add_source("one.csv");
  const auto people = builder.build("abc");
  EXPECT_EQ(people.digest(), "abc");
  EXPECT_THAT(people.sources(), ElementsAre("one.csv"));
  const auto nobody = builder.build();
  EXPECT_EQ(nobody.size(), 0U);
  EXPECT_TRUE(nobody.tables().empty());
  EXPECT_EQ(nobody.table("care"), nullptr);
}

TEST(PeopleBuilder, RefusesWhatOnlyAMistakenCallerDoes) {
  PeopleBuilder builder;
  const auto table = builder.add_table("care", FactKind::periods, {"status"});
  EXPECT_THROW(builder.add_table("care", FactKind::events, {}), std::invalid_argument);
  EXPECT_THROW(builder.add(table, 0, span(1, 2)), std::out_of_range);
  const auto who = builder.person("a");
  EXPECT_THROW(builder.add(table + 1, who, span(1, 2)), std::out_of_range);
  EXPECT_THROW(builder.add(table, who, span(1, 2, {"x", "y"})), std::invalid_argument);
  EXPECT_THROW(builder.cover(table, 7, {}), std::out_of_range);
}

TEST(PeopleBuilder, TheOrderOfRowsOfDifferentDaysDoesNotMatter) {
  std::vector<std::pair<std::uint32_t, Record>> rows;
  for (std::uint32_t i = 0; i < 300; ++i) {
    const auto from = static_cast<int>(i * 7 % 101);
    rows.emplace_back(i % 5, span(from * 300 + static_cast<int>(i), 100'000));
  }
  const auto built = [&rows] {
    PeopleBuilder builder;
    for (const auto* id : {"a", "b", "c", "d", "e"}) builder.person(id);
    const auto table = builder.add_table("care", FactKind::periods, {});
    for (const auto& [who, record] : rows) builder.add(table, who, record);
    return builder.build();
  };
  const auto sorted = built();
  std::mt19937 shuffled(7);
  std::shuffle(rows.begin(), rows.end(), shuffled);
  const auto again = built();
  EXPECT_EQ(sorted.table("care")->from, again.table("care")->from);
  EXPECT_EQ(sorted.table("care")->offsets, again.table("care")->offsets);
}

TEST(PeopleBuilder, RowsGatheredApartComeOutAsIfAddedOneAfterAnother) {
  PeopleBuilder builder;
  const auto ann = builder.person("ann");
  const auto bob = builder.person("bob");
  const auto table = builder.add_table("care", FactKind::periods, {"kind"});
  auto first = builder.rows_for(table);
  first.add(bob, span(5, 9, {"hostel"}));
  first.add(ann, span(1, 2, {""}));
  auto second = builder.rows_for(table);
  second.add(ann, span(3, 4, {"home"}));
  second.add(ann, span(4, 4, {"hospital"}));  // holds on no day
  second.add(bob, span(1, 2, {"hostel"}));
  builder.add(table, std::move(first));
  builder.add(table, std::move(second));
  const auto people = builder.build();
  const auto& care = *people.table("care");
  EXPECT_THAT(care.offsets, ElementsAre(0, 2, 4));
  EXPECT_THAT(care.from, ElementsAre(d(1), d(3), d(1), d(5)));
  EXPECT_THAT(care.fields[0].words, ElementsAre("hostel", "home"));
  EXPECT_THAT(care.fields[0].codes, ElementsAre(WordColumn::blank, 1, 0, 0));
}

TEST(PeopleBuilder, RowsGatheredApartAreOfPeopleWhoAreThere) {
  PeopleBuilder builder;
  builder.person("ann");
  const auto table = builder.add_table("care", FactKind::periods, {});
  auto rows = builder.rows_for(table);
  rows.add(1, span(5, 9));
  EXPECT_THROW(builder.add(table, std::move(rows)), std::out_of_range);
}

TEST(PeopleBuilder, ManyPeopleAreAddedTogetherOrNotAtAll) {
  PeopleBuilder builder;
  builder.person("ann");
  std::vector<std::string> many;
  for (int i = 0; i < 10'000; ++i) many.push_back("p" + std::to_string(i));
  EXPECT_TRUE(builder.add_people(many));
  EXPECT_EQ(builder.find_person("p9999"), 10'000U);
  EXPECT_EQ(builder.person("p0"), 1U);
  EXPECT_FALSE(builder.add_people({"new", "p77"}));
  EXPECT_FALSE(builder.add_people({"twice", "twice"}));
  EXPECT_EQ(builder.size(), 10'001U);
  EXPECT_FALSE(builder.find_person("new"));
  EXPECT_FALSE(builder.find_person("twice"));
  EXPECT_EQ(builder.find_person("ann"), 0U);
}

}  // namespace
