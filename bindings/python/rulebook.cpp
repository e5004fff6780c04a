// bindings/python/rulebook.cpp
//
// The stage of rulebooks: loading one and looking into it. Its verb, evaluate(), stands with the results.
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <leavingcare/source/read_yaml.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "dates.hpp"
#include "hosts.hpp"

namespace py = pybind11;

namespace leavingcare::python {
namespace {

/// Holds Python's lock throughout: the caller has set the folders to look in, for a moment, in the environment.
Book load(const std::string& name, const GivenParameters& parameters) {
  auto book = load_rulebook(name, parameters);
  if (!book) raise(errors().rulebook, book.diagnostics());
  return {std::make_shared<const Rulebook>(std::move(book).value())};
}

py::object of_node(const source::Node& node) {
  switch (node.kind) {
    case source::NodeKind::scalar:
      return py::str(node.text);
    case source::NodeKind::list: {
      py::list items;
      for (const auto& item : node.items) items.append(of_node(item));
      return items;
    }
    case source::NodeKind::map: {
      py::dict entries;
      for (const auto& entry : node.entries) entries[py::str(entry.key)] = of_node(entry.value);
      return entries;
    }
    case source::NodeKind::empty:
      break;
  }
  return py::none();
}

/// For the maps that the Python side works with: every scalar is text, so that no code or date is taken for something else.
py::object read_map(const std::filesystem::path& file) {
  const auto read = source::read_yaml_file(file);
  if (!read) raise(errors().rulebook, read.diagnostics());
  return of_node(read.value());
}

Table rules_table(const Book& self) {
  std::vector<std::string> names;
  std::vector<std::string_view> kinds;
  std::vector<std::string> summaries;
  std::vector<Day> from;
  std::vector<Day> until;
  std::vector<Day> enacted;
  std::vector<Day> proposed;
  std::vector<Day> planned;
  std::vector<std::string> standings;
  std::vector<std::string> units;
  std::vector<std::string> cites;
  std::vector<std::string> notes;
  std::vector<std::string> books;
  for (const auto& rule : self.book->rules) {
    for (const auto& version : rule.declared.versions) {
      const auto& note = version.note.empty() ? rule.declared.note : version.note;
      names.push_back(rule.declared.name);
      kinds.push_back(law::in_words(rule.declared.kind));
      summaries.push_back(rule.declared.summary);
      from.push_back(version.from);
      until.push_back(version.until);
      enacted.push_back(version.not_in_force == law::NotInForce::enacted ? version.said : Day::end_of_time);
      proposed.push_back(version.not_in_force && version.not_in_force != law::NotInForce::enacted ? version.said : Day::end_of_time);
      planned.push_back(version.planned.value_or(Day::end_of_time));
      standings.push_back(rule.declared.standing);
      units.push_back(rule.declared.unit);
      cites.push_back(in_words(version.cite));
      notes.push_back(note);
      books.push_back(rule.rulebook);
    }
  }
  const auto rows = names.size();
  std::vector<Column> columns;
  columns.push_back(text_column("rule", names));
  columns.push_back(text_column("kind", kinds));
  columns.push_back(text_column("summary", summaries));
  columns.push_back(day_column("from", from));
  columns.push_back(day_column("until", until));
  columns.push_back(day_column("enacted", enacted));
  columns.push_back(day_column("proposed", proposed));
  columns.push_back(day_column("planned", planned));
  columns.push_back(text_column("standing", standings));
  columns.push_back(text_column("unit", units));
  columns.push_back(text_column("cite", cites));
  columns.push_back(text_column("note", notes));
  columns.push_back(text_column("rulebook", books));
  return make_table(std::move(columns), rows);
}

py::list readings_of(const Book& self) {
  py::list all;
  for (const auto& reading : self.book->readings) {
    py::dict options;
    for (const auto& option : reading.options) options[py::str(option.name)] = option.summary;
    py::dict one;
    one["name"] = reading.name;
    one["question"] = reading.question;
    one["options"] = options;
    one["default"] = reading.options[reading.chosen].name;
    one["cite"] = in_words(reading.cite);
    all.append(one);
  }
  return all;
}

py::list facts_of(const Book& self) {
  py::list all;
  for (const auto& fact : self.book->vocabulary.facts) {
    py::list fields;
    for (const auto& field : fact.fields) {
      py::dict one;
      one["name"] = field.name;
      one["summary"] = field.summary;
      one["one_of"] = field.one_of;
      one["unit"] = field.unit;
      one["required"] = field.required;
      one["when_absent"] = field.when_absent.empty() ? py::object(py::none()) : py::str(field.when_absent);
      fields.append(one);
    }
    py::dict one;
    one["name"] = fact.name;
    one["kind"] = law::in_words(fact.kind);
    one["summary"] = fact.summary;
    one["unit"] = fact.unit;
    one["fields"] = fields;
    one["held_by"] = fact.held_by;
    one["if_unknown"] = fact.if_unknown;
    all.append(one);
  }
  return all;
}

py::list parameters_of(const Book& self) {
  py::list all;
  const auto date = [](Day day) { return is_a_day(day) ? to_date(day) : py::object(py::none()); };
  for (const auto& parameter : self.book->parameters) {
    py::list values;
    for (const auto& value : parameter.values) {
      py::dict one;
      one["from"] = date(value.from);
      one["until"] = date(value.until);
      one["value"] = value.value.text;
      one["cite"] = in_words(value.cite);
      values.append(one);
    }
    py::dict one;
    one["name"] = parameter.name;
    one["summary"] = parameter.summary;
    one["unit"] = parameter.unit;
    one["missing"] = parameter.missing;
    one["values"] = values;
    all.append(one);
  }
  return all;
}

py::list categories_of(const Book& self) {
  py::list all;
  for (const auto& category : self.book->categories) {
    py::dict labels;
    for (const auto& rank : category.ranks) labels[py::str(rank.rule)] = rank.label;
    py::dict one;
    one["name"] = category.name;
    one["summary"] = category.summary;
    one["labels"] = labels;
    one["cite"] = in_words(category.cite);
    all.append(one);
  }
  return all;
}

py::list cannot_express_of(const Book& self) {
  py::list all;
  for (const auto& gap : self.book->cannot_express) {
    py::dict one;
    one["says"] = gap.says;
    one["reason"] = gap.reason;
    one["cite"] = in_words(gap.cite);
    all.append(one);
  }
  return all;
}

}  // namespace

void bind_rulebook(py::module_& module) {
  py::class_<Book> book(module, "Rulebook",
                        "A rulebook that has passed every check: see leavingcare.load. Immutable; may be used by several threads.");
  book.def("__repr__", [](const Book& self) { return "<leavingcare.Rulebook: " + self.book->name + ", " + std::to_string(self.book->rules.size()) + " rules>"; },
           "The name and the size.");
  book.def_property_readonly("name", [](const Book& self) { return self.book->name; }, "The name: 'england'.");
  book.def_property_readonly("title", [](const Book& self) { return self.book->title; }, "The title.");
  book.def_property_readonly("summary", [](const Book& self) { return self.book->summary; }, "What it covers, in a sentence or two.");
  book.def_property_readonly("digest", [](const Book& self) { return self.book->digest; },
                             "SHA-256 over its files and those of the rulebooks it extends, in hexadecimal.");
  book.def_property_readonly("chain", [](const Book& self) { return self.book->chain; },
                             "The names of this rulebook and those it extends, the national one first: a list of str.");
  book.def_property_readonly("rules", rules_table,
                             "Table rule, kind, summary, from, until, enacted, proposed, planned, standing, unit, cite, note, rulebook: a row for each\n"
                             "dated version of each rule. It is in force from `from` to the day before `until`, None where there is no such end. One that\n"
                             "is not in force has no days: `enacted` is the day of enactment, `proposed` the day of the document that proposes it or\n"
                             "says that it is in progress, `planned` the day by which it is to be so. standing is 'law', 'contract', 'offer',\n"
                             "'plan_target', 'monitor_only' or ''.");
  book.def_property_readonly("readings", readings_of,
                             "The questions on which lawyers differ: a list of dicts with the keys name, question, options (a dict from name to\n"
                             "summary), default and cite.");
  book.def_property_readonly("facts", facts_of,
                             "What may be recorded about people: a list of dicts with the keys name, kind (day, periods, events or numbers), summary,\n"
                             "unit and fields; a field is a dict with name, summary, one_of (empty: any text), unit (of a field that holds a number,\n"
                             "else ''), required, and when_absent (what a blank means; None: unknown).");
  book.def_property_readonly("parameters", parameters_of,
                             "Figures that rules name: a list of dicts with the keys name, summary, unit, missing (True where the source gives no\n"
                             "figure and nobody has), and values, a list of dicts with from, until (datetime.date, or None), value (text) and cite.");
  book.def_property_readonly("categories", categories_of,
                             "One name for people who may hold several statuses at once: a list of dicts with the keys name, summary, labels (a dict\n"
                             "from status to label, the first to hold decides) and cite.");
  book.def_property_readonly("cannot_express", cannot_express_of,
                             "What the law says and this rulebook does not: a list of dicts with the keys says, reason and cite.");
  module.def("read_map", read_map, py::arg("file"),
             "A YAML file, read as strictly as rulebooks are, as dicts, lists and text; nothing is None. Raises RulebookError.");
  module.def("load", load, py::arg("name"), py::arg("parameters") = py::dict(), "See leavingcare.load. Looks in the folders that LEAVINGCARE_RULES names.");
  module.def("source_map", [](const std::string& name) { return source_map(name).string(); }, py::arg("name"),
             "The path of the file that says what a source's codes mean, looked for in the folders that LEAVINGCARE_RULES names.");
}

}  // namespace leavingcare::python
