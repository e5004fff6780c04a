// src/results/sentences.hpp
//
// The words of an explanation: one sentence for each operator of the table.
#pragma once

#include <leavingcare/evaluate/workspace.hpp>
#include <leavingcare/rulebook/rulebook.hpp>

#include <string>

namespace leavingcare {

/// Puts expressions into words, for one person.
class Sentences {
 public:
  Sentences(const Plan& plan, const Workspace& space) : plan_(plan), book_(*plan.book), space_(space) {}

  /// "looked after by a local authority", "aged 16 years or over and under 18 years".
  [[nodiscard]] std::string of(const Expression& expression, std::size_t row) const;

  /// "the 16th birthday (10 March 2024)".
  [[nodiscard]] std::string day(const Expression& expression, std::size_t row) const;

  /// "13 weeks"; of a parameter without a figure, that there is none.
  [[nodiscard]] std::string length(const Expression& expression) const;

  /// "care, legal_status V3 or V4".
  [[nodiscard]] std::string fact(const Expression& expression) const;

  /// "care from 15 January 2024 until 1 June 2025, legal_status V2 (2023-24/episodes.csv, line 12)".
  [[nodiscard]] std::string record(std::uint32_t fact, std::size_t table_row) const;

  /// "16th birthday".
  [[nodiscard]] static std::string birthday(LegalPeriod age);

 private:
  const Plan& plan_;
  const Rulebook& book_;
  const Workspace& space_;
};

/// "other_accommodation" -> "other accommodation".
[[nodiscard]] std::string spaced(std::string name);

/// 30.00 -> "30".
[[nodiscard]] std::string plain(double number);

/// "Children Act 1989 s.23A(2)".
[[nodiscard]] std::string in_words(const law::Citation& citation);

}  // namespace leavingcare
