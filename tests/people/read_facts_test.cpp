// A folder of fact tables: what comes out of a clean one, and every complaint about a bad one at its line.
#include <leavingcare/people/read_people.hpp>

#include "folder_of_files.hpp"
#include "source/digest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using namespace leavingcare;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_people::day;
using testing_people::Folder;
using testing_people::in_short;
using testing_people::small_vocabulary;
using Files = std::vector<std::pair<std::string, std::string>>;

Checked<People> read(const Files& files) {
  const Folder folder(files);
  return read_facts(folder.path(), small_vocabulary(), "born");
}

/// Nobody to speak of, and one more table.
Files with_born(const std::string& name, const std::string& text) {
  return {{"born.csv", "person,value\nann,2008-03-10\nbob,\n"}, {name, text}};
}

std::vector<std::string> complaints(const std::string& name, const std::string& text) {
  return in_short(read(with_born(name, text)).diagnostics());
}

std::string first_hint(const std::string& name, const std::string& text) {
  return read(with_born(name, text)).diagnostics().at(0).hint;
}

const std::string stays = "person,from,until,kind\n";

TEST(ReadFacts, ACleanFolderComesOutAsItWasWritten) {
  const auto people = read({
      {"born.csv", "person,value\nbob,2008-03-10\nann,\n"},
      {"stays.csv",
       "until,kind,person,from,short,place,certain\n"
       ",home,ann,2024-01-15,yes,,no\n"
       "2024-02-01,hostel,bob,2024-01-01,,\"Leeds, north\",yes\n"
       "2023-02-01,,bob,2023-01-01,,,\n"},
      {"moves.csv", "person,on,reason\nann,2024-05-06,new flat\n"},
      {"visits.csv", "person,on,by\n"},
      {"pay.csv", "person,from,until,value\nann,2024-01-01,,-12.5\n"},
      {"settled.csv", "person,value\nann,2024-01-01\n"},
      {"README.md", "Anything may stand here."},
      {".hidden.csv", "nor is this read"},
  });
  ASSERT_TRUE(people) << render_text(people.diagnostics());
  EXPECT_THAT(people.diagnostics(), IsEmpty());
  EXPECT_THAT(people.value().ids(), ElementsAre("bob", "ann"));

  const auto& born = *people.value().table("born");
  EXPECT_THAT(born.from, ElementsAre(day("2008-03-10"), Day::beginning_of_time));
  EXPECT_THAT(born.until, ElementsAre(day("2008-03-10"), Day::end_of_time));

  const auto& stays = *people.value().table("stays");
  EXPECT_THAT(stays.offsets, ElementsAre(0, 2, 3));
  EXPECT_THAT(stays.from, ElementsAre(day("2023-01-01"), day("2024-01-01"), day("2024-01-15")));
  EXPECT_THAT(stays.until, ElementsAre(day("2023-02-01"), day("2024-02-01"), Day::end_of_time));
  EXPECT_THAT(stays.doubtful, ElementsAre(0, 0, 1));
  EXPECT_TRUE(stays.covers_all_days);
  const auto words = [&stays](const char* field) {
    std::vector<std::string> found;
    for (const auto code : stays.field(field)->codes) {
      found.push_back(code == WordColumn::blank ? "?"
                                                : stays.field(field)->words[static_cast<std::size_t>(code)]);
    }
    return found;
  };
  EXPECT_THAT(words("kind"), ElementsAre("?", "hostel", "home")) << "blank is unknown";
  EXPECT_THAT(words("short"), ElementsAre("no", "no", "yes")) << "blank is what the field says it means";
  EXPECT_THAT(words("place"), ElementsAre("?", "Leeds, north", "?"));
  ASSERT_EQ(stays.origin.size(), 3U);
  EXPECT_EQ(people.value().sources()[stays.origin[2].source], "stays.csv");
  EXPECT_EQ(stays.origin[2].line, 2U);

  const auto& moves = *people.value().table("moves");
  EXPECT_THAT(moves.from, ElementsAre(day("2024-05-06")));
  EXPECT_THAT(moves.until, ElementsAre(day("2024-05-07")));
  EXPECT_THAT(people.value().table("pay")->value, ElementsAre(-12.5));
  EXPECT_THAT(people.value().table("settled")->offsets, ElementsAre(0, 0, 1));
  ASSERT_NE(people.value().table("visits"), nullptr) << "a table without rows says that nobody has any";
  EXPECT_THAT(people.value().table("visits")->rows(), 0U);
}

