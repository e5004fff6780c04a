// Cases written by hand in YAML.
#include <leavingcare/people/read_people.hpp>

#include "folder_of_files.hpp"
#include "source/digest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace leavingcare;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_people::day;
using testing_people::Folder;
using testing_people::in_short;
using testing_people::small_vocabulary;

Checked<People> read(const std::string& text) {
  const Folder folder({{"case.yaml", text}});
  return read_case(folder.path() / "case.yaml", small_vocabulary(), "born");
}

std::vector<std::string> complaints(const std::string& text) {
  return in_short(read(text).diagnostics());
}

std::vector<Day> coverage_of(const FactTable& table, std::size_t person) {
  if (table.covers_all_days) return {Day::beginning_of_time, Day::end_of_time};
  const auto edges = table.coverage[person];
  return {edges.begin(), edges.end()};
}

const std::vector<Day> always = {Day::beginning_of_time, Day::end_of_time};
const std::vector<Day> never = {};

TEST(ReadCase, ACaseOfEveryKindOfFactComesOutAsItWasWritten) {
  const auto people = read(R"(person: ann
facts:
  born: 2008-03-10
  stays:
    - {from: 2024-03-01, kind: hostel, place: "NO", certain: no}
    - {from: 2024-01-15, until: 2024-02-01, kind: home, short: yes}
    - {from: 2025-01-01, until: 2025-01-01, kind: home}
  moves: [2024-05-06, {on: 2024-05-07, reason: new flat}]
  pay: [{from: 2024-01-01, until: , value: 12.5}]
  settled: 2024-06-01
)");
  ASSERT_TRUE(people) << render_text(people.diagnostics());
  EXPECT_THAT(people.value().ids(), ElementsAre("ann"));
  EXPECT_THAT(people.value().table("born")->from, ElementsAre(day("2008-03-10")));
  EXPECT_THAT(people.value().table("born")->until, ElementsAre(day("2008-03-10")));
  const auto& stays = *people.value().table("stays");
  EXPECT_THAT(stays.from, ElementsAre(day("2024-01-15"), day("2024-03-01")));
  EXPECT_THAT(stays.until, ElementsAre(day("2024-02-01"), Day::end_of_time));
  EXPECT_THAT(stays.doubtful, ElementsAre(0, 1));
  EXPECT_THAT(stays.field("short")->words, ElementsAre("no", "yes"));
  EXPECT_THAT(stays.field("short")->codes, ElementsAre(1, 0));
  EXPECT_THAT(stays.field("place")->words, ElementsAre("NO")) << "text stays text";
  EXPECT_EQ(stays.origin[0].line, 6U);
  EXPECT_EQ(people.value().sources()[stays.origin[0].source], "case.yaml");
  const auto& moves = *people.value().table("moves");
  EXPECT_THAT(moves.from, ElementsAre(day("2024-05-06"), day("2024-05-07")));
  EXPECT_THAT(moves.field("reason")->codes, ElementsAre(WordColumn::blank, 0));
  EXPECT_THAT(people.value().table("pay")->value, ElementsAre(12.5));
  EXPECT_THAT(people.value().table("settled")->from, ElementsAre(day("2024-06-01")));
  EXPECT_EQ(people.value().table("visits"), nullptr) << "not mentioned: unknown";
}

TEST(ReadCase, NoneAndAnEmptyListSayThereWasNoneAndUnknownSaysNothing) {
  const auto people =
      read("facts: {born: unknown, stays: none, moves: [], visits: unknown, settled: none}\n");
  ASSERT_TRUE(people) << render_text(people.diagnostics());
  EXPECT_THAT(people.value().ids(), ElementsAre("1"));
  EXPECT_THAT(people.value().table("born")->from, ElementsAre(Day::beginning_of_time));
  EXPECT_THAT(people.value().table("born")->until, ElementsAre(Day::end_of_time));
  EXPECT_THAT(people.value().table("settled")->from, ElementsAre(Day::end_of_time)) << "never";
  for (const auto* fact : {"stays", "moves"}) {
    ASSERT_NE(people.value().table(fact), nullptr) << fact;
    EXPECT_EQ(people.value().table(fact)->rows(), 0U);
    EXPECT_TRUE(people.value().table(fact)->covers_all_days);
  }
  EXPECT_EQ(people.value().table("visits"), nullptr);
}

