// leavingcare/rulebook/reach.hpp
//
// What rules rest on, down to the last: the facts they read, the words they test, and the ages, lengths of time, days and figures in them.
//
// Lives that are to show what a rule does (results/generated_lives.hpp) are made of nothing else: at an age, a length or a day that
// stands in no rule nothing can change.
#pragma once

#include <leavingcare/rulebook/rulebook.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace leavingcare {

struct Reach {
  std::set<std::string> facts;
  std::map<std::string, std::map<std::string, std::set<std::string>>> words;  ///< fact -> field -> the words it is tested for
  std::map<std::string, std::map<std::string, std::set<double>>> bounds;      ///< fact -> field -> the figures it is compared with
  std::vector<LegalPeriod> ages;
  std::vector<LegalPeriod> lengths;
  std::vector<Day> days;
  std::vector<double> figures;

  /// Adds what another reaches.
  void add(const Reach& other);
};

/// What the rules at these places of Rulebook::rules rest on, whichever reading is chosen.
[[nodiscard]] Reach reach_of(const Rulebook& book, const std::vector<std::uint32_t>& rules);

/// The readings, by their places in Rulebook::readings, on which the answers of a rule may depend: under the options of any other it says the same
/// about everybody. Not of indicators.
[[nodiscard]] std::vector<std::uint32_t> readings_of(const Rulebook& book, std::uint32_t rule);

}  // namespace leavingcare
