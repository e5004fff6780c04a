// src/rulebook/duty_compiler.hpp
//
// The time limits of a duty: periods looked up, conditions and days turned into instructions.
#pragma once

#include <leavingcare/law/declarations.hpp>
#include <leavingcare/rulebook/duty.hpp>

#include "../law/node_reader.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace leavingcare {

/// What the compiler lends.
struct DutyCompiler {
  law::NodeReader& read;
  const std::vector<law::Parameter>& parameters;
  bool counts_working_days;

  /// The instruction of a condition or day; `none` (reported) if it is not sound.
  std::function<std::uint32_t(const source::Node& node, ValueKind kind)> instruction;

  /// The instruction of a condition or day that is unknown as long as a parameter has no figure.
  std::function<std::uint32_t(const law::Parameter& missing, ValueKind kind)> unknown;

  /// The steps and intervals of one version; empty (reported) if one is not sound.
  std::optional<CompiledTerms> terms(const law::DutyTerms& declared, Span in_force) const;

 private:
  std::optional<DatedPeriod> period(const source::Node& node, Span in_force) const;
  const law::Parameter* missing_figure(const source::Node& node) const;  ///< the parameter named, if it has no figure and its unit is one of time
  bool optional_period(const std::optional<source::Node>& node, Span in_force, std::optional<DatedPeriod>& into) const;
};

}  // namespace leavingcare
