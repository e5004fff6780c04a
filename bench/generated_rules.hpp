// bench/generated_rules.hpp
//
// Rulebooks of any number of rules, or of versions of one rule; and their answers, decided on each day by itself from the figures they were made of.
#pragma once

#include "cohort.hpp"

#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

/// One condition: aged from `from_age` until `until_age`, looked after, and so on at least `days` days since the 14th birthday.
struct GeneratedCondition {
  int from_age;
  int until_age;
  int days;

  /// As a rulebook would write it.
  [[nodiscard]] std::string yaml() const {
    return "{all: [{age: {from: " + std::to_string(from_age) + " years, until: " + std::to_string(until_age) + " years}}, {during: care}, {total: {of: {during: care}, since: {birthday: 14 years}, reaches: " +
           std::to_string(days) + " days}}]}";
  }
};

/// The n-th condition; no two are alike.
inline GeneratedCondition generated_condition(std::size_t n) {
  const int i = static_cast<int>(n);
  return {14 + i % 5, 19 + i % 6, 1 + i};
}

/// When each of `count` versions begins, 20 years in all; the last has no end.
inline Day generated_version(std::size_t version, std::size_t count) {
  return leavingcare::day_of(2008, 1, 1) + static_cast<std::int32_t>(version * 20 * 365 / count);
}

namespace detail {

inline constexpr const char* cite = "cite: {document: generated, lines: all}";

inline std::string generated_heading() {
  return std::string("rulebook: generated\nsummary: Made by a bench\nsubject: {name: young_person, born: date_of_birth}\n"
                     "conventions: {birthday_on_29_february: leap_birthday}\n"
                     "readings:\n  leap_birthday: {question: \"When?\", options: {1_march: On 1 March, 28_february: On 28 February}, default: 1_march, ") + cite + "}\n" +
         "facts:\n  date_of_birth: {kind: day, summary: Birth}\n  care: {kind: periods, summary: Looked after, fields: {legal_status: {summary: Code}}}\nstatuses:\n";
}

inline std::string generated_status(std::size_t number, const std::string& when) {
  return "  status_" + std::to_string(number) + ":\n    summary: Generated\n    in_force: {from: 1900-01-01}\n    " + cite + "\n    when: " + when + "\n";
}

}  // namespace detail

/// A rulebook of so many statuses.
inline std::string rulebook_of_rules(std::size_t count) {
  std::string text = detail::generated_heading();
  for (std::size_t i = 0; i < count; ++i) text += detail::generated_status(i, generated_condition(i).yaml());
  return text;
}

/// The same, but each status holds also where the one before it does.
inline std::string rulebook_of_a_chain(std::size_t count) {
  std::string text = detail::generated_heading();
  for (std::size_t i = 0; i < count; ++i) {
    const auto before = i == 0 ? std::string() : "status_" + std::to_string(i - 1) + ", ";
    text += detail::generated_status(i, "{any: [" + before + generated_condition(i).yaml() + "]}");
  }
  return text;
}

/// A rulebook of one status in so many versions.
inline std::string rulebook_of_versions(std::size_t count) {
  std::string text = detail::generated_heading() + "  status_0:\n    summary: Generated\n    versions:\n";
  for (std::size_t i = 0; i < count; ++i) {
    const auto until = i + 1 < count ? ", until: " + leavingcare::iso(generated_version(i + 1, count)) : "";
    text += "      - in_force: {from: " + leavingcare::iso(generated_version(i, count)) + until + "}\n        " + detail::cite + "\n        when: " + generated_condition(i).yaml() + "\n";
  }
  return text;
}

/// A person's days, from the 14th birthday to the 25th, and on each whether they are looked after and how many such days there have been.
class CountedDays {
 public:
  CountedDays(const Cohort& cohort, std::size_t person) : born_(cohort.born[person]), first_(birthday(14)) {
    int counted = 0;
    for (Day day = first_; day < birthday(25); day = day + 1) {
      bool looked_after = false;
      for (auto e = cohort.offsets[person]; e < cohort.offsets[person + 1]; ++e) looked_after = looked_after || (cohort.episodes[e].from <= day && day < cohort.episodes[e].until);
      counted += looked_after ? 1 : 0;
      counted_.push_back(looked_after ? counted : 0);
    }
  }

  /// The days, as edges, of which `holds(day, is)` is true; `is(condition)` says whether a condition holds on that day.
  template <class Holds>
  [[nodiscard]] std::vector<Day> edges(Holds holds) const {
    std::vector<Day> edges;
    for (std::size_t i = 0; i <= counted_.size(); ++i) {
      const Day day = first_ + static_cast<std::int32_t>(i);
      const auto is = [&](const GeneratedCondition& condition) {
        const bool aged = birthday(condition.from_age) <= day && day < birthday(condition.until_age);
        return aged && counted_[i] > 0 && counted_[i] >= condition.days;
      };
      const bool now = i < counted_.size() && holds(day, is);
      if (now != (edges.size() % 2 == 1)) edges.push_back(day);
    }
    return edges;
  }

 private:
  [[nodiscard]] Day birthday(int years) const { return leavingcare::birthday(born_, years, 0, leavingcare::MissingDay::first_of_next_month); }

  Day born_;
  Day first_;
  std::vector<int> counted_;  ///< on each day: 0 where not looked after
};

}  // namespace bench
