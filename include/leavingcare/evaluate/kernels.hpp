// leavingcare/evaluate/kernels.hpp
//
// One kernel for each operator of the table in rulebook/operators.hpp, and the loop that runs them.
#pragma once

#include <leavingcare/evaluate/boolean_kernels.hpp>
#include <leavingcare/evaluate/condition_kernels.hpp>
#include <leavingcare/evaluate/day_kernels.hpp>
#include <leavingcare/evaluate/fact_kernels.hpp>
#include <leavingcare/evaluate/measure_kernels.hpp>
#include <leavingcare/evaluate/number_kernels.hpp>

#include <array>

namespace leavingcare {

using Kernel = void (*)(const kernels::Call&);

namespace detail {

struct KernelTable {
  std::array<Kernel, op_count> run{};
  std::array<bool, op_count> has{};
};

consteval KernelTable make_kernel_table() {
  KernelTable table;
  const auto set = [&](Op op, Kernel kernel) {
    table.run[static_cast<std::size_t>(op)] = kernel;
    table.has[static_cast<std::size_t>(op)] = true;
  };
  set(Op::all, kernels::all);
  set(Op::any, kernels::any);
  set(Op::not_, kernels::negate);
  set(Op::during, kernels::records);
  set(Op::event, kernels::records);
  set(Op::age, kernels::window);
  set(Op::ever, kernels::ever);
  set(Op::earlier, kernels::earlier);
  set(Op::held_on, kernels::held_on);
  set(Op::lasting, kernels::lasting);
  set(Op::total, kernels::total);
  set(Op::between, kernels::between);
  set(Op::bridging, kernels::bridging);
  set(Op::run_containing, kernels::run_containing);
  set(Op::from_each, kernels::from_each);
  set(Op::doubtful, kernels::doubtful);
  set(Op::compare, kernels::compare);
  set(Op::birthday, kernels::birthday);
  set(Op::first_day, kernels::first_day);
  set(Op::first_end, kernels::first_end);
  set(Op::after, kernels::shifted);
  set(Op::before, kernels::shifted);
  set(Op::earliest, kernels::choose<false>);
  set(Op::latest, kernels::choose<true>);
  set(Op::number, kernels::number_fact);
  set(Op::count, kernels::count_records);
  set(Op::events, kernels::count_events);
  set(Op::sum_of, kernels::sum_of);
  set(Op::sum, kernels::sum);
  set(Op::difference, kernels::difference);
  set(Op::ratio, kernels::ratio);
  set(Op::least, kernels::extreme<false>);
  set(Op::greatest, kernels::extreme<true>);
  set(Op::date, kernels::date);
  set(Op::fact_day, kernels::fact_day);
  set(Op::constant, kernels::constant);
  set(Op::fixed, kernels::fixed);
  set(Op::versions, kernels::versions);
  return table;
}

inline constexpr auto kernel_table = make_kernel_table();

/// Readings and names, and windows with one end, come down to other instructions before anything runs; every other operator has a kernel.
consteval bool every_operator_has_a_kernel() {
  for (std::size_t i = 0; i < op_count; ++i) {
    const auto op = static_cast<Op>(i);
    const bool runs = op != Op::reading && op != Op::choose_day && op != Op::name && op != Op::from && op != Op::until;
    if (runs != kernel_table.has[i]) return false;
  }
  return true;
}
static_assert(every_operator_has_a_kernel());

}  // namespace detail

namespace detail {

/// True if nobody can have a day of the answer, because nobody has one of the operands that it takes: most tables of most sources are empty.
[[nodiscard]] inline bool nobody(const kernels::Call& call) {
  const auto has_none = [&](std::size_t operand) { return call.truths(operand).exact && call.truths(operand).surely().no_days(); };
  const std::size_t count = call.instruction.operands.size();
  const auto how_many = [&] {
    std::size_t none_of_it = 0;
    for (std::size_t i = 0; i < count; ++i) none_of_it += has_none(i) ? 1 : 0;
    return none_of_it;
  };
  switch (call.instruction.op) {
    case Op::all: return how_many() > 0;
    case Op::any: case Op::doubtful: return how_many() == count;
    case Op::versions: return call.instruction.kind == ValueKind::condition && how_many() == count;
    case Op::ever: case Op::earlier: case Op::lasting: case Op::total: case Op::bridging: case Op::run_containing: case Op::between: return has_none(0);
    default: return false;
  }
}

}  // namespace detail

/// Computes every instruction of the plan for the rows of the workspace.
inline void run(const Plan& plan, Workspace& space) {
  for (const auto index : plan.order) {
    const auto& instruction = plan.book->program[index];
    const auto place = plan.place(index);
    if (instruction.kind == ValueKind::condition) {
      space.truths[place].bounds[0].clear();
      space.truths[place].bounds[1].clear();
    } else if (instruction.kind == ValueKind::number) {
      space.numbers[place].least.clear();
      space.numbers[place].most.clear();
    }
    const kernels::Call call{plan, instruction, index, space};
    if (detail::nobody(call)) {
      call.out().exact = true;
      call.out().bounds[0].append_people_without_days(space.rows());
    } else if (instruction.op == Op::versions && instruction.kind == ValueKind::number) {
      kernels::number_versions(call);
    } else {
      detail::kernel_table.run[static_cast<std::size_t>(instruction.op)](call);
    }
  }
}

}  // namespace leavingcare
