// src/cli/council_data.cpp
#include "council_data.hpp"

#include <algorithm>
#include <filesystem>

namespace leavingcare::cli {
namespace {

namespace fs = std::filesystem;

std::string name_in(const std::string& given) { return given.substr(0, given.find('=')); }

/// Those of the words NAME=... whose name is known here.
template <class Knows>
std::vector<std::string> known_here(const std::vector<std::string>& given, Knows knows) {
  std::vector<std::string> found;
  std::copy_if(given.begin(), given.end(), std::back_inserter(found), [&](const auto& one) { return knows(name_in(one)); });
  return found;
}

}  // namespace

std::vector<Loaded> load_council_data(const Inputs& inputs) {
  std::error_code failed;
  bool has_folders = false;
  for (const auto& entry : fs::directory_iterator(inputs.facts.empty() ? fs::path("/dev/null") : fs::path(inputs.facts), failed)) {
    has_folders = has_folders || entry.is_directory();
  }
  std::vector<Loaded> all;
  if (!has_folders) {
    all.push_back(load(inputs));
    return all;
  }
  auto council = load_council(inputs.rules);
  if (!council) {
    tell(council.diagnostics(), inputs.format);
    throw Stop{council.diagnostics().front().code == Code::U101 ? wrong_usage : not_sound};
  }
  const auto& books = council.value().books;
  const auto some_book = [&](auto knows) { return std::any_of(books.begin(), books.end(), [&](const auto& book) { return knows(*book); }); };
  const auto has_parameter = [](const Rulebook& book, const std::string& name) {
    return std::any_of(book.parameters.begin(), book.parameters.end(), [&](const auto& one) { return one.name == name; });
  };
  for (const auto& one : inputs.parameters) {
    if (!some_book([&](const Rulebook& book) { return has_parameter(book, name_in(one)); })) throw WrongUsage{"--parameter: no rulebook of the council has '" + name_in(one) + "'"};
  }
  for (const auto& one : inputs.readings) {
    if (!some_book([&](const Rulebook& book) { return book.find_reading(name_in(one)) != none; })) throw WrongUsage{"--reading: no rulebook of the council has '" + name_in(one) + "'"};
  }
  for (const auto& book : books) {
    const auto folder = fs::path(inputs.facts) / book->name;
    if (!fs::is_directory(folder, failed)) continue;
    Inputs one = inputs;
    one.rules = book->folder.string();
    one.facts = folder.string();
    one.parameters = known_here(inputs.parameters, [&](const std::string& name) { return has_parameter(*book, name); });
    one.readings = known_here(inputs.readings, [&](const std::string& name) { return book->find_reading(name) != none; });
    all.push_back(load(one));
  }
  if (all.empty()) {
    std::string names;
    for (const auto& book : books) names += (names.empty() ? "" : ", ") + book->name;
    throw WrongUsage{"'" + inputs.facts + "' holds folders, but none that is named like a rulebook of the council (" + names + ")"};
  }
  return all;
}

}  // namespace leavingcare::cli
