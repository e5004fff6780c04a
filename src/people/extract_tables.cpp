// Finding the tables of an extract. A file is the table of which it has all that is needed and the most besides.
#include "extract_tables.hpp"

#include "../source/digest.hpp"
#include "csv_table.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

namespace leavingcare::extract {

namespace {

namespace fs = std::filesystem;
using ssda903::Remarks;
using ssda903::trimmed;

constexpr std::size_t titles_at_most = 20;  // lines above the names of the columns

/// Headings of reports break their lines; blanks of any kind are one.
[[nodiscard]] std::string one_line(std::string_view heading) {
  std::string text;
  for (const char c : trimmed(heading)) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank) text += c;
    else if (!text.ends_with(' ')) text += ' ';
  }
  return text;
}

/// Which column of the file is which of the shape: no_place for none.
struct Match {
  static constexpr std::size_t no_place = static_cast<std::size_t>(-1);
  const TableShape* shape = nullptr;
  std::vector<std::size_t> places;
  std::size_t found = 0;
};

[[nodiscard]] Match match(const TableShape& shape, const std::vector<std::string>& header) {
  Match match{&shape, std::vector<std::size_t>(shape.columns.size(), Match::no_place), 0};
  std::vector<bool> taken(header.size(), false);
  const auto take = [&](std::size_t column, auto fitting) {
    for (std::size_t i = 0; i < header.size() && match.places[column] == Match::no_place; ++i) {
      if (taken[i] || !fitting(header[i])) continue;
      taken[i] = true;
      match.places[column] = i;
      ++match.found;
    }
  };
  // The exact name before a pattern: "Allocated Worker" is not the first heading with a worker in it.
  for (std::size_t c = 0; c < shape.columns.size(); ++c) {
    take(c, [&](const auto& heading) { return fits(shape.columns[c].name, heading); });
  }
  for (std::size_t c = 0; c < shape.columns.size(); ++c) {
    for (const auto& pattern : shape.columns[c].patterns) {
      take(c, [&](const auto& heading) { return fits(pattern, heading); });
    }
  }
  return match;
}

/// The table that a header is, if it is any.
[[nodiscard]] std::optional<Match> recognise(const std::vector<std::string>& header, const ExtractMap& map) {
  std::optional<Match> best;
  for (const auto& shape : map.tables) {
    auto one = match(shape, header);
    const bool enough = std::all_of(shape.needs.begin(), shape.needs.end(), [&](const auto& column) {
      return one.places[shape.column(column)] != Match::no_place;
    });
    if (enough && (!best || one.found > best->found)) best = std::move(one);
  }
  return best;
}

class Finder {
 public:
  Finder(const ExtractMap& map, Remarks& remarks) : map_(map), remarks_(remarks) {}

