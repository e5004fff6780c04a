// leavingcare/law/read_declarations.hpp
//
// From located YAML to declarations: every key known, every date a date, every rule with its summary and citation.
#pragma once

#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/law/declarations.hpp>

#include <filesystem>

namespace leavingcare::law {

/// Reads one rulebook: a YAML file, or a folder whose *.yaml files (not those in sub-folders) together are the rulebook; one of them has the key
/// `rulebook`. Does not follow `extends`. Reports every problem of every file.
[[nodiscard]] Checked<Declarations> read_declarations(const std::filesystem::path& file_or_folder);

}  // namespace leavingcare::law
