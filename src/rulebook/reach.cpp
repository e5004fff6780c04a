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
    rule.for_each_instruction([&](std::uint32_t one) { instruction(one); });
    if (!rule.duty) return;
    for (const auto& version : rule.duty->versions) {
      day(version.in_force.from);
      day(version.in_force.until);
      for (const auto& step : version.steps) {
        length(step.within);
        if (step.opens_after) length(*step.opens_after);
      }
      for (const auto& interval : version.intervals) {
        length(interval.every);
        if (interval.for_) length(*interval.for_);
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

std::vector<std::uint32_t> readings_of(const Rulebook& book, std::uint32_t rule) {
  std::vector<bool> matters(book.readings.size(), false);
  std::vector<bool> rests_on(book.program.size(), false);
  std::vector<bool> reads(book.fact_count(), false);
  const auto use = [&](std::uint32_t instruction) {
    if (instruction != none) rests_on[instruction] = true;
  };
  book.rules[rule].for_each_instruction(use);
  for (std::size_t i = book.program.size(); i-- > 0;) {
    if (!rests_on[i]) continue;
    const auto& one = book.program[i];
    for (const auto operand : one.operands) use(operand);
    for (const auto fact : {one.fact, one.second_fact}) {
      if (fact != none) reads[fact] = true;
    }
    if (one.reading != none) matters[one.reading] = true;
    if (one.op == Op::birthday && book.leap_birthday_reading != none) matters[book.leap_birthday_reading] = true;
  }
  // A fresh start, and whether there was one, is asked of everybody.
  if (book.begins_anew_reading != none) matters[book.begins_anew_reading] = true;
  for (std::size_t fact = 0; fact < book.vocabulary.facts.size(); ++fact) {
    const auto& declared = book.vocabulary.facts[fact];
    if (!reads[fact] && declared.name != book.subject.begins_anew_with) continue;
    for (const auto& doubt : declared.doubts) {
      if (!doubt.reading.empty()) matters[book.find_reading(doubt.reading)] = true;
    }
  }
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < matters.size(); ++i) {
    if (matters[i]) found.push_back(i);
  }
  return found;
}

}  // namespace leavingcare
