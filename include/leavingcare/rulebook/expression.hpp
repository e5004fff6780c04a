// leavingcare/rulebook/expression.hpp
//
// A condition, day or number as its author wrote it, every name resolved and every argument checked.
//
// Explanations walk this tree; evaluation runs the program (program.hpp) into which it is compiled. Each expression knows its instruction.
#pragma once

#include <leavingcare/calendar/legal_period.hpp>
#include <leavingcare/diagnostics/place.hpp>
#include <leavingcare/rulebook/operators.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare {

/// No argument given, no operand, no such thing.
inline constexpr std::uint32_t none = 0xffffffff;

/// How one number is compared with another.
enum class Comparison : std::uint8_t { at_least, more_than, at_most, less_than, exactly };

inline constexpr std::string_view comparison_words[] = {"at_least", "more_than", "at_most", "less_than", "exactly"};

[[nodiscard]] constexpr bool holds(double left, Comparison how, double right) {
  switch (how) {
    case Comparison::at_least: return left >= right;
    case Comparison::more_than: return left > right;
    case Comparison::at_most: return left <= right;
    case Comparison::less_than: return left < right;
    case Comparison::exactly: return left == right;
  }
  return false;
}

/// A bound on a number: "at most 30".
struct Bound {
  Comparison how = Comparison::at_least;
  double figure = 0;

  friend bool operator==(const Bound&, const Bound&) = default;
};

/// One test of a record's field: it is one of some words or, if it holds a number, keeps to a bound.
struct FieldTest {
  std::string field;
  std::vector<std::string> words;
  bool negated = false;        ///< the field is none of the words
  std::optional<Bound> bound;  ///< of a field that holds a number; there are no words then

  friend bool operator==(const FieldTest&, const FieldTest&) = default;
};

struct Expression {
  Op op = Op::all;
  ValueKind kind = ValueKind::condition;
  Place place;

  /// Operands: for a list argument or `reading` one for each item; otherwise one for each argument of the operator's row
  /// that is itself an expression, in order; `given[i]` is false where an optional one was left out.
  std::vector<Expression> parts;
  std::vector<bool> given;

  std::uint32_t fact = none;        ///< place in the vocabulary
  std::uint32_t second_fact = none; ///< from_each: the periods fact
  std::vector<FieldTest> where;
  std::string field;                ///< sum_of: the field that is added up
  LegalPeriod period;
  LegalPeriod window;               ///< total, within
  std::uint32_t parameter = none;   ///< the period's or number's parameter, when it is named and not written out
  std::uint8_t alternative = 0;     ///< which of the one_of arguments: their place among those so marked
  bool has_window = false;
  bool yearly = false;
  std::chrono::month_day year_begins{};
  std::uint32_t rule = none;        ///< name: the rule
  std::uint32_t reading = none;     ///< reading: which; parts stand in the order of its options
  Day day;                          ///< date
  double number = 0;                ///< constant

  std::uint32_t instruction = none; ///< where its value is computed
};

}  // namespace leavingcare
