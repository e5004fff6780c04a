// Working days, with the list that is shipped and with small ones.
#include <leavingcare/calendar/working_days.hpp>

#include "naive.hpp"

#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>

namespace {

using namespace leavingcare;
using naive::day;

struct Holiday {
  Day on;
  std::string name;
  std::string kind;
};

/// The text between two others in a line; empty when they are not there.
std::string between(const std::string& line, const std::string& before, const std::string& after) {
  const auto at = line.find(before);
  if (at == std::string::npos) return {};
  const auto from = at + before.size();
  return line.substr(from, line.find(after, from) - from);
}

struct ShippedList {
  std::vector<Holiday> holidays;
  Day from;
  Day until;
};

/// rules/calendars/england_and_wales.yaml, line by line.
const ShippedList& shipped() {
  static const ShippedList list = [] {
    ShippedList read;
    std::ifstream file(LEAVINGCARE_RULES_FOLDER "/calendars/england_and_wales.yaml");
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("covers: ")) {
        read.from = day(between(line, "from: ", ",").c_str());
        read.until = day(between(line, "until: ", "}").c_str());
      }
      if (!line.starts_with("  - {on: ")) continue;
      read.holidays.push_back({day(between(line, "on: ", ",").c_str()), between(line, "name: ", ","),
                               between(line, "kind: ", "}")});
    }
    return read;
  }();
  return list;
}

const WorkingDays& england_and_wales() {
  static const WorkingDays calendar = [] {
    std::vector<Day> days;
    for (const auto& holiday : shipped().holidays) days.push_back(holiday.on);
    return WorkingDays(days, shipped().from, shipped().until - 1);
  }();
  return calendar;
}

std::string what_is_said(auto question) {
  try {
    question();
  } catch (const BeyondHolidayList& beyond) {
    return beyond.what();
  }
  return "nothing";
}

TEST(EnglandAndWales, Covers1995To2028) {
  EXPECT_EQ(england_and_wales().first_covered(), day("1995-01-01"));
  EXPECT_EQ(england_and_wales().last_covered(), day("2028-12-31"));
  EXPECT_EQ(shipped().holidays.size(), 279u);
}

TEST(EnglandAndWales, EachHolidayIsAWeekdayOfAKnownKind) {
  for (const auto& holiday : shipped().holidays) {
    EXPECT_FALSE(is_weekend(holiday.on)) << iso(holiday.on);
    EXPECT_FALSE(holiday.name.empty()) << iso(holiday.on);
    EXPECT_TRUE(std::set<std::string>({"regular", "substitute", "moved", "extra"}).count(holiday.kind))
        << iso(holiday.on);
  }
}

TEST(EnglandAndWales, EachMovedOrExtraDayIsOnTheListAndNoOther) {
  std::vector<std::string> found;
  for (const auto& holiday : shipped().holidays) {
    if (holiday.kind == "moved" || holiday.kind == "extra")
      found.push_back(iso(holiday.on) + " " + holiday.kind);
  }
  const std::vector<std::string> wanted = {"1995-05-08 moved", "1999-12-31 extra", "2002-06-03 extra",
                                           "2002-06-04 moved", "2011-04-29 extra", "2012-06-04 moved",
                                           "2012-06-05 extra", "2020-05-08 moved", "2022-06-02 moved",
                                           "2022-06-03 extra", "2022-09-19 extra", "2023-05-08 extra"};
  EXPECT_EQ(found, wanted);
}

TEST(EnglandAndWales, DaysThatWereMovedAwayAreWorkingDays) {
  for (const char* text : {"1995-05-01", "2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30"}) {
    EXPECT_TRUE(england_and_wales().is_working_day(day(text))) << text;
  }
  EXPECT_FALSE(england_and_wales().is_working_day(day("2023-05-01")))
      << "the Coronation was an extra day; 1 May was kept";
}

TEST(EnglandAndWales, FifteenJune2026IsAHolidayInScotlandOnly) {
  EXPECT_TRUE(england_and_wales().is_working_day(day("2026-06-15")));
}

TEST(EnglandAndWales, EachYearHasItsEightHolidaysAndTheExtraOnes) {
  std::map<int, int> usual;
  for (const auto& holiday : shipped().holidays) {
    if (holiday.kind != "extra") ++usual[static_cast<int>(civil(holiday.on).year())];
  }
  EXPECT_EQ(usual.size(), 34u);
  for (const auto& [year, count] : usual) EXPECT_EQ(count, 8) << year;
}

TEST(EnglandAndWales, ChristmasDayAndGoodFridayOfEveryYearAreNotWorkingDays) {
  for (int year = 1995; year <= 2028; ++year) {
    EXPECT_FALSE(england_and_wales().is_working_day(day_of(year, 12, 25))) << year;
    int good_fridays = 0;
    for (const auto& holiday : shipped().holidays) {
      if (holiday.name != "Good Friday" || static_cast<int>(civil(holiday.on).year()) != year) continue;
      ++good_fridays;
      EXPECT_FALSE(england_and_wales().is_working_day(holiday.on + 3)) << "Easter Monday " << year;
    }
    EXPECT_EQ(good_fridays, 1) << year;
  }
}