  void open(const fs::path& path) {
    std::error_code failed;
    if (!fs::is_directory(path, failed)) {
      open_file(path, true);
      return;
    }
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(path, failed)) {
      std::error_code error;
      if (entry.is_regular_file(error) && ssda903::as_code(entry.path().extension().string()) == ".CSV") files.push_back(entry.path());
    }
    if (failed) remarks_.add(Severity::error, Code::P101, whole(path.generic_string()), "the folder cannot be read: " + failed.message());
    std::sort(files.begin(), files.end());
    const auto before = tables_.size();
    for (const auto& file : files) open_file(file, false);
    if (tables_.size() == before && !failed)
      remarks_.add(Severity::error, Code::P215, whole(path.generic_string()), "no CSV file of this folder is a table of the source map",
                   "expected " + tables_in_words(map_));
  }

  void open(const TextRows& given) {
    for (std::size_t first = 0; first < std::min(given.rows.size(), titles_at_most); ++first) {
      std::vector<std::string> header;
      for (const auto& cell : given.rows[first]) header.push_back(one_line(cell));
      const auto found = recognise(header, map_);
      if (!found) continue;
      auto table = begin(given.name, *found, header);
      std::string bytes;
      for (std::size_t i = first; i < given.rows.size(); ++i) {
        for (const auto& cell : given.rows[i]) bytes += cell + '\x1f';
        bytes += '\n';
        if (i > first) add(table, *found, given.rows[i], static_cast<std::uint32_t>(i + 1));
      }
      table.digest = sha256_hex(bytes);
      tables_.push_back(std::move(table));
      return;
    }
    not_a_table(given.name, false);  // a workbook has other sheets
  }

  [[nodiscard]] std::vector<Table> finish() { return std::move(tables_); }

 private:
  [[nodiscard]] static Place whole(const std::string& name) {
    return {std::make_shared<const SourceFile>(name, std::string()), 0, 0, 1};
  }

  void not_a_table(const std::string& name, bool asked_for) {
    remarks_.add(asked_for ? Severity::error : Severity::warning, asked_for ? Code::P102 : Code::P201, whole(name),
                 asked_for ? "the columns are those of no table of the source map"
                           : "what is in it is no table of the source map; the file was left out",
                 asked_for ? "expected " + tables_in_words(map_) : "");
  }

  void open_file(const fs::path& path, bool asked_for) {
    const auto name = path.generic_string();
    csv::FileProblems problems(name);
    const auto csv_table = csv::Table::open(path, problems);
    if (csv_table) {
      std::vector<std::string> header;
      for (const auto& heading : csv_table->header()) header.push_back(one_line(heading));
      if (const auto found = recognise(header, map_)) {
        auto table = begin(name, *found, header);
        csv_table->for_each_row(problems, [&](const csv::Row& row) { add(table, *found, row.cells, row.line); });
        table.digest = sha256_hex(csv_table->bytes());
        tables_.push_back(std::move(table));
      } else {
        not_a_table(name, asked_for);
      }
    }
    Diagnostics told;
    problems.move_to(told);
    for (auto& one : told) remarks_.add(std::move(one));
  }

  Table begin(const std::string& name, const Match& found, const std::vector<std::string>& header) {
    Table table;
    table.shape = found.shape;
    table.name = name;
    table.source = std::make_shared<const SourceFile>(name, std::string());
    for (const auto place : found.places) table.has.push_back(place != Match::no_place);
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (header[i].empty() || std::find(found.places.begin(), found.places.end(), i) != found.places.end()) continue;
      remarks_.add(Severity::warning, Code::P103, table.place(0),
                   "the table '" + found.shape->name + "' of the source map has no column '" + header[i] + "'; it was not read");
    }
    return table;
  }

  template <class Cells>
  void add(Table& table, const Match& found, const Cells& cells, std::uint32_t line) {
    TableRow row{line, {}};
    bool filled = false;
    for (const auto place : found.places) {
      std::string cell;
      if (place != Match::no_place && place < cells.size()) cell = std::string(trimmed(cells[place]));
      if (std::find(map_.no_value.begin(), map_.no_value.end(), plain(cell)) != map_.no_value.end()) cell.clear();
      filled = filled || !cell.empty();
      row.cells.push_back(std::move(cell));
    }
    if (filled) table.rows.push_back(std::move(row));  // sheets end in empty rows
  }

  const ExtractMap& map_;
  Remarks& remarks_;
  std::vector<Table> tables_;
};

}  // namespace

std::string tables_in_words(const ExtractMap& map) {
  std::string all;
  for (const auto& shape : map.tables) {
    std::string needs;
    for (const auto& column : shape.needs) needs += (needs.empty() ? "" : ", ") + column;
    all += (all.empty() ? "" : "; ") + shape.name + " (" + needs + ")";
    if (all.size() > 300) return all + " ...";
  }
  return all;
}

std::vector<Table> find_tables(const ExtractSources& sources, const ExtractMap& map, Remarks& remarks) {
  Finder finder(map, remarks);
  for (const auto& path : sources.paths) finder.open(path);
  for (const auto& table : sources.tables) finder.open(table);
  return finder.finish();
}

}  // namespace leavingcare::extract
