// src/people/csv_table.hpp
//
// CSV read strictly, a row at a time, every cell with its place; what is wrong is collected, never printed with its value.
//
// The text must be UTF-8 (a byte order mark is skipped), cells are divided by commas, rows by LF or CRLF, and a quote may stand only around
// a whole cell. Blank lines are skipped; blanks around an unquoted cell do not count. Lines are those of the file: a
// line break inside a quoted cell counts.
//
// PRIVACY. A data file's Place knows the file's name, line and column, but not its text, so that no caret line can print a cell.
// Messages name the row and the field; they must not quote a cell.
#pragma once

#include <leavingcare/diagnostics/checked.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leavingcare::csv {

/// The problems of one file. Of each code (and severity) the first `most` are kept; the others are counted, and one more diagnostic tells
/// how many they were: a broken file of a million rows is not a million lines.
class FileProblems {
 public:
  static constexpr std::size_t most = 100;

  /// `name` is how messages call the file.
  explicit FileProblems(std::string name)
      : file_(std::make_shared<const SourceFile>(std::move(name), std::string())) {}

  void add(Diagnostic problem);

  /// An error at a line and column; line 0 is the file as a whole.
  void error(Code code, std::size_t line, std::size_t column, std::string message, std::string hint = {}) {
    add(error_at(code, place(line, column), std::move(message), std::move(hint)));
  }

  [[nodiscard]] Place place(std::size_t line, std::size_t column) const {
    return {file_, static_cast<int>(line), static_cast<int>(column), 1};
  }

  [[nodiscard]] bool has_errors() const { return has_errors_; }
  [[nodiscard]] bool empty() const { return kept_.empty(); }

  /// Moves everything to the end of `diagnostics`; nothing is left here.
  void move_to(Diagnostics& diagnostics);

 private:
  std::shared_ptr<const SourceFile> file_;
  Diagnostics kept_;
  std::map<std::pair<Code, Severity>, std::size_t> counts_;
  bool has_errors_ = false;
};

/// A row as it is read. The cells are views that live until the next row.
struct Row {
  std::uint32_t line = 0;               ///< where it begins; 1 is the first line of the file
  std::vector<std::string_view> cells;  ///< as many as the header has
  std::string_view text;                ///< the file from the row's first byte on; for place_of()
  std::uint32_t column = 1;             ///< where it begins in its line; beyond 1 only in files that are not CSV

  /// The cell of a column that may be absent (Table::absent): blank then.
  [[nodiscard]] std::string_view cell(std::size_t column) const {
    return column < cells.size() ? cells[column] : std::string_view{};
  }
};

/// Line and column (in characters) at which a cell begins.
struct CellPlace {
  std::size_t line = 0;
  std::size_t column = 1;
};

/// Some of a table's rows, one after another: whole lines.
struct Stretch {
  std::size_t begin = 0;  ///< its bytes: [begin, end)
  std::size_t end = 0;
  std::uint32_t line = 1;  ///< the line on which it begins
};

/// A CSV file, whole in memory, its header read.
class Table {
 public:
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);

  /// Reads a file. Empty, with the reasons in `problems`, when it cannot be read (P101), is not UTF-8 text (P114), has
  /// a broken header (P114), or a header that names a column twice (P103). A file of no lines has no columns.
  [[nodiscard]] static std::optional<Table> open(const std::filesystem::path& path, FileProblems& problems);

  /// The same for a text.
  [[nodiscard]] static std::optional<Table> of_text(std::string text, FileProblems& problems);

  /// The column names of the header, as written.
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }

  /// Where a column's name stands.
  [[nodiscard]] CellPlace header_place(std::size_t column) const;

  /// The place of a column in the header; `absent` when it is not there.
  [[nodiscard]] std::size_t column(std::string_view name) const;

  /// Visits the rows in order. A row with too many or too few cells is a problem (P104) and is not visited; a misplaced or unclosed
  /// quote is a problem (P114) and ends the reading, because nothing after it can be trusted.
  void for_each_row(FileProblems& problems, const std::function<void(const Row&)>& visit) const;

  /// The same for the rows of a stretch.
  void for_each_row(const Stretch& stretch, FileProblems& problems, const std::function<void(const Row&)>& visit) const;

  /// The rows as at most `most` stretches of about the same length, so that as many threads can read them; one when there is a quote in the
  /// table, because a line may then end inside a cell.
  [[nodiscard]] std::vector<Stretch> stretches(std::size_t most) const;

  /// The line on which the rows begin.
  [[nodiscard]] std::uint32_t body_line() const { return body_line_; }

  /// About how many bytes a row takes, judged by the first ones.
  [[nodiscard]] std::size_t bytes_of_a_row() const;

  /// The file's bytes, for digests.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  explicit Table(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string bytes_;
  std::size_t header_byte_ = 0;  // where the header begins, and on which line
  std::uint32_t header_line_ = 1;
  std::size_t body_byte_ = 0;  // where the rows after it begin, and on which line
  std::uint32_t body_line_ = 1;
  std::vector<std::string> header_;
};

/// Where a cell of a row begins. Looked up only when there is something to complain of.
[[nodiscard]] CellPlace place_of(const Row& row, std::size_t column);

/// True if all of it is UTF-8 without a zero byte; else a problem (P114) for each line that is not, with `advice` as its hint.
[[nodiscard]] bool is_text(std::string_view bytes, const std::string& advice, FileProblems& problems);

/// "row 14, field 'from'": how messages name a cell.
[[nodiscard]] std::string in_words(const Row& row, std::string_view field);

}  // namespace leavingcare::csv
