// leavingcare/evaluate/answers.hpp
//
// What an evaluation gives, as columns.
//
// One row for each unbroken run of days on which a rule's answer for a person is yes, or is unknown. There are no rows for
// "no". Rows come person by person, in the order of the population, then rule by rule, then by day.
#pragma once

#include <leavingcare/calendar/truth.hpp>
#include <leavingcare/evaluate/indicators.hpp>
#include <leavingcare/evaluate/obligations.hpp>

#include <cstdint>
#include <vector>

namespace leavingcare {

struct Answers {
  std::vector<std::uint32_t> person;      ///< place in People::ids()
  std::vector<std::uint32_t> rule;        ///< place in Rulebook::rules
  std::vector<Day> from;                  ///< beginning_of_time: as far back as anyone can say
  std::vector<Day> until;                 ///< exclusive; end_of_time: no known end
  std::vector<Truth> truth;               ///< yes or unknown
  std::vector<std::uint32_t> depends_on;  ///< place in fact_sets; 0 is the empty set, and the one of every "yes"

  /// Entitlements with an amount: how much, on the days of the row; a row is cut where the amount changes. NaN: no amount.
  std::vector<double> amount;

  /// What the duties come to.
  Obligations obligations;

  /// What the indicators come to: one for each whole period asked for, over all people.
  std::vector<Indicator> indicators;

  /// Sets of facts (as Rulebook::fact_name counts them), each of which would help to settle an unknown.
  std::vector<std::vector<std::uint32_t>> fact_sets = {{}};

  [[nodiscard]] std::size_t rows() const { return person.size(); }
};

}  // namespace leavingcare
