// leavingcare/evaluate/duties.hpp
//
// From a duty and a person's facts to obligations: each arising, cycle by cycle, with what became of it.
//
// A doing is a day on which `done_by` holds, while the duty is owed and not after the day the data were drawn. The first one from the clock's start on
// discharges; a cycle's next clock starts on it, early, on time or late. Its state is judged by evaluate/duty_state.hpp.
//
// UNKNOWN    Followed is the first doing that surely counts; whether one before it does may not be known. Then from there on neither the number of doings
//            nor the step is known, and which doing discharged the duty only within bounds.
#pragma once

#include <leavingcare/evaluate/arisings.hpp>
#include <leavingcare/evaluate/duty_limits.hpp>
#include <leavingcare/evaluate/duty_state.hpp>
#include <leavingcare/evaluate/obligations.hpp>

#include <algorithm>
#include <optional>

namespace leavingcare {

class Duties {
 public:
  Duties(const Plan& plan, const Workspace& space)
      : plan_(plan), views_(plan, space), arisings_(views_), as_at_(plan.as_at), last_day_(plan.as_at.value_or(Day::end_of_time)),
        limits_(views_, plan.book->working_days.get(), last_day_), judge_(plan.as_at) {}

  /// Appends the obligations of every duty asked for, for the i-th person of the batch. `why(unsettled)` gives the set of facts that would
  /// settle one.
  template <class Why>
  void write(std::size_t i, Obligations& out, Why why) {
    views_.begin(i);
    for (const auto index : plan_.duties) {
      const auto& rule = plan_.book->rules[index];
      duty_ = &*rule.duty;
      limits_.begin(*duty_);
      used_ = {Day::beginning_of_time, Day::beginning_of_time};
      for (const auto& arising : arisings_.of(rule)) {
        row_ = {};
        row_.person = views_.person();
        row_.rule = index;
        unsettled_ = {{rule.condition}, {day_before(arising.start.earliest), day_after(arising.start.latest)}, {}};
        if (arising.surely) {
          follow(arising, rule, out, why);
        } else {
          look_at_arising();
          unsettled_.add(duty_->only_if);
          row_.depends_on = why(unsettled_);
          out.push_back(row_);
          used_.latest = std::max(used_.latest, arising.start.exact() ? arising.end.latest : Day::end_of_time);
        }
      }
    }
  }

 private:
  static constexpr std::size_t most_cycles = 10'000;  // waived again and again by a condition without end

  /// The day before a day on which it arose may be what matters: the last of what has ended.
  [[nodiscard]] static Day day_before(Day day) { return is_a_day(day) ? day - 1 : day; }

  [[nodiscard]] static Day exact_or_none(DayBounds day) { return day.exact() ? day.earliest : Day::end_of_time; }

  /// Whether and when it arose, and until when it is owed, is among what is not settled.
  void look_at_arising() {
    const bool by_records = duty_->arises == law::Arises::with_each || duty_->arises == law::Arises::after_each;
    for (const auto trigger : duty_->triggers) {
      unsettled_.add(trigger);
      if (by_records) unsettled_.records.push_back(trigger);
    }
    unsettled_.add(duty_->owed);
  }

  /// So is what lies before it: whether another arising was discharged by what was done before this one, and since when it has been so.
  void look_at_all_before() {
    unsettled_.days.from = Day::beginning_of_time;
    unsettled_.add(duty_->only_if);
  }

  template <class Why>
  void follow(const Arising& arising, const CompiledRule& rule, Obligations& out, Why why) {
    if (arising.start.exact()) row_.arose = arising.start.earliest;
    row_.ended = exact_or_none(arising.end);
    Standing at{arising.start};
    may_be_done_earlier_ = false;
    discharged_ = false;
    by_ = arising.start;
    if (!look_back(arising, at, out, why)) return;
    for (std::size_t cycle = 0; cycle < most_cycles && limits_.goes_on(at); ++cycle) {
      if (!next(arising, rule, at, out, why)) break;
    }
    if (discharged_ && by_.exact()) used_ = by_;
    else if (!discharged_ && by_ == arising.start) used_ = {std::max(used_.earliest, by_.earliest), std::max(used_.latest, by_.latest)};
    else used_ = {std::min(used_.earliest, by_.earliest), std::max(used_.latest, by_.latest)};
  }

