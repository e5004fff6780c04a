// bindings/python/people.cpp
//
// The stage of people: its doors, and the class behind all of them.
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dates.hpp"
#include "frames.hpp"
#include "hosts.hpp"

namespace py = pybind11;

namespace leavingcare::python {
namespace {

Population population(Checked<leavingcare::People> read) {
  if (!read) raise(errors().data, read.diagnostics());
  auto remarks = read.diagnostics();
  return {std::make_shared<const leavingcare::People>(std::move(read).value()), std::move(remarks), {}, {}};
}

/// `tell(done, of)` is called after each table, or is None.
Population of_facts(const std::filesystem::path& folder, const Book& book, const py::object& tell) {
  std::function<void(std::size_t, std::size_t)> progress;
  if (!tell.is_none()) {
    progress = [&tell](std::size_t done, std::size_t of) {
      const py::gil_scoped_acquire lock;
      tell(done, of);
    };
  }
  return population([&] {
    const py::gil_scoped_release others_may_work;
    return read_facts(folder, book.book->vocabulary, book.book->subject.born, progress);
  }());
}

Population of_case(const std::filesystem::path& file, const Book& book) {
  return population([&] {
    const py::gil_scoped_release others_may_work;
    return read_case(file, book.book->vocabulary, book.book->subject.born);
  }());
}

Population of_returns(const std::vector<std::filesystem::path>& folders, const std::filesystem::path& map, const Book& book) {
  auto read = [&] {
    const py::gil_scoped_release others_may_work;
    return read_ssda903(folders, map, book.book->vocabulary);
  }();
  if (!read) raise(errors().data, read.diagnostics());
  auto remarks = read.diagnostics();
  auto returns = std::move(read).value();
  return {std::make_shared<const leavingcare::People>(std::move(returns.people)), std::move(remarks), returns.drawn};
}

Population of_extract(const std::vector<std::filesystem::path>& paths,
                      const std::vector<std::pair<std::string, std::vector<std::vector<std::string>>>>& tables,
                      const std::vector<std::filesystem::path>& maps, const py::object& as_at, const Book& book) {
  ExtractSources sources{paths, {}};
  for (const auto& [name, rows] : tables) sources.tables.push_back({name, rows});
  std::optional<Day> drawn;
  if (!as_at.is_none()) drawn = day_argument(as_at, "as_at");
  auto read = [&] {
    const py::gil_scoped_release others_may_work;
    return read_extract(sources, maps, book.book->vocabulary, drawn);
  }();
  if (!read) raise(errors().data, read.diagnostics());
  auto remarks = read.diagnostics();
  auto extract = std::move(read).value();
  return {std::make_shared<const leavingcare::People>(std::move(extract.people)), std::move(remarks), extract.drawn,
          std::move(extract.categories), std::move(extract.unknown_words)};
}

using Renames = std::map<std::string, std::map<std::string, std::string>>;

Population of_frames(const std::map<std::string, py::object>& sources, const std::map<std::string, std::string>& libraries, const Book& book,
                     const Renames& columns) {
  const auto& born = book.book->subject.born;
  std::map<std::string, std::unique_ptr<Frame>> frames;
  Diagnostics problems;
  for (const auto& [name, source] : sources) {
    try {
      frames[name] = open_frame(source);
      const auto renames = columns.find(name);
      if (renames == columns.end()) continue;
      for (const auto& [column, meant] : renames->second) {
        if (frames[name]->rename(column, meant)) continue;
        const auto place = Place{std::make_shared<const SourceFile>("frame '" + name + "'", std::string()), 0, 0, 1};
        problems.push_back(error_at(Code::P102, place, "the column '" + column + "', to be read as '" + meant + "', is missing",
                                    suggest(column, frames[name]->columns())));
      }
    } catch (const UnreadableFrame& failure) {
      const auto place = Place{std::make_shared<const SourceFile>("frame '" + name + "'", std::string()), 0, 0, 1};
      problems.push_back(error_at(Code::P101, place, failure.what()));
    }
  }
  if (!problems.empty()) raise(errors().data, problems);
  auto read = read_frames(frames, book.book->vocabulary, born);
  if (!read) raise(errors().data, read.diagnostics());
  auto remarks = read.diagnostics();
  auto sound = std::move(read).value();
  const auto library = libraries.find(born);
  return {std::make_shared<const leavingcare::People>(std::move(sound.people)), std::move(remarks), {}, {}, {},
          {library == libraries.end() ? std::string() : library->second, sound.ids_are_whole}};
}

Table remarks_of(const Diagnostics& remarks, bool with_field) {
  std::vector<std::string> severities;
  std::vector<std::string_view> codes;
  std::vector<std::string_view> titles;
  std::vector<std::string> messages;
  std::vector<std::string> files;
  std::vector<std::int32_t> lines;
  std::vector<std::string> hints;
  std::vector<std::string> fields;
  for (const auto& one : remarks) {
    const Place place = one.labels.empty() ? Place{} : one.labels.front().place;
    severities.emplace_back(one.severity == Severity::repair ? "repair" : "warning");
    fields.push_back(field_of(one));
    codes.push_back(about(one.code).id);
    titles.push_back(about(one.code).title);
    messages.push_back(one.message);
    files.push_back(place.file ? place.file->name() : "");
    lines.push_back(place.line > 0 ? place.line : -1);
    hints.push_back(one.hint);
  }
  const auto rows = remarks.size();
  std::vector<Column> columns;
  columns.push_back(text_column("severity", severities));
  columns.push_back(text_column("code", codes));
  columns.push_back(text_column("title", titles));
  columns.push_back(text_column("message", messages));
  columns.push_back(text_column("file", files));
  columns.push_back(whole_column("line", std::move(lines)));
  if (with_field) columns.push_back(text_column("field", fields));
  columns.push_back(text_column("hint", hints));
  return make_table(std::move(columns), rows);
}

Table remarks_table(const Population& self) {
  auto table = remarks_of(self.remarks, false);
  table.native = self.native;
  return table;
}

Table categories_table(const Population& self) {
  std::vector<std::string_view> people;
  std::vector<std::string_view> written;
  std::vector<std::string_view> categories;
  std::vector<std::string_view> files;
  std::vector<std::int32_t> lines;
  for (const auto& one : self.categories) {
    people.push_back(self.people->ids()[one.person]);
    written.push_back(one.written);
    categories.push_back(one.category);
    files.push_back(self.people->sources()[one.origin.source]);
    lines.push_back(one.origin.line > 0 ? static_cast<std::int32_t>(one.origin.line) : -1);
  }
  std::vector<Column> columns;
  columns.push_back(text_column("person", people));
  columns.push_back(text_column("written", written));
  columns.push_back(text_column("category", categories));
  columns.push_back(text_column("file", files));
  columns.push_back(whole_column("line", std::move(lines)));
  return make_table(std::move(columns), people.size());
}

Table unknown_words_table(const Population& self) {
  std::vector<std::string_view> tables;
  std::vector<std::string_view> fields;
  std::vector<std::string_view> written;
  std::vector<std::int32_t> rows;
  for (const auto& one : self.unknown_words) {
    tables.push_back(one.table);
    fields.push_back(one.column);
    written.push_back(one.written);
    rows.push_back(static_cast<std::int32_t>(one.rows));
  }
  std::vector<Column> columns;
  columns.push_back(text_column("table", tables));
  columns.push_back(text_column("column", fields));
  columns.push_back(text_column("written", written));
  columns.push_back(whole_column("rows", std::move(rows)));
  return make_table(std::move(columns), tables.size());
}

/// The rows of one fact, in the columns in which read_facts takes them.
Table fact_table(const Population& self, const std::string& fact) {
  const auto* table = self.people->table(fact);
  if (table == nullptr) throw py::key_error("the source does not hold '" + fact + "'; People.facts lists what it holds");
  const auto rows = table->rows();
  std::vector<std::string_view> people;
  people.reserve(rows);
  for (std::size_t person = 0; person < self.people->size(); ++person) {
    for (auto row = table->offsets[person]; row < table->offsets[person + 1]; ++row) people.push_back(self.people->ids()[person]);
  }
  std::vector<Column> columns;
  columns.push_back(text_column("person", people));
  switch (table->kind) {
    case law::FactKind::day: {
      std::vector<Day> days(table->from);
      for (std::size_t row = 0; row < rows; ++row) {
        if (table->from[row] != table->until[row]) days[row] = Day::end_of_time;
      }
      columns.push_back(day_column("value", days));
      break;
    }
    case law::FactKind::events:
      columns.push_back(day_column("on", table->from));
      break;
    case law::FactKind::periods:
    case law::FactKind::numbers:
      columns.push_back(day_column("from", table->from));
      columns.push_back(day_column("until", table->until));
      break;
  }
  if (table->kind == law::FactKind::numbers) columns.push_back(number_column("value", table->value));
  for (const auto& field : table->fields) columns.push_back(word_column(field.name, field.codes, field.words));
  if (!table->doubtful.empty()) {
    std::vector<std::string_view> certain;
    certain.reserve(rows);
    for (const auto doubt : table->doubtful) certain.emplace_back(doubt != 0 ? "no" : "yes");
    columns.push_back(text_column("certain", certain));
  }
  return make_table(std::move(columns), rows);
}

/// The joined episodes, the repairs, and the day on which the last collection year ends.
py::tuple join(const std::vector<std::filesystem::path>& folders, const std::filesystem::path& map) {
  auto read = [&] {
    const py::gil_scoped_release others_may_work;
    return join_ssda903(folders, map);
  }();
  if (!read) raise(errors().data, read.diagnostics());
  const auto& joined = read.value();
  const auto rows = joined.episodes.size();
  std::vector<Column> columns;
  const auto add_text = [&](const std::string& name, auto text_of) {
    std::vector<std::string_view> texts;
    texts.reserve(rows);
    for (const auto& one : joined.episodes) texts.push_back(text_of(one));
    columns.push_back(text_column(name, texts));
  };
  const auto add_days = [&](const char* name, Day JoinedEpisode::*day) {
    std::vector<Day> days;
    days.reserve(rows);
    for (const auto& one : joined.episodes) days.push_back(one.*day);
    columns.push_back(day_column(name, days));
  };
  add_text("person", [](const auto& one) { return std::string_view(one.person); });
  add_days("from", &JoinedEpisode::from);
  add_days("until", &JoinedEpisode::until);
  add_text("certain", [](const auto& one) { return std::string_view(one.certain ? "yes" : "no"); });
  for (std::size_t i = 0; i < joined.columns.size(); ++i) {
    add_text(joined.columns[i], [i](const auto& one) { return std::string_view(one.cells[i]); });
  }
  add_text("year", [](const auto& one) { return std::string_view(one.year); });
  add_text("file", [](const auto& one) { return std::string_view(one.file); });
  std::vector<std::int32_t> lines;
  for (const auto& one : joined.episodes) lines.push_back(static_cast<std::int32_t>(one.line));
  columns.push_back(whole_column("line", std::move(lines)));
  return py::make_tuple(make_table(std::move(columns), rows), remarks_of(read.diagnostics(), true),
                        joined.drawn ? to_date(*joined.drawn) : py::object(py::none()));
}

std::string shown(const Population& self) {
  const auto people = self.people->size();
  std::string words = "<leavingcare.People: " + std::to_string(people) + (people == 1 ? " person" : " people");
  if (self.as_at) words += ", data drawn on " + iso(*self.as_at);
  if (!self.remarks.empty()) words += ", " + std::to_string(self.remarks.size()) + " remarks";
  return words + ">";
}

}  // namespace

std::string id_argument(py::handle person) {
  if (py::isinstance<py::str>(person)) return person.cast<std::string>();
  if (PyIndex_Check(person.ptr()) == 0 || PyBool_Check(person.ptr())) {
    throw py::type_error("person: expected an id, text or a whole number, not " +
                         std::string(py::str(py::type::handle_of(person).attr("__name__"))));
  }
  return std::string(py::str(py::reinterpret_steal<py::object>(PyNumber_Index(person.ptr()))));
}

void bind_people(py::module_& module) {
  py::class_<Population> people(module, "People",
                                "People and what is recorded about them. Immutable; made by read_ssda903, read_facts, read_case or people of the\n"
                                "package leavingcare. A fact that the source does not hold is unknown for everyone; a table that is there and\n"
                                "has no row for a person says that there was none.");
  people.def("__len__", [](const Population& self) { return self.people->size(); }, "The number of people.")
      .def("__repr__", shown, "How many people, and the day of the data; no personal data.")
      .def(
          "__contains__", [](const Population& self, const py::object& id) { return self.people->find(id_argument(id)) != self.people->size(); },
          py::arg("person"), "True if somebody has this id: text, or a whole number for ids that are digits.");
  people.def_property_readonly(
      "ids", [](const Population& self) { return self.people->ids(); },
      "The ids, a list of str, in the order of the source; results come in this order.");
  people.def_property_readonly(
      "facts",
      [](const Population& self) {
        std::vector<std::string> names;
        for (const auto& table : self.people->tables()) {
          if (table.recorded) names.push_back(table.name);
        }
        return names;
      },
      "The names of the facts that the source holds, a list of str. All others are unknown.");
  people.def("fact", fact_table, py::arg("name"),
             "What is recorded of one fact: a Table in the columns of read_facts. A day: person, value (None where only a range is known);\n"
             "periods: person, from, until and the fact's fields; events: person, on and fields; numbers: person, from, until, value. Where\n"
             "some rows may or may not be so, certain is 'yes' or 'no'. Raises KeyError if the source does not hold the fact.");
  people.def_property_readonly(
      "remarks", remarks_table,
      "What was mended in the data or read with care: a Table with the columns severity (repair or warning), code, title, message,\n"
      "file, line (1 is the first; None: the file as a whole) and hint. No cell of the data is repeated in it.");
  people.def_property_readonly(
      "as_at", [](const Population& self) { return self.as_at ? to_date(*self.as_at) : py::none(); },
      "The day on which the data were drawn, if the source says so (SSDA903: the 31 March on which the last collection year ends), or\n"
      "None. Days after it are a projection.");
  people.def_property_readonly(
      "digest", [](const Population& self) { return self.people->digest(); },
      "SHA-256 over what was read, in hexadecimal. For a folder of tables it is what `LC_ALL=C sha256sum *.csv | sha256sum` prints.");

  people.def_property_readonly(
      "recorded_categories", categories_table,
      "What the council's own system calls each care leaver, on the day of the extract: a Table with the columns person, written (as it\n"
      "stands there), category (a status of the rulebook, 'none', or blank where the source map does not have the word), file and line.\n"
      "It is never used for an answer. Empty unless the source is an extract that has it (read_ssd, read_annex_a).");
  people.def_property_readonly(
      "unknown_words", unknown_words_table,
      "Words of an extract that the source map does not have: a Table with the columns table, column, written and rows. These are cells of\n"
      "the data, for writing a map of the council's own.");

  module.def("read_facts", of_facts, py::arg("folder"), py::arg("rulebook"), py::arg("tell") = py::none(), "See leavingcare.read_facts; `tell(done, of)` counts tables.");
  module.def("read_case", of_case, py::arg("file"), py::arg("rulebook"), "See leavingcare.read_case.");
  module.def("read_ssda903", of_returns, py::arg("folders"), py::arg("map"), py::arg("rulebook"),
             "See leavingcare.read_ssda903; `map` is the path of source_map('ssda903').");
  module.def("read_extract", of_extract, py::arg("paths"), py::arg("tables"), py::arg("maps"), py::arg("as_at"), py::arg("rulebook"),
             "See leavingcare.read_ssd and read_annex_a; `tables` are pairs of a name and rows of text.");
  module.def("join_ssda903", join, py::arg("folders"), py::arg("map"), "See leavingcare.join_903.");
  module.def("people", of_frames, py::arg("frames"), py::arg("libraries"), py::arg("rulebook"), py::arg("columns") = Renames{},
             "See leavingcare.people; each frame is an Arrow stream capsule, a tuple of an Arrow schema's and an array's, or a dict of lists.\n"
             "libraries: what Table.to_native is to give, for each frame.");
}

}  // namespace leavingcare::python
