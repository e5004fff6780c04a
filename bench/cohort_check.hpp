// bench/cohort_check.hpp
//
// The engine's four statuses of a cohort, held against what the sweep has and against each day decided by itself.
#pragma once

#include "cohort.hpp"

#include <leavingcare/evaluate/evaluate.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// A person's days of each status, as edges.
using StatusDays = std::array<std::vector<Day>, statuses>;

inline StatusDays joined(const std::array<std::vector<Span>, statuses>& spans) {
  StatusDays edges;
  for (std::size_t s = 0; s < statuses; ++s) edges[s] = leavingcare::timeline_of(spans[s]);
  return edges;
}

inline StatusDays swept(const Cohort& cohort, std::size_t person) {
  Swept out;
  sweep(cohort, person, out);
  std::array<std::vector<Span>, statuses> spans;
  for (std::size_t i = 0; i < out.status.size(); ++i) spans[out.status[i]].push_back({out.from[i], out.until[i]});
  return joined(spans);
}

/// Throws unless everybody's answers are those of the sweep, and the first `by_day` people's those of each day decided by itself.
inline void check_cohort(const Cohort& cohort, const leavingcare::Rulebook& book, const leavingcare::Answers& answers, std::size_t by_day) {
  constexpr std::array<std::string_view, statuses> names = {"eligible", "relevant", "former_relevant", "qualifying"};
  std::vector<std::size_t> status_of;
  for (const auto& rule : book.rules) status_of.push_back(static_cast<std::size_t>(std::ranges::find(names, rule.declared.name) - names.begin()));
  std::size_t row = 0;
  for (std::size_t person = 0; person < cohort.born.size(); ++person) {
    std::array<std::vector<Span>, statuses> spans;
    for (; row < answers.rows() && answers.person[row] == person; ++row) {
      if (answers.truth[row] != leavingcare::Truth::yes) throw std::runtime_error("an answer is unknown, and everything is known");
      spans.at(status_of[answers.rule[row]]).push_back({answers.from[row], answers.until[row]});
    }
    const auto engine = joined(spans);
    if (engine != swept(cohort, person)) throw std::runtime_error("person " + std::to_string(person) + ": the engine and the sweep differ");
    if (person < by_day && engine != day_by_day(cohort, person)) throw std::runtime_error("person " + std::to_string(person) + ": the answer is not the day-by-day truth");
  }
  if (row != answers.rows()) throw std::runtime_error("there are answers about people who are not in the cohort");
}

}  // namespace bench
