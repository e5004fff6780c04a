// bindings/python/table.hpp
//
// Tables that go to Python: columns in Arrow's layout from the start, so that handing them over copies nothing.
#pragma once

#include <pybind11/pybind11.h>

#include <cstddef>
#include <cstdint>
#include <leavingcare/calendar/day.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::python {

/// A column of one of five kinds.
struct Column {
  enum class Kind : std::uint8_t {
    text,    ///< utf8: row i is bytes [whole[i], whole[i + 1])
    word,    ///< dictionary: row i is row whole[i] of `dictionary`
    day,     ///< date32: whole[i]
    whole,   ///< int32: whole[i]
    number,  ///< float64: numbers[i]
  };
  std::string name;
  Kind kind = Kind::text;
  std::vector<std::int32_t> whole;
  std::vector<double> numbers;
  std::string bytes;
  std::shared_ptr<const Column> dictionary;
  std::vector<std::uint8_t> valid;  ///< a bit for each row, 0 for null; empty: there are no nulls
  std::size_t nulls = 0;

  [[nodiscard]] bool is_null(std::size_t row) const { return !valid.empty() && (valid[row / 8] >> (row % 8) & 1) == 0; }
  [[nodiscard]] std::string_view text(std::size_t row) const;  ///< text and word
};

[[nodiscard]] Column text_column(std::string name, const std::vector<std::string_view>& texts);
[[nodiscard]] Column text_column(std::string name, const std::vector<std::string>& texts);

/// Codes are places in `words`; -1 is null.
[[nodiscard]] Column word_column(std::string name, std::vector<std::int32_t> codes, const std::vector<std::string>& words);

/// The ends of time are null.
[[nodiscard]] Column day_column(std::string name, const std::vector<Day>& days);

/// -1 is null.
[[nodiscard]] Column whole_column(std::string name, std::vector<std::int32_t> numbers);

/// NaN is null.
[[nodiscard]] Column number_column(std::string name, std::vector<double> numbers);

struct TableData {
  std::vector<Column> columns;
  std::size_t rows = 0;
};

/// The library whose data frames the people came in ("pandas", "polars", "pyarrow", "dict"; empty: another, or files), and
/// whether their ids were whole numbers there: to_native() gives the same.
struct Native {
  std::string library;
  bool ids_are_whole = false;
};

/// What Python calls Table. Immutable.
struct Table {
  std::shared_ptr<const TableData> data;
  std::optional<Day> on;           ///< a look at one day: that day
  std::optional<bool> projection;  ///< ... and whether it lies after the day the data were drawn, if that is known
  Native native = {};
};

/// All columns must have `rows` rows.
[[nodiscard]] Table make_table(std::vector<Column> columns, std::size_t rows);

void bind_table(pybind11::module_& module);

}  // namespace leavingcare::python
