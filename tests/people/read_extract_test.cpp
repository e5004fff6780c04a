// Extracts of a case system: the tables of the Standard Safeguarding Dataset and the lists of Annex A, small and invented.
#include "people/ssda903_returns.hpp"

#include <leavingcare/people/read_extract.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leavingcare::testing_people {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string open_end = iso(Day::end_of_time);
const std::string person_table = "pers_person_id,pers_dob\n4711,2005-03-10 00:00:00.000\n";
const std::string episodes = "clae_person_id,clae_cla_episode_start_date,clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason,clae_cla_id\n";
const std::string statuses = "lega_person_id,lega_legal_status,lega_legal_status_start_date,lega_legal_status_end_date\n";

std::filesystem::path map_of(const std::string& name) {
  return std::filesystem::path(LEAVINGCARE_RULES_FOLDER) / "sources" / (name + ".yaml");
}

using Files = std::vector<std::pair<std::string, std::string>>;

Checked<Extract> read_ssd(const Files& files, const char* as_at = "2024-03-31", const std::string& own_map = {}) {
  const Folder folder(files);
  std::vector<std::filesystem::path> maps{map_of("ssd")};
  if (!own_map.empty()) {
    const Folder ours({{"ours.yaml", own_map}});
    maps.push_back(ours.path() / "ours.yaml");
    return read_extract({{folder.path()}, {}}, maps, england(), read_iso_day(as_at));
  }
  return read_extract({{folder.path()}, {}}, maps, england(), read_iso_day(as_at));
}

std::vector<std::string> told(const Checked<Extract>& read) {
  std::vector<std::string> all;
  for (const auto& one : read.diagnostics()) all.push_back(std::string(about(one.code).id) + ": " + one.message);
  return all;
}

TEST(Ssd, JoinsTheLegalStatusToTheEpisodesByDate) {
  const auto read = read_ssd({{"a.csv", person_table},
                              {"b.csv", episodes + "4711,2019-05-10,2020-02-01,E4A,p1\n"},
                              {"c.csv", statuses + "4711,Interim care order,2019-05-10,2019-09-01\n4711,C2: Full care order,2019-09-01,2020-02-01\n"
                                                   "4711,Special guardianship order,2020-02-01,\n"}});
  ASSERT_TRUE(read) << render_text(read.diagnostics());
  const auto& people = read.value().people;
  EXPECT_THAT(rows_of(people, "date_of_birth"), ElementsAre("2005-03-10"));
  EXPECT_THAT(rows_of(people, "care"), ElementsAre("2019-05-10 2019-09-01 C1", "2019-09-01 2020-02-01 C2"));
  EXPECT_THAT(rows_of(people, "special_guardianship"), ElementsAre("2020-02-01 " + open_end));
}