TEST(EnglandAndWales, HolidaysOfAWeekendAreKeptOnTheNextFreeWeekdays) {
  for (const char* text : {"2021-12-27", "2021-12-28", "2022-12-26", "2022-12-27", "2023-01-02", "2026-12-28",
                           "2027-12-27", "2027-12-28", "2028-01-03"}) {
    EXPECT_FALSE(england_and_wales().is_working_day(day(text))) << text;
  }
}

TEST(EnglandAndWales, FirstReviewOfCareFrom12September2022IsDueBy11October) {
  EXPECT_EQ(england_and_wales().after(day("2022-09-12"), 20), day("2022-10-11"));
  std::vector<Day> forgetful;
  for (const auto& holiday : shipped().holidays) {
    if (holiday.on != day("2022-09-19")) forgetful.push_back(holiday.on);
  }
  EXPECT_EQ(WorkingDays(forgetful, shipped().from, shipped().until - 1).after(day("2022-09-12"), 20),
            day("2022-10-10"));
}

TEST(EnglandAndWales, FirstReviewOfCareFrom1June2026IsDueBy29June) {
  EXPECT_EQ(england_and_wales().after(day("2026-06-01"), 20), day("2026-06-29"));
}

TEST(EnglandAndWales, CountingFromANonWorkingDayIsCountingFromTheWorkingDayBefore) {
  for (const char* text :
       {"2024-03-29", "2024-03-30", "2024-03-31", "2024-04-01"}) {  // Good Friday to Easter Monday
    EXPECT_EQ(england_and_wales().after(day(text), 20), england_and_wales().after(day("2024-03-28"), 20))
        << text;
    EXPECT_EQ(england_and_wales().on_or_before(day(text)), day("2024-03-28")) << text;
  }
  EXPECT_EQ(england_and_wales().on_or_before(day("2024-04-02")), day("2024-04-02"));
}

TEST(EnglandAndWales, CountingIsAsByHandFromEveryDayOfFiveYears) {
  std::set<int> listed;
  for (const auto& holiday : shipped().holidays) listed.insert(holiday.on.number);
  const auto works = [&](int number) {
    return (number % 7 + 7) % 7 != 2 && (number % 7 + 7) % 7 != 3 && !listed.count(number);
  };  // day 0 was a Thursday
  for (int start = day("2021-06-01").number; start < day("2026-06-01").number; ++start) {
    for (const int count : {1, 2, 5, 10, 20}) {
      int later = start, earlier = start;
      for (int left = count; left > 0;) left -= works(++later) ? 1 : 0;
      for (int left = count; left > 0;) left -= works(--earlier) ? 1 : 0;
      ASSERT_EQ(england_and_wales().after(Day{start}, count).number, later) << iso(Day{start});
      ASSERT_EQ(england_and_wales().before(Day{start}, count).number, earlier) << iso(Day{start});
      ASSERT_EQ(england_and_wales().after(Day{start}, -count).number, earlier);
      ASSERT_EQ(england_and_wales().before(Day{start}, -count).number, later);
    }
    ASSERT_EQ(england_and_wales().is_working_day(Day{start}), works(start));
    ASSERT_EQ(england_and_wales().after(Day{start}, 0), Day{start});
  }
}

TEST(BeyondTheList, AQuestionIsRefusedAndToldHowFarTheListGoes) {
  EXPECT_EQ(what_is_said([] { static_cast<void>(england_and_wales().after(day("2028-12-15"), 20)); }),
            "the holiday list runs from 1 January 1995 to 31 December 2028; 20 working days after 15 "
            "December 2028 would need days beyond it");
  EXPECT_EQ(what_is_said([] { static_cast<void>(england_and_wales().before(day("1995-01-04"), 5)); }),
            "the holiday list runs from 1 January 1995 to 31 December 2028; 5 working days before 4 January "
            "1995 would need days beyond it");
  EXPECT_EQ(what_is_said([] { static_cast<void>(england_and_wales().is_working_day(day("2029-01-02"))); }),
            "the holiday list runs from 1 January 1995 to 31 December 2028; 2 January 2029 is beyond it");
  EXPECT_NE(what_is_said([] { static_cast<void>(england_and_wales().on_or_before(day("2029-01-02"))); }),
            "nothing");
  EXPECT_THROW(
      static_cast<void>(after(day("2030-01-01"), {20, PeriodUnit::working_days}, england_and_wales())),
      std::out_of_range);
}

TEST(BeyondTheList, TheEngineIsAnsweredNothingInstead) {
  EXPECT_EQ(england_and_wales().after_if_known(day("2028-12-15"), 20), std::nullopt);
  EXPECT_EQ(england_and_wales().before_if_known(day("1995-01-04"), 5), std::nullopt);
  EXPECT_EQ(england_and_wales().is_working_day_if_known(day("2029-01-02")), std::nullopt);
  EXPECT_EQ(after_if_known(day("2030-01-01"), {20, PeriodUnit::working_days}, england_and_wales()),
            std::nullopt);
}

