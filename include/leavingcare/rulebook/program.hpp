// leavingcare/rulebook/program.hpp
//
// All rules of a rulebook as one list of instructions, each after those it needs, equal ones shared.
#pragma once

#include <leavingcare/calendar/legal_period.hpp>
#include <leavingcare/calendar/timeline.hpp>
#include <leavingcare/rulebook/expression.hpp>
#include <leavingcare/rulebook/operators.hpp>

#include <chrono>
#include <cstdint>
#include <vector>

namespace leavingcare {

/// Computes one condition, day or number for each person, from operands computed before.
struct Instruction {
  Op op = Op::all;
  ValueKind kind = ValueKind::condition;
  std::vector<std::uint32_t> operands;  ///< instructions; `none` where an optional one was left out
  std::uint32_t fact = none;
  std::uint32_t second_fact = none;
  std::uint32_t reading = none;
  std::uint8_t alternative = 0;
  bool has_window = false;
  bool yearly = false;
  LegalPeriod period;
  LegalPeriod window;
  std::chrono::month_day year_begins{};
  Day day;
  double number = 0;
  std::vector<Span> spans;       ///< versions: when each operand applies
  std::vector<FieldTest> where;
  std::string field;             ///< sum_of: the field that is added up

  friend bool operator==(const Instruction&, const Instruction&) = default;
};

using Program = std::vector<Instruction>;

}  // namespace leavingcare
