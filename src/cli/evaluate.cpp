// src/cli/evaluate.cpp
//
// leavingcare evaluate: answers for everyone, as tables or as a summary.
#include "command.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

namespace leavingcare::cli {
namespace {

constexpr std::size_t few_people = 12;

struct EvaluateOptions {
  Inputs inputs;
  std::string on;
  std::string out;
  std::string within;
  bool sensitivity = false;
};

bool listed(const law::Rule& rule) { return rule.kind == law::RuleKind::status || rule.listed_with_statuses; }

std::string until_in_words(Day until) { return until == Day::end_of_time ? "no known end" : "until " + in_words(until); }

/// Everybody's rows, one below another: for a handful of people.
void print_timelines(const Result& result) {
  const auto& answers = result.answers();
  for (std::size_t row = 0; row < answers.rows(); ++row) {
    const auto& rule = result.book().rules[answers.rule[row]].declared;
    if (!listed(rule)) continue;
    if (row == 0 || answers.person[row] != answers.person[row - 1]) std::cout << "\n" << result.people().ids()[answers.person[row]] << "\n";
    std::cout << "  " << std::left << std::setw(24) << rule.name << std::setw(9)
              << (answers.truth[row] == Truth::yes ? "" : "unknown") << "from " << in_words(answers.from[row]) << ", "
              << until_in_words(answers.until[row]);
    if (const auto facts = result.depends_on(row); !facts.empty()) std::cout << "  (for want of " << facts << ")";
    std::cout << '\n';
  }
}

/// How many people hold each status on a day, and how many cannot be decided.
void print_day(const Result& result, Day on, const std::string& format) {
  const auto& answers = result.answers();
  std::map<std::uint32_t, std::array<std::size_t, 2>> counts;  // rule -> yes, unknown
  std::map<std::string, std::size_t> wanting;
  for (std::size_t row = 0; row < answers.rows(); ++row) {
    if (answers.from[row] > on || answers.until[row] <= on || !listed(result.book().rules[answers.rule[row]].declared)) continue;
    const bool yes = answers.truth[row] == Truth::yes;
    ++counts[answers.rule[row]][yes ? 0 : 1];
    if (!yes) ++wanting[result.depends_on(row)];
  }
  if (format == "json") {
    nlohmann::ordered_json out;
    out["on"] = iso(on);
    out["projection"] = result.is_projection(on);
    out["people"] = result.people().size();
    for (std::uint32_t rule = 0; rule < result.book().rules.size(); ++rule) {
      if (!listed(result.book().rules[rule].declared)) continue;
      out["statuses"][result.book().rules[rule].declared.name] = {{"yes", counts[rule][0]}, {"unknown", counts[rule][1]}};
    }
    std::cout << out.dump(2) << '\n';
    return;
  }
  std::cout << result.people().size() << " people on " << in_words(on)
            << (result.is_projection(on) ? " (a projection: as things stand)" : "") << "\n\n";
  std::cout << "                              yes  unknown\n";
  for (std::uint32_t rule = 0; rule < result.book().rules.size(); ++rule) {
    const auto& declared = result.book().rules[rule].declared;
    if (!listed(declared)) continue;
    std::cout << "  " << std::left << std::setw(24) << declared.name << std::right << std::setw(7) << counts[rule][0] << std::setw(9)
              << counts[rule][1] << '\n';
  }
  if (wanting.empty()) return;
  std::vector<std::pair<std::size_t, std::string>> most;
  for (const auto& [facts, count] : wanting) most.emplace_back(count, facts);
  std::sort(most.rbegin(), most.rend());
  std::cout << "\nAnswers unknown for want of\n";
  constexpr std::size_t shown = 8;
  for (std::size_t i = 0; i < std::min(shown, most.size()); ++i) {
    std::cout << std::right << std::setw(7) << most[i].first << "  " << (most[i].second.empty() ? "(nothing named)" : most[i].second) << '\n';
  }
  if (most.size() > shown) std::cout << "         and " << most.size() - shown << " other combinations\n";
}

/// Who gains or loses a status in the days after `on`, and what moves it.
void print_changes(const Result& result, Day on, LegalPeriod within) {
  const auto& answers = result.answers();
  struct Coming {
    Day day;
    std::uint32_t person;
    std::uint32_t rule;
    bool begins;
  };
  std::vector<Coming> coming;
  const Day last = after(on, within);
  const auto soon = [&](Day day) { return day > on && day <= last; };
  for (std::size_t row = 0; row < answers.rows(); ++row) {
    if (!listed(result.book().rules[answers.rule[row]].declared) || answers.truth[row] != Truth::yes) continue;
    if (soon(answers.from[row])) coming.push_back({answers.from[row], answers.person[row], answers.rule[row], true});
    if (soon(answers.until[row])) coming.push_back({answers.until[row], answers.person[row], answers.rule[row], false});
  }
  std::stable_sort(coming.begin(), coming.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
  std::cout << "\nChanges in the " << in_words(within) << " to " << in_words(last) << ", as things stand\n";
  if (coming.empty()) std::cout << "  none\n";
  for (const auto& one : coming) {
    const auto& id = result.people().ids()[one.person];
    const auto& rule = result.book().rules[one.rule].declared.name;
    const auto why = explain(result.book(), result.people(), result.options(), id, rule, one.day);
    std::string because;
    for (const auto& change : why.changes) {
      if (change.on != one.day) continue;
      for (const auto& cause : change.because) because += (because.empty() ? "" : "; ") + cause;
    }
    std::cout << "  " << iso(one.day) << "  " << std::left << std::setw(12) << id << (one.begins ? "becomes " : "ceases  ") << std::setw(22)
              << rule << ' ' << because << '\n';
  }
}

/// The people whose answers are different under another option of a reading.
void print_sensitivity(const Loaded& loaded, const Result& result) {
  std::cout << "\nAnswers that depend on how the law is read\n";
  for (const auto& reading : loaded.book->readings) {
    for (const auto& option : reading.options) {
      auto options = loaded.options;
      options.progress = {};
      const auto chosen = options.readings.find(reading.name);
      if (option.name == (chosen == options.readings.end() ? reading.options[reading.chosen].name : chosen->second)) continue;
      options.readings[reading.name] = option.name;
      const Result other(loaded.book, loaded.people, options);
      const auto people = people_who_differ(result, other);
      std::cout << "  " << std::left << std::setw(58) << (reading.name + " = " + option.name) << people.size()
                << (people.size() == 1 ? " person" : " people") << '\n';
      for (std::size_t i = 0; i < std::min<std::size_t>(people.size(), 5); ++i) std::cout << "      " << result.people().ids()[people[i]] << '\n';
      if (people.size() > 5) std::cout << "      and " << people.size() - 5 << " more\n";
    }
  }
}

void run(const EvaluateOptions& asked) {
  std::optional<Day> on;
  if (!asked.on.empty()) on = read_day_option("--on", asked.on);
  LegalPeriod within{};
  if (!asked.within.empty()) {
    within = read_period_option("--changes-within", asked.within);
  }
  const auto loaded = load(asked.inputs);
  const Result result(loaded.book, loaded.people, loaded.options);
  if (!asked.out.empty()) {
    write_tables(result, asked.out);
    if (!asked.inputs.quiet && asked.inputs.format == "text") std::cerr << "Wrote statuses, entitlements, obligations, findings, indicators, categories and the receipt to " << asked.out << '\n';
    if (!on && asked.within.empty() && !asked.sensitivity) return;
  }
  if (!on) on = loaded.options.as_at;
  if (on) print_day(result, *on, asked.inputs.format);
  if (!on && !asked.within.empty()) throw WrongUsage{"--changes-within needs a day to count from: --on or --as-at"};
  if (on && !asked.within.empty()) print_changes(result, *on, within);
  if (asked.sensitivity) print_sensitivity(loaded, result);
  if (asked.inputs.format == "text" && (result.people().size() <= few_people || !on)) print_timelines(result);
}

}  // namespace

void add_evaluate(CLI::App& app) {
  auto* command = app.add_subcommand("evaluate", "Statuses and entitlements of everyone, for all days");
  auto asked = std::make_shared<EvaluateOptions>();
  asked->inputs.add_to(*command);
  command->add_option("--on", asked->on, "Sum up this day, YYYY-MM-DD (otherwise the day of --as-at)")->check(not_empty);
  command->add_option("--changes-within", asked->within, "Also who changes status in the time after that day: 90d, \"3 months\"");
  command->add_flag("--sensitivity", asked->sensitivity, "Also the people whose answers depend on how the law is read");
  command->add_option("--out", asked->out, "Write the tables and the receipt into this folder")->check(not_empty);
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
