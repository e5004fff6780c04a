// leavingcare/rulebook/duty.hpp
//
// A duty that has passed every check: its conditions and days are instructions, its periods are dated values.
#pragma once

#include <leavingcare/calendar/legal_period.hpp>
#include <leavingcare/calendar/timeline.hpp>
#include <leavingcare/law/duties.hpp>
#include <leavingcare/rulebook/expression.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace leavingcare {

/// A length of time, or a parameter that gives another one from some day on.
struct DatedPeriod {
  std::vector<std::pair<Span, LegalPeriod>> values;

  /// The period that counts on a day; empty where a parameter has no value.
  [[nodiscard]] std::optional<LegalPeriod> on(Day day) const {
    for (const auto& [span, period] : values) {
      if (span.from <= day && day < span.until) return period;
    }
    return std::nullopt;
  }
};

struct CompiledStep {
  law::LastDay last = law::LastDay::none;
  DatedPeriod within;
  std::uint32_t day = none;        ///< by: an instruction that gives a day
  std::uint32_t condition = none;  ///< before_next: an instruction that gives a condition
  bool known_ahead = false;        ///< the condition rests on dates alone, so that its next day is known before it comes
  std::optional<DatedPeriod> opens_after;
  std::optional<DatedPeriod> suggested;
};

struct CompiledInterval {
  DatedPeriod every;
  std::uint32_t condition = none;
  std::optional<DatedPeriod> for_;
  std::uint32_t until = none;      ///< a condition, looked for from the day the duty arose
};

/// What one version of a duty says of time.
struct CompiledTerms {
  Span in_force;
  std::vector<CompiledStep> steps;
  std::vector<CompiledInterval> intervals;
  law::DoneCounts done_counts = law::DoneCounts::from_the_day;
};

struct CompiledDuty {
  law::Arises arises = law::Arises::when;
  std::vector<std::uint32_t> triggers;  ///< for each version, what makes it arise, on all days; a day for Arises::on, else a condition
  std::uint32_t only_if = none;         ///< a condition on the day it would arise; none: always
  std::uint32_t owed = none;            ///< owed_while and the subject living; none: always
  std::uint32_t done = none;
  std::uint32_t waived = none;          ///< none: never
  std::vector<CompiledTerms> versions;
  std::vector<Expression> done_by;      ///< for each version, for explaining
};

}  // namespace leavingcare