TEST(ReadCase, ABirthNotMentionedIsUnknownEvenWhenTheRestIsNone) {
  const auto people = read("facts: {}\nrest: none\n");
  ASSERT_TRUE(people) << render_text(people.diagnostics());
  EXPECT_THAT(people.value().table("born")->from, ElementsAre(Day::beginning_of_time));
  EXPECT_THAT(people.value().table("born")->until, ElementsAre(Day::end_of_time));
  EXPECT_EQ(people.value().tables().size(), small_vocabulary().facts.size());
  EXPECT_THAT(people.value().table("settled")->from, ElementsAre(Day::end_of_time)) << "never";
}

TEST(ReadCase, WhatOnePersonStatesIsUnknownForTheOthersWhoDoNot) {
  const auto people = read(R"(people:
  - person: ann
    facts: {born: 2008-03-10, moves: [2024-05-06]}
  - person: bob
    facts: {born: 2009-03-10}
  - person: cat
    facts: {moves: none}
  - person: dan
    facts: {moves: unknown}
    rest: none
)");
  ASSERT_TRUE(people) << render_text(people.diagnostics());
  EXPECT_THAT(people.value().ids(), ElementsAre("ann", "bob", "cat", "dan"));
  const auto& moves = *people.value().table("moves");
  EXPECT_THAT(moves.offsets, ElementsAre(0, 1, 1, 1, 1));
  EXPECT_EQ(coverage_of(moves, 0), always);
  EXPECT_EQ(coverage_of(moves, 1), never);
  EXPECT_EQ(coverage_of(moves, 2), always);
  EXPECT_EQ(coverage_of(moves, 3), never) << "what is said to be unknown is not in the rest";
  const auto& stays = *people.value().table("stays");
  EXPECT_EQ(coverage_of(stays, 0), never);
  EXPECT_EQ(coverage_of(stays, 3), always) << "the rest is none";
}

TEST(ReadCase, TheDigestIsThatOfTheFile) {
  FilesDigest digest;
  digest.add("case.yaml", "facts: {}\n");
  EXPECT_EQ(read("facts: {}\n").value().digest(), digest.hex());
}

TEST(ReadCase, P102AKeyThatIsMissing) {
  EXPECT_THAT(complaints("facts:\n  stays:\n    - {until: 2024-01-01, kind: home}\n"),
              ElementsAre("P102 case.yaml:3:7"));
  EXPECT_THAT(complaints("facts:\n  stays:\n    - {from: 2024-01-01}\n"), ElementsAre("P102 case.yaml:3:7"));
  EXPECT_THAT(complaints("facts:\n  pay:\n    - {from: 2024-01-01}\n"), ElementsAre("P102 case.yaml:3:7"));
  EXPECT_THAT(complaints("facts:\n  visits: [2024-01-01]\n"), ElementsAre("P102 case.yaml:2:12"));
}

TEST(ReadCase, P103AKeyThatTheFactDoesNotHave) {
  const auto people = read("facts:\n  moves:\n    - {on: 2024-01-01, raeson: x}\n");
  EXPECT_THAT(in_short(people.diagnostics()), ElementsAre("P103 case.yaml:3:24"));
  EXPECT_THAT(people.diagnostics()[0].hint, HasSubstr("reason"));
}

TEST(ReadCase, P105WhatIsNoDate) {
  EXPECT_THAT(
      complaints(
          "facts:\n  born: 10/03/2008\n  settled: never\n  moves: [soon]\n  pay: [{from: 2024, value: 1}]\n"),
      ElementsAre("P105 case.yaml:2:9", "P105 case.yaml:4:11", "P105 case.yaml:5:16", "P105 case.yaml:3:12"));
  EXPECT_THAT(complaints("facts:\n  born: none\n"), ElementsAre("P105 case.yaml:2:9"))
      << "everybody was born";
}

