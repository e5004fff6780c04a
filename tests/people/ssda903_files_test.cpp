// Which files are a return, of which year, and what happens to a map that is not sound.
#include "people/ssda903_files.hpp"
#include "people/ssda903_returns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace {

using namespace leavingcare;
using namespace leavingcare::testing_people;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Strings = std::vector<std::string>;

const EpisodeRow plain{"10/05/2018", "S", "C2", "20/06/2018", "E4A"};

Checked<Returns> read_files(const std::vector<std::pair<std::string, std::string>>& files,
                            const std::string& folder_name = "2018-19") {
  const Folder folder;
  std::filesystem::create_directories(folder.path() / folder_name);
  for (const auto& [name, text] : files) write_in(folder, folder_name, name, text);
  return read_folders({folder.path() / folder_name});
}

std::string episodes(const std::vector<EpisodeRow>& rows) {
  return ReturnOf{"", rows}.episodes();
}

// ---- tables -----------------------------------------------------------------------------------------------------------

TEST(Ssda903Files, AFileIsKnownByItsColumnsNotItsName) {
  const auto read =
      read_files({{"export (3).csv", episodes({plain})}, {"x.CSV", ReturnOf{"", {plain}}.header()}});
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2018-05-10 2018-06-20 C2"));
  EXPECT_THAT(rows_of(read.value().people, "date_of_birth"), ElementsAre("2005-03-10"));
}

TEST(Ssda903Files, AByteOrderMarkAndCrlfAreNothing) {
  auto text = "\xEF\xBB\xBF" + episodes({plain});
  for (std::size_t i = text.find('\n'); i != std::string::npos; i = text.find('\n', i + 2))
    text.insert(i, "\r");
  EXPECT_THAT(rows_of(read_files({{"episodes.csv", text}}).value().people, "care"),
              ElementsAre("2018-05-10 2018-06-20 C2"));
}

TEST(Ssda903Files, EpisodesWithoutUrnAreEpisodes) {
  const std::string text =
      "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST\n"
      "4711,10/05/2018,S,C2,N1,U6,PR1,,,,,\n";
  EXPECT_THAT(rows_of(read_files({{"e.csv", text}}).value().people, "care"), ElementsAre("2018-05-10  C2"));
}

TEST(Ssda903Files, ColumnsMayStandInAnyOrderAndInSmallLetters) {
  const std::string text =
      "dec,child,Decom,rec,rne,ls,cin,place,place_provider,reason_place_change,home_post,pl_post,urn\n"
      "20/06/2018,4711,10/05/2018,E4A,S,C2,N1,U6,PR1,,,,\n";
  EXPECT_THAT(rows_of(read_files({{"e.csv", text}}).value().people, "care"),
              ElementsAre("2018-05-10 2018-06-20 C2"));
}

TEST(Ssda903Files, AnExtraColumnIsToldAndNotRead) {
  auto text = episodes({plain});
  text.insert(text.find('\n'), ",NOTES");
  text.insert(text.size() - 1, ",x");
  const auto read = read_files({{"e.csv", text}});
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2018-05-10 2018-06-20 C2"));
  EXPECT_THAT(mended(read.diagnostics()), Contains("P103 2018-19/e.csv:1"));
}

TEST(Ssda903Files, P201AFileOfNoTableIsLeftOutAndTold) {
  const auto read = read_files({{"e.csv", episodes({plain})}, {"staff.csv", "NAME,DESK\nx,1\n"}});
  EXPECT_THAT(render_text(read.diagnostics()),
              HasSubstr("staff.csv: what is in it is no table of the return"));
}

TEST(Ssda903Files, AFolderBesideTheReturnsIsLeftOutAndTold) {
  const Folder folder;
  write_in(folder, "2018-19", "episodes.csv", episodes({plain}));
  write_in(folder, "truth", "care.csv", "person,from,until\n");
  const auto read = read_folders({folder.path()});
  ASSERT_TRUE(read);
  EXPECT_THAT(render_text(read.diagnostics()),
              HasSubstr("truth: no file in this folder is part of a return"));
}

TEST(Ssda903Files, SeveralYearsInOneFolderAreToldApartByTheNamesOfTheFiles) {
  const auto read =
      read_files({{"2018-episodes.csv", episodes({{"10/05/2018", "S", "C2", "", ""}})},
                  {"2019-episodes.csv", episodes({{"10/05/2018", "S", "C2", "20/06/2019", "E4A"}})}},
                 "combined");
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2018-05-10 2019-06-20 C2"));
  EXPECT_EQ(read.value().drawn, day("2020-03-31"));
}

TEST(Ssda903Files, AFolderGivenTwiceIsReadOnce) {
  const Folder folder;
  write_in(folder, "2018-19", "episodes.csv", ReturnOf{"", {plain}}.episodes());
  write_in(folder, "2018-19", "header.csv", ReturnOf{"", {plain}}.header());
  EXPECT_THAT(mended(read_folders({folder.path(), folder.path() / "2018-19"}).diagnostics()), IsEmpty());
}

