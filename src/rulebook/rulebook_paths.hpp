// src/rulebook/rulebook_paths.hpp
//
// Where rulebooks stand, and by which names they are found.
//
//     england                rules/england/
//     westmarch              rules/councils/westmarch/
//     westmarch_advisers     rules/councils/westmarch/advisers/
//     x                      rules/x.yaml
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace leavingcare {

/// True if there is a file or folder of that name; false also where nobody can look.
[[nodiscard]] bool there_is(const std::filesystem::path& path);

/// The folders inside a council's that are rulebooks of their own: those that hold a file rulebook.yaml. In order of their names. Never ledger/ and scenarios/.
[[nodiscard]] std::vector<std::filesystem::path> rulebooks_inside(const std::filesystem::path& council);

/// Where a rulebook of that name or path stands; empty when there is none. `beside`: the folder of the rulebook that names it, or empty.
[[nodiscard]] std::filesystem::path find_rulebook(const std::string& name_or_path, const std::filesystem::path& beside);

/// The names by which find_rulebook() finds the folders that come with the library.
[[nodiscard]] std::vector<std::string> rulebook_names();

}  // namespace leavingcare
