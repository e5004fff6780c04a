// bindings/python/people.cpp
//
// The stage of people: four doors, one class.
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <filesystem>
#include <map>
#include <string>
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

Population of_facts(const std::filesystem::path& folder, const Book& book) {
  return population([&] {
    const py::gil_scoped_release others_may_work;
    return read_facts(folder, book.book->vocabulary, book.book->subject.born);
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
  return {std::make_shared<const leavingcare::People>(std::move(returns.people)), std::move(remarks), returns.drawn, {}};
}

Population of_frames(const std::map<std::string, py::object>& sources, const std::map<std::string, std::string>& libraries, const Book& book) {
  const auto& born = book.book->subject.born;
  std::map<std::string, std::unique_ptr<Frame>> frames;
  Diagnostics problems;
  for (const auto& [name, source] : sources) {
    try {
      frames[name] = open_frame(source);
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
  return {std::make_shared<const leavingcare::People>(std::move(sound.people)), std::move(remarks), {},
          {library == libraries.end() ? std::string() : library->second, sound.ids_are_whole}};
}

Table remarks_table(const Population& self) {
  std::vector<std::string> severities;
  std::vector<std::string_view> codes;
  std::vector<std::string_view> titles;
  std::vector<std::string> messages;
  std::vector<std::string> files;
  std::vector<std::int32_t> lines;
  std::vector<std::string> hints;
  for (const auto& one : self.remarks) {
    const Place place = one.labels.empty() ? Place{} : one.labels.front().place;
    severities.emplace_back(one.severity == Severity::repair ? "repair" : "warning");
    codes.push_back(about(one.code).id);
    titles.push_back(about(one.code).title);
    messages.push_back(one.message);
    files.push_back(place.file ? place.file->name() : "");
    lines.push_back(place.line > 0 ? place.line : -1);
    hints.push_back(one.hint);
  }
  const auto rows = self.remarks.size();
  std::vector<Column> columns;
  columns.push_back(text_column("severity", severities));
  columns.push_back(text_column("code", codes));
  columns.push_back(text_column("title", titles));
  columns.push_back(text_column("message", messages));
  columns.push_back(text_column("file", files));
  columns.push_back(whole_column("line", std::move(lines)));
  columns.push_back(text_column("hint", hints));
  auto table = make_table(std::move(columns), rows);
  table.native = self.native;
  return table;
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

  module.def("read_facts", of_facts, py::arg("folder"), py::arg("rulebook"), "See leavingcare.read_facts.");
  module.def("read_case", of_case, py::arg("file"), py::arg("rulebook"), "See leavingcare.read_case.");
  module.def("read_ssda903", of_returns, py::arg("folders"), py::arg("map"), py::arg("rulebook"),
             "See leavingcare.read_ssda903; `map` is the path of source_map('ssda903').");
  module.def("people", of_frames, py::arg("frames"), py::arg("libraries"), py::arg("rulebook"),
             "See leavingcare.people; each frame is an Arrow stream capsule, a tuple of an Arrow schema's and an array's, or a dict of lists.\n"
             "libraries: what Table.to_native is to give, for each frame.");
}

}  // namespace leavingcare::python
