// Writing CSV: cells, rows of them, and whole files whose rows several threads make.
#pragma once

#include <leavingcare/calendar/day.hpp>

#include "side_by_side.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace leavingcare {

/// Adds a cell to a text as RFC 4180 wants it: quoted only if it holds a comma, a quote or a line end.
inline void append_csv_cell(std::string_view cell, std::string& text) {
  const auto needs_quotes = [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; };
  if (std::none_of(cell.begin(), cell.end(), needs_quotes)) {
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

/// Rows of a CSV file as a text.
class CsvRows {
 public:
  /// The next cell of the row, quoted if need be.
  CsvRows& operator<<(std::string_view cell) {
    begin_cell();
    append_csv_cell(cell, text_);
    return *this;
  }

  /// A day; blank for an end of time.
  CsvRows& operator<<(Day day) {
    begin_cell();
    if (!is_a_day(day)) return *this;
    const auto characters = iso_characters(day);
    text_.append(characters.data(), characters.size());
    return *this;
  }

  void end_row() {
    text_ += '\n';
    first_ = true;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void begin_cell() {
    if (!first_) text_ += ',';
    first_ = false;
  }

  std::string text_;
  bool first_ = true;
};

/// Writes a CSV file of `count` things, in order. `write` adds the rows of one of them (a row, or none); up to `threads` threads (0: as many
/// as the machine has) do so at the same time, each for a stretch of the things.
template <class Write>
void write_csv(std::ostream& out, std::string_view header, std::size_t count, unsigned threads, Write write) {
  constexpr std::size_t stretch = std::size_t{1} << 14;
  out << header << '\n';
  const auto rows_of = [&write, count](std::size_t place) {
    CsvRows rows;
    for (std::size_t i = place * stretch; i < std::min((place + 1) * stretch, count); ++i) write(i, rows);
    return rows;
  };
  side_by_side((count + stretch - 1) / stretch, threads, rows_of, [&out](const CsvRows& rows) { out.write(rows.text().data(), static_cast<std::streamsize>(rows.text().size())); });
}

}  // namespace leavingcare
