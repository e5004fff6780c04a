// leavingcare/source/read_yaml.hpp
//
// Reading YAML strictly: text in, located tree out.
//
// YAML allows much that a rulebook must not hold. Refused here, every one at its place: a key twice in one map,
// aliases and anchors, merge keys, tags, more than one document, keys that are not plain text, text that is not UTF-8, and anything
// larger or deeper than the limits.
#pragma once

#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/source/node.hpp>

#include <cstddef>
#include <filesystem>
#include <string>

namespace leavingcare::source {

/// No rulebook that people write by hand comes near these; a file that passes them is a mistake or an attack.
struct Limits {
  std::size_t bytes = 4 * 1024 * 1024;
  std::size_t depth = 64;
  std::size_t nodes = 500'000;
};

/// The tree of a text; `name` is how messages call it.
[[nodiscard]] Checked<Node> read_yaml_text(std::string name, std::string text, Limits limits = {});

/// The tree of a file. A file that cannot be read is a problem like any other (Y101).
[[nodiscard]] Checked<Node> read_yaml_file(const std::filesystem::path& path, Limits limits = {});

/// A whole file's bytes, at most `limit` of them; problems Y101 (cannot be read), Y102 (too large).
[[nodiscard]] Checked<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace leavingcare::source
