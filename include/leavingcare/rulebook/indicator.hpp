// leavingcare/rulebook/indicator.hpp
//
// An indicator that has passed every check: its conditions, days and numbers are instructions.
#pragma once

#include <leavingcare/calendar/timeline.hpp>
#include <leavingcare/law/indicators.hpp>
#include <leavingcare/rulebook/expression.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace leavingcare {

/// What one version of an indicator says. A period belongs to the version in force on its first day.
struct CompiledIndicator {
  Span in_force;
  LegalPeriod every;
  Day begins;
  law::Counted counted = law::Counted::on_the_last_day;
  std::vector<std::uint32_t> days;
  std::uint32_t each = none;
  std::uint32_t among = none;      ///< and the subject still living
  std::uint32_t those = none;      ///< none: a count
  std::uint32_t total = none;
  std::uint32_t out_of = none;     ///< none: a sum

  struct Target {
    Comparison how = Comparison::at_least;
    std::vector<std::pair<Span, double>> figures;  ///< that of a period's first day counts
    std::uint32_t missing = none;                  ///< the fact that stands for a figure nobody has given
  };
  std::optional<Target> target;    ///< empty: monitored only

  /// True if the value is a part of something, in per cent.
  [[nodiscard]] bool is_rate() const { return those != none || out_of != none; }

  /// The n-th period, n from 0.
  [[nodiscard]] Span period(std::int32_t n) const {
    const auto start = [&](std::int32_t k) { return k == 0 ? begins : after(begins, LegalPeriod{every.count * k, every.unit}); };
    return {start(n), start(n + 1)};
  }
};

}  // namespace leavingcare
