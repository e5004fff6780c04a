// src/cli/breaches.cpp
//
// leavingcare breaches: what was late, is overdue or passes a limit in a time, rule by rule. For whoever has to answer for it.
#include "council_data.hpp"
#include "layout.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <map>

namespace leavingcare::cli {
namespace {

struct BreachOptions {
  Inputs inputs;
  std::string from;
  std::size_t people = 8;
};

/// What one rule comes to.
struct Breaches {
  std::vector<std::string> overdue;   ///< people for whom it is not done, and its last day is over
  std::vector<std::string> late;      ///< people for whom it was done in the time, after its last day
  std::vector<std::string> passed;    ///< limits: people who pass it on some day of the time
  std::vector<std::string> unknown;   ///< people of whom the records do not tell
  std::vector<std::string> settled_by;

  [[nodiscard]] bool any() const { return !overdue.empty() || !late.empty() || !passed.empty() || !unknown.empty(); }
};

void add(std::vector<std::string>& to, const std::string& one) {
  if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
}

std::map<std::uint32_t, Breaches> breaches_of(const Result& result, Span time) {
  std::map<std::uint32_t, Breaches> found;
  const auto& answers = result.answers();
  const auto& ids = result.people().ids();
  for (const auto& one : answers.obligations) {
    auto& rule = found[one.rule];
    const auto& id = ids[one.person];
    const bool over_in_time = is_a_day(one.due) && one.due + 1 < time.until && (!is_a_day(one.ended) || one.ended > time.from);
    if (one.state == ObligationState::overdue && over_in_time) add(rule.overdue, id);
    if (one.state == ObligationState::met_late && one.done >= time.from && one.done < time.until) add(rule.late, id);
    if (one.state == ObligationState::unknown && over_in_time) {
      add(rule.unknown, id);
      add(rule.settled_by, result.facts_of(one.depends_on));
    }
  }
  for (std::size_t row = 0; row < answers.rows(); ++row) {
    if (result.book().rules[answers.rule[row]].declared.kind != law::RuleKind::limit) continue;
    if (answers.from[row] >= time.until || answers.until[row] <= time.from) continue;
    auto& rule = found[answers.rule[row]];
    const auto& id = ids[answers.person[row]];
    add(answers.truth[row] == Truth::yes ? rule.passed : rule.unknown, id);
    if (answers.truth[row] != Truth::yes) add(rule.settled_by, result.depends_on(row));
  }
  return found;
}

std::string listed(const std::vector<std::string>& ids, std::size_t most) {
  std::string words;
  for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) words += (i == 0 ? "" : ", ") + ids[i];
  return ids.size() > most ? words + " and " + std::to_string(ids.size() - most) + " more" : words;
}

void print_text(const Result& result, Span time, std::size_t most) {
  const auto found = breaches_of(result, time);
  std::size_t sound = 0;
  std::size_t unsound = 0;
  auto subject = result.book().subject.name;
  std::replace(subject.begin(), subject.end(), '_', ' ');
  std::cout << result.book().title << " (about " << result.people().size() << " x " << subject << ")\n\n";
  for (const auto& [index, rule] : found) {
    if (!rule.any()) {
      ++sound;
      continue;
    }
    ++unsound;
    const auto& declared = result.book().rules[index].declared;
    std::cout << "  " << declared.name << '\n';
    print_wrapped("", declared.summary, 6);
    const auto line = [&](const char* label, const std::vector<std::string>& ids) {
      if (!ids.empty()) print_wrapped(label + std::to_string(ids.size()) + ": ", listed(ids, most), 6);
    };
    line("not done, and overdue  ", rule.overdue);
    line("done, but late         ", rule.late);
    line("limit passed           ", rule.passed);
    line("not known              ", rule.unknown);
    if (!rule.settled_by.empty()) print_wrapped("would be settled by    ", listed(rule.settled_by, 4), 6);
  }
  std::cout << "\n  " << unsound << (unsound == 1 ? " rule is" : " rules are") << " broken or not known to be kept; " << sound << " with something to do in it were kept.\n\n";
}

void print_json(const std::vector<Result>& results, Span time) {
  auto rows = nlohmann::ordered_json::array();
  for (const auto& result : results) {
    for (const auto& [index, rule] : breaches_of(result, time)) {
      const auto& declared = result.book().rules[index].declared;
      rows.push_back({{"rulebook", result.book().name}, {"rule", declared.name}, {"kind", law::in_words(declared.kind)}, {"summary", declared.summary}, {"overdue", rule.overdue},
                      {"late", rule.late}, {"passed", rule.passed}, {"unknown", rule.unknown}, {"settled_by", rule.settled_by}});
    }
  }
  std::cout << rows.dump(2) << '\n';
}

void run(const BreachOptions& asked) {
  std::vector<Result> results;
  Span time{Day::beginning_of_time, Day::end_of_time};
  if (!asked.from.empty()) time.from = read_day_option("--from", asked.from);
  for (const auto& loaded : load_council_data(asked.inputs)) {
    if (!loaded.options.as_at) throw WrongUsage{"say on which day the data were drawn, --as-at YYYY-MM-DD: what is overdue is so on a day"};
    time.until = *loaded.options.as_at + 1;
    if (time.from >= time.until) throw WrongUsage{"--from lies after the day on which the data were drawn"};
    results.emplace_back(loaded.book, loaded.people, loaded.options);
  }
  if (asked.inputs.format == "json") return print_json(results, time);
  std::cout << "What was late, is overdue or passes a limit" << (is_a_day(time.from) ? ", from " + in_words(time.from) : "") << " to " << in_words(time.until - 1) << "\n\n";
  for (const auto& result : results) print_text(result, time, asked.people);
}

}  // namespace

void add_breaches(CLI::App& app) {
  auto* command = app.add_subcommand("breaches", "What was late, is overdue or passes a limit, rule by rule");
  auto asked = std::make_shared<BreachOptions>();
  asked->inputs.add_to(*command);
  command->add_option("--from", asked->from, "The first day of the time looked at, YYYY-MM-DD; it ends with the day of --as-at")->check(not_empty);
  command->add_option("--people", asked->people, "How many people to name for each rule")->capture_default_str();
  command->footer("Of a council with several rulebooks, --facts may be a folder that holds a folder of fact tables for each, named like the rulebook.");
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
