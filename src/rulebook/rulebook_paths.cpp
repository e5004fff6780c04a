// src/rulebook/rulebook_paths.cpp
#include "rulebook_paths.hpp"

#include <leavingcare/rulebook/council.hpp>
#include <leavingcare/rulebook/rulebook.hpp>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace leavingcare {

namespace fs = std::filesystem;

bool there_is(const fs::path& path) {
  std::error_code failed;
  return fs::exists(path, failed);
}

namespace {

/// The folders in a folder that hold a file rulebook.yaml, in order of their names.
std::vector<fs::path> folders_with_rules(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    if (there_is(entry.path() / "rulebook.yaml")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

void sort_once(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

std::vector<fs::path> rulebooks_inside(const fs::path& council) {
  auto found = folders_with_rules(council);
  std::erase_if(found, [](const fs::path& one) { return one.filename() == "ledger" || one.filename() == "scenarios"; });
  return found;
}

fs::path find_rulebook(const std::string& name, const fs::path& beside) {
  if (name.find('/') != std::string::npos || name.ends_with(".yaml")) {
    const fs::path given = name;
    if (there_is(given)) return given;
    if (!beside.empty() && given.is_relative() && there_is(beside / given)) return beside / given;
    return {};
  }
  auto folders = rulebook_folders();
  if (!beside.empty()) folders.insert(folders.begin(), {beside.parent_path(), beside.parent_path().parent_path()});
  for (const auto& folder : folders) {
    for (const auto& place : {folder / name, folder / "councils" / name, folder / (name + ".yaml")}) {
      if (there_is(place)) return place;
    }
    for (const auto& council : folders_with_rules(folder / "councils")) {
      const auto prefix = council.filename().string() + "_";
      if (!name.starts_with(prefix)) continue;
      const auto inside = rulebooks_inside(council);
      const auto place = std::find(inside.begin(), inside.end(), council / name.substr(prefix.size()));
      if (place != inside.end()) return *place;
    }
  }
  return there_is(name) ? fs::path(name) : fs::path{};
}

std::vector<std::string> rulebook_names() {
  std::vector<std::string> names;
  for (const auto& folder : rulebook_folders()) {
    for (const auto& one : folders_with_rules(folder)) names.push_back(one.filename().string());
    for (const auto& council : folders_with_rules(folder / "councils")) {
      const auto name = council.filename().string();
      names.push_back(name);
      for (const auto& inside : rulebooks_inside(council)) names.push_back(name + "_" + inside.filename().string());
    }
  }
  sort_once(names);
  return names;
}

std::vector<std::string> council_names() {
  std::vector<std::string> names;
  for (const auto& folder : rulebook_folders()) {
    for (const auto& council : folders_with_rules(folder / "councils")) names.push_back(council.filename().string());
  }
  sort_once(names);
  return names;
}

std::vector<fs::path> rulebook_folders() {
  std::vector<fs::path> folders;
  if (const char* named = std::getenv("LEAVINGCARE_RULES")) {
    std::string_view rest = named;
    while (!rest.empty()) {
      const auto colon = std::min(rest.find(':'), rest.size());
      if (colon > 0) folders.emplace_back(rest.substr(0, colon));
      rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
  }
#ifdef LEAVINGCARE_SOURCE_RULES
  folders.emplace_back(LEAVINGCARE_SOURCE_RULES);
#endif
#ifdef LEAVINGCARE_INSTALLED_RULES
  folders.emplace_back(LEAVINGCARE_INSTALLED_RULES);
#endif
  return folders;
}

}  // namespace leavingcare