TEST(Ssd, KnowsSixYearsAndTheDaysOfItsRows) {
  const auto read = read_ssd({{"a.csv", person_table}, {"b.csv", episodes + "4711,2015-05-10,2020-02-01,E4A,p1\n"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(coverage_of(read.value().people, "care"), "2015-05-10.." + open_end);
  const auto later = read_ssd({{"a.csv", person_table}, {"b.csv", episodes + "4711,2019-05-10,2020-02-01,E4A,p1\n"}});
  EXPECT_EQ(coverage_of(later.value().people, "care"), "2018-03-31.." + open_end);
}

TEST(Ssd, ADayWithoutALegalStatusHasAnUnknownOne) {
  const auto read = read_ssd({{"a.csv", person_table},
                              {"b.csv", episodes + "4711,2019-05-10,2020-02-01,E4A,p1\n"},
                              {"c.csv", statuses + "4711,V2,2019-09-01,\n"}});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2019-05-10 2019-09-01 -", "2019-09-01 2020-02-01 V2"));
  EXPECT_THAT(told(read), Contains(HasSubstr("has no word for 'legal_status'")));
}

TEST(Ssd, WordsThatNoMapHasAreUnknownAndListedAsDataAlone) {
  const Files files{{"a.csv", person_table},
                    {"b.csv", episodes + "4711,2019-05-10,,,p1\n"},
                    {"c.csv", statuses + "4711,Respite with Auntie Jo,2019-05-10,\n4711,Looked after by agreement,2019-05-10,\n"}};
  const auto read = read_ssd(files);
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2019-05-10 " + open_end + " -"));
  ASSERT_EQ(read.value().unknown_words.size(), 2U);
  EXPECT_EQ(read.value().unknown_words.back().written, "Respite with Auntie Jo");
  EXPECT_THAT(render_text(read.diagnostics()), Not(HasSubstr("Auntie")));

  const auto ours = read_ssd(files, "2024-03-31",
                             "extract_map: ssd\nwords: {legal_status: {known: {V2: [looked after BY AGREEMENT], not_looked_after: [Respite with Auntie Jo]}}}\n");
  ASSERT_TRUE(ours) << render_text(ours.diagnostics());
  EXPECT_THAT(rows_of(ours.value().people, "care"), ElementsAre("2019-05-10 " + open_end + " V2"));
}

TEST(Ssd, ASpellingNeverStandsForACodeAtTheStartOfADescription) {
  const auto read = read_ssd({{"a.csv", person_table},
                              {"b.csv", episodes + "4711,2019-05-10,,,p1\n"},
                              {"c.csv", statuses + "4711,S20 - series of short breaks,2019-05-10,\n"}});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2019-05-10 " + open_end + " -"));
}

TEST(Ssd, DatesThatStandForNoneAreBlank) {
  const auto read = read_ssd({{"a.csv", "pers_person_id,pers_dob,pers_death_date\n4711,10/03/2005 00:00,1900-01-01T00:00:00\n"},
                              {"b.csv", episodes + "4711,2019-05-10,9999-12-31,NULL,p1\n"}});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "died"), IsEmpty());
  EXPECT_EQ(coverage_of(read.value().people, "died"), "always");
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2019-05-10 " + open_end + " -"));
  EXPECT_THAT(told(read), Contains(HasSubstr("pers_death_date holds a date that stands for none")));
}

TEST(Ssd, ADateWithTheMonthFirstIsRefused) {
  const auto read = read_ssd({{"a.csv", "pers_person_id,pers_dob\n4711,03/25/2005\n"}, {"b.csv", episodes}});
  EXPECT_FALSE(read);
  EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("error[P105]"));
  EXPECT_THAT(render_text(read.diagnostics()), Not(HasSubstr("2005")));
}

TEST(Ssd, TheDayOfAnEndCountsWhereTheMapSaysSo) {
  const Files files{{"a.csv", person_table}, {"b.csv", episodes + "4711,2019-05-10,2019-06-09,X1,p1\n4711,2019-06-10,2019-06-19,X1,p1\n"
                                                       "4711,2019-06-20,2019-07-01,X1,p1\n4711,2019-07-02,,,p1\n"}};
  const auto shared = read_ssd(files);
  EXPECT_THAT(told(shared), Contains(HasSubstr("it seems that the day of an end counts in this system")));
  const auto counted = read_ssd(files, "2024-03-31", "extract_map: ssd\nend_dates: counted\n");
  ASSERT_TRUE(counted) << render_text(counted.diagnostics());
  EXPECT_THAT(told(counted), Not(Contains(HasSubstr("it seems"))));
  EXPECT_THAT(rows_of(counted.value().people, "care"),
              ElementsAre("2019-05-10 2019-06-10 -", "2019-06-10 2019-06-20 -", "2019-06-20 2019-07-02 -", "2019-07-02 " + open_end + " -"));
}

