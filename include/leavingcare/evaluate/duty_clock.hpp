// leavingcare/evaluate/duty_clock.hpp
//
// By when: the last day of a step, and of an interval, from the day on which the clock started.
//
// WITHIN     The day of the event is not counted: "within 3 months of" 30 November ends on 28 February; "within 20 working days of" a day counts the
//            days that are working days, by the calendar.
// INTERVALS  "At intervals of not more than n": on every day the last doing may lie no more than that day's interval back. So the next doing is due
//            on the first day D after the last for which last + interval(D) <= D.
//              6 weeks in the first year of a placement, 3 months after it; last visit two weeks before the anniversary:
//              due 3 months after the visit, because on the day six weeks after it the interval is 3 months.
//            On days without an interval (a rule out of force, no alternative that applies) nothing falls due; where a shorter interval takes over that
//            has run out already, it falls due on that day.
// UNKNOWN    What depends on facts that are not known comes as bounds: not before `earliest`, not after `latest`; end_of_time is "never".
//            Working days beyond the calendar lie somewhere after its last day.
#pragma once

#include <leavingcare/calendar/truth.hpp>
#include <leavingcare/calendar/working_days.hpp>
#include <leavingcare/rulebook/duty.hpp>

#include <algorithm>
#include <span>
#include <vector>

namespace leavingcare {

inline constexpr DayBounds never_due{Day::end_of_time, Day::end_of_time};

class DutyClock {
 public:
  explicit DutyClock(const WorkingDays* calendar) : calendar_(calendar) {}

  /// `period` after `start`, which is not counted.
  [[nodiscard]] DayBounds counted(Day start, LegalPeriod period) const {
    if (!is_a_day(start)) return {start, start};
    if (period.unit != PeriodUnit::working_days) {
      const Day day = after(start, period);
      return {day, day};
    }
    const auto day = calendar_->after_if_known(start, period.count);
    return day ? DayBounds{*day, *day} : DayBounds{std::max(start, calendar_->last_covered()) + 1, Day::end_of_time};
  }

  /// The same, where the start is known only within bounds.
  [[nodiscard]] DayBounds counted(DayBounds start, LegalPeriod period) const {
    return {counted(start.earliest, period).earliest, counted(start.latest, period).latest};
  }

  /// The same for a period that a parameter gives: that of the day on which the clock started.
  [[nodiscard]] DayBounds counted(DayBounds start, const DatedPeriod& dated) const {
    DayBounds hull{Day::end_of_time, Day::beginning_of_time};
    Day valued_until = start.earliest;
    for (const auto& [span, period] : dated.values) {
      if (span.until <= start.earliest || span.from > start.latest) continue;
      const bool holds_latest = start.latest < span.until || span.until == Day::end_of_time;
      const DayBounds one = counted({std::max(start.earliest, span.from), holds_latest ? start.latest : span.until - 1}, period);
      hull = {std::min(hull.earliest, one.earliest), std::max(hull.latest, one.latest)};
      if (span.from <= valued_until) valued_until = span.until;
      if (holds_latest && valued_until == span.until) return hull;
    }
    return {std::min(hull.earliest, start.earliest), Day::end_of_time};  // on some of these days it has no value
  }

  /// When the next doing after `last` falls due by the intervals of the versions; not before the first day of `owed`. The interval of the last day
  /// on which it is owed goes on after it, so that the answer says when it would have been due. What an interval is `for`, or lasts `until`, is
  /// looked for from `began`. `condition(instruction)` gives a condition's timelines.
  template <class Condition>
  [[nodiscard]] DayBounds next_by_interval(std::span<const CompiledTerms> versions, Day last, Span owed, DayBounds began, Condition condition) {
    const Day first = std::max(last + 1, owed.from);
    if (versions.size() == 1 && versions[0].intervals.size() == 1 && versions[0].in_force.until == Day::end_of_time) {
      const auto& only = versions[0].intervals[0];
      if (only.condition == none && only.until == none && !only.for_ && only.every.values.size() == 1) {
        const DayBounds due = counted(last, only.every.values[0].second);
        return {std::max(due.earliest, first), std::max(due.latest, first)};
      }
    }
    find_changes(versions, {first, std::max(owed.until, first + 1)}, began, condition);
    DayBounds due = never_due;
    for (std::size_t i = 0; i + 1 < changes_.size(); ++i) {
      const Span days{changes_[i], changes_[i + 1]};
      const DayBounds here = due_within(versions, days, last, began, condition);
      due.earliest = std::min(due.earliest, here.earliest);
      if (here.latest != Day::end_of_time) {
        due.latest = here.latest;
        break;
      }
    }
    return due;
  }

