// Writing several files so that they appear whole or not at all, and the cells of CSV files.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace leavingcare {

/// A cell as RFC 4180 wants it: quoted only if it holds a comma, a quote or a line end.
[[nodiscard]] inline std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

struct FileToWrite {
  std::string name;
  std::function<void(std::ostream&)> write;
};

/// Writes files into a folder, made if need be: each beside its place, and all moved there when every one is complete. Throws
/// std::runtime_error when that fails, and then leaves none behind.
inline void write_whole(const std::filesystem::path& folder, const std::vector<FileToWrite>& files) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw std::runtime_error("cannot make the folder " + folder.string() + ": " + failed.message());
  const auto waiting = [&](const FileToWrite& file) { return folder / ("." + file.name + ".unfinished"); };
  try {
    for (const auto& file : files) {
      std::ofstream out(waiting(file), std::ios::binary | std::ios::trunc);
      file.write(out);
      out.close();
      if (!out)
        throw std::runtime_error("cannot write " + (folder / file.name).string() + ": is the disk full, or the folder read-only?");
    }
    for (const auto& file : files) std::filesystem::rename(waiting(file), folder / file.name);
  } catch (...) {
    for (const auto& file : files) std::filesystem::remove(waiting(file), failed);
    throw;
  }
}

}  // namespace leavingcare
