// leavingcare/evaluate/duties.hpp
//
// From a duty and a person's facts to obligations: each arising, cycle by cycle, with what became of it.
//
// A doing is a day on which `done_by` holds, while the duty is owed and not after the day the data were drawn. The first one from the clock's start on
// discharges; a cycle's next clock starts on it, early, on time or late.
// Its state is judged by evaluate/duty_state.hpp.
#pragma once

#include <leavingcare/evaluate/arisings.hpp>
#include <leavingcare/evaluate/duty_clock.hpp>
#include <leavingcare/evaluate/duty_state.hpp>
#include <leavingcare/evaluate/obligations.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace leavingcare {

/// What an unknown obligation may depend on: instructions, and the days on which they were looked at.
struct Unsettled {
  std::vector<std::uint32_t> instructions;
  Span days{Day::beginning_of_time, Day::end_of_time};

  void add(std::uint32_t instruction) {
    if (instruction != none) instructions.push_back(instruction);
  }
};

class Duties {
 public:
  Duties(const Plan& plan, const Workspace& space)
      : plan_(plan), views_(plan, space), arisings_(views_), clock_(plan.book->working_days.get()),
        judge_(plan.as_at), as_at_(plan.as_at), last_day_(plan.as_at.value_or(Day::end_of_time)) {}

  /// Appends the obligations of every duty asked for, for the i-th person of the batch. `why(unsettled)` gives the set of facts that would
  /// settle one.
  template <class Why>
  void write(std::size_t i, Obligations& out, Why why) {
    views_.begin(i);
    for (const auto index : plan_.duties) {
      const auto& rule = plan_.book->rules[index];
      duty_ = &*rule.duty;
      used_ = Day::beginning_of_time;
      for (const auto& arising : arisings_.of(rule)) {
        row_ = {};
        row_.person = views_.person();
        row_.rule = index;
        if (arising.surely) {
          follow(arising, rule, out, why);
        } else {
          unsettled_ = {{rule.condition, duty_->triggers.front()}, {arising.start.earliest, after_day(arising.start.latest)}};
          unsettled_.add(duty_->owed);
          unsettled_.add(duty_->only_if);
          row_.depends_on = why(unsettled_);
          out.push_back(row_);
        }
      }
    }
  }

 private:
  /// Where the clock stands: since when, and how many doings there have been of this arising, at least and at most.
  struct Standing {
    DayBounds clock;
    std::size_t at_least = 0;
    std::size_t at_most = 0;
    bool done_before = false;  // the clock stands on a doing, which does not count again
  };
  static constexpr std::size_t most_cycles = 10'000;  // waived again and again by a condition without end
  static constexpr std::size_t any_number = 1'000'000;

  [[nodiscard]] static Day after_day(Day day) { return day == Day::end_of_time ? day : day + 1; }

  /// The version whose steps count for a clock that started on a day: the one in force then; for an earlier doing, the first.
  [[nodiscard]] const CompiledTerms& terms_on(Day day) const {
    for (const auto& version : duty_->versions) {
      if (day < version.in_force.until) return version;
    }
    return duty_->versions.back();
  }

  [[nodiscard]] bool goes_on(const CompiledTerms& terms, const Standing& at) const {
    return at.at_least < terms.steps.size() || !terms.intervals.empty();
  }

  /// The first day of a timeline in [from, until); end_of_time when there is none.
  [[nodiscard]] static Day first_in(Edges days, Day from, Day until) {
    for (std::size_t i = 0; i < days.size(); i += 2) {
      const Day first = std::max(days[i], from);
      if (first < std::min(days[i + 1], until)) return first;
    }
    return Day::end_of_time;
  }

  /// The last day of a timeline in [from, until); beginning_of_time when there is none.
  [[nodiscard]] static Day last_in(Edges days, Day from, Day until) {
    for (std::size_t i = days.size(); i > 0; i -= 2) {
      const Day end = std::min(days[i - 1], until);
      if (end > std::max(days[i - 2], from)) return end - 1;
    }
    return Day::beginning_of_time;
  }

  template <class Why>
  void follow(const Arising& arising, const CompiledRule& rule, Obligations& out, Why why) {
    row_.arose = arising.start.exact() ? arising.start.earliest : Day::beginning_of_time;
    row_.ended = arising.end.exact() ? arising.end.earliest : Day::end_of_time;
    Standing at{arising.start};
    discharged_ = may_be_done_earlier_ = false;
    if (!look_back(arising, at, out)) return;
    for (std::size_t cycle = 0; cycle < most_cycles && goes_on(terms_on(at.clock.latest), at); ++cycle) {
      if (!next(arising, rule, at, out, why)) break;
    }
    if (!discharged_) used_ = std::max(used_, arising.start.latest);
  }

