// leavingcare/calendar/timeline_measures.hpp
//
// Counting days: totals since a day, totals in a moving window, and how long an unbroken run has lasted.
//
// THE THIRTEENTH WEEK
//   "Looked after for periods amounting in all to 13 weeks" is reached on the 91st counted day, that day included: someone looked after from
//   15 January 2024 reaches it on 14 April 2024, although the 14 April is not yet over. first_day_reaching answers that day.
//
// CASE STUDY: when has a run lasted six months?
//   A run that begins on 10 March and goes on. Two readings of "six months" are both in the statute book, and differ by a day:
//     completes   the six months are complete on their last day, 9 September: an unbroken stay [10 Mar, 10 Sep) has lasted six months
//     passes      "on or after the corresponding date": from 10 September, while the run still goes on
//   The rule says which (positions: three months in hospital complete; six months at home pass).
#pragma once

#include <leavingcare/calendar/legal_period.hpp>
#include <leavingcare/calendar/timeline.hpp>

#include <algorithm>
#include <cstdint>

namespace leavingcare {

/// The `count`-th day (1 is the first) of the timeline on or after `since`; end_of_time when there are fewer;
/// beginning_of_time when it has been reached since ever (`count` is 0, or neither the timeline nor `since` has a first day).
[[nodiscard]] inline Day first_day_reaching(Edges timeline, Day since, std::int64_t count) {
  if (count <= 0) return Day::beginning_of_time;
  for (std::size_t i = 0; i < timeline.size(); i += 2) {
    const Day from = later_of(timeline[i], since);
    if (from >= timeline[i + 1]) continue;
    if (!is_a_day(from)) return from;
    const std::int64_t length = std::int64_t{timeline[i + 1].number} - from.number;
    if (length >= count) return Day{static_cast<std::int32_t>(from.number + count - 1)};
    count -= length;
  }
  return Day::end_of_time;
}

/// How many days of the timeline lie in [since, until). Where the timeline is open, `since` or `until` must be a real day.
[[nodiscard]] inline std::int64_t days_in(Edges timeline, Day since, Day until) {
  std::int64_t days = 0;
  for (std::size_t i = 0; i < timeline.size() && timeline[i] < until; i += 2) {
    const Day from = later_of(timeline[i], since);
    const Day to = earlier_of(timeline[i + 1], until);
    if (from < to) days += std::int64_t{to.number} - from.number;
  }
  return days;
}

namespace detail {

/// No window of this length is shorter than so many days. Every month but February has 30 or more, and an end moved to the
/// last day of a month never makes a period shorter than this.
[[nodiscard]] constexpr std::int32_t shortest_days(LegalPeriod window) {
  if (const auto days = fixed_days(window)) return *days;
  const auto months = window.unit == PeriodUnit::years ? window.count * 12 : window.count;
  return months / 12 * 365 + (months % 12 == 0 ? 0 : 28 + 30 * (months % 12 - 1));
}

/// A count that must be made day by day or year by year cannot go on for ever: it is made for these days, and an
/// open timeline is taken to end there. The last year counted has no end.
inline constexpr Day first_counted = day_of(first_year - 100, 1, 1);
inline constexpr Day end_of_counting = day_of(last_year + 100, 1, 1);

}  // namespace detail

/// Days d on which some window [s, s + `window`) that holds d has at least `count` (1 or more) days of the
/// timeline up to and including d.
inline void append_rolling_total(Edges timeline, std::int32_t count, LegalPeriod window, Timelines& out) {
  // The window that reaches back furthest begins on the count-th last day of the timeline up to d, `oldest`;
  // d is in it while d < oldest + window. Once a span alone is `count` days long, so is every later day of it, provided
  // that no window is shorter than that.
  const bool fits = count <= detail::shortest_days(window);
  if (!fits && fixed_days(window)) return;
  std::size_t span = 0;       // the span that holds `oldest`
  Day oldest{};               // meaningful once `counted` is at least `count`
  std::int32_t counted = 0;   // days counted so far, no further than `count`
  for (std::size_t i = 0; i < timeline.size(); i += 2) {
    const Day from = fits ? timeline[i] : later_of(timeline[i], detail::first_counted);
    const Day until = fits ? timeline[i + 1] : earlier_of(timeline[i + 1], detail::end_of_counting);
    const Day next = i + 2 < timeline.size() ? timeline[i + 2] : Day::end_of_time;
    const bool full = fits && (!is_a_day(from) || std::int64_t{until.number} - from.number >= count);
    const Day filled = !is_a_day(from) ? from : full ? from + (count - 1) : until;
    if (counted == 0) {
      oldest = from;
      span = i;
    }
    for (Day day = from; day < filled; day = day + 1) {
      if (counted == count) {
        oldest = oldest + 1;
        if (oldest == timeline[span + 1]) oldest = timeline[span += 2];
      } else {
        ++counted;
      }
      const Day holds_until = day + 1 == until ? next : day + 1;
      if (counted == count) out.append(day, earlier_of(after(oldest, window), holds_until));
    }
    if (full) {
      out.append(filled, until);
      if (until == Day::end_of_time) return;
      oldest = until - count;
      span = i;
      counted = count;
      out.append(until - 1, earlier_of(after(oldest, window), next));
    }
  }
}

/// Days d on which at least `count` (1 or more) days of the timeline lie between the last yearly date before or on d
/// (month and day, e.g. 1 April; 29 February is 1 March in a common year) and d itself, both included.
inline void append_yearly_total(Edges timeline, std::int64_t count, std::chrono::month_day year_begins, Timelines& out) {
  const auto year_start = [&](int year) { return day_of(std::chrono::year{year} / year_begins.month() / year_begins.day()); };
  Day year_end = Day::beginning_of_time;  // of the year being counted
  std::int64_t counted = 0;               // in it, so far
  for (std::size_t i = 0; i < timeline.size(); i += 2) {
    Day from = later_of(timeline[i], detail::first_counted);
    const Day until = earlier_of(timeline[i + 1], detail::end_of_counting);
    while (from < until) {
      if (from >= year_end) {
        const int year = static_cast<int>(civil(from).year());
        year_end = year_start(from < year_start(year) ? year : year + 1);
        if (year_end >= detail::end_of_counting) year_end = Day::end_of_time;
        counted = 0;
      }
      const Day end = earlier_of(until, year_end);
      const std::int64_t days = days_between(from, end);
      if (counted < count && counted + days >= count) {
        out.append(from + static_cast<std::int32_t>(count - counted - 1), year_end);
      }
      counted += days;
      from = end;
    }
  }
}

/// The days of each span from the one that completes `period`, the span's first day counted.
inline void append_completed(Edges timeline, LegalPeriod period, Timelines& out) {
  for (std::size_t i = 0; i < timeline.size(); i += 2) {
    const Day completed = last_day_of_period_beginning_with(timeline[i], period);
    out.append(later_of(timeline[i], completed), timeline[i + 1]);  // a period of no days is complete at once
  }
}

/// The days of each span from the corresponding date `period` after its first day.
inline void append_passed(Edges timeline, LegalPeriod period, Timelines& out) {
  for (std::size_t i = 0; i < timeline.size(); i += 2) out.append(after(timeline[i], period), timeline[i + 1]);
}

/// The spans no longer than `period` (its first day counted: [1 March, 18 March) is 17 days).
inline void append_short_spans(Edges timeline, LegalPeriod period, Timelines& out) {
  for (std::size_t i = 0; i < timeline.size(); i += 2) {
    const bool bounded = is_a_day(timeline[i]) && is_a_day(timeline[i + 1]);
    if (bounded && timeline[i + 1] <= after(timeline[i], period)) out.append(timeline[i], timeline[i + 1]);
  }
}

}  // namespace leavingcare
