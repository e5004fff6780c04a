// leavingcare/evaluate/duty_limits.hpp
//
// By when, and from when on, the next doing counts: the step or the interval that applies, from where the clock stands.
//
// The clock may be known only within bounds, and how many doings there have been only as at least and at most. Then several steps may apply, of several
// versions, and each day comes as bounds around all of theirs.
#pragma once

#include <leavingcare/evaluate/arisings.hpp>
#include <leavingcare/evaluate/duty_clock.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace leavingcare {

/// What an obligation may depend on: instructions, and the days on which they were looked at; and those whose records it looks at one by one.
struct Unsettled {
  std::vector<std::uint32_t> instructions;
  Span days{Day::beginning_of_time, Day::end_of_time};
  std::vector<std::uint32_t> records;

  void add(std::uint32_t instruction) {
    if (instruction != none) instructions.push_back(instruction);
  }
};

/// Where the clock stands: since when, and how many doings there have been of this arising, at least and at most.
struct Standing {
  DayBounds clock;
  std::size_t at_least = 0;
  std::size_t at_most = 0;
  bool on_a_doing = false;  ///< the clock stands on a doing, which does not count again

  static constexpr std::size_t any_number = 1'000'000;
  [[nodiscard]] bool count_known() const { return at_least == at_most; }
};

/// Days that may be any of several.
struct Hull {
  DayBounds days{Day::end_of_time, Day::beginning_of_time};

  void add(DayBounds one) { days = {std::min(days.earliest, one.earliest), std::max(days.latest, one.latest)}; }
};

[[nodiscard]] inline Day day_after(Day day) { return day == Day::end_of_time ? day : day + 1; }

/// The first day of a timeline in [from, until); end_of_time when there is none.
[[nodiscard]] inline Day first_in(Edges days, Day from, Day until) {
  for (std::size_t i = 0; i < days.size(); i += 2) {
    const Day first = std::max(days[i], from);
    if (first < std::min(days[i + 1], until)) return first;
  }
  return Day::end_of_time;
}

/// The last day of a timeline in [from, until); beginning_of_time when there is none.
[[nodiscard]] inline Day last_in(Edges days, Day from, Day until) {
  for (std::size_t i = days.size(); i > 0; i -= 2) {
    const Day end = std::min(days[i - 1], until);
    if (end > std::max(days[i - 2], from)) return end - 1;
  }
  return Day::beginning_of_time;
}

class DutyLimits {
 public:
  DutyLimits(PersonViews& views, const WorkingDays* calendar, Day last_day) : views_(views), clock_(calendar), last_day_(last_day) {}

  struct Limits {
    Hull due;
    Hull opens;            ///< when it can first be done
    Hull counts;           ///< the first day on which a doing counts
    Hull shown_as_opening; ///< the same as `opens` where the step says so; else never
    Hull suggested;
    std::uint32_t step = 0;
    bool may_be_over = false;  ///< doings nobody knows of may have been the last that was owed
  };

  void begin(const CompiledDuty& duty) { duty_ = &duty; }

  /// The versions whose steps may count for a clock that started on one of the days: the one in force then; for an earlier doing, the first.
  [[nodiscard]] std::span<const CompiledTerms> terms_on(DayBounds clock) const {
    const auto version_on = [this](Day day) {
      std::size_t version = 0;
      while (version + 1 < duty_->versions.size() && day >= duty_->versions[version].in_force.until) ++version;
      return version;
    };
    const std::size_t first = version_on(clock.earliest);
    return std::span(duty_->versions).subspan(first, version_on(clock.latest) - first + 1);
  }

  /// True if there may be more to do.
  [[nodiscard]] bool goes_on(const Standing& at) const {
    const auto all = terms_on(at.clock);
    return std::any_of(all.begin(), all.end(), [&](const auto& terms) { return at.at_least < terms.steps.size() || !terms.intervals.empty(); });
  }

  /// True if a step after the first can be done only some time after the doing before: then a doing soon after another may not count.
  [[nodiscard]] bool opens_later() const {
    return std::any_of(duty_->versions.begin(), duty_->versions.end(), [](const auto& terms) {
      return std::any_of(terms.steps.begin(), terms.steps.end(), [&](const auto& step) { return &step != &terms.steps.front() && step.opens_after; });
    });
  }

