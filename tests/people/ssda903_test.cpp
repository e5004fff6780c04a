// Yearly returns joined into one history: what is certain, what is doubtful, what is unknown, and what is told of each repair.
#include "people/ssda903_returns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace leavingcare;
using namespace leavingcare::testing_people;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Strings = std::vector<std::string>;

/// What comes out for the one child of some returns.
struct Outcome {
  Strings care;
  std::string known;
  Strings told;
  Checked<Returns> all;
};

Outcome outcome(const std::vector<ReturnOf>& returns) {
  auto all = read_returns(returns);
  if (!all) return {{}, {}, mended(all.diagnostics()), std::move(all)};
  const auto& people = all.value().people;
  return {rows_of(people, "care"), coverage_of(people, "care"), mended(all.diagnostics()), std::move(all)};
}

// ---- one return -------------------------------------------------------------------------------------------------------

TEST(Ssda903, AnEpisodeIsCareFromDecomUntilDecExclusive) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "20/06/2018", "E4A"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-20 C2"));
  EXPECT_EQ(out.known, "2018-04-01..");
  EXPECT_THAT(out.told, IsEmpty());
}

TEST(Ssda903, EpisodesThatMeetShareTheirBoundaryDay) {
  const auto out = outcome(
      {{"2018-19", {{"10/05/2018", "S", "V2", "01/06/2018", "X1"}, {"01/06/2018", "L", "C1", "", ""}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-01 V2", "2018-06-01  C1"));
  EXPECT_THAT(out.told, IsEmpty());
}

TEST(Ssda903, AnEpisodeOpenInTheLastReturnGoesOn) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "", ""}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10  C2"));
  EXPECT_EQ(out.known, "2018-04-01..");
  EXPECT_EQ(out.all.value().drawn, day("2019-03-31"));
}

TEST(Ssda903, DaysBeforeTheYearAreKnownBackToTheFirstDecom) {
  const auto out = outcome({{"2018-19", {{"03/02/2016", "S", "C2", "", ""}}}});
  EXPECT_EQ(out.known, "2016-02-03..");
}

TEST(Ssda903, DaysBeforeAContinuingFirstEpisodeAreUnknown) {
  const auto out = outcome({{"2018-19", {{"03/02/2018", "P", "C2", "", ""}}}});
  EXPECT_EQ(out.known, "2018-02-03..");
  EXPECT_THAT(out.told, IsEmpty());
}

TEST(Ssda903, FieldsOfCareAreThoseOfTheVocabulary) {
  const auto read = read_returns({{"2018-19", {{"10/05/2018", "S", "V4", "", ""}}}});
  const auto& table = *read.value().people.table("care");
  const auto word = [&](const char* name) -> std::string {
    const auto* field = table.field(name);
    return field->codes[0] == WordColumn::blank ? ""
                                                : field->words[static_cast<std::size_t>(field->codes[0])];
  };
  EXPECT_EQ(word("legal_status"), "V4");
  EXPECT_EQ(word("placement"), "U6");
  EXPECT_EQ(word("authority"), "");
  EXPECT_EQ(word("disputed"), "no");
  EXPECT_EQ(word("found_by_court"), "no");
}

TEST(Ssda903, FactsTheReturnDoesNotHoldAreAbsent) {
  const auto read = read_returns({{"2018-19", {{"10/05/2018", "S", "C2", "20/06/2018", "E9"}}}});
  EXPECT_EQ(read.value().people.table("living_with_family"), nullptr);
}

TEST(Ssda903, ItTellsOfNoDetentionButThatEveryRemandWasCare) {
  const auto read = read_returns({{"2018-19", {{"10/05/2018", "S", "C2", "20/06/2018", "E9"}}}});
  const auto* detained = read.value().people.table("detained");
  ASSERT_NE(detained, nullptr);
  EXPECT_EQ(detained->rows(), 0U);
  EXPECT_EQ(coverage_of(read.value().people, "detained"), "");
  EXPECT_EQ(detained->complete_for.name, "kind");
  EXPECT_THAT(detained->complete_for.words, ElementsAre("youth_detention_remand"));
}

TEST(Ssda903, ARowKnowsItsFileAndLine) {
  const auto read = read_returns(
      {{"2018-19", {{"10/05/2018", "S", "V2", "01/06/2018", "X1"}, {"01/06/2018", "L", "C1", "", ""}}}});
  const auto& people = read.value().people;
  const auto origin = people.table("care")->origin[1];
  EXPECT_THAT(people.sources()[origin.source], HasSubstr("2018-19/episodes.csv"));
  EXPECT_EQ(origin.line, 3U);
}

// ---- ends that mean something -------------------------------------------------------------------------------------------

TEST(Ssda903, AdoptionIsAnEventOnTheDayCareEnded) {
  for (const char* reason : {"E11", "E12"}) {
    const auto read = read_returns({{"2018-19", {{"10/05/2018", "S", "E1", "20/06/2018", reason}}}});
    EXPECT_THAT(rows_of(read.value().people, "adopted"), ElementsAre("2018-06-20"));
    EXPECT_EQ(coverage_of(read.value().people, "adopted"), "always");
  }
}

TEST(Ssda903, DeathInCareIsAnEventOnTheDayCareEnded) {
  const auto read = read_returns({{"2018-19", {{"10/05/2018", "S", "C2", "20/06/2018", "E2"}}}});
  EXPECT_THAT(rows_of(read.value().people, "died"), ElementsAre("2018-06-20"));
  EXPECT_EQ(coverage_of(read.value().people, "died"), "always");
}

TEST(Ssda903, SpecialGuardianshipBeginsWhenCareEndsAndItsEndIsUnknown) {
  const auto read = read_returns({{"2018-19", {{"10/05/2018", "S", "C2", "20/06/2018", "E45"}}}});
  EXPECT_THAT(rows_of(read.value().people, "special_guardianship"), ElementsAre("2018-06-20 "));
  EXPECT_EQ(coverage_of(read.value().people, "special_guardianship"), "2018-04-01..2018-06-21");
}

TEST(Ssda903, SpecialGuardianshipOfTheOldCodesIsReadAndTold) {
  const auto read = read_returns({{"2017-18", {{"10/05/2017", "S", "C2", "20/06/2017", "E43"}}}});
  EXPECT_THAT(rows_of(read.value().people, "special_guardianship"), ElementsAre("2017-06-20 "));
  EXPECT_THAT(mended(read.diagnostics()), IsEmpty());
}

TEST(Ssda903, AReasonWithoutADayLeavesItsFactUnknownFromThen) {
  const auto read = read_returns({{"2018-19", {{"10/05/2018", "S", "C2", "", "E11"}}}});
  EXPECT_THAT(rows_of(read.value().people, "adopted"), IsEmpty());
  EXPECT_EQ(coverage_of(read.value().people, "adopted"), "..2018-05-11");
}

/// One child who left care on 20 June 2018, and the care leavers' file of each year from 2018-19 on (blank: none).
Checked<Returns> left_care_then(const Strings& in_touch) {
  const Folder folder;
  int year = 2018;
  for (const auto& code : in_touch) {
    const auto name = std::to_string(year) + "-" + std::to_string(year + 1);
    ++year;
    const ReturnOf one{name, {{"10/05/2018", "S", "C2", "20/06/2018", "E5"}}};
    write_in(folder, name, "episodes.csv", year == 2019 ? one.episodes() : episode_columns);
    write_in(folder, name, "header.csv", one.header());
    if (!code.empty())
      write_in(folder, name, "oc3.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n4711,10/03/2005," + code + ",0,0\n");
  }
  return read_folders({folder.path()});
}

TEST(Ssda903, ADeathAfterCareLeavesLifeUnknownFromTheLastDayOfCare) {
  const auto read = left_care_then({"", "died"});
  EXPECT_THAT(rows_of(read.value().people, "died"), IsEmpty());
  EXPECT_EQ(coverage_of(read.value().people, "died"), "..2018-06-20");
  EXPECT_THAT(mended(read.diagnostics()),
              ElementsAre("P210 2019-2020/oc3.csv:2", "P208 2019-2020/oc3.csv:2"));
}

TEST(Ssda903, ADeathAfterCareIsLaterThanTheLastYearInTouch) {
  EXPECT_EQ(coverage_of(left_care_then({"", "YES", "NO", "DIED"}).value().people, "died"), "..2019-04-01");
  EXPECT_EQ(coverage_of(left_care_then({"", "YES", "REFU"}).value().people, "died"), "always");
}

// ---- several returns ------------------------------------------------------------------------------------------------------

TEST(Ssda903, AnEpisodeOpenInOneReturnAndClosedInTheNextIsOne) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "", ""}}},
                            {"2019-20", {{"10/05/2018", "S", "C2", "01/08/2019", "E5"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2019-08-01 C2"));
  EXPECT_THAT(out.told, IsEmpty());
  EXPECT_THAT(render_text(out.all.diagnostics()),
              HasSubstr("2019-20/episodes.csv: 1 episode was open in an earlier return"));
}

TEST(Ssda903, ThreeReturnsInAnyOrderMakeOneHistory) {
  const std::vector<ReturnOf> returns{
      {"2018-19", {{"10/05/2018", "S", "V2", "", ""}}},
      {"2019-20", {{"10/05/2018", "S", "V2", "02/09/2019", "X1"}, {"02/09/2019", "B", "C2", "", ""}}},
      {"2020-21", {{"02/09/2019", "B", "C2", "", ""}}}};
  const Strings care{"2018-05-10 2019-09-02 V2", "2019-09-02  C2"};
  EXPECT_EQ(outcome(returns).care, care);
  const Folder folder;
  std::vector<std::filesystem::path> backwards;
  for (const auto& one : returns) {
    write_in(folder, one.folder, "episodes.csv", one.episodes());
    write_in(folder, one.folder, "header.csv", one.header());
    backwards.insert(backwards.begin(), folder.path() / one.folder);
  }
  const auto read = read_folders(backwards);
  EXPECT_EQ(rows_of(read.value().people, "care"), care);
  EXPECT_EQ(read.value().people.digest(), read_folders({folder.path()}).value().people.digest());
  EXPECT_EQ(read.value().drawn, day("2021-03-31"));
}

TEST(Ssda903, AMissingYearIsUnknownExceptUnderAnEpisodeThatSpansIt) {
  const auto out = outcome({{"2016-17", {{"10/05/2016", "S", "C2", "10/06/2016", "E4A"}}},
                            {"2018-19", {{"02/02/2018", "S", "C2", "", ""}}}});
  EXPECT_EQ(out.known, "2016-04-01..2017-04-01 2018-02-02..");
  EXPECT_THAT(render_text(out.all.diagnostics()), HasSubstr("there is no return of 2017-18"));
}

TEST(Ssda903, AChildInNoReturnOfAYearWasNotInCareInIt) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "10/06/2018", "E4A"}}},
                            {"2019-20", {{"11/05/2019", "S", "V2", "", "", "U6", "", "1"}}}});
  EXPECT_THAT(rows_of(out.all.value().people, "care", "1"), ElementsAre("2019-05-11  V2"));
  EXPECT_EQ(coverage_of(out.all.value().people, "care", "1"), "2018-04-01..");
}

