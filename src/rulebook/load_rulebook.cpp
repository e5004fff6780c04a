// src/rulebook/load_rulebook.cpp
#include <leavingcare/rulebook/rulebook.hpp>

#include <leavingcare/law/read_calendar.hpp>
#include <leavingcare/law/read_declarations.hpp>

#include "../source/digest.hpp"
#include "compile.hpp"
#include "rulebook_paths.hpp"

#include <algorithm>

namespace leavingcare {
namespace {

namespace fs = std::filesystem;

/// A file that rulebooks share, in the first folder that has it; a path that does not exist when none does.
fs::path shared_file(const fs::path& file) {
  for (const auto& folder : rulebook_folders()) {
    if (there_is(folder / file)) return folder / file;
  }
  return file;
}

/// The calendar that the rulebooks of a chain count working days by; null when they name none.
std::shared_ptr<const WorkingDays> calendar_of(const std::vector<law::Declarations>& chain, FilesDigest& digest, Diagnostics& problems) {
  const law::Conventions* named = nullptr;
  for (const auto& one : chain) {
    if (one.conventions && !one.conventions->working_days.empty()) named = &*one.conventions;
  }
  if (named == nullptr) return nullptr;
  const auto file = shared_file(fs::path("calendars") / (named->working_days + ".yaml"));
  if (!there_is(file)) {
    problems.push_back(error_at(Code::R113, named->working_days_place, "there is no calendar '" + named->working_days + "'",
                                "calendars stand in the folder calendars/ of the rulebooks"));
    return nullptr;
  }
  auto calendar = law::read_calendar(file);
  problems.insert(problems.end(), calendar.diagnostics().begin(), calendar.diagnostics().end());
  if (!calendar) return nullptr;
  digest.add("calendars/" + file.filename().string(), calendar.value().text);
  return calendar.value().working_days;
}

}  // namespace

fs::path source_map(const std::string& name) { return shared_file(fs::path("sources") / (name + ".yaml")); }

Checked<Rulebook> load_rulebook(const std::string& name_or_path, const GivenParameters& given) {
  Diagnostics problems;
  std::vector<law::Declarations> chain;
  std::vector<fs::path> folders;
  FilesDigest digest;
  std::string wanted = name_or_path;
  Place wanted_at;
  fs::path beside;
  while (!wanted.empty()) {
    const auto path = find_rulebook(wanted, beside);
    const auto is_folder = [](const fs::path& one) { std::error_code failed; return fs::is_directory(one, failed); };
    if (path.empty() || std::find(folders.begin(), folders.end(), fs::weakly_canonical(path)) != folders.end()) {
      const bool circle = !path.empty();
      const auto known = rulebook_names();
      std::string list;
      for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
      auto hint = suggest(wanted, known);
      if (hint.empty() && !list.empty()) hint = "there are: " + list;
      const auto code = chain.empty() ? Code::U101 : Code::L111;
      problems.push_back(error_at(code, wanted_at,
                                  circle ? "'" + wanted + "' extends itself, by way of the rulebooks it extends"
                                         : "there is no rulebook '" + wanted + "'", hint));
      break;
    }
    folders.push_back(fs::weakly_canonical(path));
    beside = is_folder(path) ? path : path.parent_path();
    auto one = law::read_declarations(path, problems);
    if (one.files.empty()) break;
    for (const auto& file : one.files) {
      digest.add(one.name + "/" + fs::path(file->name()).filename().string(), file->text());
    }
    wanted = one.extends;
    wanted_at = one.extends_place;
    chain.insert(chain.begin(), std::move(one));
  }
  const bool complete = wanted.empty() && !chain.empty();
  const bool unreadable = std::any_of(problems.begin(), problems.end(), [](const auto& one) { return about(one.code).id.front() == 'Y'; });
  if (!complete || unreadable) return Checked<Rulebook>::refused(std::move(problems));
  auto working_days = calendar_of(chain, digest, problems);
  auto book = compile(std::move(chain), std::move(working_days), given, problems);
  book.folder = folders.front();
  book.folders.assign(folders.rbegin(), folders.rend());
  book.digest = digest.hex();
  return {std::move(book), std::move(problems)};
}

}  // namespace leavingcare
