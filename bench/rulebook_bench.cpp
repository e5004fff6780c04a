// bench/rulebook_bench.cpp
//
// Loading a rulebook, every check made: a small one, a council's service, the whole statutory one, and a council's that stands on that.
//
// The decision that answers are checked against: the names of rules as they stand in the files, found by their indentation and not by our reader.
#include "stage.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Size {
  std::string name;
  std::vector<std::string> paths;  ///< the rulebook, and those that it extends
};

const std::vector<Size>& sizes() {
  static const std::vector<Size> all = {
      {"Small", {LEAVINGCARE_BENCH_FOLDER "/peers.yaml"}},
      {"CouncilsService", {LEAVINGCARE_RULES_FOLDER "/councils/cornwall/service"}},
      {"England", {LEAVINGCARE_RULES_FOLDER "/england"}},
      {"CouncilOnEngland", {LEAVINGCARE_RULES_FOLDER "/councils/cornwall", LEAVINGCARE_RULES_FOLDER "/england"}},
  };
  return all;
}

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/// Names two spaces further in than a heading under which rules stand.
void names_in(const fs::path& file, std::multiset<std::string>& names) {
  const std::set<std::string> headings = {"definitions:", "statuses:", "entitlements:", "limits:", "duties:", "indicators:"};
  std::ifstream in(file);
  bool rules = false;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    if (is_name(line[0])) rules = headings.contains(line.substr(0, line.find(' ')));
    if (!rules || !line.starts_with("  ") || line.size() < 3 || !is_name(line[2])) continue;
    names.insert(line.substr(2, line.find(':') - 2));
  }
  bench::must(in.eof(), file.string() + " cannot be read");
}

std::multiset<std::string> names_written(const Size& size) {
  std::multiset<std::string> names;
  for (const fs::path path : size.paths) {
    if (!fs::is_directory(path)) {
      names_in(path, names);
      continue;
    }
    for (const auto& entry : fs::directory_iterator(path)) {
      if (entry.path().extension() == ".yaml") names_in(entry.path(), names);
    }
  }
  return names;
}

void load(benchmark::State& state, const Size& size) {
  std::size_t rules = 0;
  for (auto _ : state) rules = leavingcare::load_rulebook(size.paths.front()).value_or_throw().rules.size();
  bench::per(state, "rule", rules);
}

const bool registered = [] {
  for (const auto& size : sizes()) benchmark::RegisterBenchmark(("Load" + size.name).c_str(), load, size)->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace

void bench::check() {
  for (const auto& size : sizes()) {
    std::multiset<std::string> names;
    for (const auto& rule : leavingcare::load_rulebook(size.paths.front()).value_or_throw().rules) names.insert(rule.declared.name);
    must(!names.empty() && names == names_written(size), "the rules loaded from " + size.paths.front() + " are not those that stand there");
  }
}
