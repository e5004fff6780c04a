// src/people/csv_table.cpp
//
// Commas divide a line that holds no quote; any other is libcsv's to read, fed line by line, so that every row and problem knows its line.
#include "csv_table.hpp"

#include <leavingcare/source/read_yaml.hpp>

#include <csv.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace leavingcare::csv {

namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 30;
constexpr std::size_t most_bytes_of_a_row = std::size_t{1} << 20;
constexpr std::size_t least_bytes_of_a_stretch = std::size_t{1} << 16;

// ---- UTF-8 ----------------------------------------------------------------------------------------------------------

/// The number of bytes of the character at the start of `text`; 0 when it is not UTF-8, or is NUL.
[[nodiscard]] std::size_t character_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto follows = [&byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return first == 0 ? 0 : 1;
  if (first < 0xC2 || !follows(1)) return 0;
  if (first < 0xE0) return 2;
  if (!follows(2)) return 0;
  if (first < 0xF0) {
    const bool too_long = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return too_long || surrogate ? 0 : 3;
  }
  if (first > 0xF4 || !follows(3)) return 0;
  const bool too_long = first == 0xF0 && byte(1) < 0x90;
  const bool too_large = first == 0xF4 && byte(1) > 0x8F;
  return too_long || too_large ? 0 : 4;
}

/// Characters in a stretch of valid UTF-8.
[[nodiscard]] std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The line at the start of `text` with its end: LF, CRLF, or CR alone.
[[nodiscard]] std::string_view first_line(std::string_view text) {
  const auto feed = text.find('\n');
  const auto line = text.substr(0, feed == std::string_view::npos ? feed : feed + 1);
  const auto carriage = line.find('\r');
  const bool alone =
      carriage != std::string_view::npos && carriage + 1 < line.size() && line[carriage + 1] != '\n';
  return alone ? line.substr(0, carriage + 1) : line;
}

/// How many lines end in a text; what stands after the last line end is not counted.
[[nodiscard]] std::uint32_t lines_ended_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < text.size(); begin += 128) {  // so few that a byte can count them: 16 at a time in one step
    std::uint8_t in_block = 0;
    for (const char c : text.substr(begin, 128)) in_block = static_cast<std::uint8_t>(in_block + (c == '\n' ? 1 : 0));
    count += in_block;
  }
  for (auto at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] != '\n') ++count;
  }
  return static_cast<std::uint32_t>(count);
}

/// True if every byte is ASCII and none is zero, which most tables are. Looks at whole blocks at a time.
[[nodiscard]] bool is_plain_ascii(std::string_view bytes) {
  constexpr std::size_t block = 4096;
  while (!bytes.empty()) {
    unsigned char not_plain = 0;
    for (const char c : bytes.substr(0, block)) not_plain |= static_cast<unsigned char>(static_cast<unsigned char>(c - 1) >= 0x7F);
    if (not_plain != 0) return false;
    bytes.remove_prefix(std::min(block, bytes.size()));
  }
  return true;
}

}  // namespace

bool is_text(std::string_view bytes, const std::string& advice, FileProblems& problems) {
  if (is_plain_ascii(bytes)) return true;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    problems.error(Code::P114, 1, 1, "expected UTF-8 text, found UTF-16", advice);
    return false;
  }
  bool sound = true;
  std::size_t number = 1;
  for (; !bytes.empty(); ++number) {
    const auto line = first_line(bytes);
    bytes.remove_prefix(line.size());
    const auto is_plain = [](char c) { return static_cast<unsigned char>(c - 1) < 0x7F; };
    auto at = static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), is_plain) - line.begin());
    while (at < line.size()) {
      const auto length = character_length(line.substr(at));
      if (length == 0) break;
      at += length;
    }
    if (at == line.size()) continue;
    const bool nul = line[at] == 0;
    problems.error(Code::P114, number, characters(line.substr(0, at)) + 1,
                   nul ? "expected text, found a zero byte" : "expected UTF-8 text, found bytes that are not",
                   nul ? "this may not be a text file" : advice);
    sound = false;
  }
  return sound;
}

