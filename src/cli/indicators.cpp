// src/cli/indicators.cpp
//
// leavingcare indicators: the rates and counts of a rulebook over everyone, against their targets.
#include "command.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>

namespace leavingcare::cli {
namespace {

struct IndicatorOptions {
  Inputs inputs;
  std::string from;
};

/// "94.1", "160"; a dash where there is none.
std::string in_short(double number) {
  if (!std::isfinite(number)) return "-";
  std::ostringstream text;
  text << std::fixed << std::setprecision(number == std::floor(number) ? 0 : 1) << number;
  return text.str();
}

std::string target_in_words(const Indicator& row, const CompiledIndicator& terms) {
  if (!terms.target) return "monitor only";
  if (!std::isfinite(row.target)) return "not given";
  auto how = std::string(comparison_words[static_cast<std::size_t>(terms.target->how)]);
  std::replace(how.begin(), how.end(), '_', ' ');
  return how + ' ' + in_short(row.target);
}

const CompiledIndicator& terms_of(const Rulebook& book, const Indicator& row) {
  const auto& versions = book.rules[row.rule].indicators;
  for (const auto& version : versions) {
    if (row.from < version.in_force.until) return version;
  }
  return versions.back();
}

void print_text(const Result& result) {
  constexpr int name_width = 34;
  std::cout << std::left << std::setw(name_width) << "indicator" << std::setw(12) << "from" << std::right << std::setw(7) << "of" << std::setw(8) << "have" << std::setw(9) << "unknown"
            << std::setw(9) << "value" << std::setw(15) << "at least-most" << "   " << std::left << std::setw(16) << "target" << "met\n";
  bool any_unknown = false;
  for (const auto& row : result.answers().indicators) {
    const auto& rule = result.book().rules[row.rule].declared;
    const auto& terms = terms_of(result.book(), row);
    const bool bounded = std::isfinite(row.least) && std::isfinite(row.most) && row.least != row.most;
    std::cout << std::left << std::setw(name_width) << rule.name << std::setw(12) << iso(row.from) << std::right << std::setw(7) << in_short(row.denominator) << std::setw(8)
              << in_short(row.numerator) << std::setw(9) << (row.unknown == 0 ? "" : std::to_string(row.unknown)) << std::setw(9)
              << (std::isfinite(row.value) ? in_short(row.value) + (terms.is_rate() ? "%" : "") : "-") << std::setw(15) << (bounded ? in_short(row.least) + "-" + in_short(row.most) : "") << "   "
              << std::left << std::setw(16) << target_in_words(row, terms) << (row.met == TargetState::monitor_only ? "" : row.met == TargetState::nothing_counted ? "nothing counted" : in_words(row.met))
              << "\n    " << rule.summary << '\n';
    if (row.depends_on == 0) continue;
    any_unknown = true;
    std::cout << "    not settled without: " << result.facts_of(row.depends_on) << '\n';
  }
  if (any_unknown) std::cout << "\nWhere something is not known, the value lies between 'at least' and 'most', and a target is met only if both meet it.\n";
}

void print_json(const Result& result) {
  auto rows = nlohmann::ordered_json::array();
  const auto number = [](double one) { return std::isfinite(one) ? nlohmann::ordered_json(one) : nlohmann::ordered_json(); };
  for (const auto& row : result.answers().indicators) {
    const auto& rule = result.book().rules[row.rule].declared;
    rows.push_back({{"indicator", rule.name}, {"summary", rule.summary}, {"from", iso(row.from)}, {"until", iso(row.until)}, {"numerator", number(row.numerator)},
                    {"denominator", number(row.denominator)}, {"unknown", row.unknown}, {"value", number(row.value)}, {"least", number(row.least)}, {"most", number(row.most)},
                    {"target", number(row.target)}, {"met", in_words(row.met)}, {"depends_on", result.facts_of(row.depends_on)}});
  }
  std::cout << rows.dump(2) << '\n';
}

void run(const IndicatorOptions& asked) {
  std::optional<Day> from;
  if (!asked.from.empty()) from = read_day_option("--from", asked.from);
  auto loaded = load(asked.inputs);
  for (const auto& rule : loaded.book->rules) {
    if (!rule.indicators.empty()) loaded.options.rules.push_back(rule.declared.name);
  }
  if (loaded.options.rules.empty()) throw WrongUsage{"the rulebook '" + loaded.book->name + "' has no indicators"};
  if (!loaded.options.as_at) throw WrongUsage{"say on which day the data were drawn, --as-at YYYY-MM-DD: an indicator counts the periods that are over by then"};
  loaded.options.indicators_from = from;
  const Result result(loaded.book, loaded.people, loaded.options);
  if (asked.inputs.format == "json") print_json(result);
  else print_text(result);
}

}  // namespace

void add_indicators(CLI::App& app) {
  auto* command = app.add_subcommand("indicators", "Rates and counts over everyone, against their targets");
  auto asked = std::make_shared<IndicatorOptions>();
  asked->inputs.add_to(*command);
  command->add_option("--from", asked->from, "Every whole period from this day on that is over by --as-at (otherwise the last)")->check(not_empty);
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
