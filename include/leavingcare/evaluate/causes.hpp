// leavingcare/evaluate/causes.hpp
//
// Why is it unknown: the facts that would settle it.
//
// An answer that is unknown on some days is so because something it was computed from was unknown, on those days or on days that it
// looks back to. This goes from an instruction to its operands, following only what was unknown, down to the facts, each
// instruction once. It names no fact that is wholly known; it may name one that turns out not to matter once another is known.
#pragma once

#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/evaluate/fact_kernels.hpp>
#include <leavingcare/evaluate/workspace.hpp>

#include <span>
#include <vector>

namespace leavingcare {

class Causes {
 public:
  Causes(const Plan& plan, const Workspace& space) : plan_(plan), space_(space), asked_(plan.book->program.size()) {}

  /// Marks in `facts` (one flag for each fact of the vocabulary) those on which the instructions' truth depends where it is
  /// unknown on `days`; and those of which the records that `records` ask about are not all certain, whatever others say of the same days.
  void collect(std::span<const std::uint32_t> instructions, std::size_t row, Span days, std::vector<bool>& facts, std::span<const std::uint32_t> records = {}) {
    for (const auto one : records) {
      if (const auto index = plan_.at(one); unsettled(plan_.binding(index), row)) facts[plan_.book->program[index].fact] = true;
    }
    for (const auto index : plan_.order) asked_[index] = nothing;
    for (const auto instruction : instructions) ask(instruction, days);
    // Operands stand before what needs them, so each instruction has been asked for all its days when its turn comes.
    for (auto step = plan_.order.rbegin(); step != plan_.order.rend(); ++step) {
      if (asked_[*step].from < asked_[*step].until) answer(*step, row, facts);
    }
  }

 private:
  static constexpr Span nothing{Day::end_of_time, Day::beginning_of_time};
  static constexpr Span always{Day::beginning_of_time, Day::end_of_time};

  void ask(std::uint32_t instruction, Span days) {
    if (instruction == none || days.from >= days.until) return;
    auto& asked = asked_[plan_.at(instruction)];
    asked.from = std::min(asked.from, days.from);
    asked.until = std::max(asked.until, days.until);
  }

  /// From the first to the last day of `days` on which the truth is unknown; an empty span when there is none.
  [[nodiscard]] static Span unknown_within(TruthView view, Span days) {
    Span hull = nothing;
    for (std::size_t i = 0; i < view.possibly.size(); i += 2) {
      const Day from = std::max(view.possibly[i], days.from);
      const Day until = std::min(view.possibly[i + 1], days.until);
      if (from >= until) continue;
      const Day first = std::max(from, span_holding(view.surely, from).until);
      if (first >= until) continue;
      const Span at_end = is_a_day(until) ? span_holding(view.surely, until - 1) : nothing;
      hull.from = std::min(hull.from, first);
      hull.until = std::max(hull.until, at_end.from < at_end.until ? at_end.from : until);
    }
    return hull;
  }

  void answer(std::uint32_t index, std::size_t row, std::vector<bool>& facts) {
    const auto& step = plan_.book->program[index];
    const auto place = plan_.place(index);
    Span days = always;
    if (step.kind == ValueKind::condition) {
      if (space_.truths[place].exact) return;
      days = unknown_within(space_.truths[place][row], asked_[index]);
      if (days.from >= days.until) return;
    } else if (step.kind == ValueKind::day) {
      if (space_.days[place][row].exact()) return;
      if (step.op == Op::birthday) mark(plan_.book->subject.born, facts);
      if (step.op == Op::fact_day) facts[step.fact] = true;
    } else if (space_.numbers[place].exact) {
      return;
    }
    if (step.op == Op::sum_of && has_blank_number(index, row)) facts[step.fact] = true;
    if (step.fact != none && step.op != Op::fact_day && unsettled(plan_.binding(index), row)) facts[step.fact] = true;
    if (step.second_fact != none && unsettled({step.second_fact, {}, {}}, row)) facts[step.second_fact] = true;
    operands(step, row, days);
  }

  void mark(const std::string& fact, std::vector<bool>& facts) {
    for (std::size_t i = 0; i < plan_.book->vocabulary.facts.size(); ++i) {
      if (plan_.book->vocabulary.facts[i].name == fact) facts[i] = true;
    }
  }

  /// Pointwise operators ask their operands about the same days; the others look at days before, at one named day, or anywhere.
  void operands(const Instruction& step, std::size_t row, Span days) {
    const auto day_bounds = [&](std::uint32_t operand) { return space_.days[plan_.place(operand)][row]; };
    for (std::size_t i = 0; i < step.operands.size(); ++i) {
      if (step.operands[i] == none) continue;
      Span asked = always;
      switch (step.op) {
        case Op::all: case Op::any: case Op::not_: case Op::doubtful: asked = days; break;
        case Op::versions: asked = {std::max(days.from, step.spans[i].from), std::min(days.until, step.spans[i].until)}; break;
        case Op::ever: case Op::earlier: case Op::between: asked.until = days.until; break;
        case Op::total:
          asked.until = days.until;
          if (i == 0 && step.operands[1] != none) asked.from = day_bounds(step.operands[1]).earliest;
          break;
        case Op::held_on:
          if (i == 1) asked = {day_bounds(step.operands[0]).earliest, day_bounds(step.operands[0]).latest + 1};
          break;
        default: break;
      }
      ask(step.operands[i], asked);
    }
  }

  /// True if a number that is added up is not known of one of the row's records.
  [[nodiscard]] bool has_blank_number(std::uint32_t index, std::size_t row) const {
    const auto& binding = plan_.binding(index);  // not taken apart: Clang before 16 captures no structured binding
    bool blank = false;
    if (!binding.numbers.may_be_unknown) return blank;
    kernels::for_each_record_row(plan_.fact_of(binding), binding.tests, space_.lives[row],
                                 [&](std::size_t table_row, Day, Day, Truth) { blank = blank || is_absent(binding.numbers[table_row]); });
    return blank;
  }

  /// True if something about the fact is not known for the row's person.
  [[nodiscard]] bool unsettled(const Binding& binding, std::size_t row) const {
    const auto& fact = plan_.fact_of(binding);
    const auto& life = space_.lives[row];
    if (!kernels::complete(fact, life.person)) return true;
    if (fact.table == nullptr) return false;
    bool doubtful = false;
    kernels::for_each_record(fact, binding.tests, life, [&](Day, Day, Truth truth) { doubtful = doubtful || truth == Truth::unknown; });
    return doubtful;
  }

  const Plan& plan_;
  const Workspace& space_;
  std::vector<Span> asked_;  // per instruction: from the first to the last day asked about
};

}  // namespace leavingcare
