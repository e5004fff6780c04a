// leavingcare/evaluate/causes.hpp
//
// Why is it unknown: the facts that would settle it.
//
// An answer that is unknown on some days is so because something it was computed from was unknown, on those days or on days that it
// looks back to. This walks from an instruction to its operands, following only what was unknown, down to the facts. It names no
// fact whose days there are all known; it may name one that turns out not to matter once another is known.
#pragma once

#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/evaluate/fact_kernels.hpp>
#include <leavingcare/evaluate/workspace.hpp>

#include <vector>

namespace leavingcare {

class Causes {
 public:
  Causes(const Plan& plan, const Workspace& space) : plan_(plan), space_(space) {}

  /// Adds to `facts` (one flag for each fact of the vocabulary) those on which the instruction's truth depends where it is unknown on `days`.
  void of_condition(std::uint32_t instruction, std::size_t row, Edges days, std::vector<bool>& facts) {
    const auto index = plan_.at(instruction);
    const auto& truths = space_.truths[index];
    if (truths.exact) return;
    Timelines unknown;
    append_difference(truths.possibly()[row], truths.surely()[row], unknown);
    Timelines asked;
    append_intersection(unknown.edges(), days, asked);
    if (asked.edges().empty()) return;
    operands(index, row, asked.edges(), facts);
  }

  void of_day(std::uint32_t instruction, std::size_t row, std::vector<bool>& facts) {
    const auto index = plan_.at(instruction);
    if (space_.days[index][row].exact()) return;
    const auto& step = plan_.book->program[index];
    if (step.op == Op::birthday) return mark(plan_.book->subject.born, facts);
    if (step.op == Op::fact_day) facts[step.fact] = true;
    operands(index, row, all_time(), facts);
  }

 private:
  [[nodiscard]] static Edges all_time() {
    static constexpr Day edges[] = {Day::beginning_of_time, Day::end_of_time};
    return edges;
  }

  void mark(const std::string& fact, std::vector<bool>& facts) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (plan_.book->vocabulary.facts[i].name == fact) facts[i] = true;
    }
  }

  void operands(std::uint32_t index, std::size_t row, Edges days, std::vector<bool>& facts) {
    const auto& step = plan_.book->program[index];
    if (step.fact != none && step.op != Op::fact_day && unsettled(plan_.fact_of[index], plan_.tests[index], row)) facts[step.fact] = true;
    if (step.second_fact != none && unsettled(step.second_fact, {}, row)) facts[step.second_fact] = true;
    // Pointwise operators ask their operands about the same days; the others look at days before, or at one named day.
    const bool same_days = step.op == Op::all || step.op == Op::any || step.op == Op::not_ || step.op == Op::versions ||
                           step.op == Op::doubtful;
    const Day last = days.back();
    const Day until_then[] = {Day::beginning_of_time, last};
    const bool looks_back = step.op == Op::ever || step.op == Op::earlier || step.op == Op::total || step.op == Op::between;
    for (std::size_t i = 0; i < step.operands.size(); ++i) {
      if (step.operands[i] == none) continue;
      const auto& operand = plan_.book->program[plan_.at(step.operands[i])];
      if (operand.kind == ValueKind::day) {
        of_day(step.operands[i], row, facts);
      } else if (operand.kind == ValueKind::number) {
        if (!space_.numbers[plan_.at(step.operands[i])].exact) operands(plan_.at(step.operands[i]), row, all_time(), facts);
      } else if (step.op == Op::held_on) {
        const auto day = space_.days[plan_.at(step.operands[0])][row];
        const Day named[] = {day.earliest, day.latest == Day::end_of_time ? day.latest : day.latest + 1};
        of_condition(step.operands[i], row, named, facts);
      } else if (step.op == Op::versions) {
        Timelines applies;
        append_clipped(days, step.spans[i].from, step.spans[i].until, applies);
        of_condition(step.operands[i], row, applies.edges(), facts);
      } else if (step.op == Op::total && step.operands[1] != none) {
        const Day since[] = {space_.days[plan_.at(step.operands[1])][row].earliest, last};
        of_condition(step.operands[i], row, since, facts);
      } else {
        of_condition(step.operands[i], row, same_days ? days : looks_back ? Edges(until_then) : all_time(), facts);
      }
    }
  }

  /// True if something about the fact is not known for the row's person.
  [[nodiscard]] bool unsettled(std::uint32_t fact_index, const std::vector<BoundTest>& tests, std::size_t row) const {
    const auto& fact = plan_.facts[fact_index];
    if (fact.unknown_for_all) return true;
    if (fact.table == nullptr) return false;
    const auto& life = space_.lives[row];
    if (fact.has_coverage) {
      const Edges covered = fact.table->coverage[life.person];
      if (covered.size() != 2 || is_a_day(covered[0]) || is_a_day(covered[1])) return true;
    }
    bool doubtful = false;
    kernels::for_each_record(fact, tests, life, [&](Day, Day, Truth truth) { doubtful = doubtful || truth == Truth::unknown; });
    return doubtful;
  }

  const Plan& plan_;
  const Workspace& space_;
};

}  // namespace leavingcare
