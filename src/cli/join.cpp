// src/cli/join.cpp
//
// leavingcare join: yearly returns as one history of episodes, without any rule.
#include "command.hpp"

#include <iostream>

namespace leavingcare::cli {
namespace {

struct JoinOptions {
  std::vector<std::string> returns;
  std::string out;
  std::string format = "text";
  bool verbose = false;
};

void run(const JoinOptions& asked) {
  const std::vector<std::filesystem::path> folders(asked.returns.begin(), asked.returns.end());
  const auto joined = join_ssda903(folders, source_map("ssda903"));
  tell(joined.diagnostics(), asked.format, asked.verbose || !joined);
  if (!joined) throw Stop{not_sound};
  write_joined(joined.value(), joined.diagnostics(), asked.out);
  std::cout << "Wrote episodes.csv (" << joined.value().episodes.size() << " rows) and repairs.csv (" << joined.diagnostics().size()
            << " rows) to " << asked.out << '\n';
}

}  // namespace

void add_join(CLI::App& app) {
  auto asked = std::make_shared<JoinOptions>();
  auto* command = app.add_subcommand("join", "Join yearly SSDA903 returns into one history of episodes, with every repair as a table");
  command->add_option("--ssda903", asked->returns, "Folders of SSDA903 returns, CSV or XML, one or more collection years")->required();
  command->add_option("--out", asked->out, "Folder for episodes.csv and repairs.csv; they appear whole or not at all")->required()->check(not_empty);
  command->add_option("--format", asked->format, "How to tell repairs: text, or json for programs")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->add_flag("--verbose", asked->verbose, "Tell every repair, not only how many there were");
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
