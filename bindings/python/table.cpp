// bindings/python/table.cpp
#include "table.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "arrow_stream.hpp"
#include "dates.hpp"

namespace py = pybind11;



namespace leavingcare::python {

// --- Columns ---------------------------------------------------------------------------------------------------

namespace {

/// Marks the rows for which `is_null(row)` as null.
template <class IsNull>
void mark_nulls(Column& column, std::size_t rows, IsNull is_null) {
  for (std::size_t row = 0; row < rows; ++row) column.nulls += is_null(row) ? 1 : 0;
  if (column.nulls == 0) return;
  column.valid.assign((rows + 7) / 8, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    if (!is_null(row)) column.valid[row / 8] = static_cast<std::uint8_t>(column.valid[row / 8] | 1U << (row % 8));
  }
}

template <class Text>
Column column_of_texts(std::string name, const std::vector<Text>& texts) {
  Column column;
  column.name = std::move(name);
  column.whole.reserve(texts.size() + 1);
  column.whole.push_back(0);
  for (const auto& text : texts) {
    column.bytes += text;
    if (column.bytes.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      throw std::length_error("a column of text is longer than 2 GiB; evaluate fewer people at once");
    }
    column.whole.push_back(static_cast<std::int32_t>(column.bytes.size()));
  }
  return column;
}

}  // namespace

std::string_view Column::text(std::size_t row) const {
  if (kind == Kind::word) return dictionary->text(static_cast<std::size_t>(whole[row]));
  return std::string_view(bytes).substr(static_cast<std::size_t>(whole[row]), static_cast<std::size_t>(whole[row + 1] - whole[row]));
}

Column text_column(std::string name, const std::vector<std::string_view>& texts) { return column_of_texts(std::move(name), texts); }
Column text_column(std::string name, const std::vector<std::string>& texts) { return column_of_texts(std::move(name), texts); }

Column word_column(std::string name, std::vector<std::int32_t> codes, const std::vector<std::string>& words) {
  Column column;
  column.name = std::move(name);
  column.kind = Column::Kind::word;
  column.dictionary = std::make_shared<const Column>(text_column("", words));
  mark_nulls(column, codes.size(), [&](std::size_t row) { return codes[row] < 0; });
  for (auto& code : codes) code = std::max(code, 0);
  column.whole = std::move(codes);
  return column;
}

Column day_column(std::string name, const std::vector<Day>& days) {
  Column column;
  column.name = std::move(name);
  column.kind = Column::Kind::day;
  column.whole.reserve(days.size());
  for (const Day day : days) column.whole.push_back(is_a_day(day) ? day.number : 0);
  mark_nulls(column, days.size(), [&](std::size_t row) { return !is_a_day(days[row]); });
  return column;
}

Column whole_column(std::string name, std::vector<std::int32_t> numbers) {
  Column column;
  column.name = std::move(name);
  column.kind = Column::Kind::whole;
  mark_nulls(column, numbers.size(), [&](std::size_t row) { return numbers[row] < 0; });
  column.whole = std::move(numbers);
  return column;
}

Column number_column(std::string name, std::vector<double> numbers) {
  Column column;
  column.name = std::move(name);
  column.kind = Column::Kind::number;
  mark_nulls(column, numbers.size(), [&](std::size_t row) { return std::isnan(numbers[row]); });
  column.numbers = std::move(numbers);
  return column;
}

Table make_table(std::vector<Column> columns, std::size_t rows) {
  return {std::make_shared<const TableData>(TableData{std::move(columns), rows}), {}, {}, {}};
}

// --- Handing over ----------------------------------------------------------------------------------------------

namespace {

using Data = std::shared_ptr<const TableData>;

const char* format_of(const Column& column) {
  switch (column.kind) {
    case Column::Kind::text:
      return "u";
    case Column::Kind::day:
      return "tdD";
    case Column::Kind::number:
      return "g";
    case Column::Kind::word:
    case Column::Kind::whole:
      break;
  }
  return "i";
}

/// What an exported struct keeps alive: the table, and the arrays that the struct points at. Children are
/// separate structs, as a consumer may take one and release the rest.
template <class Struct>
struct Holding {
  Data data;
  std::array<const void*, 3> buffers{};
  std::vector<Struct> children;
  std::vector<Struct*> places;
  Struct dictionary{};
};

template <class Struct>
void release(Struct* exported) {
  auto* holding = static_cast<Holding<Struct>*>(exported->private_data);
  for (auto& child : holding->children) {
    if (child.release != nullptr) child.release(&child);
  }
  if (holding->dictionary.release != nullptr) holding->dictionary.release(&holding->dictionary);
  delete holding;
  exported->release = nullptr;
}

template <class Struct>
Holding<Struct>* hold(const Data& data, Struct* out) {
  *out = {};
  auto* holding = new Holding<Struct>{data, {}, {}, {}, {}};
  out->private_data = holding;
  out->release = release<Struct>;
  return holding;
}

template <class Struct>
void add_children(Holding<Struct>* holding, Struct* out, void (*export_column)(const Data&, const Column&, Struct*)) {
  const auto& columns = holding->data->columns;
  holding->children.resize(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    export_column(holding->data, columns[i], &holding->children[i]);
    holding->places.push_back(&holding->children[i]);
  }
  out->n_children = static_cast<std::int64_t>(columns.size());
  out->children = holding->places.data();
}

constexpr std::int64_t nullable = 2;

void export_type(const Data& data, const Column& column, ArrowSchema* out) {
  auto* holding = hold(data, out);
  out->format = format_of(column);
  out->name = column.name.c_str();
  out->flags = nullable;
  if (column.kind != Column::Kind::word) return;
  export_type(data, *column.dictionary, &holding->dictionary);
  out->dictionary = &holding->dictionary;
}

void export_values(const Data& data, const Column& column, ArrowArray* out) {
  auto* holding = hold(data, out);
  const bool is_text = column.kind == Column::Kind::text;
  const bool is_number = column.kind == Column::Kind::number;
  out->length = static_cast<std::int64_t>(is_number ? column.numbers.size() : column.whole.size() - (is_text ? 1 : 0));
  out->null_count = static_cast<std::int64_t>(column.nulls);
  out->n_buffers = is_text ? 3 : 2;
  holding->buffers = {column.valid.empty() ? nullptr : column.valid.data(),
                      is_number ? static_cast<const void*>(column.numbers.data()) : column.whole.data(), column.bytes.data()};
  out->buffers = holding->buffers.data();
  if (column.kind != Column::Kind::word) return;
  export_values(data, *column.dictionary, &holding->dictionary);
  out->dictionary = &holding->dictionary;
}

void export_schema(const Data& data, ArrowSchema* out) {
  auto* holding = hold(data, out);
  out->format = "+s";
  out->name = "";
  add_children(holding, out, export_type);
}

void export_rows(const Data& data, ArrowArray* out) {
  auto* holding = hold(data, out);
  out->length = static_cast<std::int64_t>(data->rows);
  out->n_buffers = 1;
  out->buffers = holding->buffers.data();
  add_children(holding, out, export_values);
}

/// A stream of one batch.
struct Stream {
  Data data;
  bool done = false;
};

void export_stream(const Data& data, ArrowArrayStream* out) {
  out->get_schema = [](ArrowArrayStream* stream, ArrowSchema* schema) {
    export_schema(static_cast<Stream*>(stream->private_data)->data, schema);
    return 0;
  };
  out->get_next = [](ArrowArrayStream* stream, ArrowArray* array) {
    auto& state = *static_cast<Stream*>(stream->private_data);
    if (state.done) *array = {};
    else export_rows(state.data, array);
    state.done = true;
    return 0;
  };
  out->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  out->release = [](ArrowArrayStream* stream) {
    delete static_cast<Stream*>(stream->private_data);
    stream->release = nullptr;
  };
  out->private_data = new Stream{data, false};
}

template <class Struct>
py::capsule capsule_of(std::unique_ptr<Struct> exported, const char* name) {
  auto* capsule = PyCapsule_New(exported.get(), name, [](PyObject* self) {
    auto* held = static_cast<Struct*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self)));
    if (held->release != nullptr) held->release(held);
    delete held;
  });
  if (capsule == nullptr) throw py::error_already_set();
  exported.release();
  return py::reinterpret_steal<py::capsule>(capsule);
}