TEST(Ssd, OverlapsAndCopiesAreMendedAndTold) {
  const auto read = read_ssd({{"a.csv", person_table}, {"b.csv", episodes + "4711,2019-05-10,2019-07-01,X1,p1\n4711,2019-06-10,2019-08-01,E4A,p1\n"
                                                                 "4711,2019-06-10,2019-08-01,E4A,p1\n4711,2020-01-01,2019-12-01,E4A,p1\n"}});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2019-05-10 2019-06-10 -", "2019-06-10 2019-08-01 -"));
  EXPECT_THAT(told(read), Contains(HasSubstr("P202: the record ends after the next begins")));
  EXPECT_THAT(told(read), Contains(HasSubstr("P203: ")));
  EXPECT_THAT(told(read), Contains(HasSubstr("P209: the record ends before it begins")));
  EXPECT_EQ(coverage_of(read.value().people, "care"), "2019-05-10..2019-08-01") << "a row that cannot be used: the others may not be all";
}

TEST(Ssd, ReviewsFindTheirPersonByThePeriodOfCare) {
  const auto read = read_ssd({{"a.csv", person_table},
                              {"b.csv", episodes + "4711,2019-05-10,,,p1\n"},
                              {"d.csv", "clar_cla_id,clar_cla_review_date,clar_cla_review_cancelled\np1,2019-06-01,N\np1,2019-09-01,Y\np1,,N\np9,2019-09-02,N\n"}});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "looked_after_reviews"), ElementsAre("2019-06-01"));
  EXPECT_THAT(told(read), Contains(HasSubstr("P108: clar_cla_id is in no row of ssd_cla_episodes")));
}

