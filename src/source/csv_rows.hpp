// Writing CSV: cells, and rows of them.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace leavingcare {

/// Adds a cell to a text as RFC 4180 wants it: quoted only if it holds a comma, a quote or a line end.
inline void append_csv_cell(std::string_view cell, std::string& text) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    text += cell;
    return;
  }
  text += '"';
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

/// The same as a text of its own.
[[nodiscard]] inline std::string csv_cell(std::string_view cell) {
  std::string text;
  append_csv_cell(cell, text);
  return text;
}

/// Rows of a CSV file, gathered and handed to the stream in large pieces.
class CsvRows {
 public:
  CsvRows(std::ostream& out, std::string_view header) : out_(out), text_(header) { text_ += '\n'; }
  ~CsvRows() { hand_over(); }
  CsvRows(const CsvRows&) = delete;
  CsvRows& operator=(const CsvRows&) = delete;

  /// The next cell of the row, quoted if need be.
  CsvRows& operator<<(std::string_view cell) {
    if (!first_) text_ += ',';
    first_ = false;
    append_csv_cell(cell, text_);
    return *this;
  }

  void end_row() {
    text_ += '\n';
    first_ = true;
    if (text_.size() >= piece) hand_over();
  }

 private:
  static constexpr std::size_t piece = std::size_t{1} << 18;

  void hand_over() {
    out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
    text_.clear();
  }

  std::ostream& out_;
  std::string text_;
  bool first_ = true;
};

}  // namespace leavingcare
