// leavingcare/rulebook/rulebook.hpp
//
// A rulebook that has passed every check: rules ordered, names resolved, compiled. Immutable; may be shared by threads.
#pragma once

#include <leavingcare/calendar/working_days.hpp>
#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/law/declarations.hpp>
#include <leavingcare/rulebook/duty.hpp>
#include <leavingcare/rulebook/indicator.hpp>
#include <leavingcare/rulebook/program.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare {

/// Figures that a caller gives for parameters, by name, as a rulebook would write them: "3500", "4 weeks".
using GivenParameters = std::map<std::string, std::string>;

/// A rule and where its answer is computed.
struct CompiledRule {
  law::Rule declared;
  std::string rulebook;                ///< which rulebook of the chain declares it
  ValueKind kind = ValueKind::condition;
  std::vector<Expression> versions;    ///< the condition of each version, for explaining
  std::vector<Expression> amounts;     ///< entitlements: a number for each version that has one, else empty
  std::uint32_t condition = none;      ///< the rule as written: its versions by date
  std::uint32_t instruction = none;    ///< the same, and the subject still living: what results report
  std::uint32_t amount = none;
  std::vector<CompiledIndicator> indicators;  ///< indicators: what each version says; they have no condition
  std::optional<CompiledDuty> duty;    ///< duties; `condition` is then that it has arisen, or on which days it arises

  /// Calls `use` with each instruction that an answer of the rule is read from, `none` where an optional one was left out. Not for indicators.
  template <class Use>
  void for_each_instruction(Use use) const;
};

template <class Use>
void CompiledRule::for_each_instruction(Use use) const {
  if (!duty) {
    use(instruction);
    use(amount);
    return;
  }
  for (const auto one : {condition, duty->only_if, duty->owed, duty->done, duty->waived}) use(one);
  for (const auto trigger : duty->triggers) use(trigger);
  for (const auto& version : duty->versions) {
    for (const auto& step : version.steps) {
      use(step.day);
      use(step.condition);
    }
    for (const auto& interval : version.intervals) {
      use(interval.condition);
      use(interval.until);
    }
  }
}

class Rulebook {
 public:
  std::string name;
  std::string title;
  std::string summary;
  std::vector<std::string> chain;          ///< this rulebook and those it extends, the national one first
  law::Vocabulary vocabulary;
  std::vector<CompiledRule> rules;         ///< in the order declared, the national rulebook's first
  std::vector<law::Reading> readings;
  std::vector<law::Parameter> parameters;
  std::vector<std::uint32_t> missing_figures; ///< parameters for which nobody has given a figure: to the engine, facts that nobody recorded
  std::vector<law::Category> categories;
  std::vector<law::CannotExpress> cannot_express;
  std::vector<law::Document> documents;    ///< from which rules are made
  law::Subject subject;
  std::uint32_t leap_birthday_reading = none;
  std::uint32_t begins_anew_reading = none;   ///< the reading under which the subject's history begins anew; none: always
  std::size_t begins_anew_option = 0;
  std::shared_ptr<const WorkingDays> working_days;  ///< null: the rulebook counts none
  Program program;
  std::filesystem::path folder;               ///< where it was read; scenarios stand beside it
  std::vector<std::filesystem::path> folders; ///< of every rulebook in the chain
  std::string digest;                         ///< SHA-256 over the files of the whole chain
  GivenParameters given;                      ///< what the caller gave in place of the files' figures

  /// What an answer can depend on: the facts of the vocabulary, then the figures that are missing. Instructions and Answers::fact_sets count so.
  [[nodiscard]] std::size_t fact_count() const { return vocabulary.facts.size() + missing_figures.size(); }

  [[nodiscard]] const std::string& fact_name(std::size_t fact) const {
    return fact < vocabulary.facts.size() ? vocabulary.facts[fact].name : parameters[missing_figures[fact - vocabulary.facts.size()]].name;
  }

  /// The place of a rule; `none` when there is no such name.
  [[nodiscard]] std::uint32_t find_rule(std::string_view rule_name) const;

  /// The place of a reading; `none` when there is no such name.
  [[nodiscard]] std::uint32_t find_reading(std::string_view reading_name) const;
};

/// Loads a rulebook by path, or by name from the rulebooks that come with the library (the folders named in the
/// environment variable LEAVINGCARE_RULES, separated by colons, are searched first). Follows `extends`. Every problem of every file is reported;
/// nothing loads in part. What is `given` for a parameter stands, on all days, in place of what the files say; a name that no parameter has is
/// a problem (R115), as is a text that would not do in the file.
[[nodiscard]] Checked<Rulebook> load_rulebook(const std::string& name_or_path, const GivenParameters& given = {});

/// The map that says what the codes of a data source mean, by the source's name ("ssda903"): sources/<name>.yaml in those folders. A
/// path that does not exist when none of them has it.
[[nodiscard]] std::filesystem::path source_map(const std::string& name);

/// The folders that are searched for rulebooks, in order.
[[nodiscard]] std::vector<std::filesystem::path> rulebook_folders();

}  // namespace leavingcare
