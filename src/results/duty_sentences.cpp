// src/results/duty_sentences.cpp
#include "duty_sentences.hpp"

#include <leavingcare/evaluate/duty_clock.hpp>

namespace leavingcare {
namespace {

const CompiledTerms& terms_of(const Obligation& obligation, const CompiledDuty& duty) {
  for (const auto& version : duty.versions) {
    if (obligation.clock < version.in_force.until) return version;
  }
  return duty.versions.back();
}

std::string days(std::int32_t count) { return std::to_string(count) + (count == 1 ? " day" : " days"); }

/// The interval that gives the last day, of those of the versions in force since the clock started.
std::string interval(const Obligation& obligation, const CompiledRule& rule) {
  const DutyClock clock(nullptr);
  for (const auto& version : rule.duty->versions) {
    for (const auto& one : version.intervals) {
      const auto period = one.every.on(obligation.due);
      if (period && period->unit != PeriodUnit::working_days && clock.counted(obligation.clock, *period).earliest == obligation.due) {
        return "not more than " + in_words(*period) + " after " + in_words(obligation.clock);
      }
    }
  }
  return "by the interval that applies from that day, counted from " + in_words(obligation.clock);
}

}  // namespace

std::string reckoning(const Obligation& obligation, const CompiledRule& rule) {
  if (!is_a_day(obligation.due) || !is_a_day(obligation.clock)) return {};
  const auto& terms = terms_of(obligation, *rule.duty);
  if (obligation.step >= terms.steps.size()) return terms.intervals.empty() ? std::string{} : interval(obligation, rule);
  const auto& step = terms.steps[obligation.step];
  switch (step.last) {
    case law::LastDay::within: {
      const auto period = step.within.on(obligation.clock);
      return period ? "within " + in_words(*period) + " of " + in_words(obligation.clock) : std::string{};
    }
    case law::LastDay::on_the_day: return "on the day itself";
    case law::LastDay::before_next: return "before " + in_words(obligation.due + 1);
    case law::LastDay::by: case law::LastDay::none: break;
  }
  return {};
}

std::string in_words(const Obligation& obligation, const CompiledRule& rule, Day on) {
  const auto& what = rule.declared.summary;
  const bool has_last_day = is_a_day(obligation.due);
  const bool not_known = !has_last_day && is_a_day(obligation.earliest_due);
  auto how = reckoning(obligation, rule);
  if (!how.empty()) how = ", " + how;
  const std::string done = " was done on " + (is_a_day(obligation.done) ? in_words(obligation.done) : "a day that is not known");
  const std::string by = has_last_day ? "by " + in_words(obligation.due) + how : "by a day that is not known";
  switch (obligation.state) {
    case ObligationState::met:
      return what + done + (has_last_day ? ", in time: it was due " + by : not_known ? ", in time" : "; it had no last day");
    case ObligationState::met_late:
      return what + done + ", " + (has_last_day ? days(obligation.days_late) + " late" : "late") + ": it was due " + by;
    case ObligationState::overdue:
      if (obligation.ended <= on) {
        return what + " was not done: it was due " + by + ", and from " + in_words(obligation.ended) + " it was owed no longer";
      }
      return what + " is " + (obligation.days_late > 0 ? days(obligation.days_late) + " overdue" : "overdue") + ": it was due " + by;
    case ObligationState::lapsed:
      return what + " is owed no longer" + (is_a_day(obligation.ended) ? " since " + in_words(obligation.ended) : "") + ", not done" + (has_last_day ? "; it would have been due " + by : "");
    case ObligationState::waived:
      return what + " is waived" + (has_last_day ? "; it was due " + by : "");
    case ObligationState::due: {
      std::string text = what + (has_last_day ? " is due " + by : not_known ? " is due by a day that is not known, not before " + in_words(obligation.earliest_due)
                                                              : " is to be done as soon as practicable; there is no last day");
      if (is_a_day(obligation.opens)) text += "; it can be done from " + in_words(obligation.opens);
      if (is_a_day(obligation.suggested)) text += "; a target, not a limit, is " + in_words(obligation.suggested);
      if (is_a_day(obligation.ended) && has_last_day && obligation.ended <= obligation.due) {
        text += "; as things stand it is owed no longer from " + in_words(obligation.ended) + ", before that day is over";
      }
      return text;
    }
    case ObligationState::unknown: break;
  }
  return "Whether it was done, and in time, cannot be told: " + what + (has_last_day ? ", due " + by : "");
}

}  // namespace leavingcare