TEST(ReadFacts, ATableThatIsNotThereIsUnknownForEveryone) {
  const auto people = read(Files{{"born.csv", "person,value\nann,2008-03-10\n"}});
  ASSERT_TRUE(people);
  EXPECT_EQ(people.value().table("stays"), nullptr);
}

TEST(ReadFacts, AnOptionalColumnThatIsNotThereIsWhatABlankMeans) {
  const auto people = read(with_born("stays.csv", stays + "ann,2024-01-01,,home\n"));
  ASSERT_TRUE(people);
  const auto& table = *people.value().table("stays");
  EXPECT_THAT(table.field("short")->words, ElementsAre("no"));
  EXPECT_THAT(table.field("short")->codes, ElementsAre(0));
  EXPECT_THAT(table.field("place")->codes, ElementsAre(WordColumn::blank));
}

TEST(ReadFacts, ARecordThatBeginsAndEndsOnOneDayHoldsOnNoneAndIsNoMistake) {
  const auto people = read(with_born("stays.csv", stays + "ann,2024-01-01,2024-01-01,home\n"));
  ASSERT_TRUE(people);
  EXPECT_EQ(people.value().table("stays")->rows(), 0U);
}

TEST(ReadFacts, TheDigestIsThatOfTheTablesAndNothingElse) {
  const std::string born = "person,value\nann,2008-03-10\n";
  FilesDigest digest;
  digest.add("born.csv", born);
  EXPECT_EQ(read({{"born.csv", born}}).value().digest(), digest.hex());
  EXPECT_EQ(read({{"born.csv", born}, {"README.md", "x"}}).value().digest(), digest.hex());
  digest.add("moves.csv", "person,on\n");
  EXPECT_EQ(read({{"born.csv", born}, {"moves.csv", "person,on\n"}}).value().digest(), digest.hex());
}

TEST(ReadFacts, TheSameFolderReadTwiceIsTheSame) {
  const Folder folder(with_born("stays.csv", stays + "bob,2024-01-01,,home\nann,2020-01-01,,hostel\n"));
  const auto once = read_facts(folder.path(), small_vocabulary(), "born");
  const auto twice = read_facts(folder.path(), small_vocabulary(), "born");
  EXPECT_EQ(once.value().digest(), twice.value().digest());
  EXPECT_EQ(once.value().table("stays")->from, twice.value().table("stays")->from);
}

// ---- recorded.csv ----------------------------------------------------------------------------------------------------

TEST(ReadFacts, RecordedLimitsTheDaysOnWhichATableIsComplete) {
  auto files = with_born("moves.csv", "person,on\n");
  files.emplace_back("recorded.csv",
                     "person,fact,from,until\n"
                     "ann,moves,2024-01-01,\n"
                     "ann,moves,,2020-01-01\n"
                     "bob,moves,2024-01-01,2024-01-01\n");
  const auto people = read(files);
  ASSERT_TRUE(people) << render_text(people.diagnostics());
  const auto& moves = *people.value().table("moves");
  EXPECT_FALSE(moves.covers_all_days);
  const auto ann = moves.coverage[0];
  EXPECT_THAT(std::vector<Day>(ann.begin(), ann.end()),
              ElementsAre(Day::beginning_of_time, day("2020-01-01"), day("2024-01-01"), Day::end_of_time));
  EXPECT_TRUE(moves.coverage[1].empty());
}

TEST(ReadFacts, RecordedMaySpeakOnlyOfTablesPeopleAndDaysThatThereAre) {
  auto files = with_born("moves.csv", "person,on\n");
  files.emplace_back("recorded.csv",
                     "person,fact,from,until\n"
                     "ann,stays,2024-01-01,\n"
                     "ann,move,2024-01-01,\n"
                     "ann,born,2024-01-01,\n"
                     "eve,moves,2024-01-01,\n"
                     "ann,moves,2024-01-02,2024-01-01\n"
                     "ann,moves,yesterday,\n"
                     "ann,,,\n");
  const auto people = read(files);
  EXPECT_THAT(in_short(people.diagnostics()),
              ElementsAre("P113 recorded.csv:2:5", "P107 recorded.csv:3:5", "P107 recorded.csv:4:5",
                          "P108 recorded.csv:5:1", "P106 recorded.csv:6:22", "P105 recorded.csv:7:11",
                          "P115 recorded.csv:8:5"));
  EXPECT_THAT(people.diagnostics()[1].hint, HasSubstr("moves"));
}