TEST(Ssd, AReasonThatNoMapHasLeavesOpenWhatItMayHaveBeen) {
  const auto read = read_ssd({{"a.csv", person_table}, {"b.csv", episodes + "4711,2019-05-10,2020-02-01,Left us,p1\n"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(coverage_of(read.value().people, "adopted"), iso(Day::beginning_of_time) + "..2020-02-01");
}

TEST(Ssd, WhatTheSystemSaysOfALeaverIsDataAndNoAnswer) {
  const auto read = read_ssd({{"a.csv", person_table},
                              {"b.csv", episodes},
                              {"e.csv", "clea_person_id,clea_care_leaver_eligibility\n4711,Former Relevant\n4711,No Current Eligibility\n4711,Perhaps\n"}});
  ASSERT_TRUE(read);
  const auto& categories = read.value().categories;
  ASSERT_EQ(categories.size(), 3U);
  EXPECT_EQ(categories[0].category, "former_relevant_child");
  EXPECT_EQ(categories[0].written, "Former Relevant");
  EXPECT_EQ(categories[1].category, "none");
  EXPECT_EQ(categories[2].category, "");
  EXPECT_EQ(categories[2].origin.line, 4U);
}

TEST(Ssd, WithoutADayOfTheExtractTheLatestDayInItIsTakenAndTold) {
  const Folder folder({{"a.csv", person_table}, {"b.csv", episodes + "4711,2019-05-10,,,p1\n"}});
  const auto read = read_extract({{folder.path()}, {}}, {map_of("ssd")}, england());
  ASSERT_TRUE(read);
  EXPECT_EQ(iso(read.value().drawn.value()), "2019-05-10");
  EXPECT_THAT(told(read), Contains(HasSubstr("does not say on which day it was drawn")));
}

TEST(Ssd, AFolderWithoutATableOfTheMapIsRefused) {
  EXPECT_FALSE(read_ssd({{"a.csv", "name,shoe\nx,7\n"}}));
  EXPECT_FALSE(read_ssd({}));
}

Checked<Extract> read_lists(const std::vector<TextRows>& tables) {
  return read_extract({{}, tables}, {map_of("annex_a")}, england(), read_iso_day("2024-03-31"));
}

const TextRows list_8{"list 8",
                      {{"Annex A"},
                       {},
                       {"Child\nUnique ID", "DATE OF BIRTH", "Date started to be Looked After", "Start date of current legal status", "Child's Legal Status",
                        "Date of latest statutory review", "Date Ceased to be Looked After", "Reason ceased to be Looked After"},
                       {"4711", "10/03/2007", "10/05/2020", "01/09/2021", "C2 - Full care order", "01/02/2024", "", ""},
                       {"4712", "11/03/2006", "10/05/2021", "10/05/2021", "v) V2", "", "01/12/2023", "E11"}}};

TEST(AnnexA, ColumnsAreFoundByPatternsBelowATitle) {
  const auto read = read_lists({list_8});
  ASSERT_TRUE(read) << render_text(read.diagnostics());
  const auto& people = read.value().people;
  EXPECT_THAT(rows_of(people, "care"), ElementsAre("2020-05-10 2021-09-01 -", "2021-09-01 " + open_end + " C2"));
  EXPECT_THAT(rows_of(people, "looked_after_reviews"), ElementsAre("2024-02-01"));
  EXPECT_THAT(rows_of(people, "adopted", "4712"), ElementsAre("2023-12-01"));
}

TEST(AnnexA, KnowsTheLatestPeriodOfCareAndNothingBeforeIt) {
  const auto read = read_lists({list_8});
  EXPECT_EQ(coverage_of(read.value().people, "care"), "2020-05-10.." + open_end);
  EXPECT_EQ(coverage_of(read.value().people, "looked_after_reviews"), "2024-02-01.." + open_end);
  EXPECT_EQ(coverage_of(read.value().people, "looked_after_reviews", "4712"), "");
}

TEST(AnnexA, ColumnElevenIsReadInTheSpellingsThatCouncilsSend) {
  TextRows list_9{"list 9", {{"Child Unique ID", "Date of Birth", "Eligibility Category", "LA in Touch", "Latest Date of Contact"}}};
  const std::vector<std::pair<std::string, std::string>> spellings{
      {"a) Relevant child", "relevant_child"}, {"Relevant'", "relevant_child"}, {"FR", "former_relevant_child"},
      {"former relevant 21-24", "former_relevant_child"}, {"Care Leaver - PA to 25", "former_relevant_child"},
      {"Qualifying (Former Relevant)", "qualifying"}, {"q", "qualifying"}, {"d) Eligible child", "eligible_child"},
      {"Other - under 16", "none"}, {"Code 'Q' is not mapped", ""}};
  for (std::size_t i = 0; i < spellings.size(); ++i)
    list_9.rows.push_back({std::to_string(i), "10/03/2004", spellings[i].first, "a) Yes", "01/02/2024"});
  list_9.rows.push_back({"99", "10/03/2004", "-", "c) Died", "01/02/2023"});
  const auto read = read_lists({list_8, list_9});
  ASSERT_TRUE(read) << render_text(read.diagnostics());
  ASSERT_EQ(read.value().categories.size(), spellings.size()) << "a dash says nothing";
  for (std::size_t i = 0; i < spellings.size(); ++i) EXPECT_EQ(read.value().categories[i].category, spellings[i].second) << spellings[i].first;
  EXPECT_EQ(coverage_of(read.value().people, "died", "99"), iso(Day::beginning_of_time) + "..2023-02-01");
  EXPECT_EQ(coverage_of(read.value().people, "care", "1"), "2023-09-30.." + open_end) << "on list 9 alone: not in care for six months";
}

TEST(AnnexA, AListThatCannotBeRecognisedIsRefusedWithWhatWasExpected) {
  const auto read = read_lists({{"list 1", {{"Child Unique ID", "Date of contact"}, {"4711", "01/02/2024"}}}});
  EXPECT_FALSE(read);
  EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("expected list_8 (Child Unique ID, Date of Birth, Date Started to be Looked After)"));
}

TEST(ExtractMaps, AreRefusedAtTheirPlace) {
  const auto read = read_ssd({{"a.csv", person_table}, {"b.csv", episodes}}, "2024-03-31",
                             "extract_map: ssd\nend_dates: sometimes\nwrds: {}\nfacts:\n  care: {rows: [{table: ssd_cla_episode, from: x}]}\n");
  EXPECT_FALSE(read);
  const auto text = render_text(read.diagnostics());
  EXPECT_THAT(text, HasSubstr("ours.yaml:2:"));
  EXPECT_THAT(text, HasSubstr("did you mean 'words'?"));
  EXPECT_THAT(text, HasSubstr("there is no table 'ssd_cla_episode'"));
}

}  // namespace
}  // namespace leavingcare::testing_people
