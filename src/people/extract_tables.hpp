// The tables of an extract: which file is which table, by its columns, and its rows with their cells in the order of the map.
#pragma once

#include "extract_map.hpp"
#include "ssda903_files.hpp"

#include <leavingcare/people/read_extract.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::extract {

struct TableRow {
  std::uint32_t line = 0;
  std::vector<std::string> cells;  ///< as TableShape::columns has them; blank for a column that is not there
};

/// A file that is a table of the extract.
struct Table {
  const TableShape* shape = nullptr;
  std::string name;  ///< as messages call it
  std::vector<bool> has;  ///< for each column of the shape: it is there
  std::vector<TableRow> rows;
  std::string digest;
  std::shared_ptr<const SourceFile> source;

  [[nodiscard]] Place place(std::uint32_t line) const { return {source, static_cast<int>(line), line == 0 ? 0 : 1, 1}; }
  [[nodiscard]] std::string_view cell(const TableRow& row, std::string_view column) const {
    const auto at = shape->column(column);
    return at < row.cells.size() ? std::string_view(row.cells[at]) : std::string_view{};
  }
};

/// "ssd_person (pers_person_id, pers_dob); ...": the tables of a map and the columns by which each is known, for hints.
[[nodiscard]] std::string tables_in_words(const ExtractMap& map);

/// Opens everything; what is no table of the map is told.
[[nodiscard]] std::vector<Table> find_tables(const ExtractSources& sources, const ExtractMap& map, ssda903::Remarks& remarks);

}  // namespace leavingcare::extract