// --- Looking at it in Python -----------------------------------------------------------------------------------

py::object cell_of(const Column& column, std::size_t row) {
  if (column.is_null(row)) return py::none();
  switch (column.kind) {
    case Column::Kind::text:
    case Column::Kind::word: {
      const auto text = column.text(row);
      return py::str(text.data(), text.size());
    }
    case Column::Kind::day:
      return to_date(Day{column.whole[row]});
    case Column::Kind::number:
      return py::float_(column.numbers[row]);
    case Column::Kind::whole:
      break;
  }
  return py::int_(column.whole[row]);
}

std::vector<std::string> names_of(const Table& table) {
  std::vector<std::string> names;
  for (const auto& column : table.data->columns) names.push_back(column.name);
  return names;
}

py::key_error no_such_column(const std::string& name) { return py::key_error("there is no column '" + name + "'"); }

py::list to_list(const Table& table, const std::string& name) {
  for (const auto& column : table.data->columns) {
    if (column.name != name) continue;
    py::list values(table.data->rows);
    for (std::size_t row = 0; row < table.data->rows; ++row) values[row] = cell_of(column, row);
    return values;
  }
  throw no_such_column(name);
}

/// The numbers of a column, the smallest one for null.
std::string bytes_of(const Column& column) {
  auto numbers = column.whole;
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (column.is_null(row)) numbers[row] = std::numeric_limits<std::int32_t>::min();
  }
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(std::int32_t)};
}

