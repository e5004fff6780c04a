// src/cli/compare.cpp
//
// leavingcare compare: a council's rules against the national ones, each difference with somebody for whom it shows.
#include "../source/csv_rows.hpp"
#include "command.hpp"
#include "layout.hpp"

#include <leavingcare/results/compare_rulebooks.hpp>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>

namespace leavingcare::cli {
namespace {

struct CompareCommand {
  std::string first;
  std::string second;
  CompareOptions options;
  std::string format = "text";
};

std::string joined(const std::vector<std::string>& words, const char* with) {
  std::string all;
  for (const auto& one : words) all += (all.empty() ? "" : with) + one;
  return all;
}

/// "less generous", "less generous, in part outdated since 2018-04-01", "not in force".
std::string verdict_of(const RuleComparison& rule) {
  std::string words(in_words(rule.verdict));
  if (rule.outdated_since && rule.verdict == Verdict::outdated) words += " since " + iso(*rule.outdated_since);
  else if (rule.outdated_since) words += ", in part outdated since " + iso(*rule.outdated_since);
  return words;
}

std::string days_in_words(Span days) {
  if (!is_a_day(days.until)) return "from " + in_words(days.from);
  if (days.until == days.from + 1) return "on " + in_words(days.from);
  return "from " + in_words(days.from) + " to " + in_words(days.until - 1);
}

void print_side(const std::string& name, const RuleSays& says) {
  print_wrapped(name + ": ", says.answer, 6);
  std::vector<std::string> days;
  for (const Day day : says.due) days.push_back(in_words(day));
  if (!days.empty()) print_wrapped("last days: ", joined(days, "; "), 8);
  print_wrapped("source: ", joined(says.citations, "; "), 8);
}

void print_text(const RulebookComparison& compared, const CompareCommand& asked) {
  std::cout << compared.second << " against " << compared.first << ": " << compared.rules.size() << (compared.rules.size() == 1 ? " rule" : " rules")
            << ", each searched over " << asked.options.lives << " generated lives (seed " << asked.options.seed << ")\n\n";
  std::size_t wide = 4;
  std::size_t other = 4;
  for (const auto& rule : compared.rules) {
    wide = std::max(wide, rule.second.size());
    other = std::max(other, rule.first.size());
  }
  wide = std::min<std::size_t>(wide, 50);
  for (const auto& rule : compared.rules) {
    const auto verdict = verdict_of(rule);
    const bool one_line = 2 + wide + 2 + verdict.size() <= static_cast<std::size_t>(widest);
    std::cout << "  " << std::left << std::setw(static_cast<int>(wide)) << rule.second << (one_line ? "  " : "\n      ") << verdict << '\n';
  }
  for (const auto& rule : compared.rules) {
    std::cout << '\n';
    print_wrapped("", rule.second + " against " + rule.first + ": " + verdict_of(rule), 0);
    print_wrapped(compared.second + ": ", rule.second_summary, 2);
    print_wrapped(compared.first + ": ", rule.first_summary, 2);
    if (!rule.standing.empty()) print_wrapped("", rule.standing + (rule.examples.empty() ? "" : "; if both were in force:"), 2);
    if (rule.examples.empty() && rule.lives > 0) {
      print_wrapped("", rule.answered == 0 ? "neither gave or asked anything in any of the lives, so that nothing could be compared"
                                           : "no difference in " + std::to_string(rule.lives) + " lives, in " + std::to_string(rule.answered) + " of which one of them gave or asked something", 2);
    }
    for (const auto& one : rule.examples) {
      std::cout << '\n';
      const std::string how = one.shows == Verdict::outdated ? "Outdated since " + in_words(*rule.outdated_since) : one.shows == Verdict::more_generous ? "More generous" : "Less generous";
      print_wrapped("", how + ", " + days_in_words(one.days) + ", for somebody of whom nothing else is recorded:", 4);
      for (const auto& line : one.facts) print_wrapped("", line, 6);
      print_side(compared.first, one.first);
      print_side(compared.second, one.second);
      if (!one.before.empty()) print_wrapped(compared.first + " before " + in_words(*rule.outdated_since) + ": ", one.before, 6);
    }
  }
}

void print_csv(const RulebookComparison& compared) {
  std::cout << "rule,compared_with,verdict,outdated_since,standing,lives,answered,shows,from,until,facts,rule_says,compared_says,rule_source,compared_source\n";
  for (const auto& rule : compared.rules) {
    const auto row = [&](const CounterExample* one) {
      const std::string cells[] = {rule.second, rule.first, std::string(in_words(rule.verdict)), rule.outdated_since ? iso(*rule.outdated_since) : "", rule.standing,
                                   std::to_string(rule.lives), std::to_string(rule.answered), one == nullptr ? "" : std::string(in_words(one->shows)),
                                   one == nullptr ? "" : iso(one->days.from), one == nullptr ? "" : iso(one->days.until), one == nullptr ? "" : joined(one->facts, "; "),
                                   one == nullptr ? "" : one->second.answer, one == nullptr ? "" : one->first.answer,
                                   one == nullptr ? "" : joined(one->second.citations, "; "), one == nullptr ? "" : joined(one->first.citations, "; ")};
      for (std::size_t i = 0; i < std::size(cells); ++i) std::cout << (i == 0 ? "" : ",") << csv_cell(cells[i]);
      std::cout << '\n';
    };
    if (rule.examples.empty()) row(nullptr);
    for (const auto& one : rule.examples) row(&one);
  }
}

void print_json(const RulebookComparison& compared, const CompareCommand& asked) {
  using nlohmann::ordered_json;
  const auto day = [](Day one) { return is_a_day(one) ? ordered_json(iso(one)) : ordered_json(nullptr); };
  const auto says = [&](const RuleSays& one) {
    auto due = ordered_json::array();
    for (const Day last : one.due) due.push_back(iso(last));
    return ordered_json{{"says", one.answer}, {"due", std::move(due)}, {"source", one.citations}};
  };
  auto rules = ordered_json::array();
  for (const auto& rule : compared.rules) {
    auto examples = ordered_json::array();
    for (const auto& one : rule.examples) {
      examples.push_back({{"shows", in_words(one.shows)}, {"from", day(one.days.from)}, {"until", day(one.days.until)}, {"facts", one.facts},
                          {"rule", says(one.second)}, {"compared_with", says(one.first)}, {"compared_with_before", one.before}});
    }
    rules.push_back({{"rule", rule.second}, {"compared_with", rule.first}, {"summary", rule.second_summary}, {"compared_summary", rule.first_summary},
                     {"verdict", in_words(rule.verdict)}, {"outdated_since", rule.outdated_since ? ordered_json(iso(*rule.outdated_since)) : ordered_json(nullptr)},
                     {"standing", rule.standing}, {"lives", rule.lives}, {"answered", rule.answered}, {"examples", std::move(examples)}});
  }
  std::cout << ordered_json{{"first", compared.first}, {"second", compared.second}, {"seed", asked.options.seed}, {"rules", std::move(rules)}}.dump(2) << '\n';
}

void run(CompareCommand& asked) {
  const auto first = load_rules(asked.first, asked.format == "json" ? "json" : "text");
  const auto second = load_rules(asked.second, asked.format == "json" ? "json" : "text");
  try {
    const auto compared = compare_rulebooks(*first, *second, asked.options);
    if (asked.format == "csv") return print_csv(compared);
    if (asked.format == "json") return print_json(compared, asked);
    if (compared.rules.empty()) std::cerr << "leavingcare: no rule of " << second->name << " or " << first->name << " says by compare_with what it may be compared with\n";
    print_text(compared, asked);
  } catch (const std::invalid_argument& wrong) {
    throw WrongUsage{std::string("compare: ") + wrong.what()};
  }
}

}  // namespace

void add_compare(CLI::App& app) {
  auto* command = app.add_subcommand("compare", "Two rulebooks, rule by rule: who is better off and who is worse off, each with somebody for whom it shows");
  auto asked = std::make_shared<CompareCommand>();
  command->add_option("first", asked->first, "The rulebook to compare with, such as england: a name or a path")->required();
  command->add_option("second", asked->second, "The rulebook that is compared, such as a council's: a name or a path")->required();
  command->add_option("--rule", asked->options.rule, "Only this rule, of either")->check(not_empty);
  command->add_option("--lives", asked->options.lives, "How many lives are generated for each two rules")->check(CLI::Range(1, 1000000))->capture_default_str();
  command->add_option("--seed", asked->options.seed, "Another number makes other lives; the same one makes the same")->capture_default_str();
  command->add_option("--format", asked->format, "text, csv for spreadsheets, or json for programs")->check(CLI::IsMember({"text", "csv", "json"}))->capture_default_str();
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
