// src/cli/check.cpp
//
// leavingcare check: is a rulebook sound, and is its ledger complete? And the table of problem codes.
#include "command.hpp"

#include <iostream>

namespace leavingcare::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> rules;
  std::string format = "text";
  bool codes = false;
};

void print_codes() {
  for (const auto& row : all_codes()) std::cout << row.id << "  " << row.title << "\n      " << row.explanation << "\n";
}

/// The rulebook with those in its folders and its ledger, or its problems told and a stop.
Council load_checked(const std::string& rules, const std::string& format) {
  auto council = load_council(rules);
  if (council) return std::move(council).value();
  tell(council.diagnostics(), format);
  throw Stop{council.diagnostics().front().code == Code::U101 ? wrong_usage : not_sound};
}

void run(const CheckOptions& asked) {
  if (asked.codes) return print_codes();
  if (asked.rules.empty()) throw WrongUsage{"check: name a rulebook, or a path to one"};
  Exit worst = sound;
  for (const auto& rules : asked.rules) {
    try {
      const auto council = load_checked(rules, asked.format);
      const auto* book = &council.book();
      std::size_t counts[5] = {};
      for (const auto& rule : book->rules) ++counts[static_cast<std::size_t>(rule.declared.kind)];
      if (asked.format == "text") {
        std::cout << book->name << " is sound: " << counts[1] << " statuses, " << counts[2] << " entitlements, " << counts[3] << " duties, " << counts[4] << " limits, " << counts[0] << " definitions, "
                  << book->readings.size() << " readings, " << book->vocabulary.facts.size() << " facts";
        if (!book->cannot_express.empty()) std::cout << "; " << book->cannot_express.size() << " things it says it cannot express";
        std::cout << '\n';
        for (std::size_t i = 1; i < council.books.size(); ++i) std::cout << "  so is " << council.books[i]->name << ": " << council.books[i]->rules.size() << " rules\n";
        if (council.has_ledger()) {
          std::cout << "  its ledger is complete: " << council.ledger.entries.size() << " entries account for every line of";
          for (std::size_t i = 0; i < council.documents.size(); ++i) std::cout << (i == 0 ? " " : ", ") << council.documents[i].name;
          std::cout << '\n';
        } else if (!council.documents.empty()) {
          std::cout << "  there is no ledger of its documents yet\n";
        }
      }
    } catch (const Stop& stop) {
      worst = std::max(worst, stop.code);
    }
  }
  if (worst != sound) throw Stop{worst};
}

}  // namespace

void add_check(CLI::App& app) {
  auto* command = app.add_subcommand("check", "Whether rulebooks are sound and ledgers complete; every problem at its place");
  auto asked = std::make_shared<CheckOptions>();
  command->add_option("rules", asked->rules, "Rulebooks: names or paths");
  command->add_option("--format", asked->format, "text, or json for programs")->check(CLI::IsMember({"text", "json"}));
  command->add_flag("--codes", asked->codes, "Print every problem code and what it means");
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
