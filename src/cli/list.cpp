// src/cli/list.cpp
//
// leavingcare list: what a rulebook holds, and what of it is in force on a day.
#include "command.hpp"

#include <iostream>

namespace leavingcare::cli {
namespace {

struct ListOptions {
  std::string rules = "england";
  std::string on;
  bool readings = false;
  bool facts = false;
  bool parameters = false;
  bool operators = false;
};

bool is_length_of_time(const std::string& text) { return read_legal_period(text).has_value(); }

std::string citations_in_words(const std::vector<law::Citation>& cite) {
  std::string words;
  for (const auto& one : cite) words += (words.empty() ? "" : "; ") + one.instrument + " " + one.provision;
  return words;
}

void print_rules(const Rulebook& book, std::optional<Day> on) {
  std::cout << book.title << "\n";
  static constexpr std::pair<law::RuleKind, const char*> kinds[] = {{law::RuleKind::status, "Statuses"}, {law::RuleKind::entitlement, "Entitlements"},
                                                                    {law::RuleKind::duty, "Duties"}, {law::RuleKind::limit, "Limits"}, {law::RuleKind::indicator, "Indicators"},
                                                                    {law::RuleKind::definition, "Definitions"}};
  for (const auto& [kind, heading] : kinds) {
    std::cout << "\n" << heading << "\n";
    for (const auto& rule : book.rules) {
      if (rule.declared.kind != kind) continue;
      bool first = true;
      for (const auto& version : rule.declared.versions) {
        const bool in_force = !on || (version.from <= *on && *on < version.until);
        if (!in_force && !(on && version.not_in_force)) continue;
        if (first) std::cout << "  " << rule.declared.name << ": " << rule.declared.summary << "\n";
        first = false;
        std::cout << "      ";
        if (version.not_in_force) std::cout << in_words(*version.not_in_force) << ' ' << in_words(version.said) << (version.planned ? ", to be so by " + in_words(*version.planned) : "") << ", not in force";
        else if (is_a_day(version.from)) std::cout << "from " << in_words(version.from);
        else std::cout << (is_a_day(version.until) ? "at first" : "always");
        if (is_a_day(version.until)) std::cout << " until " << in_words(version.until);
        std::cout << "  [" << citations_in_words(version.cite) << "]\n";
      }
    }
  }
  if (!book.cannot_express.empty()) std::cout << "\nWhat it cannot express\n";
  for (const auto& one : book.cannot_express) {
    std::cout << "  " << one.says << "\n      " << one.reason << "  [" << citations_in_words(one.cite) << "]\n";
  }
}

void print_readings(const Rulebook& book) {
  for (const auto& reading : book.readings) {
    std::cout << reading.name << ": " << reading.question << "  [" << citations_in_words(reading.cite) << "]\n";
    for (std::size_t i = 0; i < reading.options.size(); ++i) {
      std::cout << "  " << (i == reading.chosen ? "* " : "  ") << reading.options[i].name << ": " << reading.options[i].summary << "\n";
    }
  }
  std::cout << "\n* the default\n";
}

void print_facts(const Rulebook& book) {
  for (const auto& fact : book.vocabulary.facts) {
    std::cout << fact.name << " (" << law::in_words(fact.kind) << "): " << fact.summary << "\n";
    for (const auto& field : fact.fields) {
      std::cout << "    " << field.name << (field.required ? "" : " (optional)") << ": " << field.summary;
      std::string words;
      for (const auto& word : field.one_of) words += (words.empty() ? "" : ", ") + word;
      if (!words.empty()) std::cout << "; one of " << words;
      if (!field.when_absent.empty()) std::cout << "; blank means " << field.when_absent;
      std::cout << "\n";
    }
    std::string held;
    for (const auto& source : fact.held_by) held += (held.empty() ? "" : "; ") + source;
    if (!held.empty()) std::cout << "    held by: " << held << "\n";
    if (!fact.if_unknown.empty()) std::cout << "    if it is not known: " << fact.if_unknown << "\n";
  }
}

void print_parameters(const Rulebook& book) {
  for (const auto& parameter : book.parameters) {
    std::cout << parameter.name << ": " << parameter.summary << "\n";
    if (parameter.missing) std::cout << "      no figure is given; in " << parameter.unit << "  [" << citations_in_words(parameter.cite) << "]\n";
    for (const auto& value : parameter.values) {
      std::cout << "      " << value.value.text << (is_length_of_time(value.value.text) ? "" : " " + parameter.unit);
      if (is_a_day(value.from)) std::cout << ", from " << in_words(value.from);
      if (is_a_day(value.until)) std::cout << ", until " << in_words(value.until);
      std::cout << "  [" << citations_in_words(value.cite) << "]\n";
    }
  }
}

void print_operators() {
  for (const auto& row : operators) {
    std::cout << row.name << " -> " << in_words(row.gives) << ": " << row.meaning << "\n";
    for (const auto& argument : row.arguments) {
      if (!argument.key.empty()) std::cout << "    " << argument.key << (argument.presence == Presence::optional ? " (optional)" : "") << ": " << argument.meaning << "\n";
    }
  }
}

void run(const ListOptions& asked) {
  if (asked.operators) return print_operators();
  std::optional<Day> on;
  if (!asked.on.empty()) on = read_day_option("--on", asked.on);
  const auto book = load_rules(asked.rules, "text");
  if (asked.readings) print_readings(*book);
  if (asked.facts) print_facts(*book);
  if (asked.parameters) print_parameters(*book);
  if (!asked.readings && !asked.facts && !asked.parameters) print_rules(*book, on);
}

}  // namespace

void add_list(CLI::App& app) {
  auto* command = app.add_subcommand("list", "What a rulebook holds: rules, facts, readings, operators");
  auto asked = std::make_shared<ListOptions>();
  command->add_option("--rules", asked->rules, "Rulebook: a name or a path")->capture_default_str();
  command->add_option("--on", asked->on, "Only what is in force on this day, and what is enacted, proposed or in progress but not in force");
  command->add_flag("--readings", asked->readings, "The questions on which lawyers differ");
  command->add_flag("--facts", asked->facts, "The facts, their fields and words");
  command->add_flag("--parameters", asked->parameters, "The figures, and those that the source does not give");
  command->add_flag("--operators", asked->operators, "The operators of the rule language");
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