// ---- what is refused -------------------------------------------------------------------------------------------------

TEST(ReadFacts, P101AFolderThatIsNotThere) {
  const Folder folder;
  const auto people = read_facts(folder.path() / "gone", small_vocabulary(), "born");
  EXPECT_FALSE(people);
  EXPECT_THAT(in_short(people.diagnostics()), ElementsAre("P101 gone"));
}

TEST(ReadFacts, P102AColumnThatIsMissing) {
  EXPECT_THAT(complaints("stays.csv", "person,from\nann,2024-01-01\n"),
              ElementsAre("P102 stays.csv:1:1", "P102 stays.csv:1:1"));
  EXPECT_THAT(complaints("moves.csv", "person\nann\n"), ElementsAre("P102 moves.csv:1:1"));
  EXPECT_THAT(complaints("pay.csv", "person,from,until\n"), ElementsAre("P102 pay.csv:1:1"));
  EXPECT_THAT(complaints("settled.csv", ""), ElementsAre("P102 settled.csv:1:1"));
}

TEST(ReadFacts, P102AFileWithoutAHeaderIsNotQuoted) {
  const auto people = read(with_born("stays.csv", "ann,2024-01-01,2024-02-01,home\n"));
  EXPECT_THAT(in_short(people.diagnostics()), ElementsAre("P102 stays.csv:1:1"));
  EXPECT_THAT(render_text(people.diagnostics()), Not(HasSubstr("ann")));
}

TEST(ReadFacts, P103AColumnThatTheFactDoesNotHave) {
  EXPECT_THAT(complaints("stays.csv", "person,from,until,kind,plaice\nann,2024-01-01,,home,x\n"),
              ElementsAre("P103 stays.csv:1:24"));
  EXPECT_THAT(first_hint("stays.csv", "person,from,until,kind,plaice\n"), HasSubstr("place"));
  EXPECT_THAT(complaints("pay.csv", "person,from,until,value,certain\n"), ElementsAre("P103 pay.csv:1:25"));
}

TEST(ReadFacts, P104ARowWithTheWrongNumberOfCells) {
  EXPECT_THAT(complaints("stays.csv", stays + "ann,2024-01-01,,home,yes\nann,2024-01-01\n"),
              ElementsAre("P104 stays.csv:2:1", "P104 stays.csv:3:1"));
}

TEST(ReadFacts, P105WhatIsNoDate) {
  EXPECT_THAT(complaints("stays.csv", stays + "ann,15/01/2024,2024-02-30,home\nann,2024-1-5,,home\n"),
              ElementsAre("P105 stays.csv:2:5", "P105 stays.csv:2:16", "P105 stays.csv:3:5"));
  EXPECT_THAT(complaints("born.csv", "person,value\nann,10 March 2008\n"), ElementsAre("P105 born.csv:2:5"));
  EXPECT_THAT(first_hint("moves.csv", "person,on\nann,15/01/2024\n"), HasSubstr("DD/MM/YYYY"));
  EXPECT_THAT(first_hint("moves.csv", "person,on\nann,2024-02-30\n"), HasSubstr("no such day"));
  EXPECT_THAT(first_hint("moves.csv", "person,on\nann,2024-01-05 00:00:00\n"), HasSubstr("time of day"));
}

TEST(ReadFacts, P106AnEndBeforeTheBeginning) {
  EXPECT_THAT(complaints("stays.csv", stays + "ann,2024-02-01,2024-01-01,home\n"),
              ElementsAre("P106 stays.csv:2:16"));
  EXPECT_THAT(complaints("pay.csv", "person,from,until,value\nann,2024-02-01,2024-01-01,5\n"),
              ElementsAre("P106 pay.csv:2:16"));
}

TEST(ReadFacts, P107AWordThatTheFieldDoesNotAllow) {
  EXPECT_THAT(complaints("stays.csv", stays + "ann,2024-01-01,,Home\n"), ElementsAre("P107 stays.csv:2:17"));
  EXPECT_THAT(first_hint("stays.csv", stays + "ann,2024-01-01,,hospitl\n"), HasSubstr("hospital"));
  EXPECT_THAT(first_hint("stays.csv", stays + "ann,2024-01-01,,Jane Doe\n"),
              "allowed: home, hostel, hospital");
  EXPECT_THAT(complaints("moves.csv", "person,on,certain\nann,2024-01-01,maybe\n"),
              ElementsAre("P107 moves.csv:2:16"));
}

