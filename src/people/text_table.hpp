// A table of text wherever it comes from: a CSV file, the elements of an XML file, a frame in memory.
//
// All readers see the same rows: cells by column, and the place at which the row stands.
#pragma once

#include "csv_table.hpp"

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace leavingcare {

/// Rows kept in memory, each with the place at which it begins.
struct KeptRows {
  struct Row {
    std::uint32_t line = 0;
    std::uint32_t column = 1;
    std::vector<std::string> cells;  ///< as many as the header has
  };
  std::vector<std::string> header;
  std::vector<Row> rows;
  std::shared_ptr<const std::string> bytes;  ///< what they were read from; several tables may come from one file
};

class TextTable {
 public:
  TextTable(csv::Table table) : table_(std::move(table)) {}
  TextTable(KeptRows rows) : table_(std::move(rows)) {}

  [[nodiscard]] const std::vector<std::string>& header() const {
    const auto* csv = std::get_if<csv::Table>(&table_);
    return csv != nullptr ? csv->header() : std::get<KeptRows>(table_).header;
  }

  /// Where a column's name stands; the table as a whole when it has no line of names.
  [[nodiscard]] csv::CellPlace header_place(std::size_t column) const {
    const auto* csv = std::get_if<csv::Table>(&table_);
    return csv != nullptr ? csv->header_place(column) : csv::CellPlace{0, 0};
  }

  /// What was read, for digests. Tables of one file give the same bytes at the same address.
  [[nodiscard]] std::string_view bytes() const {
    if (const auto* csv = std::get_if<csv::Table>(&table_)) return csv->bytes();
    const auto& kept = std::get<KeptRows>(table_);
    return kept.bytes ? std::string_view(*kept.bytes) : std::string_view{};
  }

  /// Visits the rows in order; the views live until the next. Problems as csv::Table::for_each_row() has them.
  void for_each_row(csv::FileProblems& problems, const std::function<void(const csv::Row&)>& visit) const {
    if (const auto* csv = std::get_if<csv::Table>(&table_)) {
      csv->for_each_row(problems, visit);
      return;
    }
    csv::Row row;
    for (const auto& kept : std::get<KeptRows>(table_).rows) {
      row.line = kept.line;
      row.column = kept.column;
      row.cells.assign(kept.cells.begin(), kept.cells.end());
      visit(row);
    }
  }

 private:
  std::variant<csv::Table, KeptRows> table_;
};

}  // namespace leavingcare