 private:
  /// The first of `days`, and all others of them on which another interval may begin to apply, in order; then the end of time.
  template <class Condition>
  void find_changes(std::span<const CompiledTerms> versions, Span days, DayBounds began, Condition condition) {
    changes_.assign({days.from, Day::end_of_time});
    const auto change = [&](Day day) {
      if (day > days.from && day < days.until && is_a_day(day)) changes_.push_back(day);
    };
    for (const auto& version : versions) {
      change(version.in_force.from);
      change(version.in_force.until);
      for (const auto& interval : version.intervals) {
        if (interval.condition != none) {
          const TruthView view = condition(interval.condition);
          std::for_each(view.surely.begin(), view.surely.end(), change);
          std::for_each(view.possibly.begin(), view.possibly.end(), change);
        }
        if (interval.until != none) {
          const DayBounds until = first_from(condition(interval.until), began);
          change(until.earliest);
          change(until.latest);
        }
        if (interval.for_) {
          const DayBounds end = end_of(*interval.for_, began);
          change(end.earliest);
          change(end.latest);
        }
        for (const auto& [span, period] : interval.every.values) {
          change(span.from);
          change(span.until);
        }
      }
    }
    std::sort(changes_.begin(), changes_.end());
    changes_.erase(std::unique(changes_.begin(), changes_.end()), changes_.end());
  }

  /// The first day on which an interval that is `for` so long from `began` applies no longer; never where the length has no value.
  [[nodiscard]] DayBounds end_of(const DatedPeriod& length, DayBounds began) const {
    return began.exact() && !length.on(began.earliest) ? never_due : counted(began, length);
  }

  /// The first day from `from` on which a condition holds.
  [[nodiscard]] static DayBounds first_from(TruthView view, DayBounds from) {
    const auto first = [](Edges days, Day from) {
      for (std::size_t i = 0; i < days.size(); i += 2) {
        if (days[i + 1] > from) return std::max(days[i], from);
      }
      return Day::end_of_time;
    };
    return {first(view.possibly, from.earliest), first(view.surely, from.latest)};
  }

  /// When it falls due on days on all of which the same intervals apply: at the earliest, and, if it surely does so on these days, at the latest.
  template <class Condition>
  DayBounds due_within(std::span<const CompiledTerms> versions, Span days, Day last, DayBounds began, Condition condition) const {
    DayBounds due{Day::end_of_time, Day::beginning_of_time};
    bool surely_one = false;  // one of the intervals seen so far surely applies
    for (const auto& version : versions) {
      if (days.from < version.in_force.from || days.from >= version.in_force.until) continue;
      for (const auto& interval : version.intervals) {
        Truth applies = Truth::yes;
        if (interval.condition != none) applies = condition(interval.condition).on(days.from);
        const auto only_until = [&](DayBounds end) {
          if (days.from >= end.earliest) applies = days.from >= end.latest ? Truth::no : std::min(applies, Truth::unknown);
        };
        if (interval.for_) only_until(end_of(*interval.for_, began));
        if (interval.until != none) only_until(first_from(condition(interval.until), began));
        const auto period = interval.every.on(days.from);
        if (applies == Truth::no || !period) continue;
        const DayBounds out = counted(last, *period);
        const auto here = [&](Day day) { return day < days.until ? std::max(day, days.from) : Day::end_of_time; };
        due.earliest = std::min(due.earliest, here(out.earliest));
        due.latest = std::max(due.latest, here(out.latest));
        if (applies == Truth::yes) {
          surely_one = true;
          break;
        }
      }
    }
    if (!surely_one) due.latest = Day::end_of_time;
    return due;
  }

  const WorkingDays* calendar_;
  std::vector<Day> changes_;
};

}  // namespace leavingcare