TEST(ReadFacts, P108APersonWhoIsNotListed) {
  EXPECT_THAT(complaints("stays.csv", stays + "eve,2024-01-01,,home\nann,2024-01-01,,home\n"),
              ElementsAre("P108 stays.csv:2:1"));
  EXPECT_THAT(complaints("settled.csv", "person,value\neve,2024-01-01\n"),
              ElementsAre("P108 settled.csv:2:1"));
}

TEST(ReadFacts, P109APersonListedTwice) {
  const auto people = read(Files{{"born.csv", "person,value\nann,2008-03-10\nbob,\nann,2008-03-11\n"}});
  EXPECT_THAT(in_short(people.diagnostics()), ElementsAre("P109 born.csv:4:1"));
  EXPECT_EQ(people.diagnostics()[0].labels.at(1).place.line, 2);
  EXPECT_THAT(complaints("settled.csv", "person,value\nann,2024-01-01\nann,2024-01-01\n"),
              ElementsAre("P109 settled.csv:3:1"));
}

TEST(ReadFacts, P110ATableOfNoFact) {
  EXPECT_THAT(complaints("stayz.csv", ""), ElementsAre("P110 stayz.csv"));
  EXPECT_THAT(first_hint("stayz.csv", ""), HasSubstr("stays"));
  EXPECT_THAT(complaints("stays.CSV", ""), ElementsAre("P110 stays.CSV"));
}

TEST(ReadFacts, P111WhatIsNoNumber) {
  EXPECT_THAT(
      complaints("pay.csv", "person,from,until,value\nann,2024-01-01,,\"1,200\"\nann,2024-01-01,,nan\n"),
      ElementsAre("P111 pay.csv:2:17", "P111 pay.csv:3:17"));
}

TEST(ReadFacts, P113AFolderThatListsNoPeople) {
  const auto people = read(Files{{"moves.csv", "person,on\neve,2024-01-32\n"}});
  EXPECT_FALSE(people);
  ASSERT_EQ(people.diagnostics().size(), 2U) << "the other tables are read all the same";
  EXPECT_EQ(people.diagnostics()[0].code, Code::P113);
  EXPECT_EQ(in_short(people.diagnostics())[1], "P105 moves.csv:2:5");
}

TEST(ReadFacts, P114WhatIsNoCsv) {
  EXPECT_THAT(complaints("stays.csv", stays + "ann,2024-01-01,,\"home\n"), ElementsAre("P114 stays.csv:2:1"));
  EXPECT_THAT(complaints("stays.csv", stays + "\xFF,2024-01-01,,home\n"), ElementsAre("P114 stays.csv:2:1"));
}

TEST(ReadFacts, P115ACellThatMayNotBeBlank) {
  EXPECT_THAT(complaints("stays.csv", stays + "ann,,2024-01-01,home\n,2024-01-01,,home\n"),
              ElementsAre("P115 stays.csv:2:5", "P115 stays.csv:3:1"));
  EXPECT_THAT(complaints("moves.csv", "person,on\nann,\n"), ElementsAre("P115 moves.csv:2:5"));
  EXPECT_THAT(complaints("pay.csv", "person,from,until,value\nann,2024-01-01,,\n"),
              ElementsAre("P115 pay.csv:2:17"));
}

TEST(ReadFacts, AllProblemsOfAllTablesAreToldAtOnce) {
  const auto people = read({
      {"born.csv", "person,value\nann,x\n"},
      {"moves.csv", "person,on\neve,2024-01-01\nann,x\n"},
      {"pay.csv", "person,from,until,value\nann,x,y,z\n"},
      {"zoo.csv", ""},
  });
  EXPECT_FALSE(people);
  EXPECT_THAT(in_short(people.diagnostics()),
              ElementsAre("P110 zoo.csv", "P105 born.csv:2:5", "P108 moves.csv:2:1", "P105 moves.csv:3:5",
                          "P105 pay.csv:2:5", "P105 pay.csv:2:7", "P111 pay.csv:2:9"));
}

