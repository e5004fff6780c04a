// The lines of a document, as people write them.
#include <leavingcare/law/documents.hpp>

#include <gtest/gtest.h>

namespace leavingcare::law {
namespace {

TEST(ReadLines, ReadsOneLineSeveralAndLists) {
  EXPECT_EQ(read_lines("7"), (std::vector<Lines>{{7, 7}}));
  EXPECT_EQ(read_lines("417-418"), (std::vector<Lines>{{417, 418}}));
  EXPECT_EQ(read_lines("5-11, 27"), (std::vector<Lines>{{5, 11}, {27, 27}}));
}

TEST(ReadLines, RefusesWhatIsNoLines) {
  for (const char* text : {"", "0", "4-3", "3-", "-3", "two", "3,", "3,,4", "3.5", "99999999"}) EXPECT_FALSE(read_lines(text)) << text;
}

TEST(InWords, WritesWhatReadLinesReads) {
  for (const char* text : {"7", "417-418", "5-11, 27"}) EXPECT_EQ(in_words(*read_lines(text)), text);
}

TEST(Overlap, CountsBothEnds) {
  EXPECT_TRUE(overlap({{1, 4}}, {{4, 9}}));
  EXPECT_FALSE(overlap({{1, 4}}, {{5, 9}}));
  EXPECT_TRUE(overlap({{1, 1}, {8, 8}}, {{5, 9}}));
}

}  // namespace
}  // namespace leavingcare::law
