// Days, and the two strict readers of dates.
#include <leavingcare/calendar/day.hpp>

#include "naive.hpp"

namespace {

using namespace leavingcare;

TEST(Day, IsCountedFrom1January1970) {
  EXPECT_EQ(day_of(1970, 1, 1).number, 0);
  EXPECT_EQ(day_of(1970, 1, 2).number, 1);
  EXPECT_EQ(day_of(1969, 12, 31).number, -1);
  EXPECT_EQ(day_of(2000, 3, 1).number, 11017);
}

TEST(Day, EveryDayFrom1900To2200IsOneMoreThanTheDayBefore) {
  const auto& almanac = naive::Almanac::get();
  const int last = almanac.number(2200, 12, 31);
  for (int number = almanac.number(1900, 1, 1); number <= last; ++number) {
    const auto date = almanac.date(number);
    const Day day = day_of(date.year, static_cast<unsigned>(date.month), static_cast<unsigned>(date.day));
    ASSERT_EQ(day.number, number);
    ASSERT_EQ(static_cast<int>(civil(day).year()), date.year);
    ASSERT_EQ(static_cast<int>(static_cast<unsigned>(civil(day).month())), date.month);
    ASSERT_EQ(static_cast<int>(static_cast<unsigned>(civil(day).day())), date.day);
  }
}

TEST(Day, EveryDayFrom1900To2200IsReadBackFromItsIsoText) {
  for (Day day = day_of(1900, 1, 1); day <= day_of(2200, 12, 31); day = day + 1) {
    ASSERT_EQ(read_iso_day(iso(day)), day) << iso(day);
  }
}

TEST(Day, EveryDayFrom1900To2200IsReadBackFromItsUkText) {
  for (Day day = day_of(1900, 1, 1); day <= day_of(2200, 12, 31); day = day + 1) {
    const auto text = iso(day);
    const auto uk = text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
    ASSERT_EQ(read_uk_day(uk), day) << uk;
  }
}

TEST(Day, DocumentationExamples) {
  EXPECT_EQ(read_iso_day("2024-03-10"), day_of(2024, 3, 10));
  EXPECT_EQ(read_uk_day("10/03/2024"), day_of(2024, 3, 10));
  EXPECT_EQ(in_words(day_of(2024, 3, 10)), "10 March 2024");
  EXPECT_EQ(days_between(day_of(2024, 1, 1), day_of(2024, 4, 1)), 91) << "thirteen weeks are ninety-one days";
}

TEST(Day, TheEndsOfTimeLieOutsideEveryDayAndStayWhereTheyAre) {
  EXPECT_LT(Day::beginning_of_time, day_of(1900, 1, 1));
  EXPECT_GT(Day::end_of_time, day_of(2200, 12, 31));
  EXPECT_FALSE(is_a_day(Day::beginning_of_time));
  EXPECT_FALSE(is_a_day(Day::end_of_time));
  EXPECT_TRUE(is_a_day(day_of(2024, 2, 29)));
  EXPECT_EQ(Day::beginning_of_time + 1000, Day::beginning_of_time);
  EXPECT_EQ(Day::end_of_time - 1000, Day::end_of_time);
}

TEST(Day, TheEndsOfTimeAreBlankInTablesAndHaveWords) {
  EXPECT_EQ(iso(Day::beginning_of_time), "");
  EXPECT_EQ(iso(Day::end_of_time), "");
  EXPECT_EQ(in_words(Day::beginning_of_time), "the beginning");
  EXPECT_EQ(in_words(Day::end_of_time), "no known end");
}

TEST(ReadIsoDay, AcceptsTheFirstAndTheLastDay) {
  EXPECT_EQ(read_iso_day("1900-01-01"), day_of(1900, 1, 1));
  EXPECT_EQ(read_iso_day("2200-12-31"), day_of(2200, 12, 31));
}

TEST(ReadIsoDay, KnowsLeapYears) {
  for (const char* text : {"2024-02-29", "2000-02-29", "1904-02-29", "2196-02-29"})
    EXPECT_TRUE(read_iso_day(text)) << text;
  for (const char* text : {"2023-02-29", "1900-02-29", "2100-02-29", "2200-02-29"})
    EXPECT_FALSE(read_iso_day(text)) << text;
}

TEST(ReadIsoDay, RefusesDatesThatDoNotExist) {
  for (const char* text : {"2024-02-30", "2024-04-31", "2024-06-31", "2024-09-31", "2024-11-31", "2024-01-32",
                           "2024-00-10", "2024-13-10", "2024-01-00", "2024-99-99", "0000-00-00"}) {
    EXPECT_FALSE(read_iso_day(text)) << text;
  }
}

TEST(ReadIsoDay, RefusesYearsOutside1900To2200) {
  for (const char* text : {"1899-12-31", "2201-01-01", "0024-03-10", "9999-12-31", "0001-01-01"})
    EXPECT_FALSE(read_iso_day(text)) << text;
}

TEST(ReadIsoDay, RefusesEveryOtherWayOfWriting) {
  for (const char* text : {"",
                           " ",
                           "2024",
                           "2024-03",
                           "2024-3-10",
                           "2024-03-1",
                           "24-03-10",
                           "20240310",
                           "2024/03/10",
                           "2024/03-10",
                           "2024-03/10",
                           "2024.03.10",
                           "2024 03 10",
                           "10-03-2024",
                           "10/03/2024",
                           "2024-Mar-10",
                           "10 March 2024",
                           " 2024-03-10",
                           "2024-03-10 ",
                           "2024-03-10T00:00:00",
                           "2024-03-10Z",
                           "+024-03-10",
                           "-024-03-10",
                           "2024--3-10",
                           "2024-+3-10",
                           "2024- 3-10",
                           "2024-03- 1",
                           "2O24-03-10",
                           "2024-03-1O",
                           "abcd-ef-gh",
                           "2024\xE2\x80\x90"
                           "03-10",
                           "45361",
                           "NULL",
                           "\xEF\xBB\xBF"
                           "2024-03-10",
                           "2024-03-10\n",
                           "2024-03-10\r",
                           "202-403-10"}) {
    EXPECT_FALSE(read_iso_day(text)) << '"' << text << '"';
  }
  EXPECT_FALSE(read_iso_day(std::string_view("2024-03-10\0", 11)));
  EXPECT_FALSE(read_iso_day(std::string_view("2024-03-1\0", 10)));
}

TEST(ReadUkDay, PutsTheDayFirst) {
  EXPECT_EQ(read_uk_day("03/10/2024"), day_of(2024, 10, 3));
  EXPECT_EQ(read_uk_day("31/12/2200"), day_of(2200, 12, 31));
  EXPECT_EQ(read_uk_day("01/01/1900"), day_of(1900, 1, 1));
  EXPECT_EQ(read_uk_day("29/02/2024"), day_of(2024, 2, 29));
}

TEST(ReadUkDay, RefusesDatesThatDoNotExistOrLieOutside1900To2200) {
  for (const char* text : {"12/31/2024", "30/02/2024", "29/02/2023", "31/04/2024", "00/01/2024", "01/00/2024",
                           "32/01/2024", "31/12/1899", "01/01/2201", "01/13/2024"}) {
    EXPECT_FALSE(read_uk_day(text)) << text;
  }
}

TEST(ReadUkDay, RefusesEveryOtherWayOfWriting) {
  for (const char* text :
       {"",           "10/3/2024",   "1/03/2024",  "10/03/24",    "10-03-2024",  "10.03.2024",
        "2024-03-10", "2024/03/10",  "10032024",   " 10/03/2024", "10/03/2024 ", "10/03/2024 00:00",
        "10 03 2024", "10/03-2024",   "10-03/2024", "10/Mar/2024", "+1/03/2024", "-1/03/2024",  "1O/03/2024",  " 1/03/2024",
        "10//3/2024", "10/03/ 024",  "nan"}) {
    EXPECT_FALSE(read_uk_day(text)) << '"' << text << '"';
  }
}

TEST(Day, IsoAndWordsPadAsTheyShould) {
  EXPECT_EQ(iso(day_of(1905, 1, 2)), "1905-01-02");
  EXPECT_EQ(iso(day_of(2199, 11, 30)), "2199-11-30");
  EXPECT_EQ(in_words(day_of(1905, 1, 2)), "2 January 1905");
  EXPECT_EQ(in_words(day_of(2020, 12, 31)), "31 December 2020");
}

}  // namespace
