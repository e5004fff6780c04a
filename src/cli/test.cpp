// src/cli/test.cpp
//
// leavingcare test: do a rulebook's scenarios come out as written?
#include "command.hpp"

#include <iostream>

namespace leavingcare::cli {
namespace {

struct TestOptions {
  std::vector<std::string> rules;
  std::vector<std::string> scenarios;
  std::string format = "text";
};

bool run_one(const std::string& rules, const TestOptions& asked) {
  const auto book = load_rules(rules, asked.format);
  std::vector<std::filesystem::path> files(asked.scenarios.begin(), asked.scenarios.end());
  if (files.empty()) files = scenario_files(*book);
  const auto checked = run_scenarios(*book, files);
  tell(checked.diagnostics(), asked.format);
  if (!checked) return false;
  const auto& report = checked.value();
  tell(report.failures, asked.format);
  if (asked.format == "text") {
    std::cout << book->name << ": " << report.scenarios << " scenarios in " << files.size() << (files.size() == 1 ? " file, " : " files, ")
              << report.expectations << " expectations, " << (report.failed == 0 ? "all met" : std::to_string(report.failed) + " scenarios failed")
              << '\n';
  }
  if (report.scenarios == 0 && asked.format == "text") std::cerr << "leavingcare: no scenarios were found beside " << rules << '\n';
  return report.failed == 0 && report.scenarios > 0;
}

void run(const TestOptions& asked) {
  bool all_good = true;
  for (const auto& rules : asked.rules) {
    try {
      all_good = run_one(rules, asked) && all_good;
    } catch (const Stop& stop) {
      if (stop.code != not_sound) throw;
      all_good = false;
    }
  }
  if (!all_good) throw Stop{not_sound};
}

}  // namespace

void add_test(CLI::App& app) {
  auto* command = app.add_subcommand("test", "Run the scenarios that stand beside rulebooks");
  auto asked = std::make_shared<TestOptions>();
  command->add_option("rules", asked->rules, "Rulebooks: names or paths")->required();
  command->add_option("--scenarios", asked->scenarios, "Run these files instead of those beside the rulebook");
  command->add_option("--format", asked->format, "text, or json for programs")->check(CLI::IsMember({"text", "json"}));
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