namespace {

// ---- rows -----------------------------------------------------------------------------------------------------------

/// The row being read: libcsv hands over its cells one by one.
struct Unfinished {
  std::string text;
  std::vector<std::size_t> ends;
  bool complete = false;
};

void take_cell(void* cell, std::size_t length, void* unfinished) {
  auto& row = *static_cast<Unfinished*>(unfinished);
  row.text.append(static_cast<const char*>(cell), length);
  row.ends.push_back(row.text.size());
}

void take_row(int, void* unfinished) {
  static_cast<Unfinished*>(unfinished)->complete = true;
}

class Parser {
 public:
  Parser() {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0)
      throw std::runtime_error("libcsv cannot start");
    csv_set_blk_size(&parser_, 1U << 16U);
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  /// Reads one line; false when a quote stands where none may, at the byte `*consumed` of the line.
  [[nodiscard]] bool read(std::string_view line, Unfinished& row, std::size_t* consumed) {
    *consumed = csv_parse(&parser_, line.data(), line.size(), take_cell, take_row, &row);
    refuse_no_memory();
    return *consumed == line.size();
  }

  /// Ends the last row; false when a quoted cell is open.
  [[nodiscard]] bool finish(Unfinished& row) {
    const bool closed = csv_fini(&parser_, take_cell, take_row, &row) == 0;
    refuse_no_memory();
    return closed;
  }

 private:
  void refuse_no_memory() {
    const int error = csv_error(&parser_);
    if (error == CSV_ENOMEM || error == CSV_ETOOBIG) throw std::bad_alloc();
  }

  csv_parser parser_{};
};

/// A byte position in the file and its line.
struct Position {
  std::size_t byte = 0;
  std::uint32_t line = 1;
};

[[nodiscard]] std::string_view without_blanks(std::string_view cell) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!cell.empty() && is_blank(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && is_blank(cell.back())) cell.remove_suffix(1);
  return cell;
}

/// Visits the places in a text of the bytes below '-', which are all that can divide a table, until `visit` returns false. Eight bytes at a
/// time: of each, with its high bit set, '-' is taken away, which clears the high bit only of a smaller one.
template <class Visit>
void for_each_mark(std::string_view text, Visit visit) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t high = 0x80 * ones;
  std::size_t at = 0;
  for (; at + 8 <= text.size() && std::endian::native == std::endian::little; at += 8) {
    std::uint64_t bytes;
    std::memcpy(&bytes, text.data() + at, 8);
    for (auto marks = ~((bytes | high) - '-' * ones) & ~bytes & high; marks != 0; marks &= marks - 1) {
      if (!visit(at + static_cast<std::size_t>(std::countr_zero(marks)) / 8)) return;
    }
  }
  for (; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) < '-' && !visit(at)) return;
  }
}

/// Divides the line at the start of `text` at its commas. The length of the line with its end; 0 when it holds a quote, has no end, or ends in an
/// unusual way: such a line is the parser's.
[[nodiscard]] std::size_t divide_line(std::string_view text, std::vector<std::string_view>& cells) {
  cells.clear();
  std::size_t begin = 0;
  std::size_t length = 0;
  for_each_mark(text.substr(0, most_bytes_of_a_row), [&](std::size_t i) {
    const char c = text[i];
    const bool is_comma = c == ',';
    const bool ends_with_two = c == '\r' && text.substr(i + 1, 1) == "\n";
    const bool is_end = c == '\n' || ends_with_two;
    if (is_comma || is_end) {
      cells.push_back(without_blanks(text.substr(begin, i - begin)));
      begin = i + 1;
    }
    if (is_end) length = begin + (ends_with_two ? 1 : 0);
    return !is_end && c != '"' && c != '\r';
  });
  return length;
}