  /// Doings before the day on which the duty arose, where they count. False if the duty has nothing more to come.
  template <class Why>
  bool look_back(const Arising& arising, Standing& at, Obligations& out, Why why) {
    const auto versions = limits_.terms_on(arising.start);
    const auto counts_earlier = [](const CompiledTerms& terms) { return terms.done_counts == law::DoneCounts::from_earlier; };
    const std::size_t steps = versions.front().steps.size();
    if (arising.under_way) {
      if (versions.front().intervals.empty()) return false;
      at.at_least = at.at_most = steps;
    } else if (std::none_of(versions.begin(), versions.end(), counts_earlier)) {
      return true;
    }
    const auto done = views_.of(duty_->done);
    const bool alike = std::all_of(versions.begin(), versions.end(), [&](const CompiledTerms& terms) {
      return counts_earlier(terms) == counts_earlier(versions.front()) && terms.steps.empty() == (steps == 0);
    });
    const bool cycle_only = at.at_least == steps || !alike;
    const auto last = [&](Edges days, Day used, Day until) {
      return last_in(days, cycle_only ? Day::beginning_of_time : day_after(used), std::min(until, day_after(last_day_)));
    };
    const Day sure = last(done.surely, used_.latest, arising.start.earliest);
    if (cycle_only) {
      // A cycle from the first: the last doing, if there was one, started its clock.
      const Day possible = last(done.possibly, used_.earliest, arising.start.latest);
      at.on_a_doing = alike && sure != Day::beginning_of_time && sure == possible;
      if (at.on_a_doing) at.clock = {sure, sure};
      else if (!alike) at.clock.earliest = Day::beginning_of_time;
      else if (possible != sure) at.clock = {sure, sure == Day::beginning_of_time ? arising.start.latest : possible};
      may_be_done_earlier_ = !alike && possible != Day::beginning_of_time;
      if (may_be_done_earlier_) by_.earliest = used_.earliest;
      return true;
    }
    const Day possible = last(done.possibly, used_.earliest, day_after(arising.start.latest));
    const bool on_the_day = arising.start.exact() && arising.start.earliest <= last_day_ && done.on(arising.start.earliest) == Truth::yes;
    if (on_the_day) return true;  // it stands for all before it
    if (sure == Day::beginning_of_time) {
      may_be_done_earlier_ = last(done.possibly, used_.earliest, arising.start.earliest) != Day::beginning_of_time;
      if (may_be_done_earlier_) by_.earliest = used_.earliest;
      return true;
    }
    const auto due = limits_.next(arising, at, unsettled_).due.days;
    row_.clock = arising.start.earliest;
    row_.due = exact_or_none(due);
    row_.earliest_due = due.earliest;
    row_.done = exact_or_none({sure, possible});
    row_.state = ObligationState::met;
    if (!arising.start.exact() || !due.exact() || sure != possible) {
      look_at_all_before();
      look_at_arising();
      unsettled_.add(duty_->done);
      row_.depends_on = why(unsettled_);
    }
    out.push_back(row_);
    by_ = {sure, possible};
    discharged_ = true;
    row_.number = 2;
    at = {{sure, possible}, 1, 1, true};
    return true;
  }

