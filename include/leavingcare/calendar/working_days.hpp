// leavingcare/calendar/working_days.hpp
//
// Working days, counted with a dated list of holidays.
//
// A first review is due "within 20 working days of the date on which C becomes looked after". A working day is any day
// other than a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and Wales. Bank holidays are
// moved and added by proclamation, so they cannot be computed: they come as a list (rules/calendars/), with the days
// that it covers.
//
// COUNTING. The day of the event is not counted; the answer is the last of the working days that are:
//     looked after from Monday 12 September 2022     20 working days end on 11 October 2022
//                                                    (10 October, if the state funeral of 19 September is forgotten)
//     looked after from Monday 1 June 2026           20 working days end on 29 June 2026
//                                                    (15 June 2026 is a holiday in Scotland only)
// It makes no difference whether the day of the event is itself a working day.
//
// BEYOND THE LIST nothing is known: a day in a year that has not been proclaimed may yet become a holiday. Each
// question therefore comes twice. The plain name throws BeyondHolidayList, which says how far the list goes; the name
// with `_if_known` answers nothing. Only the days that are counted must be covered, not the start.
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/calendar/legal_period.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace leavingcare {

/// A question about days for which the holiday list has no answer; what() says how far the list goes.
class BeyondHolidayList : public std::out_of_range {
 public:
  using std::out_of_range::out_of_range;
};

/// Saturday or Sunday. The day must be a real one.
[[nodiscard]] constexpr bool is_weekend(Day day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{std::chrono::days{day.number}}};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

/// Which days are working days, as far as a holiday list goes. Immutable; threads may share it.
class WorkingDays {
 public:
  /// `holidays` strictly rise and lie in [`first`, `last`], the real days that the list covers; otherwise
  /// std::invalid_argument. A holiday may fall on a weekend.
  WorkingDays(std::vector<Day> holidays, Day first, Day last)
      : holidays_(std::move(holidays)), first_(first), last_(last) {
    if (!is_a_day(first) || !is_a_day(last) || first > last) {
      throw std::invalid_argument("a holiday list must cover at least one day, from a first to a last");
    }
    for (std::size_t i = 0; i < holidays_.size(); ++i) {
      if (!covers(holidays_[i])) {
        throw std::invalid_argument("the holiday " + in_words(holidays_[i]) + " is outside " + reach());
      }
      if (i > 0 && holidays_[i] <= holidays_[i - 1]) {
        throw std::invalid_argument("the holiday " + in_words(holidays_[i]) +
                                    " is out of order or written twice");
      }
    }
    std::size_t holiday = 0;
    for (Day day = first_; day <= last_; day = day + 1) {
      before_.push_back(static_cast<std::uint32_t>(working_.size()));
      const bool is_holiday = holiday < holidays_.size() && holidays_[holiday] == day;
      holiday += is_holiday ? 1 : 0;
      if (!is_holiday && !is_weekend(day)) working_.push_back(day);
    }
    before_.push_back(static_cast<std::uint32_t>(working_.size()));
  }

  [[nodiscard]] Day first_covered() const { return first_; }
  [[nodiscard]] Day last_covered() const { return last_; }
  [[nodiscard]] bool covers(Day day) const { return first_ <= day && day <= last_; }

  /// "the holiday list, which runs from 1 January 1995 to 31 December 2028": for messages.
  [[nodiscard]] std::string reach() const {
    return "the holiday list, which runs from " + in_words(first_) + " to " + in_words(last_);
  }

  /// True for a day that is neither a weekend nor a listed holiday; empty for a weekday beyond the list.
  [[nodiscard]] std::optional<bool> is_working_day_if_known(Day day) const {
    if (!is_a_day(day)) return std::nullopt;
    if (is_weekend(day)) return false;
    if (!covers(day)) return std::nullopt;
    return !std::binary_search(holidays_.begin(), holidays_.end(), day);
  }
  [[nodiscard]] bool is_working_day(Day day) const {
    return or_throw(is_working_day_if_known(day), in_words(day) + " is beyond it");
  }

  /// The `count`-th working day after `start`, which is not counted; before it, when negative; `start` itself
  /// for none. The ends of time stay where they are.
  [[nodiscard]] std::optional<Day> after_if_known(Day start, std::int32_t count) const {
    return counted(start, count);
  }
  [[nodiscard]] Day after(Day start, std::int32_t count) const {
    return or_throw(after_if_known(start, count),
                    working_days(count) + " after " + in_words(start) + " would need days beyond it");
  }

  /// The `count`-th working day before `start`, which is not counted; after it, when negative.
  [[nodiscard]] std::optional<Day> before_if_known(Day start, std::int32_t count) const {
    return counted(start, -std::int64_t{count});
  }
  [[nodiscard]] Day before(Day start, std::int32_t count) const {
    return or_throw(before_if_known(start, count),
                    working_days(count) + " before " + in_words(start) + " would need days beyond it");
  }

  /// `day` if it is a working day, else the last working day before it: the day to aim at when a time limit, which
  /// never moves, ends on a holiday.
  [[nodiscard]] std::optional<Day> on_or_before_if_known(Day day) const {
    return before_if_known(day + 1, 1);
  }
  [[nodiscard]] Day on_or_before(Day day) const {
    return or_throw(on_or_before_if_known(day),
                    "the last working day by " + in_words(day) + " may lie beyond it");
  }

 private:
  /// Counted later, or earlier when negative.
  [[nodiscard]] std::optional<Day> counted(Day day, std::int64_t count) const {
    if (!is_a_day(day) || count == 0) return day;
    const std::int32_t step = count < 0 ? -1 : 1;
    for (; !covers(day + step); day = day + step) {
      if (!is_weekend(day + step)) return std::nullopt;
    }
    // From here the list decides; beyond its end a working day that is still to be counted is not known.
    const std::int64_t before = before_[static_cast<std::size_t>(days_between(first_, count < 0 ? day : day + 1))];
    const std::int64_t place = count < 0 ? before + count : before + count - 1;
    if (place < 0 || place >= static_cast<std::int64_t>(working_.size())) return std::nullopt;
    return working_[static_cast<std::size_t>(place)];
  }

  template <class T>
  [[nodiscard]] T or_throw(std::optional<T> answer, const std::string& what_lies_beyond) const {
    if (answer) return *answer;
    throw BeyondHolidayList("the holiday list runs from " + in_words(first_) + " to " + in_words(last_) +
                            "; " + what_lies_beyond);
  }

  [[nodiscard]] static std::string working_days(std::int32_t count) {
    return in_words(LegalPeriod{count, PeriodUnit::working_days});
  }

  std::vector<Day> holidays_;
  Day first_;
  Day last_;
  std::vector<Day> working_;           // all working days covered
  std::vector<std::uint32_t> before_;  // for each day covered, and the day after the last: how many of them lie before it
};

/// The day `period` after `start`, whatever its unit, `start` itself not counted: legal_period.hpp's `after`, and
/// working days as well. Empty only for working days beyond the list.
[[nodiscard]] inline std::optional<Day> after_if_known(Day start, LegalPeriod period,
                                                       const WorkingDays& calendar) {
  if (period.unit == PeriodUnit::working_days) return calendar.after_if_known(start, period.count);
  return after(start, period);
}

/// The same, but throws BeyondHolidayList where the list has no answer.
[[nodiscard]] inline Day after(Day start, LegalPeriod period, const WorkingDays& calendar) {
  return period.unit == PeriodUnit::working_days ? calendar.after(start, period.count) : after(start, period);
}

}  // namespace leavingcare