TEST(Ssda903Files, ARowWithoutAChildIsToldAndLeftOut) {
  auto row = plain;
  row.child = "";
  const auto read = read_files({{"e.csv", episodes({row, plain})}});
  EXPECT_EQ(read.value().people.size(), 1U);
  EXPECT_THAT(mended(read.diagnostics()), Contains("P115 2018-19/e.csv:2"));
}

// ---- refusals -----------------------------------------------------------------------------------------------------------

TEST(Ssda903Files, P101AFolderThatIsNotThereIsRefused) {
  const auto read = read_folders({"no/such/folder"});
  EXPECT_FALSE(read);
  EXPECT_THAT(mended(read.diagnostics()), Contains("P101 such/folder"));
}

TEST(Ssda903Files, P215FoldersWithoutAReturnAreRefused) {
  const Folder folder;
  const auto read = read_folders({folder.path()});
  EXPECT_FALSE(read);
  EXPECT_THAT(mended(read.diagnostics()), Contains("P215"));
}

TEST(Ssda903Files, P215AReturnWithoutEpisodesIsNoReturn) {
  const auto read = read_files({{"header.csv", ReturnOf{"", {plain}}.header()}});
  EXPECT_FALSE(read);
  EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("has no table of episodes"));
}

TEST(Ssda903Files, P104AndP114RowsThatWouldBeLostAreRefused) {
  const auto short_row = read_files({{"e.csv", episodes({plain}) + "4712,10/05/2018\n"}});
  EXPECT_FALSE(short_row);
  EXPECT_THAT(mended(short_row.diagnostics()), Contains("P104 2018-19/e.csv:3"));
  const auto open_quote = read_files({{"e.csv", episodes({plain}) + "\"4712,10/05/2018\n"}});
  EXPECT_FALSE(open_quote);
  EXPECT_THAT(mended(open_quote.diagnostics()), Contains("P114 2018-19/e.csv:3"));
}

// ---- years ------------------------------------------------------------------------------------------------------------------

TEST(Ssda903Years, ANameMayMeanOneYearOrTwo) {
  using ssda903::years_named;
  EXPECT_THAT(years_named("2018-19"), ElementsAre(2018));
  EXPECT_THAT(years_named("return_2018_19_final"), ElementsAre(2018));
  EXPECT_THAT(years_named("2018-2019"), ElementsAre(2018));
  EXPECT_THAT(years_named("201819"), ElementsAre(2018));
  EXPECT_THAT(years_named("1999-00"), ElementsAre(1999));
  EXPECT_THAT(years_named("2019"), ElementsAre(2019, 2018));
  EXPECT_THAT(years_named("SSDA903_2020_episodes.csv"), ElementsAre(2020, 2019));
  EXPECT_THAT(years_named("truth"), IsEmpty());
  EXPECT_THAT(years_named("12345678"), IsEmpty());
}

std::optional<int> fits(const Strings& dates, const std::vector<int>& named) {
  const auto map = ssda903::read_source_map(shipped_map());
  std::vector<ssda903::EpisodeDates> all;
  for (const auto& text : dates) {
    all.push_back({day(text.substr(0, 10).c_str()),
                   text.size() > 10 ? std::optional(day(text.substr(11).c_str())) : std::nullopt});
  }
  return ssda903::year_that_fits(map.value(), all, named);
}

TEST(Ssda903Years, TheYearIsTheOneInWhichEpisodesEnd) {
  EXPECT_EQ(
      fits({"2015-05-01 2018-06-01", "2016-05-01", "2018-05-01 2019-03-31", "2017-01-01 2018-04-01"}, {}),
      2018);
}

TEST(Ssda903Years, ANameThatMayMeanTwoYearsMeansTheOneThatFits) {
  EXPECT_EQ(fits({"2017-05-01 2018-02-01"}, {2017, 2016}), 2017);
  EXPECT_EQ(fits({"2017-05-01 2018-02-01"}, {2018, 2017}), 2017);
}

TEST(Ssda903Years, TheNameDecidesWhenOnlyOpenEpisodesAreLeft) {
  EXPECT_EQ(fits({"2016-05-01", "2017-05-01"}, {2020}), 2020);
  EXPECT_EQ(fits({"2016-05-01", "2017-05-01"}, {}), 2017);
}

TEST(Ssda903Years, ASlipOfThePenDoesNotDecide) {
  EXPECT_EQ(fits({"2018-05-01", "2018-06-01", "2018-07-01", "2018-08-01", "2109-08-01"}, {}), 2018);
}

TEST(Ssda903Years, ANameThatDisagreesIsToldAndDoesNotCount) {
  const auto read = read_files({{"e.csv", episodes({plain})}}, "2012-13");
  EXPECT_EQ(read.value().drawn, day("2019-03-31"));
  EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("warning[P201]"));
  EXPECT_THAT(render_text(read.diagnostics()),
              HasSubstr("the dates are those of 2018-19, although the name says otherwise"));
}

TEST(Ssda903Years, TheYearTakenIsTold) {
  EXPECT_THAT(render_text(read_files({{"e.csv", episodes({plain})}}).diagnostics()),
              HasSubstr("e.csv: read as the return of 2018-19"));
}

