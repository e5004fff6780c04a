// An input as files in a folder of its own: the library's readers take files, as people do.
//
// The input is one text; a line of the form "=== NAME" begins the file of that name, and what stands before the first such line is the
// file that the target names. So one mutated text is a folder of several tables.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fuzz {

/// A folder in memory if there is one (/dev/shm), removed when the program ends.
class Scratch {
 public:
  Scratch() {
    std::error_code none;
    const std::filesystem::path memory = "/dev/shm";
    const auto parent = std::filesystem::is_directory(memory, none) ? memory : std::filesystem::temp_directory_path();
    std::string pattern = (parent / "leavingcare-fuzz-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder in " + parent.string());
    folder_ = pattern;
  }
  ~Scratch() {
    std::error_code none;
    std::filesystem::remove_all(folder_, none);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  /// Writes the files of an input in place of those of the one before. Names are kept plain, and at most eight.
  void fill(const std::uint8_t* data, std::size_t size, std::string name) {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) std::filesystem::remove(entry.path());
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    for (int files = 0; files < 8; ++files) {
      const auto next = rest.starts_with("=== ") ? 0 : rest.find("\n=== ");
      const auto text = rest.substr(0, next);
      if (!text.empty() || files > 0) write(name, text);
      if (next == std::string_view::npos) return;
      rest.remove_prefix(next + (next == 0 ? 4 : 5));
      const auto end = rest.find('\n');
      name = plain(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }

 private:
  [[nodiscard]] static std::string plain(std::string_view written) {
    std::string name;
    for (const char c : written.substr(0, 40)) {
      const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c == '.' && !name.empty());
      if (kept) name += c;
    }
    return name.empty() ? "unnamed.csv" : name;
  }

  void write(const std::string& name, std::string_view text) const {
    std::ofstream out(folder_ / name, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
  }

  std::filesystem::path folder_;
};

}  // namespace fuzz