py::list to_dicts(const Table& table) {
  const auto& columns = table.data->columns;
  std::vector<py::str> names;
  for (const auto& column : columns) names.emplace_back(column.name);
  py::list rows(table.data->rows);
  for (std::size_t row = 0; row < table.data->rows; ++row) {
    py::dict cells;
    for (std::size_t i = 0; i < columns.size(); ++i) cells[names[i]] = cell_of(columns[i], row);
    rows[row] = std::move(cells);
  }
  return rows;
}

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&') safe += "&amp;";
    else if (c == '<') safe += "&lt;";
    else if (c == '>') safe += "&gt;";
    else if (c == '"') safe += "&quot;";
    else safe += c;
  }
  return safe;
}

std::string size_in_words(const Table& table) { return std::to_string(table.data->rows) + (table.data->rows == 1 ? " row" : " rows"); }

std::string in_words(const Table& table) {
  std::string words = "<leavingcare.Table: " + size_in_words(table) + " of ";
  const char* comma = "";
  for (const auto& column : table.data->columns) {
    words += comma + column.name;
    comma = ", ";
  }
  return words + ">";
}

std::string in_html(const Table& table) {
  constexpr std::size_t shown = 10;
  const auto& columns = table.data->columns;
  std::string html = "<table><thead><tr>";
  for (const auto& column : columns) html += "<th>" + escaped(column.name) + "</th>";
  html += "</tr></thead><tbody>";
  for (std::size_t row = 0; row < std::min(shown, table.data->rows); ++row) {
    html += "<tr>";
    for (const auto& column : columns) {
      html += "<td>";
      if (!column.is_null(row)) html += escaped(std::string(py::str(cell_of(column, row))));
      html += "</td>";
    }
    html += "</tr>";
  }
  html += "</tbody></table><p>" + size_in_words(table);
  if (table.data->rows > shown) html += ", the first " + std::to_string(shown) + " shown";
  return html + "</p>";
}

/// A column of the Python side's own: "text" (None is blank), "day", "whole" or "number" (None is null).
Column column_of(const std::string& name, const std::string& kind, const py::list& cells) {
  if (kind == "text") {
    std::vector<std::string> texts;
    for (const auto& cell : cells) texts.push_back(cell.is_none() ? std::string() : cell.cast<std::string>());
    return text_column(name, texts);
  }
  if (kind == "day") {
    std::vector<Day> days;
    for (const auto& cell : cells) days.push_back(optional_day_argument(cell, name.c_str()).value_or(Day::end_of_time));
    return day_column(name, days);
  }
  if (kind == "whole") {
    std::vector<std::int32_t> numbers;
    for (const auto& cell : cells) numbers.push_back(cell.is_none() ? -1 : cell.cast<std::int32_t>());
    return whole_column(name, std::move(numbers));
  }
  if (kind == "number") {
    std::vector<double> numbers;
    for (const auto& cell : cells) numbers.push_back(cell.is_none() ? std::numeric_limits<double>::quiet_NaN() : cell.cast<double>());
    return number_column(name, std::move(numbers));
  }
  throw py::value_error("kind: '" + kind + "' is none of text, day, whole and number");
}

Table table_of(const std::vector<std::tuple<std::string, std::string, py::list>>& columns) {
  const std::size_t rows = columns.empty() ? 0 : py::len(std::get<2>(columns.front()));
  std::vector<Column> made;
  for (const auto& [name, kind, cells] : columns) {
    if (py::len(cells) != rows) throw py::value_error("columns: '" + name + "' has another length than the first");
    made.push_back(column_of(name, kind, cells));
  }
  return make_table(std::move(made), rows);
}

constexpr const char* table_doc = R"(A table of results: immutable columns of one length, in Arrow's memory layout.

Text columns are str, days are datetime.date, amounts are float. None (null) stands for an open end: in `until` no known
end, in `from` as far back as anyone can say. `until` is exclusive: the first day on which the row no longer holds.

Any library that speaks the Arrow PyCapsule protocol takes a Table as it is, for example `polars.DataFrame(table)`,
`pyarrow.table(table)` or `duckdb.from_arrow(table)`; nothing is copied on our side.)";

}  // namespace

