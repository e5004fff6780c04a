// CSV: what is read, where it stands, and what is refused.
#include "people/csv_table.hpp"

#include "folder_of_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace leavingcare;
using csv::FileProblems;
using csv::Row;
using csv::Table;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_people::in_short;

struct Read {
  bool opened = false;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::uint32_t> lines;
  std::vector<std::string> places;  // of every cell, "line:column"
  Diagnostics diagnostics;
};

Read read(std::string text) {
  Read result;
  FileProblems problems("data.csv");
  if (const auto table = Table::of_text(std::move(text), problems)) {
    result.opened = true;
    result.header = table->header();
    table->for_each_row(problems, [&](const Row& row) {
      result.rows.emplace_back(row.cells.begin(), row.cells.end());
      result.lines.push_back(row.line);
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const auto at = csv::place_of(row, i);
        result.places.push_back(std::to_string(at.line) + ":" + std::to_string(at.column));
      }
    });
  }
  problems.move_to(result.diagnostics);
  return result;
}

TEST(CsvTable, LinesMayEndInLfOrCrlfAndTheLastNeedNotEnd) {
  for (const auto* text : {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\r\n3,4",
                           "\xEF\xBB\xBF"
                           "a,b\n1,2\n3,4"}) {
    const auto found = read(text);
    EXPECT_THAT(found.header, ElementsAre("a", "b"));
    EXPECT_THAT(found.rows, ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
    EXPECT_THAT(found.lines, ElementsAre(2, 3));
    EXPECT_THAT(found.places, ElementsAre("2:1", "2:3", "3:1", "3:3"));
    EXPECT_THAT(found.diagnostics, IsEmpty());
  }
}

TEST(CsvTable, ALineEndingInACarriageReturnAloneIsALine) {
  const auto found = read("a,b\r1,2\r3,4\r");
  EXPECT_THAT(found.lines, ElementsAre(2, 3));
  EXPECT_THAT(found.places, ElementsAre("2:1", "2:3", "3:1", "3:3"));
}

TEST(CsvTable, BlankLinesAreSkippedAndCounted) {
  const auto found = read("\n\na,b\n\n1,2\n   \n\r\n3,4\n\n");
  EXPECT_THAT(found.header, ElementsAre("a", "b"));
  EXPECT_THAT(found.lines, ElementsAre(5, 8));
}

TEST(CsvTable, QuotedCellsMayHoldCommasQuotesAndLineBreaks) {
  const auto found = read("a,b,c\n\"x,y\",\"say \"\"no\"\"\",1\n\"two\nlines\",2,3\n4,5,6\n");
  EXPECT_THAT(found.rows, ElementsAre(ElementsAre("x,y", "say \"no\"", "1"),
                                      ElementsAre("two\nlines", "2", "3"), ElementsAre("4", "5", "6")));
  EXPECT_THAT(found.lines, ElementsAre(2, 3, 5));
  EXPECT_THAT(found.places, ElementsAre("2:1", "2:7", "2:20", "3:1", "4:8", "4:10", "5:1", "5:3", "5:5"));
}

TEST(CsvTable, ColumnsCountCharactersNotBytes) {
  EXPECT_THAT(read("a,b\n\xC3\xA9\xE2\x82\xAC,2\n").places, ElementsAre("2:1", "2:4"));
}

TEST(CsvTable, BlanksAroundAnUnquotedCellDoNotCountButThoseInQuotesDo) {
  const auto found = read("a , b\n 1 ,  2\n\" 1 \",2\n");
  EXPECT_THAT(found.header, ElementsAre("a", "b"));
  EXPECT_THAT(found.rows, ElementsAre(ElementsAre("1", "2"), ElementsAre(" 1 ", "2")));
  EXPECT_THAT(found.places, ElementsAre("2:2", "2:7", "3:1", "3:7"));
}

TEST(CsvTable, AHeaderAloneIsATableWithoutRows) {
  const auto found = read("a,b");
  EXPECT_TRUE(found.opened);
  EXPECT_THAT(found.header, ElementsAre("a", "b"));
  EXPECT_THAT(found.rows, IsEmpty());
  EXPECT_TRUE(read("").opened);
  EXPECT_THAT(read("").header, IsEmpty());
}

TEST(CsvTable, ARowWithTooManyOrTooFewCellsIsToldAndTheOthersAreRead) {
  const auto found = read("a,b\n1\n1,2\n1,2,3\n");
  EXPECT_THAT(found.rows, ElementsAre(ElementsAre("1", "2")));
  EXPECT_THAT(in_short(found.diagnostics), ElementsAre("P104 data.csv:2:1", "P104 data.csv:4:1"));
  EXPECT_EQ(found.diagnostics[0].message, "row 2 has 1 cell, the header has 2");
}

TEST(CsvTable, AnUnclosedQuoteIsToldWhereItsRowBegins) {
  const auto found = read("a,b\n1,2\n\"x,2\n3,4\n");
  EXPECT_THAT(in_short(found.diagnostics), ElementsAre("P114 data.csv:3:1"));
  EXPECT_THAT(found.rows, ElementsAre(ElementsAre("1", "2")));
}

TEST(CsvTable, AQuoteInsideACellIsToldWhereItStandsAndEndsTheReading) {
  const auto found = read("a,b\n1,x\"y\n3,4\n");
  EXPECT_THAT(in_short(found.diagnostics), ElementsAre("P114 data.csv:2:4"));
  EXPECT_THAT(found.rows, IsEmpty());
}

TEST(CsvTable, AQuoteThatClosesTooLateNamesTheLineWhereTheRowBegan) {
  const auto found = read("a,b\n\"1,2\n3,\"4\"\n");
  EXPECT_THAT(in_short(found.diagnostics), ElementsAre("P114 data.csv:3:4"));
  ASSERT_EQ(found.diagnostics[0].labels.size(), 2U);
  EXPECT_EQ(found.diagnostics[0].labels[1].place.line, 2);
}

TEST(CsvTable, ABrokenHeaderOpensNothing) {
  EXPECT_FALSE(read("a,\"b\n1,2\n").opened);
  const auto found = read("a,,a\n1,2,3\n");
  EXPECT_FALSE(found.opened);
  EXPECT_THAT(in_short(found.diagnostics), ElementsAre("P103 data.csv:1:3", "P103 data.csv:1:4"));
}

TEST(CsvTable, BytesThatAreNotUtf8AreToldLineByLine) {
  const auto found = read("a,b\nJos\xE9,1\nx,\xC0\xAF\n\xED\xA0\x80,2\n\xF0\x9F\x98\x80,3\n");
  EXPECT_FALSE(found.opened);
  EXPECT_THAT(in_short(found.diagnostics),
              ElementsAre("P114 data.csv:2:4", "P114 data.csv:3:3", "P114 data.csv:4:1"));
}

TEST(CsvTable, ZeroBytesAndUtf16AreRefused) {
  EXPECT_THAT(in_short(read(std::string("a,b\n1,\0\n", 8)).diagnostics), ElementsAre("P114 data.csv:2:3"));
  EXPECT_THAT(in_short(read(std::string("\xFF\xFE"
                                        "a\0,\0b\0",
                                        8))
                           .diagnostics),
              ElementsAre("P114 data.csv:1:1"));
}

TEST(CsvTable, AFileThatIsNotThereIsAProblem) {
  FileProblems problems("gone.csv");
  EXPECT_FALSE(Table::open("/there/is/no/such/file.csv", problems));
  Diagnostics diagnostics;
  problems.move_to(diagnostics);
  EXPECT_THAT(in_short(diagnostics), ElementsAre("P101 gone.csv"));
}

TEST(CsvTable, ThousandsOfProblemsAreAHundredAndTheirNumber) {
  std::string text = "a,b\n";
  for (int i = 0; i < 1334; ++i) text += "1\n";
  const auto found = read(text);
  ASSERT_EQ(found.diagnostics.size(), 101U);
  EXPECT_EQ(found.diagnostics.back().message, "and 1,234 more like it");
  EXPECT_EQ(found.diagnostics.back().code, Code::P104);
  EXPECT_EQ(found.diagnostics.back().severity, Severity::error);
}

TEST(CsvTable, ManyProblemsOfOneKindDoNotHideAnother) {
  FileProblems problems("data.csv");
  for (std::size_t line = 2; line < 500; ++line) problems.error(Code::P104, line, 1, "cells");
  problems.error(Code::P105, 500, 1, "date");
  Diagnostics diagnostics;
  problems.move_to(diagnostics);
  EXPECT_THAT(in_short(diagnostics), ::testing::Contains("P105 data.csv:500:1"));
}

TEST(CsvTable, WhatTheFileHoldsIsNeverRendered) {
  const auto found = read("a,b\nSecret\nSecret,1,2\n1,Sec\"ret\n");
  EXPECT_THAT(render_text(found.diagnostics), HasSubstr("data.csv:2:1"));
  EXPECT_THAT(render_text(found.diagnostics), ::testing::Not(HasSubstr("Sec")));
}

/// A long table whose rows say on which line they stand; lines end now and then as other systems end them, and some are blank.
std::string long_table(const char* unusual_end) {
  std::string text = "line,b,c\n";
  for (int line = 2; line < 40'000; ++line) {
    if (line % 97 == 0) {
      text += line % 2 == 0 ? " \n" : " \t \r\n";
      continue;
    }
    text += std::to_string(line) + ", x" + std::string(static_cast<std::size_t>(line % 13), 'y') + " ,2024-01-01" + (line % 11 == 0 ? unusual_end : "\n");
  }
  return text;
}

TEST(CsvTable, StretchesHoldEveryRowOnceOnItsLine) {
  for (const auto* unusual_end : {"\n", "\r\n", "\r"}) {
    FileProblems problems("data.csv");
    const auto table = Table::of_text(long_table(unusual_end), problems);
    ASSERT_TRUE(table);
    for (const std::size_t most : {1, 2, 3, 7, 1000}) {
      const auto stretches = table->stretches(most);
      EXPECT_LE(stretches.size(), most);
      EXPECT_GE(stretches.size(), std::min<std::size_t>(most, 3));
      int line = 2;
      for (const auto& stretch : stretches) {
        table->for_each_row(stretch, problems, [&](const Row& row) {
          if (line % 97 == 0) ++line;
          ASSERT_EQ(row.line, static_cast<std::uint32_t>(line));
          ASSERT_EQ(row.cells[0], std::to_string(line));
          ASSERT_EQ(row.cells[1], "x" + std::string(static_cast<std::size_t>(line % 13), 'y'));
          ASSERT_EQ(csv::place_of(row, 1).column, std::to_string(line).size() + 3);
          ++line;
        });
      }
      EXPECT_EQ(line, 40'000);
    }
    Diagnostics diagnostics;
    problems.move_to(diagnostics);
    EXPECT_THAT(diagnostics, IsEmpty());
  }
}

TEST(CsvTable, ATableWithAQuoteIsNotDivided) {
  FileProblems problems("data.csv");
  const auto table = Table::of_text(long_table("\n") + "40000,\"two\nlines\",z\n", problems);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->stretches(4).size(), 1U);
}

}  // namespace
