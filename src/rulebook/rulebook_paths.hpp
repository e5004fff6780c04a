// src/rulebook/rulebook_paths.hpp
//
// Where rulebooks stand, and by which names they are found.
//
//     england                rules/england/
//     cornwall               rules/councils/cornwall/
//     cornwall_advisers      rules/councils/cornwall/advisers/
//     x                      rules/x.yaml
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace leavingcare {

/// The folders inside a council's that are rulebooks of their own: those that hold a file rulebook.yaml. In order of their names. Never ledger/ and scenarios/.
[[nodiscard]] std::vector<std::filesystem::path> rulebooks_inside(const std::filesystem::path& council);

/// Where a rulebook of that name or path stands; empty when there is none. `beside`: the folder of the rulebook that names it, or empty.
[[nodiscard]] std::filesystem::path find_rulebook(const std::string& name_or_path, const std::filesystem::path& beside);

/// The names by which find_rulebook() finds the folders that come with the library.
[[nodiscard]] std::vector<std::string> rulebook_names();

}  // namespace leavingcare