void bind_table(py::module_& module) {
  py::class_<Table> table(module, "Table", table_doc);
  table
      .def("__len__", [](const Table& self) { return self.data->rows; }, "The number of rows.")
      .def("__repr__", in_words, "The size and the columns; no cells.")
      .def("_repr_html_", in_html, "The first ten rows, for notebooks.")
      .def("__getitem__", to_list, py::arg("column"),
           "A column as a list. Raises KeyError when there is none of that name.")
      .def(
          "__iter__", [](const Table& self) { return py::iter(to_dicts(self)); },
          "The rows, each a dict from column name to value, as in to_dicts().")
      .def("to_dicts", to_dicts, "The rows as a list of dicts, from column name to value; None for null.")
      .def(
          "to_pandas", [](const py::object& self) { return py::module_::import("leavingcare._frames").attr("table_to_pandas")(self); },
          "A pandas.DataFrame: text as string, days as datetime64[ns] with NaT for null, whole numbers as Int64, amounts as float64;\n"
          "no column of objects, whatever the version of pandas. Does not need pyarrow. Raises ModuleNotFoundError without pandas.")
      .def(
          "to_native",
          [](const py::object& self) {
            const auto& native = self.cast<const Table&>().native;
            return py::module_::import("leavingcare._frames").attr("table_to_native")(self, native.library, native.ids_are_whole);
          },
          "The kind of table that the people came in (of leavingcare.people: the frame that lists them): a pandas or polars DataFrame, a\n"
          "pyarrow Table, or a dict of lists. Where their ids were whole numbers, so is the column person. Of people who came from\n"
          "files or from another library, and of tables that are not about people, the Table itself.")
      .def(
          "to_polars", [](const py::object& self) { return py::module_::import("polars").attr("DataFrame")(self); },
          "A polars.DataFrame: days as Date, columns of few different words as Categorical. Raises ModuleNotFoundError without polars.")
      .def(
          "to_arrow", [](const py::object& self) { return py::module_::import("pyarrow").attr("table")(self); },
          "A pyarrow.Table: days as date32, columns of few different words as dictionaries. Raises ModuleNotFoundError without pyarrow.")
      .def(
          "__arrow_c_stream__",
          [](const Table& self, const py::object&) {
            auto stream = std::make_unique<ArrowArrayStream>();
            export_stream(self.data, stream.get());
            return capsule_of(std::move(stream), stream_capsule);
          },
          py::arg("requested_schema") = py::none(),
          "The Arrow PyCapsule protocol: a stream of one batch over this table's own memory. A requested schema is ignored, as the\n"
          "protocol allows.")
      .def(
          "__arrow_c_schema__",
          [](const Table& self) {
            auto schema = std::make_unique<ArrowSchema>();
            export_schema(self.data, schema.get());
            return capsule_of(std::move(schema), schema_capsule);
          },
          "The Arrow PyCapsule protocol: the columns' types.")
      .def(
          "_buffer",
          [](const Table& self, const std::string& name) -> py::object {
            for (const auto& column : self.data->columns) {
              if (column.name != name) continue;
              py::list words;
              switch (column.kind) {
                case Column::Kind::day:
                  return py::make_tuple("day", py::bytes(bytes_of(column)), words);
                case Column::Kind::whole:
                  return py::make_tuple("whole", py::bytes(bytes_of(column)), words);
                case Column::Kind::number:
                  return py::make_tuple("number", py::bytes(reinterpret_cast<const char*>(column.numbers.data()),
                                                            column.numbers.size() * sizeof(double)), words);
                case Column::Kind::word:
                  for (std::size_t place = 0; place + 1 < column.dictionary->whole.size(); ++place) {
                    words.append(cell_of(*column.dictionary, place));
                  }
                  return py::make_tuple("word", py::bytes(bytes_of(column)), words);
                case Column::Kind::text:
                  break;
              }
              return py::none();
            }
            throw no_such_column(name);
          },
          py::arg("column"),
          "For to_pandas: ('day', 'whole' or 'word', bytes of int32, the smallest for null; the words that the numbers of 'word' are\n"
          "places in) or ('number', bytes of float64, NaN for null; no words); None for text.");
  table.def_property_readonly(
      "columns",
      [](const Table& self) {
        py::list names;
        for (const auto& name : names_of(self)) names.append(name);
        return names;
      },
      "The names of the columns, in order: a list of str.");
  table.def_property_readonly(
      "on", [](const Table& self) { return self.on ? to_date(*self.on) : py::none(); },
      "Of a look at one day (Result.on): that day. None for other tables.");
  table.def_property_readonly(
      "projection", [](const Table& self) -> py::object { return self.projection ? py::object(py::bool_(*self.projection)) : py::none(); },
      "Of a look at one day (Result.on): True if it lies after the day on which the data were drawn, so that it shows how things\n"
      "will be if nothing changes. None where that day is not known, and for other tables.");

  module.def("table", table_of, py::arg("columns"),
             "A Table of columns (name, kind, cells): kind is 'text' (None is blank), 'day', 'whole' (not below 0) or 'number' (None is null).");
}

}  // namespace leavingcare::python
