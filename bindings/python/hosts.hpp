// bindings/python/hosts.hpp
//
// What stands behind the classes that Python sees, and how problems become Python's errors.
#pragma once

#include <pybind11/pybind11.h>

#include <leavingcare/leavingcare.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "table.hpp"

namespace leavingcare::python {

/// Rulebook in Python.
struct Book {
  std::shared_ptr<const Rulebook> book;
};

/// People in Python.
struct Population {
  std::shared_ptr<const leavingcare::People> people;
  Diagnostics remarks;
  std::optional<Day> as_at;
  std::vector<RecordedCategory> categories = {};
  std::vector<UnknownWord> unknown_words = {};
  Native native = {};
};

/// Result in Python.
struct Evaluation {
  std::shared_ptr<const Result> result;
  Native native = {};
  std::shared_ptr<const Rulebook> book = {};
  std::shared_ptr<std::once_flag> categories_once = std::make_shared<std::once_flag>();
  std::shared_ptr<std::vector<CategorySpan>> category_spans = std::make_shared<std::vector<CategorySpan>>();
  std::shared_ptr<const Population> people = {};
};

/// A person's id that a caller gives: text, or a whole number for ids that are digits. Throws pybind11::type_error.
[[nodiscard]] std::string id_argument(pybind11::handle person);

/// JSON text as Python's own values.
[[nodiscard]] inline pybind11::object from_json(const std::string& text) {
  return pybind11::module_::import("json").attr("loads")(text);
}

/// The error classes, made by bind_errors().
struct Errors {
  pybind11::handle rulebook;
  pybind11::handle data;
};
[[nodiscard]] Errors& errors();

/// Raises one of them: its str is the diagnostics as a person reads them, its .diagnostics a list of dicts.
[[noreturn]] void raise(pybind11::handle error, const Diagnostics& diagnostics);

/// "Children Act 1989 s.23A(2); SI 2010/959 reg. 40".
[[nodiscard]] inline std::string in_words(const std::vector<law::Citation>& cite) {
  std::string words;
  for (const auto& one : cite) words += (words.empty() ? "" : "; ") + one.instrument + " " + one.provision;
  return words;
}

void bind_errors(pybind11::module_& module);

/// In this order, after bind_table(): each names the classes of those before it. bind_results() gives Rulebook its evaluate().
void bind_rulebook(pybind11::module_& module);
void bind_people(pybind11::module_& module);
void bind_results(pybind11::module_& module);

}  // namespace leavingcare::python
