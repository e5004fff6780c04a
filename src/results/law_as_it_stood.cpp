// src/results/law_as_it_stood.cpp
#include "law_as_it_stood.hpp"

#include <algorithm>
#include <map>

namespace leavingcare {
namespace {

constexpr Span all_days{Day::beginning_of_time, Day::end_of_time};

std::uint32_t add(Rulebook& book, Instruction made) {
  book.program.push_back(std::move(made));
  return static_cast<std::uint32_t>(book.program.size() - 1);
}

std::uint32_t add(Rulebook& book, CompiledRule made) {
  book.rules.push_back(std::move(made));
  return static_cast<std::uint32_t>(book.rules.size() - 1);
}

/// Copies what an instruction is computed from, as far as it changed on the day.
class Unchanged {
 public:
  Unchanged(Rulebook& book, Day day) : book_(book), day_(day) {}

  /// The versions of a rule alone: what they are made of is left as it is, even if it changed on the same day.
  std::uint32_t versions_of(const CompiledRule& rule) {
    Instruction copy = book_.program[rule.condition];
    const auto condition = copy.op == Op::versions && cut(copy) ? add(book_, std::move(copy)) : rule.condition;
    made_.emplace(rule.condition, condition);
    if (rule.instruction == rule.condition) return condition;
    Instruction living = book_.program[rule.instruction];
    std::replace(living.operands.begin(), living.operands.end(), rule.condition, condition);
    return add(book_, std::move(living));
  }

  std::uint32_t of(std::uint32_t index) {
    if (index == none) return none;
    const auto known = made_.find(index);
    if (known != made_.end()) return known->second;
    Instruction copy = book_.program[index];
    bool other = false;
    for (auto& operand : copy.operands) {
      const auto same = of(operand);
      other = other || same != operand;
      operand = same;
    }
    if (copy.op == Op::versions) other = cut(copy) || other;
    const auto found = other ? add(book_, std::move(copy)) : index;
    made_.emplace(index, found);
    return found;
  }

 private:
  /// Of versions one of which begins on the day: the one before it goes on, and no later one begins.
  bool cut(Instruction& versions) const {
    const auto begins = std::find_if(versions.spans.begin(), versions.spans.end(), [&](Span span) { return span.from == day_; });
    if (begins == versions.spans.end()) return false;
    std::vector<Span> spans;
    std::vector<std::uint32_t> operands;
    for (std::size_t i = 0; i < versions.spans.size(); ++i) {
      auto span = versions.spans[i];
      if (span.from >= day_) continue;
      if (span.until == day_) span.until = Day::end_of_time;
      spans.push_back(span);
      operands.push_back(versions.operands[i]);
    }
    if (spans.empty()) return false;
    versions.spans = std::move(spans);
    versions.operands = std::move(operands);
    return true;
  }

  Rulebook& book_;
  Day day_;
  std::map<std::uint32_t, std::uint32_t> made_;
};

/// The days from which parameters that stand in an expression have another value; through named numbers, but not through named conditions.
void changes_in(const Rulebook& book, const Expression& expression, std::vector<Day>& days) {
  if (expression.parameter != none) {
    const auto& values = book.parameters[expression.parameter].values;
    for (std::size_t i = 1; i < values.size(); ++i) days.push_back(values[i].from);
  }
  if (expression.op == Op::name && expression.kind == ValueKind::number) {
    for (const auto& version : book.rules[expression.rule].versions) changes_in(book, version, days);
  }
  for (const auto& part : expression.parts) changes_in(book, part, days);
}

}  // namespace

std::uint32_t living_of(const Rulebook& book, const CompiledRule& rule) {
  if (rule.instruction == rule.condition || rule.instruction == none) return none;
  return book.program[rule.instruction].operands.back();
}

std::uint32_t add_as_always(Rulebook& book, std::uint32_t index, std::size_t version, const std::string& name) {
  CompiledRule made = book.rules[index];
  const auto living = living_of(book, made);
  made.declared.name = name;
  made.declared.versions = {made.declared.versions[version]};
  made.declared.versions.front().from = Day::beginning_of_time;
  made.declared.versions.front().until = Day::end_of_time;
  made.declared.versions.front().not_in_force.reset();
  made.versions = {made.versions[version]};
  if (made.duty) {
    auto& duty = *made.duty;
    duty.versions = {duty.versions[version]};
    duty.versions.front().in_force = all_days;
    duty.triggers = {duty.triggers[version]};
    duty.done_by = {duty.done_by[version]};
    made.condition = duty.triggers.front();
    if (duty.arises == law::Arises::on) {
      Instruction from_the_day;
      from_the_day.op = Op::age;
      from_the_day.operands = {duty.triggers.front(), none};
      made.condition = add(book, std::move(from_the_day));
    }
    made.instruction = made.condition;
  } else {
    made.condition = made.versions.front().instruction;
    made.instruction = made.condition;
    if (living != none) {
      Instruction both;
      both.op = Op::all;
      both.operands = {made.condition, living};
      made.instruction = add(book, std::move(both));
    }
    // An amount belongs to the version that has it; the others have none.
    if (made.amount != none) {
      std::size_t place = 0;
      for (std::size_t i = 0; i < version; ++i) place += book.rules[index].declared.versions[i].amount ? 1 : 0;
      const bool has = book.rules[index].declared.versions[version].amount.has_value();
      made.amount = has && place < made.amounts.size() ? made.amounts[place].instruction : none;
      made.amounts = has && place < made.amounts.size() ? std::vector<Expression>{made.amounts[place]} : std::vector<Expression>{};
    }
  }
  return add(book, std::move(made));
}

std::uint32_t add_unchanged_on(Rulebook& book, std::uint32_t index, Day day, const std::string& name) {
  Unchanged unchanged(book, day);
  CompiledRule made = book.rules[index];
  made.declared.name = name;
  const auto& versions = book.rules[index].declared.versions;
  const bool another_version = std::any_of(versions.begin() + 1, versions.end(), [&](const auto& one) { return one.from == day; });
  made.instruction = another_version ? unchanged.versions_of(made) : unchanged.of(made.instruction);
  made.condition = unchanged.of(made.condition);
  made.amount = unchanged.of(made.amount);
  return add(book, std::move(made));
}

std::vector<Day> changes_of(const Rulebook& book, std::uint32_t index) {
  const auto& rule = book.rules[index];
  std::vector<Day> days;
  for (std::size_t i = 1; i < rule.declared.versions.size(); ++i) {
    if (!rule.declared.versions[i].not_in_force) days.push_back(rule.declared.versions[i].from);
  }
  if (!rule.duty) {
    for (const auto& version : rule.versions) changes_in(book, version, days);
    for (const auto& amount : rule.amounts) changes_in(book, amount, days);
  }
  std::erase_if(days, [](Day day) { return !is_a_day(day); });
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace leavingcare
