// leavingcare/law/read_declarations.hpp
//
// From located YAML to declarations: every key known, every date a date, every rule with its summary and citation.
#pragma once

#include <leavingcare/diagnostics/diagnostic.hpp>
#include <leavingcare/law/declarations.hpp>

#include <filesystem>

namespace leavingcare::law {

/// Reads one rulebook: a YAML file, or a folder whose *.yaml files (not those in sub-folders) together are the rulebook; one of them has the key
/// `rulebook`. Does not follow `extends`. Appends every problem of every file to `problems`; what could be read comes back all the
/// same, so that the next stage can look for problems of its own.
[[nodiscard]] Declarations read_declarations(const std::filesystem::path& file_or_folder, Diagnostics& problems);

}  // namespace leavingcare::law
