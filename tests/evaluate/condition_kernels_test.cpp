// all and any of many conditions, against each day by itself: operands that are empty, single spans or several, in every order.
#include <leavingcare/evaluate/boolean_kernels.hpp>

#include <gtest/gtest.h>

#include <random>

namespace leavingcare {
namespace {

TEST(ConditionKernels, AllAndAnyAgreeWithEachDayByItselfWhateverOperandsAreEmpty) {
  std::mt19937 random(11);
  const auto number = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
  constexpr std::uint32_t most_operands = 7;
  constexpr int rows = 8;
  constexpr int days = 60;
  const Day first = day_of(2024, 1, 1);
  for (int round = 0; round < 500; ++round) {
    const auto count = static_cast<std::uint32_t>(number(1, most_operands));
    Rulebook book;
    book.program.resize(count + 1);
    for (std::uint32_t i = 0; i < count; ++i) book.program[count].operands.push_back(i);
    Plan plan;
    plan.book = &book;
    for (std::uint32_t i = 0; i <= count; ++i) plan.places.push_back(i);
    plan.values = {count + 1, 0, 0};
    Workspace space(plan);
    space.lives.resize(rows);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (number(0, 3) == 0) {
        space.truths[i].bounds[0].append_people_without_days(rows);
        continue;
      }
      for (int row = 0; row < rows; ++row) {
        Day day = first;
        for (int spans = number(-1, 3); spans > 0; --spans) {
          const Day from = day + number(0, 12);
          day = from + number(1, 12);
          space.truths[i].bounds[0].append(from, day);
        }
        space.truths[i].bounds[0].end_person();
      }
    }
    for (const bool every : {true, false}) {
      auto& out = space.truths[count];
      out.bounds[0].clear();
      const kernels::Call call{plan, book.program[count], count, space};
      every ? kernels::all(call) : kernels::any(call);
      for (int row = 0; row < rows; ++row) {
        for (int i = -1; i <= days; ++i) {
          const Day day = first + i;
          int holding = 0;
          for (std::uint32_t k = 0; k < count; ++k) holding += holds_on(space.truths[k].surely()[static_cast<std::size_t>(row)], day) ? 1 : 0;
          const bool expected = every ? holding == static_cast<int>(count) : holding > 0;
          ASSERT_EQ(holds_on(out.surely()[static_cast<std::size_t>(row)], day), expected) << (every ? "all" : "any") << ", round " << round;
        }
      }
    }
  }
}

}  // namespace
}  // namespace leavingcare