/// Hands over the rows from `at` on until `visit` returns false; the position after the last row handed over. A problem with quotes
/// ends the reading: no position.
std::optional<Position> read_rows(std::string_view bytes, Position at, FileProblems& problems,
                                  const std::function<bool(const Row&)>& visit) {
  Parser parser;
  Unfinished unfinished;
  Row row;
  bool open = false;  // a row has begun on an earlier line
  Position begin = at;

  const auto hand_over = [&] {
    row.cells.clear();
    std::size_t from = 0;
    for (const auto end : unfinished.ends) {
      row.cells.push_back(std::string_view(unfinished.text).substr(from, end - from));
      from = end;
    }
    row.line = begin.line;
    row.text = bytes.substr(begin.byte);
    const bool go_on = visit(row);
    unfinished.text.clear();
    unfinished.ends.clear();
    unfinished.complete = false;
    open = false;
    return go_on;
  };

  while (at.byte < bytes.size()) {
    if (!open) begin = at;
    if (const auto length = open ? 0 : divide_line(bytes.substr(at.byte), row.cells); length != 0) {
      row.line = at.line;
      row.text = bytes.substr(at.byte);
      at.byte += length;
      ++at.line;
      const bool is_blank = row.cells.size() == 1 && row.cells[0].empty();
      if (!is_blank && !visit(row)) return at;
      continue;
    }
    const auto line = first_line(bytes.substr(at.byte));
    if (at.byte + line.size() - begin.byte > most_bytes_of_a_row) {
      problems.error(Code::P114, begin.line, 1,
                     "this row is longer than " + std::to_string(most_bytes_of_a_row) + " bytes, which is the limit; the rest of the file was not read",
                     "a closing quote may be missing, or this is not a table");
      return std::nullopt;
    }
    std::size_t consumed = 0;
    if (!parser.read(line, unfinished, &consumed)) {
      auto problem = error_at(
          Code::P114, problems.place(at.line, characters(line.substr(0, consumed)) + 1),
          "a quote stands inside a cell, or text after a closing quote; the rest of the file was not read",
          "put quotes around the whole cell and double those inside it");
      if (open) problem.labels.push_back({problems.place(begin.line, 1), "the row begins here"});
      problems.add(std::move(problem));
      return std::nullopt;
    }
    at.byte += line.size();
    ++at.line;
    if (unfinished.complete) {
      if (!hand_over()) return at;
    } else {
      open = open || line.find_first_not_of(" \t\r\n") != std::string_view::npos;
    }
  }
  if (!parser.finish(unfinished)) {
    problems.error(Code::P114, begin.line, 1, "a quoted cell of this row is never closed",
                   "add the closing quote");
    return std::nullopt;
  }
  if (unfinished.complete) hand_over();
  return at;
}

}  // namespace

// ---- problems -------------------------------------------------------------------------------------------------------

void FileProblems::add(Diagnostic problem) {
  has_errors_ = has_errors_ || problem.severity == Severity::error;
  if (++counts_[{problem.code, problem.severity}] <= most) kept_.push_back(std::move(problem));
}

void FileProblems::move_to(Diagnostics& diagnostics) {
  const auto with_commas = [](std::size_t number) {
    auto text = std::to_string(number);
    for (auto i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
    return text;
  };
  std::move(kept_.begin(), kept_.end(), std::back_inserter(diagnostics));
  for (const auto& [kind, count] : counts_) {
    if (count <= most) continue;
    diagnostics.push_back({kind.first,
                           kind.second,
                           "and " + with_commas(count - most) + " more like it",
                           {{place(0, 0), {}}},
                           {}});
  }
  kept_.clear();
  counts_.clear();
  has_errors_ = false;
}

// ---- the table ------------------------------------------------------------------------------------------------------

std::optional<Table> Table::open(const std::filesystem::path& path, FileProblems& problems) {
  auto bytes = source::read_file(path, most_bytes);
  if (!bytes) {
    for (const auto& one : bytes.diagnostics()) problems.error(Code::P101, 0, 0, one.message, one.hint);
    return std::nullopt;
  }
  return of_text(std::move(bytes).value(), problems);
}

std::optional<Table> Table::of_text(std::string text, FileProblems& problems) {
  Table table(std::move(text));
  const std::string_view bytes = table.bytes_;
  if (!is_text(bytes, "save the file as 'CSV UTF-8'", problems)) return std::nullopt;

  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  const Position start{bytes.starts_with(byte_order_mark) ? byte_order_mark.size() : 0, 1};
  bool sound = true;
  const auto body = read_rows(bytes, start, problems, [&](const Row& row) {
    table.header_line_ = row.line;
    table.header_byte_ = static_cast<std::size_t>(row.text.data() - bytes.data());
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto at = place_of(row, i);
      const auto same = table.column(row.cells[i]);
      if (row.cells[i].empty()) {
        problems.error(Code::P103, at.line, at.column, "column " + std::to_string(i + 1) + " has no name");
        sound = false;
      } else if (same != absent) {
        problems.error(
            Code::P103, at.line, at.column,
            "column " + std::to_string(i + 1) + " has the name of column " + std::to_string(same + 1));
        sound = false;
      }
      table.header_.emplace_back(row.cells[i]);
    }
    return false;
  });
  if (!sound || !body) return std::nullopt;
  table.body_byte_ = body->byte;
  table.body_line_ = body->line;
  return table;
}