TEST(BeyondTheList, OnlyTheDaysThatAreCountedMustBeCovered) {
  EXPECT_EQ(england_and_wales().after(day("1994-12-31"), 1), day("1995-01-03"));
  EXPECT_EQ(england_and_wales().before(day("2029-01-01"), 1), day("2028-12-29"));
  EXPECT_EQ(england_and_wales().after(day("2028-12-28"), 1), day("2028-12-29"))
      << "the last working day of the list";
  EXPECT_EQ(england_and_wales().after_if_known(day("2028-12-29"), 1), std::nullopt);
}

TEST(BeyondTheList, AWeekdayJustBeforeTheListIsCountedAndNotKnownWhicheverWayItIsAsked) {
  // A list that begins on a Tuesday: from the Sunday before, the first day to be counted is a Monday of which nothing is known.
  const WorkingDays list({}, day("2024-01-02"), day("2024-12-31"));
  EXPECT_EQ(list.after_if_known(day("2023-12-31"), 1), std::nullopt);
  EXPECT_EQ(list.before_if_known(day("2023-12-31"), -1), std::nullopt);
  EXPECT_EQ(list.after_if_known(day("2024-01-01"), 1), day("2024-01-02"));
  EXPECT_EQ(list.before_if_known(day("2024-01-01"), -1), day("2024-01-02"));
}

TEST(BeyondTheList, CountingIntoAcrossAndOutOfAListIsAsByHandWhicheverWeekdayItBeginsOn) {
  for (int first = day("2024-01-01").number; first < day("2024-01-08").number; ++first) {
    for (const int days : {1, 2, 3, 16}) {
      const std::set<int> listed = days == 16 ? std::set{first + 4, first + 5, first + 11} : std::set<int>{};
      std::vector<Day> holidays;
      for (const int on : listed) holidays.push_back(Day{on});
      const WorkingDays list(holidays, Day{first}, Day{first + days - 1});
      for (int start = first - 10; start < first + days + 10; ++start) {
        for (int count = -14; count <= 14; ++count) {
          const int step = count < 0 ? -1 : 1;
          std::optional<Day> expected{Day{start}};
          for (int at = start, left = std::abs(count); left > 0 && expected;) {
            at += step;
            const int weekday = (at % 7 + 7) % 7;  // day 0 was a Thursday
            if (weekday == 2 || weekday == 3) continue;
            if (at < first || at >= first + days) expected.reset();
            else if (!listed.count(at) && --left == 0) expected = Day{at};
          }
          ASSERT_EQ(list.after_if_known(Day{start}, count), expected) << first << ' ' << days << ' ' << start << ' ' << count;
          ASSERT_EQ(list.before_if_known(Day{start}, -count), expected) << first << ' ' << days << ' ' << start << ' ' << count;
        }
      }
    }
  }
}

TEST(BeyondTheList, AWeekendIsNeverAWorkingDay) {
  EXPECT_FALSE(england_and_wales().is_working_day(day("2034-07-01")));
}

TEST(WorkingDays, TheEndsOfTimeStayWhereTheyAre) {
  EXPECT_EQ(england_and_wales().after(Day::end_of_time, 20), Day::end_of_time);
  EXPECT_EQ(england_and_wales().before(Day::beginning_of_time, 20), Day::beginning_of_time);
}

TEST(WorkingDays, OtherPeriodsNeedNoList) {
  const WorkingDays nothing({}, day("2024-01-01"), day("2024-01-01"));
  EXPECT_EQ(after(day("2024-04-30"), {6, PeriodUnit::months}, nothing), day("2024-10-30"));
  EXPECT_EQ(after_if_known(day("2024-04-30"), {2, PeriodUnit::weeks}, nothing), day("2024-05-14"));
  EXPECT_EQ(after(day("2024-03-28"), {1, PeriodUnit::working_days}, england_and_wales()), day("2024-04-02"));
}

TEST(WorkingDays, AListOutOfOrderTwiceWrittenOrOutsideItsOwnReachIsRefused) {
  const Day first = day("2024-01-01"), last = day("2024-12-31");
  EXPECT_NO_THROW(WorkingDays({day("2024-12-25"), day("2024-12-26")}, first, last));
  EXPECT_THROW(WorkingDays({day("2024-12-26"), day("2024-12-25")}, first, last), std::invalid_argument);
  EXPECT_THROW(WorkingDays({day("2024-12-25"), day("2024-12-25")}, first, last), std::invalid_argument);
  EXPECT_THROW(WorkingDays({day("2025-01-01")}, first, last), std::invalid_argument);
  EXPECT_THROW(WorkingDays({}, last, first), std::invalid_argument);
  EXPECT_THROW(WorkingDays({}, first, Day::end_of_time), std::invalid_argument);
}

}  // namespace
