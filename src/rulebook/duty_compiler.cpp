// src/rulebook/duty_compiler.cpp
#include "duty_compiler.hpp"

#include "expression_reader.hpp"

#include <algorithm>

namespace leavingcare {

std::optional<DatedPeriod> DutyCompiler::period(const source::Node& node, Span in_force) const {
  if (!node.is_scalar()) {
    read.report(Code::L103, node.place, "expected a length of time, found " + std::string(source::in_words(node.kind)));
    return std::nullopt;
  }
  DatedPeriod made;
  if (const auto written = read_legal_period(node.text)) {
    made.values.push_back({{Day::beginning_of_time, Day::end_of_time}, *written});
  } else {
    const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const auto& one) { return one.name == node.text; });
    if (found == parameters.end() || !is_unit_of_time(found->unit)) {
      std::vector<std::string> known;
      for (const auto& one : parameters) known.push_back(one.name);
      auto hint = suggest(node.text, known);
      read.report(Code::L107, node.place, "'" + node.text + "' is no length of time", hint.empty() ? "write \"20 working days\", \"3 months\", \"1 week\"" : hint);
      return std::nullopt;
    }
    for (const auto& value : found->values) {
      // A value that is no length of time was reported with the parameter.
      if (const auto dated = read_legal_period(value.value.text)) made.values.push_back({{value.from, value.until}, *dated});
    }
    const Day first = std::max(in_force.from, day_of(first_year, 1, 1));
    const bool covered = !found->values.empty() && found->values.front().from <= first && found->values.back().until >= in_force.until;
    if (!covered && first < in_force.until) {
      read.report(Code::R111, node.place, "parameter '" + node.text + "' has no value on some of the days on which this applies",
                  "say from when the duty is in force, or leave out the first 'from' or the last 'until' of the parameter");
      return std::nullopt;
    }
  }
  for (const auto& [span, one] : made.values) {
    if (one.count == 0) {
      read.report(Code::L107, node.place, "'" + node.text + "' is no time at all", "on_the_day: yes");
      return std::nullopt;
    }
    if (one.unit == PeriodUnit::working_days && !counts_working_days) {
      read.report(Code::R113, node.place, "the rulebook names no calendar to count working days by", "conventions: {working_days: england_and_wales}");
      return std::nullopt;
    }
  }
  return made;
}

const law::Parameter* DutyCompiler::missing_figure(const source::Node& node) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const auto& one) { return one.name == node.text && one.missing; });
  return node.is_scalar() && found != parameters.end() && is_unit_of_time(found->unit) ? &*found : nullptr;
}

bool DutyCompiler::optional_period(const std::optional<source::Node>& node, Span in_force, std::optional<DatedPeriod>& into) const {
  if (!node) return true;
  into = period(*node, in_force);
  return into.has_value();
}

namespace {

/// True if on no day a step could be both open and in time, as far as lengths alone tell.
bool opens_too_late(const CompiledStep& step) {
  if (!step.opens_after) return false;
  if (step.last == law::LastDay::on_the_day) return true;
  if (step.last != law::LastDay::within) return false;
  // The shortest that one can be against the longest that the other can be.
  const auto shortest = [](LegalPeriod period) {
    constexpr int days[] = {1, 7, 28, 365, 1};
    return period.count * days[static_cast<std::size_t>(period.unit)];
  };
  const auto longest = [](LegalPeriod period) {
    constexpr int days[] = {1, 7, 31, 366, 12};
    return period.count * days[static_cast<std::size_t>(period.unit)];
  };
  for (const auto& [span, opens] : step.opens_after->values) {
    for (const auto& [other, within] : step.within.values) {
      if (std::max(span.from, other.from) < std::min(span.until, other.until) && shortest(opens) > longest(within)) return true;
    }
  }
  return false;
}

}  // namespace

std::optional<CompiledTerms> DutyCompiler::terms(const law::DutyTerms& declared, Span in_force) const {
  CompiledTerms made;
  made.in_force = in_force;
  made.done_counts = declared.done_counts;
  bool sound = true;
  for (const auto& step : declared.due) {
    CompiledStep compiled;
    compiled.last = step.last;
    if (const auto* missing = step.last == law::LastDay::within ? missing_figure(step.value) : nullptr) {
      compiled.last = law::LastDay::by;
      compiled.day = unknown(*missing, ValueKind::day);
    } else if (step.last == law::LastDay::within) {
      auto within = period(step.value, in_force);
      sound = sound && within;
      if (within) compiled.within = std::move(*within);
    } else if (step.last == law::LastDay::by) {
      compiled.day = instruction(step.value, ValueKind::day);
      sound = sound && compiled.day != none;
    } else if (step.last == law::LastDay::before_next) {
      compiled.condition = instruction(step.value, ValueKind::condition);
      sound = sound && compiled.condition != none;
    }
    sound = optional_period(step.opens_after, in_force, compiled.opens_after) && sound;
    if (sound && opens_too_late(compiled)) {
      read.report(Code::L110, step.place, "it can first be done only after its last day", "'opens_after' and 'within' are both counted from the clock's start");
      sound = false;
    }
    sound = optional_period(step.suggested, in_force, compiled.suggested) && sound;
    made.steps.push_back(std::move(compiled));
  }
  for (const auto& interval : declared.then_every) {
    CompiledInterval compiled;
    if (const auto* missing = missing_figure(interval.every)) {
      // It falls due some day after the last doing; more nobody can say.
      compiled.every.values.push_back({{Day::beginning_of_time, Day::end_of_time}, {1, PeriodUnit::days}});
      compiled.condition = unknown(*missing, ValueKind::condition);
      if (interval.while_) read.report(Code::R111, interval.place, "'while' stands beside an interval that is missing", "give the parameter a value, or leave 'while' out");
      made.intervals.push_back(std::move(compiled));
      continue;
    }
    auto every = period(interval.every, in_force);
    sound = sound && every;
    if (every) compiled.every = std::move(*every);
    if (interval.while_) {
      compiled.condition = instruction(*interval.while_, ValueKind::condition);
      sound = sound && compiled.condition != none;
    }
    sound = optional_period(interval.for_, in_force, compiled.for_) && sound;
    if (interval.until) {
      compiled.until = instruction(*interval.until, ValueKind::condition);
      sound = sound && compiled.until != none;
    }
    made.intervals.push_back(std::move(compiled));
  }
  if (!sound) return std::nullopt;
  return made;
}

}  // namespace leavingcare
