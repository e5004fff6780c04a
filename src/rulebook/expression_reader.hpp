// src/rulebook/expression_reader.hpp
//
// From a located tree to an expression, guided by the operator table alone.
#pragma once

#include <leavingcare/law/declarations.hpp>
#include <leavingcare/rulebook/expression.hpp>

#include "../law/node_reader.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare {

/// What an expression may refer to.
struct Names {
  const law::Vocabulary& vocabulary;
  const std::vector<law::Reading>& readings;
  const std::vector<law::Parameter>& parameters;
  std::vector<std::string> rules;  ///< by place
  bool working_days;               ///< there is a calendar to count them by

  /// The kind of a rule, reading it first if need be; empty if it could not be read (the problem is reported).
  std::function<std::optional<ValueKind>(std::uint32_t rule, const Place& from)> kind_of_rule;
};

/// A number written out, the whole text; empty for anything else.
[[nodiscard]] std::optional<double> read_number(std::string_view text);

/// True for the plural units in which a length of time is counted: days, weeks, months, years.
[[nodiscard]] bool is_unit_of_time(std::string_view unit);

class ExpressionReader {
 public:
  ExpressionReader(const Names& names, Diagnostics& problems) : names_(names), problems_(problems), read_(problems) {}

  /// The expression at `node`; `expected` empty: a day or a number, whichever it is. Empty when it is not sound.
  std::optional<Expression> read(const source::Node& node, std::optional<ValueKind> expected);

 private:
  std::optional<Expression> scalar(const source::Node& node, std::optional<ValueKind> expected);
  bool argument(const Argument& row, const source::Node& node, Expression& into);
  bool expressions(const source::Node& node, ValueKind kind, Expression& into);
  bool options(const source::Node& node, Expression& into);
  bool where(const source::Node& node, Expression& into);
  bool bound(const source::Node& node, FieldTest& test);
  bool number_field(const source::Node& node, Expression& into);
  bool fact(const source::Node& node, std::optional<law::FactKind> kind, Op asked_by, std::uint32_t& into);  ///< no kind: periods or events
  bool period(const source::Node& node, const Argument& row, Expression& into);
  bool age(const source::Node& node, Expression& into);
  bool month_day(const source::Node& node, Expression& into);
  bool check_units(const Expression& made);
  [[nodiscard]] std::string unit_of(const Expression& number) const;
  bool check_sum_of(const Expression& sum);
  bool check_total(const source::Node& node, const Expression& total);

  const Names& names_;
  Diagnostics& problems_;
  law::NodeReader read_;
};

}  // namespace leavingcare
