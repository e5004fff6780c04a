// src/cli/command.hpp
//
// What the commands share: exit codes, the options that choose rules, people and readings, and how problems are told.
#pragma once

#include <leavingcare/leavingcare.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leavingcare::cli {

/// What the process ends with.
enum Exit : int { sound = 0, not_sound = 1, wrong_usage = 2, our_fault = 3 };

/// Thrown by a command to end with a code, after it has told why.
struct Stop {
  Exit code;
};

/// A mistake in the way the command was called: told in one line, exit 2.
struct WrongUsage {
  std::string words;
};

/// The options of every command that evaluates.
struct Inputs {
  std::string rules = "england";
  std::string facts;
  std::vector<std::string> returns;
  std::string case_file;
  std::vector<std::string> ssd;
  std::vector<std::string> annex_a;
  std::string map;
  std::string as_at;
  std::vector<std::string> readings;
  std::vector<std::string> parameters;
  std::string unrecorded = "unknown";
  std::string format = "text";
  bool quiet = false;
  bool verbose = false;
  unsigned threads = 0;

  void add_to(CLI::App& command);
};

/// A rulebook and people, ready to be evaluated.
struct Loaded {
  std::shared_ptr<const Rulebook> book;
  std::shared_ptr<const People> people;
  Options options;
};

/// Prints diagnostics to standard error; repairs and warnings in short unless `verbose`.
void tell(const Diagnostics& diagnostics, const std::string& format, bool verbose = true);

/// Loads the rulebook, or tells its problems and stops with exit 1 (2 if there is none of that name).
std::shared_ptr<const Rulebook> load_rules(const std::string& name_or_path, const std::string& format, const GivenParameters& given = {});

/// Loads rules and people as the inputs say, or stops.
Loaded load(const Inputs& inputs);

/// A check for options: refuses an empty word.
std::string not_empty(const std::string& text);

/// An ISO date given as an option.
Day read_day_option(const std::string& option, const std::string& text);

/// A length of time given as an option: "90d", "3 months".
LegalPeriod read_period_option(const std::string& option, const std::string& text);

/// Writes a file whole or not at all. Throws std::runtime_error when that fails.
void write_whole(const std::string& file, const std::string& text);

void add_evaluate(CLI::App& app);
void add_explain(CLI::App& app);
void add_check(CLI::App& app);
void add_test(CLI::App& app);
void add_list(CLI::App& app);
void add_upcoming(CLI::App& app);
void add_join(CLI::App& app);
void add_indicators(CLI::App& app);
void add_breaches(CLI::App& app);
void add_ledger(CLI::App& app);
void add_compare(CLI::App& app);

}  // namespace leavingcare::cli
