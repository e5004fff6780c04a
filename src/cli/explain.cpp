// src/cli/explain.cpp
//
// leavingcare explain: one answer for one person, with its reasons.
#include "command.hpp"

#include <iostream>

namespace leavingcare::cli {
namespace {

struct ExplainOptions {
  Inputs inputs;
  std::string person;
  std::string rule;
  std::string on;
};

void run(const ExplainOptions& asked) {
  std::optional<Day> on;
  if (!asked.on.empty()) on = read_day_option("--on", asked.on);
  auto loaded = load(asked.inputs);
  loaded.options.progress = {};
  if (!on) on = loaded.options.as_at;
  if (!on) throw WrongUsage{"explain needs a day: --on or --as-at"};
  if (loaded.people->find(asked.person) == loaded.people->size()) {
    throw WrongUsage{"--person: nobody in the data has the id asked for (" + std::to_string(loaded.people->size()) + (loaded.people->size() == 1 ? " person)" : " people)")};
  }
  if (loaded.book->find_rule(asked.rule) == none) {
    std::vector<std::string> known;
    for (const auto& rule : loaded.book->rules) known.push_back(rule.declared.name);
    const auto hint = suggest(asked.rule, known);
    throw WrongUsage{"--rule: the rulebook has no rule '" + asked.rule + "'" + (hint.empty() ? "" : "; " + hint)};
  }
  try {
    const auto explanation = explain(*loaded.book, *loaded.people, loaded.options, asked.person, asked.rule, *on);
    std::cout << (asked.inputs.format == "json" ? render_json(explanation) : render_text(explanation));
  } catch (const std::invalid_argument& wrong) {
    throw WrongUsage{wrong.what()};
  }
}

}  // namespace

void add_explain(CLI::App& app) {
  auto* command = app.add_subcommand("explain", "Why: one rule for one person on a day, clause by clause");
  auto asked = std::make_shared<ExplainOptions>();
  asked->inputs.add_to(*command);
  command->add_option("--person", asked->person, "The person's id, as in the data")->required();
  command->add_option("--rule", asked->rule, "A status, entitlement or definition")->required();
  command->add_option("--on", asked->on, "The day, YYYY-MM-DD (otherwise the day of --as-at)")->check(not_empty);
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
