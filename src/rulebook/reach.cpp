// src/rulebook/reach.cpp
#include <leavingcare/rulebook/reach.hpp>

#include <algorithm>

namespace leavingcare {
namespace {

template <class Value>
void add_once(std::vector<Value>& values, Value value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

class Walk {
 public:
  Walk(const Rulebook& book, Reach& into) : book_(book), into_(into), seen_(book.program.size(), false) {}

  void rule(const CompiledRule& rule) {
    instruction(rule.instruction);
    instruction(rule.amount);
    if (!rule.duty) return;
    const auto& duty = *rule.duty;
    for (const auto one : {rule.condition, duty.only_if, duty.owed, duty.done, duty.waived}) instruction(one);
    for (const auto trigger : duty.triggers) instruction(trigger);
    for (const auto& version : duty.versions) {
      day(version.in_force.from);
      day(version.in_force.until);
      for (const auto& step : version.steps) {
        length(step.within);
        if (step.opens_after) length(*step.opens_after);
        instruction(step.day);
        instruction(step.condition);
      }
      for (const auto& interval : version.intervals) {
        length(interval.every);
        if (interval.for_) length(*interval.for_);
        instruction(interval.condition);
        instruction(interval.until);
      }
    }
  }

 private:
  void day(Day day) {
    if (is_a_day(day)) add_once(into_.days, day);
  }

  void length(LegalPeriod period) {
    if (period.count > 0) add_once(into_.lengths, period);
  }

  void length(const DatedPeriod& dated) {
    for (const auto& [span, period] : dated.values) length(period);
  }

  void instruction(std::uint32_t index) {
    if (index == none || seen_[index]) return;
    seen_[index] = true;
    const auto& one = book_.program[index];
    for (const auto operand : one.operands) instruction(operand);
    for (const auto fact : {one.fact, one.second_fact}) {
      if (fact < book_.vocabulary.facts.size()) into_.facts.insert(book_.vocabulary.facts[fact].name);
    }
    for (const auto& test : one.where) {
      const auto& fact = book_.vocabulary.facts[one.fact].name;
      into_.words[fact][test.field].insert(test.words.begin(), test.words.end());
      if (test.bound) into_.bounds[fact][test.field].insert(test.bound->figure);
    }
    for (const auto& span : one.spans) {
      day(span.from);
      day(span.until);
    }
    if (one.op == Op::date) day(one.day);
    if (one.op == Op::constant) add_once(into_.figures, one.number);
    if (one.op == Op::birthday) add_once(into_.ages, one.period);
    else length(one.period);
    if (one.has_window) length(one.window);
  }

  const Rulebook& book_;
  Reach& into_;
  std::vector<bool> seen_;
};

}  // namespace

void Reach::add(const Reach& other) {
  facts.insert(other.facts.begin(), other.facts.end());
  for (const auto& [fact, fields] : other.words) {
    for (const auto& [field, tested] : fields) words[fact][field].insert(tested.begin(), tested.end());
  }
  for (const auto& [fact, fields] : other.bounds) {
    for (const auto& [field, tested] : fields) bounds[fact][field].insert(tested.begin(), tested.end());
  }
  for (const auto one : other.ages) add_once(ages, one);
  for (const auto one : other.lengths) add_once(lengths, one);
  for (const auto one : other.days) add_once(days, one);
  for (const auto one : other.figures) add_once(figures, one);
}

Reach reach_of(const Rulebook& book, const std::vector<std::uint32_t>& rules) {
  Reach found;
  Walk walk(book, found);
  for (const auto rule : rules) walk.rule(book.rules[rule]);
  return found;
}

}  // namespace leavingcare