TEST(ReadCase, P106AnEndBeforeTheBeginning) {
  EXPECT_THAT(complaints("facts:\n  stays: [{from: 2024-02-01, until: 2024-01-01, kind: home}]\n"),
              ElementsAre("P106 case.yaml:2:37"));
}

TEST(ReadCase, P107AWordThatTheFieldDoesNotAllow) {
  const auto people = read("facts:\n  stays: [{from: 2024-02-01, kind: hostl, certain: maybe}]\n");
  EXPECT_THAT(in_short(people.diagnostics()), ElementsAre("P107 case.yaml:2:36", "P107 case.yaml:2:52"));
  EXPECT_THAT(people.diagnostics()[0].hint, HasSubstr("hostel"));
}

TEST(ReadCase, P109APersonTwice) {
  EXPECT_THAT(complaints("people:\n  - {person: a, facts: {}}\n  - {person: a, facts: {}}\n"),
              ElementsAre("P109 case.yaml:3:14"));
}

TEST(ReadCase, P110AFactThatThereIsNot) {
  const auto people = read("facts:\n  stay: none\n");
  EXPECT_THAT(in_short(people.diagnostics()), ElementsAre("P110 case.yaml:2:3"));
  EXPECT_THAT(people.diagnostics()[0].hint, HasSubstr("stays"));
}

TEST(ReadCase, P111WhatIsNoNumber) {
  EXPECT_THAT(complaints("facts:\n  pay: [{from: 2024-01-01, value: 12 pounds}]\n"),
              ElementsAre("P111 case.yaml:2:35"));
}

TEST(ReadCase, P112ACaseOfTheWrongShape) {
  EXPECT_THAT(complaints("- facts\n"), ElementsAre("P112 case.yaml:1:1"));
  EXPECT_THAT(complaints("person: ann\n"), ElementsAre("P112 case.yaml:1:1"));
  EXPECT_THAT(complaints("facts: [born]\n"), ElementsAre("P112 case.yaml:1:8"));
  EXPECT_THAT(complaints("facts: {}\nfatcs: {}\n"), ElementsAre("P112 case.yaml:2:1"));
  EXPECT_THAT(complaints("facts: {}\nrest: some\n"), ElementsAre("P112 case.yaml:2:7"));
  EXPECT_THAT(complaints("facts: {}\nperson: []\n"), ElementsAre("P112 case.yaml:2:9"));
  EXPECT_THAT(complaints("people: ann\n"), ElementsAre("P112 case.yaml:1:9"));
  EXPECT_THAT(complaints("people: [ann]\n"), ElementsAre("P112 case.yaml:1:10"));
  EXPECT_THAT(complaints("people: []\nfacts: {}\n"), ElementsAre("P112 case.yaml:2:1"));
  EXPECT_THAT(complaints("facts:\n  stays: 2024-01-01\n"), ElementsAre("P112 case.yaml:2:10"));
  EXPECT_THAT(complaints("facts:\n  stays: [2024-01-01]\n"), ElementsAre("P112 case.yaml:2:11"));
  EXPECT_THAT(complaints("facts:\n  moves: [[2024-01-01]]\n"), ElementsAre("P112 case.yaml:2:11"));
  EXPECT_THAT(complaints("facts:\n  born: [2024-01-01]\n"), ElementsAre("P112 case.yaml:2:9"));
  EXPECT_THAT(complaints("facts:\n  moves: [{on: [2024-01-01]}]\n"), ElementsAre("P112 case.yaml:2:16"));
}

TEST(ReadCase, P115AKeyThatMayNotBeBlank) {
  EXPECT_THAT(complaints("facts:\n  stays: [{from: \"\", kind: home}]\n"),
              ElementsAre("P115 case.yaml:2:18"));
}

TEST(ReadCase, AFileThatIsNotThereOrNoYamlIsRefusedAsAnyYamlIs) {
  const Folder folder;
  EXPECT_FALSE(read_case(folder.path() / "gone.yaml", small_vocabulary(), "born"));
  EXPECT_FALSE(read("facts: {born: 2008-03-10, born: 2008-03-11}\n"));
}

}  // namespace