TEST(ReadFacts, NothingThatACellHoldsIsEverRendered) {
  // Every cell, and a headerless first line, holds the same private word in many shapes.
  const std::vector<std::string> secrets = {"Quill",      "1999-12-31", "31/12/1999", "1999-12-31T00:00",
                                            "1999-02-30", "77.x",       "7007"};
  for (const auto& secret : secrets) {
    const std::string rows =
        secret + "," + secret + "," + secret + "," + secret + "\n" + secret + "\n\"" + secret + "\"x\n";
    const auto people = read({
        {"born.csv",
         "person,value\nann," + secret + "\n" + secret + ",2000-01-01\n" + secret + ",2000-01-01\n"},
        {"stays.csv", "person,from,until,kind\n" + rows},
        {"moves.csv", rows},
        {"visits.csv", "person,on,by,certain\n" + rows},
        {"pay.csv", "person,from,until,value\nann,2000-01-02,2000-01-01," + secret + "x\n" + rows},
        {"settled.csv", "person,value\n" + secret + "\xFF,1\n"},
        {"recorded.csv", "person,fact,from,until\n" + rows},
    });
    EXPECT_FALSE(people);
    EXPECT_GE(people.diagnostics().size(), 8U);
    EXPECT_THAT(render_text(people.diagnostics()), Not(HasSubstr(secret)));
    EXPECT_THAT(render_json(people.diagnostics()), Not(HasSubstr(secret)));
  }
}

TEST(ReadFacts, ThePeopleCanBeListedUnderAFactTheVocabularyDoesNotDeclare) {
  const Folder folder(Files{{"first_day.csv", "person,value\nann,2008-03-10\n"}});
  EXPECT_TRUE(read_facts(folder.path(), small_vocabulary(), "first_day"));
  EXPECT_THROW((void)read_facts(folder.path(), small_vocabulary(), "stays"), std::invalid_argument);
}

/// Tables so long that threads share them: person k has k % 4 stays, and the third of them is short.
Files long_tables() {
  std::string born = "person,value\n";
  std::string stays = "person,from,until,kind,short\n";
  for (int k = 0; k < 20'000; ++k) {
    born += "person-" + std::to_string(k) + (k % 10 == 3 ? ",\n" : ",2008-03-10\n");
    for (int i = 0; i < k % 4; ++i) {
      stays += "person-" + std::to_string(k) + ",202" + std::to_string(i) + "-01-01," + (i == 2 ? "2022-06-30,hostel,yes\n" : "202" + std::to_string(i) + "-02-01,home,\n");
    }
  }
  return {{"born.csv", born}, {"stays.csv", stays}};
}

TEST(ReadFacts, LongTablesComeOutAsTheyWereWritten) {
  const auto people = read(long_tables());
  ASSERT_TRUE(people) << render_text(people.diagnostics());
  ASSERT_EQ(people.value().size(), 20'000U);
  const auto& born = *people.value().table("born");
  const auto& stays = *people.value().table("stays");
  ASSERT_EQ(stays.rows(), 30'000U);
  EXPECT_THAT(stays.field("kind")->words, ElementsAre("home", "hostel"));
  EXPECT_THAT(stays.field("short")->words, ElementsAre("no", "yes"));
  std::uint32_t line = 2;
  for (std::size_t k = 0; k < 20'000; ++k) {
    ASSERT_EQ(people.value().ids()[k], "person-" + std::to_string(k));
    ASSERT_EQ(born.until[k], k % 10 == 3 ? Day::end_of_time : day("2008-03-10"));
    ASSERT_EQ(born.origin[k].line, k + 2);
    ASSERT_EQ(stays.offsets[k + 1] - stays.offsets[k], k % 4);
    for (auto row = stays.offsets[k]; row < stays.offsets[k + 1]; ++row, ++line) {
      const bool third = row == stays.offsets[k] + 2;
      ASSERT_EQ(stays.origin[row].line, line);
      ASSERT_EQ(stays.from[row], day("2020-01-01") + (row - stays.offsets[k] == 0 ? 0 : third ? 731 : 366));
      ASSERT_EQ(stays.field("kind")->codes[row], third ? 1 : 0);
      ASSERT_EQ(stays.field("short")->codes[row], third ? 1 : 0);
    }
  }
}

TEST(ReadFacts, WhatIsWrongFarDownALongTableIsToldAtItsLine) {
  auto files = long_tables();
  files[0].second += "person-7,2008-03-10\n,2008-03-10\n";
  files[1].second += "person-7,2023-01-01,2022-01-01,home,\nsomebody else,2023-01-01,,home,\nperson-9,2023-02-29,,home\n";
  EXPECT_THAT(in_short(read(files).diagnostics()),
              ElementsAre("P109 born.csv:20002:1", "P115 born.csv:20003:1", "P106 stays.csv:30002:21", "P108 stays.csv:30003:1", "P104 stays.csv:30004:1"));
}

}  // namespace
