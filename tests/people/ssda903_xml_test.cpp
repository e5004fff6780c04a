// The XML form of a return: the same histories as from CSV, each problem at its line and column, and nothing taken on trust.
#include "people/ssda903_returns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leavingcare::testing_people {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string header(const std::string& more = {}) {
  return "<HEADER><CHILDID>4711</CHILDID><UPN>UN3</UPN><SEX>1</SEX><DOB>10/03/2005</DOB><ETHNIC>WBRI</ETHNIC><UASC />" + more +
         "</HEADER>";
}

std::string episode(const std::string& from, const std::string& why, const std::string& status, const std::string& place,
                    const std::string& until = {}, const std::string& reason = {}) {
  return "<EPISODE><DECOM>" + from + "</DECOM><RNE>" + why + "</RNE><LS>" + status + "</LS><CIN>N1</CIN><PL>" + place + "</PL><DEC>" +
         until + "</DEC><REC>" + reason + "</REC><REASON_PLACE_CHANGE /></EPISODE>";
}

std::string children(const std::string& inner) {
  return "<?xml version='1.0' encoding='us-ascii'?>\n<EXPSSDA903><CHILD>" + inner + "</CHILD></EXPSSDA903>\n";
}

Checked<Returns> read_xml(const std::string& text, const std::string& name = "903.xml") {
  const Folder folder;
  write_in(folder, "2018-19", name, text);
  return read_folders({folder.path()});
}

std::vector<std::string> complaints(const Checked<Returns>& read) {
  std::vector<std::string> all;
  for (const auto& one : read.diagnostics()) {
    if (one.code != Code::P201 && one.code != Code::P205) all.push_back(std::string(about(one.code).id) + ": " + one.message);
  }
  return all;
}

TEST(Xml, GivesTheHistoryThatTheCsvFormGives) {
  const auto read = read_xml(children(header() + episode("10/05/2018", "S", "V2", "U6", "01/09/2018", "X1") +
                                      episode("01/09/2018", "L", "C2", "U6")));
  ASSERT_TRUE(read);
  EXPECT_THAT(complaints(read), IsEmpty());
  const auto& people = read.value().people;
  EXPECT_THAT(rows_of(people, "date_of_birth"), ElementsAre("2005-03-10"));
  EXPECT_THAT(rows_of(people, "care"),
              ElementsAre("2018-05-10 2018-09-01 V2", "2018-09-01 " + iso(Day::end_of_time) + " C2"));
}

TEST(Xml, IsKnownByWhatIsInTheFileAndNotByItsName) {
  const auto read = read_xml(children(header() + episode("10/05/2018", "S", "V2", "U6")), "903.csv");
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value().people.size(), 1U);
}

TEST(Xml, MayStandBesideCsvOfOtherYears) {
  const Folder folder;
  write_in(folder, "2018-19", "903.xml", children(header() + episode("10/05/2018", "S", "V2", "U6")));
  const ReturnOf next{"2019-20", {{"10/05/2018", "S", "V2", "10/05/2019", "E4A"}}};
  write_in(folder, next.folder, "episodes.csv", next.episodes());
  write_in(folder, next.folder, "header.csv", next.header());
  const auto read = read_folders({folder.path()});
  ASSERT_TRUE(read);
  EXPECT_THAT(rows_of(read.value().people, "care"), ElementsAre("2018-05-10 2019-05-10 V2"));
}

TEST(Xml, TellsLineAndColumnOfTheElementEvenWhenAllStandsOnOneLine) {
  const auto read = read_xml(children(header() + episode("31/02/2018", "S", "V2", "U6") + episode("10/05/2018", "S", "V2", "U6")));
  ASSERT_TRUE(read);
  const auto found = std::find_if(read.diagnostics().begin(), read.diagnostics().end(),
                                  [](const auto& one) { return one.code == Code::P211; });
  ASSERT_NE(found, read.diagnostics().end());
  const auto& place = found->labels.front().place;
  EXPECT_EQ(place.line, 2);
  EXPECT_EQ(place.column, static_cast<int>(std::string("<EXPSSDA903><CHILD>").size() + header().size()) + 1);
}

TEST(Xml, WarnsOnceOfAnElementThatIsNotOfTheReturn) {
  const auto read = read_xml(children(header("<SHOE_SIZE>7</SHOE_SIZE><SHOE_SIZE>8</SHOE_SIZE>") + episode("10/05/2018", "S", "V2", "U6")));
  ASSERT_TRUE(read);
  EXPECT_THAT(complaints(read), ElementsAre("P103: the element 'HEADER' of the return has no 'SHOE_SIZE'; it was not read"));
}

TEST(Xml, LeavesOtherXmlAlone) {
  const auto read = read_xml("<feed><entry /></feed>");
  EXPECT_FALSE(read);
  EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("no folder holds a return that can be used"));
}

TEST(XmlNotTrusted, RefusesADocumentTypeAndWithItEveryEntity) {
  const auto read = read_xml(
      "<?xml version='1.0'?>\n<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>\n<EXPSSDA903><CHILD>" + header() + "</CHILD></EXPSSDA903>");
  EXPECT_FALSE(read);
  EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("903.xml:2:"));
  EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("a document type is not allowed"));
}

TEST(XmlNotTrusted, RefusesElementsDeeperThanTheLimitAndNamesIt) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  const auto read = read_xml(children(deep));
  EXPECT_FALSE(read);
  EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("more than 32 deep"));
}

TEST(XmlNotTrusted, RefusesWhatIsNotWellFormedAtItsPlace) {
  for (const std::string text : {"<EXPSSDA903><CHILD>", "<EXPSSDA903><CHILD></WRONG></EXPSSDA903>", "<EXPSSDA903/><EXPSSDA903/>", "<", "<!", "<?xml"}) {
    const auto read = read_xml(text);
    EXPECT_FALSE(read) << text;
    EXPECT_THAT(render_text(read.diagnostics()), HasSubstr("error[P216]")) << text;
  }
}

TEST(XmlNotTrusted, RefusesBytesThatAreNotUtf8) {
  EXPECT_THAT(render_text(read_xml(children("<HEADER><CHILDID>Zo\xeb</CHILDID></HEADER>")).diagnostics()), HasSubstr("error[P114]"));
  EXPECT_THAT(render_text(read_xml(std::string("\xFF\xFE<\0E\0", 6)).diagnostics()), HasSubstr("found UTF-16"));
}

}  // namespace
}  // namespace leavingcare::testing_people