  /// Doings before the day on which the duty arose, where they count. False if the duty has nothing more to come.
  bool look_back(const Arising& arising, Standing& at, Obligations& out) {
    const auto& terms = terms_on(arising.start.latest);
    if (arising.under_way) {
      if (terms.intervals.empty()) return false;
      at.at_least = at.at_most = terms.steps.size();
    } else if (terms.done_counts != law::DoneCounts::from_earlier) {
      return true;
    }
    const auto done = views_.of(duty_->done);
    const bool cycle_only = at.at_least == terms.steps.size();
    const Day from = cycle_only ? Day::beginning_of_time : after_day(used_);
    const Day until = std::min(arising.start.earliest, after_day(last_day_));
    const Day sure = last_in(done.surely, from, until);
    const Day possible = last_in(done.possibly, from, until);
    if (cycle_only) {
      // A cycle from the first: the last doing, if there was one, started its clock.
      at.done_before = sure != Day::beginning_of_time && sure == possible;
      if (at.done_before) at.clock = {sure, sure};
      else if (possible != sure) at.clock = {sure, sure == Day::beginning_of_time ? arising.start.latest : possible};
      return true;
    }
    const bool on_the_day = arising.start.earliest <= last_day_ && done.on(arising.start.earliest) == Truth::yes;
    if (sure == Day::beginning_of_time || on_the_day) {
      may_be_done_earlier_ = possible != Day::beginning_of_time;
      return true;
    }
    row_.clock = arising.start.earliest;
    row_.due = std::max(exact_or_none(step_due(terms.steps[0], at.clock, arising.start.earliest)), arising.start.earliest);
    row_.earliest_due = row_.due;
    row_.done = sure;
    row_.state = ObligationState::met;
    out.push_back(row_);
    used_ = sure;
    discharged_ = true;
    row_.number = 2;
    at = {{sure, sure}, 1, 1, true};
    return true;
  }

  [[nodiscard]] static Day exact_or_none(DayBounds day) { return day.exact() ? day.earliest : Day::end_of_time; }

  /// The day on which a step can first be done.
  [[nodiscard]] DayBounds opening(const CompiledStep& step, DayBounds clock) const {
    return step.opens_after ? clock_.counted(clock, *step.opens_after) : clock;
  }

  [[nodiscard]] DayBounds step_due(const CompiledStep& step, DayBounds clock, Day arose) {
    switch (step.last) {
      case law::LastDay::none: return never_due;
      case law::LastDay::within: return clock_.counted(clock, step.within);
      case law::LastDay::by: return views_.day(step.day, arose);
      case law::LastDay::on_the_day: return clock;
      case law::LastDay::before_next: {
        const auto view = views_.of(step.condition);
        const DayBounds opens = opening(step, clock);
        const auto from = [&](Day open) { return step.opens_after ? open : after_day(open); };
        const auto before = [](Day day) { return day == Day::end_of_time ? day : day - 1; };
        return {before(first_in(view.possibly, from(opens.earliest), after_day(last_day_))),
                before(first_in(view.surely, from(opens.latest), after_day(last_day_)))};
      }
    }
    return never_due;
  }