std::size_t Table::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  return found == header_.end() ? absent : static_cast<std::size_t>(found - header_.begin());
}

CellPlace Table::header_place(std::size_t column) const {
  return place_of({header_line_, {}, bytes().substr(header_byte_), 1}, column);
}

std::vector<Stretch> Table::stretches(std::size_t most) const {
  const std::string_view bytes = bytes_;
  const bool may_be_divided = bytes.find('"', body_byte_) == std::string_view::npos;
  const auto length = std::max(least_bytes_of_a_stretch, may_be_divided ? (bytes.size() - body_byte_) / std::max<std::size_t>(most, 1) + 1 : bytes.size());
  std::vector<Stretch> stretches;
  Stretch next{body_byte_, body_byte_, body_line_};
  do {
    const auto wanted = next.begin + std::min(length, bytes.size() - next.begin);
    const auto line_end = bytes.find('\n', wanted == next.begin ? wanted : wanted - 1);
    next.end = line_end == std::string_view::npos ? bytes.size() : line_end + 1;
    stretches.push_back(next);
    next.line += lines_ended_in(bytes.substr(next.begin, next.end - next.begin));
    next.begin = next.end;
  } while (next.begin < bytes.size());
  return stretches;
}

std::size_t Table::bytes_of_a_row() const {
  const auto first = std::string_view(bytes_).substr(body_byte_, 4096);
  return first.size() / std::max<std::size_t>(lines_ended_in(first), 1) + 1;
}

void Table::for_each_row(FileProblems& problems, const std::function<void(const Row&)>& visit) const {
  for_each_row({body_byte_, bytes_.size(), body_line_}, problems, visit);
}

void Table::for_each_row(const Stretch& stretch, FileProblems& problems, const std::function<void(const Row&)>& visit) const {
  read_rows(std::string_view(bytes_).substr(0, stretch.end), {stretch.begin, stretch.line}, problems, [&](const Row& row) {
    if (row.cells.size() == header_.size()) {
      visit(row);
      return true;
    }
    const auto cells = [](std::size_t count) {
      return std::to_string(count) + (count == 1 ? " cell" : " cells");
    };
    problems.error(Code::P104, row.line, 1,
                   "row " + std::to_string(row.line) + " has " + cells(row.cells.size()) +
                       ", the header has " + std::to_string(header_.size()));
    return true;
  });
}

CellPlace place_of(const Row& row, std::size_t column) {
  CellPlace place{row.line, 1};
  bool quoted = false;
  std::size_t cell = 0;
  std::size_t i = 0;
  for (; i < row.text.size() && cell < column; ++i) {
    const char c = row.text[i];
    const bool line_ends = c == '\n' || (c == '\r' && row.text.substr(i + 1, 1) != "\n");
    if (c == '"') quoted = !quoted;
    if (line_ends && !quoted) return {row.line, 1};
    if (line_ends) {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++place.column;
    }
    if (c == ',' && !quoted) ++cell;
  }
  for (; i < row.text.size() && (row.text[i] == ' ' || row.text[i] == '\t'); ++i) ++place.column;
  return place;
}

std::string in_words(const Row& row, std::string_view field) {
  return "row " + std::to_string(row.line) + ", field '" + std::string(field) + "'";
}

}  // namespace leavingcare::csv