TEST(Ssda903Years, AnEmptyReturnIsOfTheYearInItsName) {
  const auto read = read_files({{"e.csv", episodes({})}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value().people.size(), 0U);
  EXPECT_EQ(read.value().drawn, day("2019-03-31"));
  EXPECT_FALSE(read_files({{"e.csv", episodes({})}}, "2018"));
}

TEST(Ssda903Years, ASecondReturnOfTheSameYearIsTold) {
  const Folder folder;
  write_in(folder, "2018-19", "episodes.csv", episodes({plain}));
  write_in(folder, "2018-19 resubmitted", "episodes.csv", episodes({plain}));
  EXPECT_THAT(render_text(read_folders({folder.path()}).diagnostics()),
              HasSubstr("this is the second return of 2018-19"));
}

// ---- the map --------------------------------------------------------------------------------------------------------------------

std::string shipped_text() {
  std::ostringstream text;
  text << std::ifstream(shipped_map()).rdbuf();
  return text.str();
}

/// The problems of the shipped map with one piece of text replaced.
Strings problems_with(const std::string& from, const std::string& to) {
  auto text = shipped_text();
  const auto at = text.find(from);
  if (at == std::string::npos) return {"'" + from + "' is not in the map"};
  const Folder folder;
  folder.write("map.yaml", text.replace(at, from.size(), to));
  Strings codes;
  const auto map = ssda903::read_source_map(folder.path() / "map.yaml");
  for (const auto& one : map.diagnostics()) {
    codes.push_back(std::string(about(one.code).id) + (one.labels.at(0).place.line > 0 ? "" : " nowhere"));
  }
  return codes;
}

TEST(Ssda903Map, TheShippedMapIsSound) {
  const auto map = ssda903::read_source_map(shipped_map());
  ASSERT_TRUE(map) << render_text(map.diagnostics());
  EXPECT_THAT(map.diagnostics(), IsEmpty());
  EXPECT_EQ(map.value().tables.size(), 12U);
}

TEST(Ssda903Map, EveryMistakeInAMapIsRefusedAtItsPlace) {
  EXPECT_THAT(problems_with("    covered: always", "    coverd: always"), ElementsAre("L101", "L102"));
  EXPECT_THAT(problems_with("person: CHILD", "pupil: CHILD"), ElementsAre("L101", "L102"));
  EXPECT_THAT(problems_with("begins: 04-01", "begins: 1 April"), ElementsAre("L106"));
  EXPECT_THAT(problems_with("end: DEC ", "end: ENDED "), ElementsAre("L112"));
  EXPECT_THAT(problems_with("when: {REC: [E2]}", "when: {REC: [E222]}"), ElementsAre("L112"));
  EXPECT_THAT(problems_with("when: {REC: [E2]}", "when: {LS: [C2]}"), ElementsAre("L112"));
  EXPECT_THAT(problems_with("{code: C1, means", "{code: C2, means"), ElementsAre("L108"));
  EXPECT_THAT(problems_with("legal_status: {column: LS}", "legal_status: {column: LEGAL}"),
              ElementsAre("L112", "L112"));
  EXPECT_THAT(problems_with("last_year: 2017-18", "last_year: 2017"), ElementsAre("L106"));
  EXPECT_THAT(problems_with("does: begins_care", "does: begins"), ElementsAre("L112"));
  EXPECT_THAT(problems_with("optional: [URN]", "optional: [URNS]"), ElementsAre("L112"));
}

TEST(Ssda903Map, P215AMapThatIsNotSoundReadsNothing) {
  const Folder folder;
  folder.write("map.yaml", "source_map: x\n");
  const auto read = read_ssda903({folder.path()}, folder.path() / "map.yaml", england());
  EXPECT_FALSE(read);
  EXPECT_EQ(read.diagnostics().back().code, Code::P215);
}

TEST(Ssda903Map, AFactTheRulebookDoesNotDeclareIsLeftOutAndTold) {
  const Folder folder;
  write_in(folder, "2018-19", "episodes.csv", episodes({plain}));
  auto vocabulary = england();
  std::erase_if(vocabulary.facts, [](const auto& fact) { return fact.name == "special_guardianship"; });
  const auto read = read_ssda903({folder.path()}, shipped_map(), vocabulary);
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value().people.table("special_guardianship"), nullptr);
  EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("declares no fact 'special_guardianship'"));
}

TEST(Ssda903Map, AWordTheRulebookDoesNotAllowIsUnknown) {
  const Folder folder;
  write_in(folder, "2018-19", "episodes.csv", episodes({plain}));
  auto vocabulary = england();
  for (auto& fact : vocabulary.facts) {
    if (fact.name == "care") fact.fields.front().one_of = {"V2"};
  }
  const auto read = read_ssda903({folder.path()}, shipped_map(), vocabulary);
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2018-05-10 2018-06-20 -"));
  EXPECT_THAT(mended(read.diagnostics()), Contains("P107 2018-19/episodes.csv:2"));
}

}  // namespace
