// What a return says for the duties: placements, and reviews held.
#include "people/ssda903_returns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leavingcare::testing_people {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

const std::string open_end = iso(Day::end_of_time);

TEST(PlacementsOfReturns, AChangeOfLegalStatusAloneIsNoNewPlacement) {
  const auto read = read_returns({{"2018-19",
                                   {{"10/05/2018", "S", "V2", "01/07/2018", "X1"},
                                    {"01/07/2018", "L", "C1", "01/09/2018", "X1"},
                                    {"01/09/2018", "P", "C1", "01/10/2018", "X1", "K2"},
                                    {"01/10/2018", "B", "C2", "", "", "U4"}}}});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "placements"),
              ElementsAre("2018-05-10 2018-09-01 U6", "2018-09-01 2018-10-01 K2", "2018-10-01 " + open_end + " U4"));
}

TEST(PlacementsOfReturns, ReturningToCareInTheSameKindOfPlacementIsANewOne) {
  const auto read =
      read_returns({{"2018-19", {{"10/05/2018", "S", "V2", "01/07/2018", "E4A"}, {"02/07/2018", "S", "V2", "", ""}}}});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "placements"), ElementsAre("2018-05-10 2018-07-01 U6", "2018-07-02 " + open_end + " U6"));
}

TEST(PlacementsOfReturns, AreUnknownBeforeTheFirstReturn) {
  const auto read = read_returns({{"2018-19", {{"10/05/2018", "S", "V2", "", ""}}}});
  ASSERT_TRUE(read);
  EXPECT_EQ(coverage_of(read.value().people, "placements"), "2018-04-01.." + open_end);
}

Checked<Returns> with_reviews(const std::vector<std::pair<std::string, std::string>>& reviews) {
  const Folder folder;
  for (const auto& [year, rows] : reviews) {
    const ReturnOf one{year, {{"10/05/2017", "S", "V2", "", ""}}};
    write_in(folder, year, "episodes.csv", one.episodes());
    write_in(folder, year, "header.csv", one.header());
    if (rows != "no table") write_in(folder, year, "reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE\n" + rows);
  }
  return read_folders({folder.path()});
}

TEST(ReviewsOfReturns, EveryCodeTellsOfAReviewThatWasHeld) {
  const auto read = with_reviews({{"2018-19", "4711,10/03/2005,01/06/2018,PN1\n4711,10/03/2005,01/12/2018,PN7\n4711,10/03/2005,01/03/2019,PN0\n"}});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "looked_after_reviews"), ElementsAre("2018-06-01", "2018-12-01", "2019-03-01"));
}

TEST(ReviewsOfReturns, AYearWhoseReturnLacksTheTableIsUnknown) {
  const auto read = with_reviews({{"2017-18", "no table"}, {"2018-19", ""}, {"2019-20", "no table"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(coverage_of(read.value().people, "looked_after_reviews"), "2018-04-01..2019-04-01");
}

TEST(ReviewsOfReturns, ADayThatCannotBeReadMakesItsYearUnknownForTheChild) {
  const auto read = with_reviews({{"2018-19", "4711,10/03/2005,soon,PN1\n4711,10/03/2005,01/12/2018,PN1\n"}, {"2019-20", ""}});
  ASSERT_TRUE(read);
  EXPECT_EQ(coverage_of(read.value().people, "looked_after_reviews"), "2018-12-01..2018-12-02 2019-04-01.." + open_end);
  EXPECT_THAT(mended(read.diagnostics()), Contains("P211 2018-19/reviews.csv:2"));
}

TEST(ReviewsOfReturns, TheSameDayTwiceCountsOnce) {
  const auto read = with_reviews({{"2018-19", "4711,10/03/2005,01/12/2018,PN1\n4711,10/03/2005,01/12/2018,PN1\n"}});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "looked_after_reviews"), ElementsAre("2018-12-01"));
  EXPECT_THAT(mended(read.diagnostics()), Contains("P203 2018-19/reviews.csv:3"));
}

TEST(JoinedReturns, AreTheEpisodesThatCountWithTheirCells) {
  const Folder folder;
  const ReturnOf first{"2018-19", {{"10/05/2018", "S", "V2", "", ""}}};
  const ReturnOf second{"2019-20", {{"10/05/2018", "S", "V2", "10/05/2019", "E4A"}}};
  for (const auto& one : {first, second}) {
    write_in(folder, one.folder, "episodes.csv", one.episodes());
    write_in(folder, one.folder, "header.csv", one.header());
  }
  const auto joined = join_ssda903({folder.path()}, shipped_map());
  ASSERT_TRUE(joined);
  ASSERT_EQ(joined.value().episodes.size(), 1U);
  const auto& one = joined.value().episodes.front();
  EXPECT_EQ(one.person, "4711");
  EXPECT_EQ(iso(one.from) + " " + iso(one.until), "2018-05-10 2019-05-10");
  EXPECT_TRUE(one.certain);
  EXPECT_EQ(one.year, "2019-20");
  EXPECT_THAT(joined.value().columns, ElementsAre("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "REC", "REASON_PLACE_CHANGE",
                                                  "HOME_POST", "PL_POST", "URN"));
  EXPECT_THAT(one.cells, ElementsAre("S", "V2", "N1", "U6", "PR1", "E4A", "", "QX1 1AA", "QX1 1AB", ""));
}

TEST(JoinedReturns, NameTheFieldOfARepair) {
  Diagnostic repair;
  repair.message = "DECOM is not a date; the episode cannot be placed";
  EXPECT_EQ(field_of(repair), "DECOM");
  repair.message = "the episode has an end and no reason for it";
  EXPECT_EQ(field_of(repair), "");
}

TEST(JoinedReturns, AreWrittenWholeOrNotAtAll) {
  const Folder folder;
  folder.write("not a folder", "");
  EXPECT_THROW(write_joined({}, {}, folder.path() / "not a folder"), std::runtime_error);
  write_joined({}, {}, folder.path() / "out");
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "out" / "episodes.csv"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "out" / "repairs.csv"));
}

}  // namespace
}  // namespace leavingcare::testing_people