  /// One obligation: by when, whether it was done, its state. True if another follows.
  template <class Why>
  bool next(const Arising& arising, const CompiledRule& rule, Standing& at, Obligations& out, Why why) {
    const auto& terms = terms_on(at.clock.latest);
    unsettled_ = {{}, {std::min(arising.start.earliest, at.clock.earliest), after_day(arising.end.latest)}};
    DayBounds due{Day::end_of_time, Day::beginning_of_time};
    DayBounds opens = at.clock;
    row_.opens = row_.suggested = Day::end_of_time;
    row_.step = static_cast<std::uint32_t>(std::min(at.at_least, terms.steps.size()));
    const std::size_t cycle = terms.steps.size();  // beyond the last step
    for (std::size_t step = std::min(at.at_least, cycle); step <= std::min(at.at_most, cycle); ++step) {
      DayBounds one = never_due;
      if (step < cycle) {
        one = step_due(terms.steps[step], at.clock, arising.start.latest);
        opens = opening(terms.steps[step], at.clock);
        if (terms.steps[step].opens_after) row_.opens = exact_or_none(opens);
        if (terms.steps[step].suggested) row_.suggested = exact_or_none(clock_.counted(opens, *terms.steps[step].suggested));
        if (!one.exact()) {
          unsettled_.add(terms.steps[step].day);
          unsettled_.add(terms.steps[step].condition);
        }
      } else if (!terms.intervals.empty()) {
        one = interval_due(arising, at);
      }
      due = {std::min(due.earliest, one.earliest), std::max(due.latest, one.latest)};
    }

    // Nothing is due before the day it arose, whatever an earlier doing or a named day says.
    due = {std::max(due.earliest, arising.start.earliest), std::max(due.latest, arising.start.latest)};

    // A doing counts from the clock's start, or the day after a doing; if the start is not known, surely only after the latest it can be.
    const bool from_next_day = at.done_before || terms.done_counts == law::DoneCounts::from_the_day_after;
    const auto first = [&](Day clock, Day open) { return std::max({from_next_day ? after_day(clock) : clock, open, arising.start.earliest}); };
    const auto done = views_.of(duty_->done);
    const Day x = first_in(done.surely, first(at.clock.latest, opens.latest), std::min(arising.end.earliest, after_day(last_day_)));
    const bool is_done = x != Day::end_of_time;
    const Day perhaps = first_in(done.possibly, first(at.clock.earliest, opens.earliest), is_done ? x : std::min(arising.end.latest, after_day(last_day_)));
    const bool may_be_done_before = perhaps != Day::end_of_time || (row_.number == 1 && may_be_done_earlier_);

    row_.clock = at.clock.exact() ? at.clock.earliest : Day::beginning_of_time;
    row_.due = exact_or_none(due);
    row_.earliest_due = due.earliest;
    row_.done = x;
    row_.days_late = 0;
    row_.depends_on = 0;
    const TruthView waived = duty_->waived == none ? TruthView{} : views_.of(duty_->waived);
    row_.state = judge_.state({due, arising.end, x, opens.latest}, waived);
    const bool may_be_over = terms.intervals.empty() && at.at_most >= cycle;  // doings nobody knows of may have been the last
    if (may_be_over || (may_be_done_before && !(is_done && row_.state == ObligationState::met))) {
      row_.state = ObligationState::unknown;
      unsettled_.add(duty_->done);
    }
    const bool late = due.exact() && is_a_day(row_.due);
    if (late && row_.state == ObligationState::met_late) row_.days_late = days_between(row_.due, x);
    if (late && row_.state == ObligationState::overdue) row_.days_late = days_between(row_.due, std::min(last_day_, arising.end.earliest - 1));
    if (row_.state == ObligationState::waived) row_.done = Day::end_of_time;
    if (row_.state == ObligationState::unknown) {
      if (!at.clock.exact() || !arising.start.exact()) unsettled_.add(rule.condition);
      if (!arising.end.exact()) {
        unsettled_.add(rule.condition);
        unsettled_.add(duty_->owed);
      }
      if (!at.clock.exact()) unsettled_.add(duty_->done);
      unsettled_.add(duty_->waived);
      row_.depends_on = why(unsettled_);
    }
    out.push_back(row_);
    ++row_.number;
    if (row_.state == ObligationState::waived) {
      if (!as_at_ || due.latest > *as_at_) return false;
      at = {due, at.at_least + 1, at.at_most + 1, false};
      at.done_before = true;
      return true;
    }
    if (!is_done) return false;
    used_ = x;
    discharged_ = true;
    at = {{x, x}, at.at_least + 1, may_be_done_before || at.at_most == any_number ? any_number : at.at_most + 1, true};
    return true;
  }

  [[nodiscard]] DayBounds interval_due(const Arising& arising, const Standing& at) {
    const auto condition = [&](std::uint32_t instruction) { return views_.of(instruction); };
    const auto next = [&](Day clock) { return clock_.next_by_interval(duty_->versions, clock, {arising.start.latest, arising.end.latest}, arising.began, condition); };
    const DayBounds due{is_a_day(at.clock.earliest) ? next(at.clock.earliest).earliest : arising.start.earliest, next(at.clock.latest).latest};
    if (!due.exact()) {
      for (const auto& version : duty_->versions) {
        for (const auto& interval : version.intervals) {
          unsettled_.add(interval.condition);
          unsettled_.add(interval.until);
        }
      }
    }
    return due;
  }

  const Plan& plan_;
  PersonViews views_;
  Arisings arisings_;
  DutyClock clock_;
  DutyJudge judge_;
  std::optional<Day> as_at_;
  Day last_day_;  // doings after it do not count
  const CompiledDuty* duty_ = nullptr;
  Obligation row_;
  Unsettled unsettled_;
  Day used_;                 // the last doing that discharged an arising, or the day of one that none did
  bool discharged_ = false;  // the arising at hand, by one doing at least
  bool may_be_done_earlier_ = false;  // by a doing before it arose, which may have been or not
};

}  // namespace leavingcare
