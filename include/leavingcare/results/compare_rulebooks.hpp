// leavingcare/results/compare_rulebooks.hpp
//
// A council's rules against the national ones that speak of the same thing: who is better off, and who is worse off?
//
// A rule says by `compare_with` which rule of an extended rulebook speaks of the same thing. Nobody says what comes of it: both are evaluated over the same
// generated lives (results/generated_lives.hpp), and the verdict is what is found in them.
//
//   status, entitlement, limit   more days, or a higher amount on a day of both, is more generous
//   duty                         on the same life with the same doings, more days on which it is broken: it asks more of the council, and that is more
//                                generous to the young person. Where one has no last day, a day on which the other is overdue decides nothing
//
// Only days on which both are in force are looked at, and days on which either answer is unknown are left out. Both duties are taken as if they had always
// been as they last were, so that the day on which the later one began makes no difference.
//
// OUTDATED: on some day the national rule gives what neither the other rule gives nor the national rule would, had it not changed on a certain day. If the other
// never falls short of the national rule as it stood before, that is the verdict; else it is told beside it.
#pragma once

#include <leavingcare/results/generated_lives.hpp>
#include <leavingcare/rulebook/rulebook.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare {

/// How the second of two rules stands to the first.
enum class Verdict : std::uint8_t { same, more_generous, less_generous, different, outdated, not_in_force };

[[nodiscard]] constexpr std::string_view in_words(Verdict verdict) {
  constexpr std::string_view words[] = {"same", "more generous", "less generous", "different", "outdated", "not in force"};
  return words[static_cast<std::size_t>(verdict)];
}

/// What one of the two rules says in a counter-example.
struct RuleSays {
  std::string answer;                  ///< one sentence: "no, for want of: from the age of 17 years and 6 months (10 September 2025)"
  std::vector<std::string> citations;  ///< of the version in force then
  std::vector<Day> due;                ///< duties: the last days of the first obligations
};

/// Somebody for whom the two rules differ, with as few records as still show it.
struct CounterExample {
  Verdict shows = Verdict::different;  ///< more_generous, less_generous or outdated
  std::vector<std::string> facts;      ///< as a case file writes them: "care: [{from: 2020-01-01, legal_status: C1}]"
  Span days;                           ///< the first unbroken days on which they differ in this way
  RuleSays first;
  RuleSays second;
  std::string before;                  ///< outdated: what the first said before it changed, on the same day
};

struct RuleComparison {
  std::string first;
  std::string second;
  std::string first_summary;
  std::string second_summary;
  Verdict verdict = Verdict::same;
  std::string standing;               ///< why it is not in force, or why nothing could be compared; else empty
  std::optional<Day> outdated_since;  ///< the day on which the first changed and the second did not
  std::size_t lives = 0;              ///< looked at
  std::size_t answered = 0;           ///< of them: those in which one of the two rules gave or asked something
  std::vector<CounterExample> examples;
};

struct RulebookComparison {
  std::string first;   ///< names of the rulebooks
  std::string second;
  std::vector<RuleComparison> rules;
};

struct CompareOptions {
  std::uint64_t seed = 1;
  std::size_t lives = 3000;  ///< for each two rules
  std::string rule;          ///< only this rule of either; empty: all
  unsigned threads = 0;      ///< as many as the machine has; changes no answer
};

/// Compares two rulebooks, one of which extends the other, or which both extend a third: then rules that are compared with the same rule of it are compared
/// with each other. Rules come in the order of the second rulebook. Throws std::invalid_argument if there is no such rule, or nothing to compare.
[[nodiscard]] RulebookComparison compare_rulebooks(const Rulebook& first, const Rulebook& second, const CompareOptions& options = {});

}  // namespace leavingcare
