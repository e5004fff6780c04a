// leavingcare/diagnostics/place.hpp
//
// A place in a text that somebody wrote: file, line and column, so that every complaint can point.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leavingcare {

/// A file as it was read: its name as the user gave it, its text, and where its lines begin.
class SourceFile {
 public:
  SourceFile(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
    lines_.push_back(0);
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] == '\n') lines_.push_back(i + 1);
    }
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }

  /// Line `number` (1 is the first) without its line end; empty beyond the last.
  [[nodiscard]] std::string_view line(int number) const {
    if (number < 1 || static_cast<std::size_t>(number) > lines_.size()) return {};
    const std::size_t from = lines_[static_cast<std::size_t>(number) - 1];
    auto rest = text().substr(from);
    rest = rest.substr(0, rest.find('\n'));
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    return rest;
  }

 private:
  std::string name_;
  std::string text_;
  std::vector<std::size_t> lines_;
};

/// A stretch of one line of a file. Line and column count from 1; the column counts characters, not bytes.
/// Without a file it is nowhere (a problem of the call, not of a text); line 0 means the file as a whole.
struct Place {
  std::shared_ptr<const SourceFile> file;
  int line = 0;
  int column = 0;
  int length = 1;
};

}  // namespace leavingcare