  /// What applies to the next doing; what it depends on, where it is not known, goes to `unsettled`.
  [[nodiscard]] Limits next(const Arising& arising, const Standing& at, Unsettled& unsettled) {
    Limits all;
    for (const auto& terms : terms_on(at.clock)) {
      const std::size_t cycle = terms.steps.size();  // beyond the last step
      all.step = static_cast<std::uint32_t>(std::min(at.at_least, cycle));
      for (std::size_t step = all.step; step <= std::min(at.at_most, cycle); ++step) {
        if (step < cycle) {
          add_step(arising, terms, terms.steps[step], at, unsettled, all);
        } else if (!terms.intervals.empty()) {
          add(arising, terms, at, interval_due(arising, at, unsettled), at.clock, all);
          all.shown_as_opening.add(never_due);
          all.suggested.add(never_due);
        } else {
          add(arising, terms, at, never_due, at.clock, all);
          all.may_be_over = true;
        }
      }
    }
    return all;
  }

 private:
  void add_step(const Arising& arising, const CompiledTerms& terms, const CompiledStep& step, const Standing& at, Unsettled& unsettled, Limits& all) {
    const DayBounds opens = step.opens_after ? clock_.counted(at.clock, *step.opens_after) : at.clock;
    const DayBounds due = step_due(step, at.clock, opens, arising.start.latest);
    add(arising, terms, at, due, opens, all);
    all.shown_as_opening.add(step.opens_after ? opens : never_due);
    all.suggested.add(step.suggested ? clock_.counted(opens, *step.suggested) : never_due);
    if (!due.exact()) {
      unsettled.add(step.day);
      unsettled.add(step.condition);
    }
  }

  /// Nothing is due before the day it arose, whatever an earlier doing or a named day says. A doing counts from the clock's start, or the day after a
  /// doing, and not before the day it arose; if these are not known, surely only after the latest they can be.
  static void add(const Arising& arising, const CompiledTerms& terms, const Standing& at, DayBounds due, DayBounds opens, Limits& all) {
    const bool from_next_day = at.on_a_doing || terms.done_counts == law::DoneCounts::from_the_day_after;
    const auto counts = [&](Day clock, Day open, Day arose) { return std::max({from_next_day ? day_after(clock) : clock, open, arose}); };
    all.due.add({std::max(due.earliest, arising.start.earliest), std::max(due.latest, arising.start.latest)});
    all.opens.add(opens);
    all.counts.add({counts(at.clock.earliest, opens.earliest, arising.start.earliest), counts(at.clock.latest, opens.latest, arising.start.latest)});
  }

  [[nodiscard]] DayBounds step_due(const CompiledStep& step, DayBounds clock, DayBounds opens, Day arose) {
    switch (step.last) {
      case law::LastDay::none: return never_due;
      case law::LastDay::within: return clock_.counted(clock, step.within);
      case law::LastDay::by: return views_.day(step.day, arose);
      case law::LastDay::on_the_day: return clock;
      case law::LastDay::before_next: {
        const auto view = views_.of(step.condition);
        const auto from = [&](Day open) { return step.opens_after ? open : day_after(open); };
        const Day known_until = step.known_ahead ? Day::end_of_time : day_after(last_day_);
        const auto before = [](Day day) { return day == Day::end_of_time ? day : day - 1; };
        return {before(first_in(view.possibly, from(opens.earliest), known_until)),
                before(first_in(view.surely, from(opens.latest), known_until))};
      }
    }
    return never_due;
  }

  [[nodiscard]] DayBounds interval_due(const Arising& arising, const Standing& at, Unsettled& unsettled) {
    const auto condition = [&](std::uint32_t instruction) { return views_.of(instruction); };
    const auto next = [&](Day clock, Day owed_from) {
      return clock_.next_by_interval(duty_->versions, clock, {owed_from, arising.end.latest}, arising.began, condition);
    };
    const DayBounds last = next(at.clock.latest, arising.start.latest);
    const bool same = at.clock.exact() && arising.start.exact();
    const DayBounds first = same ? last : is_a_day(at.clock.earliest) ? next(at.clock.earliest, arising.start.earliest) : arising.start;
    const DayBounds due{first.earliest, last.latest};
    if (!due.exact()) {
      for (const auto& version : duty_->versions) {
        for (const auto& interval : version.intervals) {
          unsettled.add(interval.condition);
          unsettled.add(interval.until);
        }
      }
    }
    return due;
  }

  PersonViews& views_;
  DutyClock clock_;
  Day last_day_;  // what is done after it does not count
  const CompiledDuty* duty_ = nullptr;
};

}  // namespace leavingcare