  /// One obligation: by when, whether it was done, its state. True if another follows.
  template <class Why>
  bool next(const Arising& arising, const CompiledRule& rule, Standing& at, Obligations& out, Why why) {
    unsettled_ = {{}, {day_before(std::min(arising.start.earliest, at.clock.earliest)), day_after(arising.end.latest)}, {}};
    const auto limits = limits_.next(arising, at, unsettled_);
    const DayBounds due = limits.due.days;
    const DayBounds counts = limits.counts.days;

    const auto done = views_.of(duty_->done);
    const Day x = first_in(done.surely, counts.latest, std::min(arising.end.earliest, day_after(last_day_)));
    const bool is_done = x != Day::end_of_time;
    const Day done_until = is_done ? x : std::min(arising.end.latest, day_after(last_day_));
    const Day perhaps = first_in(done.possibly, counts.earliest, done_until);
    const bool earlier = row_.number == 1 && may_be_done_earlier_;
    const bool may_be_done_before = perhaps != Day::end_of_time || earlier;

    row_.clock = at.clock.exact() ? at.clock.earliest : Day::beginning_of_time;
    row_.step = limits.step;
    row_.opens = exact_or_none(limits.shown_as_opening.days);
    row_.suggested = exact_or_none(limits.suggested.days);
    row_.due = exact_or_none(due);
    row_.earliest_due = due.earliest;
    row_.done = x;
    const TruthView waived = duty_->waived == none ? TruthView{} : views_.of(duty_->waived);
    row_.state = judge_.state({due, arising.end, x, limits.opens.days}, waived);
    const bool may_be_waived = row_.state == ObligationState::unknown && !waived.possibly.empty();
    const bool day_known = !may_be_done_before;
    if (limits.may_be_over || (may_be_done_before && !(is_done && row_.state == ObligationState::met))) row_.state = ObligationState::unknown;
    if (row_.state == ObligationState::waived || (row_.state == ObligationState::met && !day_known)) row_.done = Day::end_of_time;
    count_days_late(arising);
    explain(arising, rule, at, due, day_known, why);
    out.push_back(row_);
    ++row_.number;

    if (row_.state == ObligationState::waived) {
      const DayBounds excused_on = due.earliest == Day::end_of_time ? limits.opens.days : due;
      if (!as_at_ || excused_on.latest > *as_at_) return false;
      at = {excused_on, at.at_least + 1, at.at_most + 1, true};
      return true;
    }
    if (!is_done) {
      if (may_be_done_before) by_.latest = std::max(by_.latest, done_until);
      return false;
    }
    const bool ambiguous = may_be_done_before || may_be_waived;
    by_ = {ambiguous || !at.count_known() ? by_.earliest : x, x};
    discharged_ = true;
    const Day perhaps_since = earlier ? Day::beginning_of_time : may_be_waived ? std::min(perhaps, due.earliest) : perhaps;
    at = {{ambiguous && limits_.opens_later() ? perhaps_since : x, x}, at.at_least + 1,
          ambiguous || at.at_most == Standing::any_number ? Standing::any_number : at.at_most + 1, true};
    return true;
  }

  /// How late it was done, or is by now; nothing where that is not known.
  void count_days_late(const Arising& arising) {
    row_.days_late = 0;
    if (!is_a_day(row_.due)) return;
    if (row_.state == ObligationState::met_late) row_.days_late = days_between(row_.due, row_.done);
    if (row_.state == ObligationState::overdue && end_known(arising)) row_.days_late = days_between(row_.due, std::min(last_day_, arising.end.earliest - 1));
  }

  [[nodiscard]] bool end_known(const Arising& arising) const { return arising.end.exact() || arising.end.earliest > last_day_; }

  /// On what it depends, if anything about it is not known.
  template <class Why>
  void explain(const Arising& arising, const CompiledRule& rule, const Standing& at, DayBounds due, bool day_known, Why why) {
    row_.depends_on = 0;
    const bool unknown = row_.state == ObligationState::unknown;
    const bool days_late_known = row_.state != ObligationState::overdue || end_known(arising);
    if (!unknown && arising.start.exact() && due.exact() && at.count_known() && day_known && days_late_known) return;
    const bool before_matters = may_be_done_earlier_ || (!due.exact() && !arising.began.exact());
    if (before_matters) look_at_all_before();
    if (before_matters || !at.clock.exact() || !arising.start.exact() || (unknown && !arising.end.exact()) || !days_late_known) {
      unsettled_.add(rule.condition);
      look_at_arising();
    }
    if (!day_known || !at.clock.exact() || !at.count_known()) unsettled_.add(duty_->done);
    if (unknown) unsettled_.add(duty_->waived);
    row_.depends_on = why(unsettled_);
  }

  const Plan& plan_;
  PersonViews views_;
  Arisings arisings_;
  std::optional<Day> as_at_;
  Day last_day_;  // doings after it do not count
  DutyLimits limits_;
  DutyJudge judge_;
  const CompiledDuty* duty_ = nullptr;
  Obligation row_;
  Unsettled unsettled_;
  DayBounds used_{};         // by which day, at least and at most, doings have discharged arisings; or the day of one that none did
  DayBounds by_{};           // the same of the arising at hand
  bool discharged_ = false;  // the arising at hand, by one doing at least
  bool may_be_done_earlier_ = false;  // by a doing before it arose, which may have been or not
};

}  // namespace leavingcare
