// leavingcare/results/scenarios.hpp
//
// Scenarios: lives written beside the rules, with what the law makes of them.
//
//     scenarios:
//       - name: A sentence that a lawyer can check
//         source: rule-derived                     optional: the case or provision
//         facts: {date_of_birth: 2008-03-10, care: [{from: 2024-01-15, legal_status: V2}]}
//         rest: none                               facts not mentioned: none (the default), or unknown
//         readings: {a_reading: an_option}         optional
//         parameters: {a_parameter: 3500}          optional: figures in place of the rulebook's
//         expect:
//           a_status: [{from: 2024-04-14, until: 2026-03-10}]   yes on exactly these days, no on all others
//           another: never
//           a_third: {yes: [...], unknown: [...]}
//           a_fourth: {on: {2024-04-13: no, 2024-04-14: yes}}   only these days are asked
//
// An indicator is asked of several people, `people: {a name: facts, ...}`, by a list of periods: [{from: 2016-07-01, numerator: 1, denominator: 2}].
//
// `until` is exclusive; left out, there is no known end.
#pragma once

#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/rulebook/rulebook.hpp>

#include <cstddef>
#include <filesystem>
#include <vector>

namespace leavingcare {

struct ScenarioReport {
  std::size_t scenarios = 0;
  std::size_t expectations = 0;
  std::size_t failed = 0;     ///< scenarios with an expectation that is not met
  Diagnostics failures;       ///< S103, one for each expectation not met: expected, found, at its place
};

/// The scenario files that belong to a rulebook: those in the folder scenarios/ beside its files or, for a
/// rulebook of one file x.yaml, the file x.scenarios.yaml.
[[nodiscard]] std::vector<std::filesystem::path> scenario_files(const Rulebook& book);

/// Runs scenarios. A file that is not of this shape is a problem (S101, S102, S104 and those of the facts); one that runs and fails is in the report.
[[nodiscard]] Checked<ScenarioReport> run_scenarios(const Rulebook& book, const std::vector<std::filesystem::path>& files);

}  // namespace leavingcare