// ---- P202 to P214 -------------------------------------------------------------------------------------------------------------

TEST(Ssda903, P202AnOverlapEndsWhereTheNextBegins) {
  const auto out = outcome(
      {{"2018-19", {{"10/05/2018", "S", "V2", "10/06/2018", "X1"}, {"01/06/2018", "L", "C1", "", ""}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-01 V2", "2018-06-01  C1"));
  EXPECT_THAT(out.told, ElementsAre("P202 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P202DaysOfAnOverlapBeyondTheNextEpisodeAreDoubtful) {
  const auto out = outcome(
      {{"2018-19",
        {{"10/05/2018", "S", "V2", "01/12/2018", "E4A"}, {"01/06/2018", "L", "C1", "01/07/2018", "E5"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-01 V2", "2018-06-01 2018-07-01 C1",
                                    "2018-07-01 2018-12-01 V2 ?"));
}

TEST(Ssda903, P202AnOpenEpisodeEndsWhereOneThatContinuesItBegins) {
  const auto out =
      outcome({{"2018-19", {{"10/05/2018", "S", "V2", "", ""}, {"01/06/2018", "L", "C1", "", ""}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-01 V2", "2018-06-01  C1"));
  EXPECT_THAT(out.told, ElementsAre("P202 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P202AnOpenEpisodeBeforeANewPeriodIsDoubtful) {
  const auto out =
      outcome({{"2018-19", {{"10/05/2018", "S", "V2", "", ""}, {"01/06/2018", "S", "C1", "", ""}}}});
  EXPECT_THAT(out.care,
              ElementsAre("2018-05-10 2018-05-11 V2", "2018-05-11 2018-06-01 V2 ?", "2018-06-01  C1"));
}

TEST(Ssda903, P203ACopyCountsOnce) {
  const EpisodeRow row{"10/05/2018", "S", "C2", "20/06/2018", "E4A"};
  const auto out = outcome({{"2018-19", {row, row}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-20 C2"));
  EXPECT_THAT(out.told, ElementsAre("P203 2018-19/episodes.csv:3"));
}

TEST(Ssda903, P204TheLaterReturnReplacesTheEarlier) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "01/03/2019", "E8", "K2"}}},
                            {"2019-20", {{"10/05/2018", "S", "C1", "", "", "U6"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10  C1"));
  EXPECT_THAT(out.told, ElementsAre("P204 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P206AChildMissingLaterIsDoubtfulToTheEndOfTheNextYear) {
  const EpisodeRow other{"11/05/2019", "S", "V2", "", "", "U6", "", "1"};
  const auto out =
      outcome({{"2018-19", {{"10/05/2018", "S", "C2", "", ""}}}, {"2019-20", {other}}, {"2020-21", {other}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2019-04-01 C2", "2019-04-01 2020-04-01 C2 ?"));
  EXPECT_EQ(out.known, "2018-04-01..");
  EXPECT_THAT(out.told, ElementsAre("P206 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P206TheDoubtEndsWithTheNextEpisode) {
  const auto out = outcome(
      {{"2018-19", {{"10/05/2018", "S", "C2", "", ""}}}, {"2019-20", {{"11/05/2019", "S", "V2", "", ""}}}});
  EXPECT_THAT(out.care,
              ElementsAre("2018-05-10 2019-04-01 C2", "2019-04-01 2019-05-11 C2 ?", "2019-05-11  V2"));
}

TEST(Ssda903, P206AnEpisodeThatTheNextReturnContinuesEndsWhereThatBegins) {
  const auto out = outcome(
      {{"2018-19", {{"10/05/2018", "S", "V2", "", ""}}}, {"2019-20", {{"11/05/2019", "L", "C2", "", ""}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2019-05-11 V2", "2019-05-11  C2"));
  EXPECT_THAT(out.told, ElementsAre("P206 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P206AcrossAMissingYearTheDoubtEndsWhenTheLaterReturnBegins) {
  const EpisodeRow other{"11/05/2020", "S", "V2", "", "", "U6", "", "1"};
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "", ""}}}, {"2020-21", {other}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2019-04-01 C2", "2019-04-01 2020-04-01 C2 ?"));
  EXPECT_EQ(out.known, "2018-04-01..2019-04-01 2020-04-01..");
}

TEST(Ssda903, P207AnEndMadeUpByAPipelineIsDoubtfulForAYear) {
  const EpisodeRow other{"11/05/2019", "S", "V2", "", "", "U6", "", "1"};
  const auto out =
      outcome({{"2018-19", {{"10/05/2018", "S", "C2", "31/03/2019", "E99"}}}, {"2019-20", {other}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2019-03-31 C2", "2019-03-31 2020-04-01 C2 ?"));
  EXPECT_THAT(out.told, ElementsAre("P207 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P207AMadeUpEndWhereTheNextEpisodeBeginsStands) {
  const auto out = outcome(
      {{"2018-19",
        {{"10/05/2018", "S", "V2", "01/06/2018", "X1", "U6", "LIIAF"}, {"01/06/2018", "P", "V2", "", ""}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-01 V2", "2018-06-01  V2"));
  EXPECT_THAT(out.told, ElementsAre("P207 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P208AReasonWithoutADayIsDoubtfulToTheYearsEnd) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "", "E4A"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-05-11 C2", "2018-05-11 2019-04-01 C2 ?"));
  EXPECT_THAT(out.told, ElementsAre("P208 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P208AnEpisodeFromAnEarlierYearHeldUntilItsReturnBegan) {
  const auto out = outcome({{"2018-19", {{"10/05/2016", "S", "C2", "", "E4A"}}}});
  EXPECT_THAT(out.care, ElementsAre("2016-05-10 2018-04-01 C2", "2018-04-01 2019-04-01 C2 ?"));
}

TEST(Ssda903, P208AReasonWithoutADayIsMendedByALaterReturn) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "", "E4A"}}},
                            {"2019-20", {{"10/05/2018", "S", "C2", "02/05/2019", "E4A"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2019-05-02 C2"));
  EXPECT_THAT(out.told, IsEmpty());
}

TEST(Ssda903, P208ADayWithoutAReasonStands) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "20/06/2018", ""}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-20 C2"));
  EXPECT_THAT(out.told, ElementsAre("P208 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P209AnEpisodeOfNoLengthIsNoCare) {
  const auto out = outcome(
      {{"2018-19",
        {{"10/05/2018", "S", "V2", "10/05/2018", "X1"}, {"10/05/2018", "S", "C2", "20/06/2018", "E4A"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-20 C2"));
  EXPECT_EQ(out.known, "2018-04-01..");
  EXPECT_THAT(out.told, ElementsAre("P209 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P209AnEpisodeThatEndsBeforeItBeginsLeavesItsYearUnknown) {
  const auto out = outcome(
      {{"2018-19",
        {{"10/05/2018", "S", "V2", "09/05/2018", "E4A"}, {"01/09/2018", "S", "C2", "20/09/2018", "E4A"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-09-01 2018-09-20 C2"));
  EXPECT_EQ(out.known, "2018-09-01..2018-09-20");
  EXPECT_THAT(out.told, ElementsAre("P209 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P210AnUnknownLegalStatusIsBlank) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "V9", "", ""}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10  -"));
  EXPECT_THAT(out.told, ElementsAre("P210 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P210AnUnknownReasonStillEndsTheEpisode) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "20/06/2018", "E77"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-20 C2"));
  EXPECT_THAT(out.told, ElementsAre("P210 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P210SmallLettersAreReadAndTheirNumberTold) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "s", "c2", "20/06/2018", "e4a"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-20 C2"));
  EXPECT_THAT(out.told, ElementsAre("P210 2018-19/episodes.csv:2"));
  EXPECT_THAT(render_text(out.all.diagnostics()), HasSubstr("(3 times in this file)"));
}

TEST(Ssda903, P210ACodeOfOtherYearsKeepsItsMeaning) {
  const auto out = outcome({{"2024-25", {{"10/05/2024", "S", "C2", "", "", "H5"}}}});
  const auto& field = *out.all.value().people.table("care")->field("placement");
  EXPECT_EQ(field.words.at(0), "H5");
  EXPECT_THAT(out.told, ElementsAre("P210 2024-25/episodes.csv:2"));
}

TEST(Ssda903, ThreeVintagesOfCodesAreReadWithoutAWord) {
  const auto out = outcome(
      {{"2023-24", {{"10/05/2023", "S", "C2", "", "", "H5"}}},
       {"2024-25",
        {{"10/05/2023", "S", "C2", "01/06/2024", "X1", "K3"}, {"01/06/2024", "P", "C2", "", "", "Z1"}}},
       {"2025-26", {{"01/06/2024", "P", "C2", "", "", "Z12"}}}});
  EXPECT_THAT(out.care, ElementsAre("2023-05-10 2024-06-01 C2", "2024-06-01  C2"));
  EXPECT_THAT(out.told, ElementsAre("P204 2023-24/episodes.csv:2", "P204 2024-25/episodes.csv:3"));
}

TEST(Ssda903, P211ABadFirstDayLeavesTheYearUnknown) {
  const auto out = outcome(
      {{"2017-18", {{"10/05/2017", "S", "C2", "20/06/2017", "E4A"}}},
       {"2018-19", {{"31/06/2018", "S", "C2", "", ""}, {"10/05/2018", "S", "V2", "20/05/2018", "E4A"}}}});
  EXPECT_EQ(out.known, "2017-04-01..2018-04-01 2018-05-10..2018-05-20");
  EXPECT_THAT(out.told, ElementsAre("P211 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P211ABadEndIsDoubtfulToTheYearsEnd) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "C2", "30/02/2019", "E4A"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-05-11 C2", "2018-05-11 2019-04-01 C2 ?"));
  EXPECT_THAT(out.told, ElementsAre("P211 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P213AGapAfterX1InOneReturnIsDoubtful) {
  const auto out = outcome(
      {{"2018-19", {{"10/05/2018", "S", "V2", "01/06/2018", "X1"}, {"13/06/2018", "P", "C2", "", ""}}}});
  EXPECT_THAT(out.care,
              ElementsAre("2018-05-10 2018-06-01 V2", "2018-06-01 2018-06-13 V2 ?", "2018-06-13  C2"));
  EXPECT_THAT(out.told, ElementsAre("P213 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P213AGapAfterX1ToALaterReturnIsFilled) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "V2", "30/03/2019", "X1"}}},
                            {"2019-20", {{"02/04/2019", "P", "C2", "", ""}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2019-04-02 V2", "2019-04-02  C2"));
  EXPECT_THAT(out.told, ElementsAre("P213 2018-19/episodes.csv:2"));
}

TEST(Ssda903, P213X1AsTheVeryLastWordIsDoubtfulWithoutEnd) {
  const auto out = outcome({{"2018-19", {{"10/05/2018", "S", "V2", "01/06/2018", "X1"}}}});
  EXPECT_THAT(out.care, ElementsAre("2018-05-10 2018-06-01 V2", "2018-06-01  V2 ?"));
}

// ---- dates of birth -------------------------------------------------------------------------------------------------------------

/// One child with an episode in each of two years, and the files given beside the episodes.
Checked<Returns> with_births(const std::string& first_header, const std::string& second_header,
                             const std::string& reviews = {}) {
  const Folder folder;
  const ReturnOf first{"2018-19", {{"10/05/2018", "S", "C2", "", ""}}};
  const ReturnOf second{"2019-20", {{"10/05/2018", "S", "C2", "", ""}}};
  write_in(folder, "2018-19", "episodes.csv", first.episodes());
  write_in(folder, "2019-20", "episodes.csv", second.episodes());
  write_in(folder, "2018-19", "header.csv", header_columns + first_header);
  write_in(folder, "2019-20", "header.csv", header_columns + second_header);
  if (!reviews.empty())
    write_in(folder, "2019-20", "reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE\n" + reviews);
  return read_folders({folder.path()});
}

TEST(Ssda903, P212AHeaderRowOfAnotherYearServes) {
  const auto read = with_births("4711,1,10/03/2005,WBRI,UN3,,\n", "");
  EXPECT_THAT(rows_of(read.value().people, "date_of_birth"), ElementsAre("2005-03-10"));
  EXPECT_THAT(mended(read.diagnostics()), ElementsAre("P212 2019-20/episodes.csv:2"));
}

TEST(Ssda903, P212AnotherTableServesWhenNoHeaderHasTheChild) {
  const auto read = with_births("", "", "4711,11/03/2005,01/06/2019,PN1\n");
  EXPECT_THAT(rows_of(read.value().people, "date_of_birth"), ElementsAre("2005-03-11"));
  EXPECT_THAT(mended(read.diagnostics()),
              ElementsAre("P212 2018-19/episodes.csv:2", "P212 2019-20/episodes.csv:2"));
}

TEST(Ssda903, P212WithoutAnyDateOfBirthItIsUnknown) {
  const auto read = with_births("", "");
  EXPECT_THAT(rows_of(read.value().people, "date_of_birth"), IsEmpty());
  EXPECT_EQ(coverage_of(read.value().people, "date_of_birth"), "");
}

TEST(Ssda903, P211AnUnreadableDateOfBirthIsUnknown) {
  const auto read = with_births("4711,1,2005-03-10,WBRI,UN3,,\n", "4711,1,,WBRI,UN3,,\n");
  EXPECT_EQ(coverage_of(read.value().people, "date_of_birth"), "");
  EXPECT_THAT(mended(read.diagnostics()),
              ElementsAre("P211 2018-19/header.csv:2", "P115 2019-20/header.csv:2"));
}

TEST(Ssda903, P214TheLatestReturnKnowsTheDateOfBirth) {
  const auto read = with_births("4711,1,10/03/2005,WBRI,UN3,,\n", "4711,1,11/03/2005,WBRI,UN3,,\n");
  EXPECT_THAT(rows_of(read.value().people, "date_of_birth"), ElementsAre("2005-03-11"));
  EXPECT_THAT(mended(read.diagnostics()), ElementsAre("P214 2018-19/header.csv:2"));
}

// ---- privacy ----------------------------------------------------------------------------------------------------------------------

TEST(Ssda903, NoChildAndNoDateIsNamedInWhatIsTold) {
  const auto read = with_births("4711,1,2005-03-10,WBRI,UN3,,\n", "4711,1,11/03/2005,WBRI,UN3,,\n",
                                "4711,12/03/2005,77/06/2019,PN1\n");
  const auto bad = read_returns(
      {{"2018-19", {{"10/05/2018", "Smith", "9 High St", "30/02/2019", "Jones"}, {"x", "S", "C2", "", ""}}}});
  for (const auto& text :
       {render_text(read.diagnostics()), render_text(bad.diagnostics()), render_json(bad.diagnostics())}) {
    for (const char* value :
         {"4711", "2005", "10/05", "30/02", "Smith", "SMITH", "High", "Jones", "JONES", "QX1"}) {
      EXPECT_THAT(text, Not(HasSubstr(value)));
    }
  }
}

}  // namespace
