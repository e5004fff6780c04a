// bindings/python/module.cpp
//
// The module leavingcare._core. Python's users see it through the package leavingcare, which says how things are called.
#include "hosts.hpp"

#ifndef LEAVINGCARE_VERSION
#define LEAVINGCARE_VERSION "0"
#endif

namespace py = pybind11;

namespace leavingcare::python {

Errors& errors() {
  static Errors all;
  return all;
}

void raise(py::handle error, const Diagnostics& diagnostics) {
  const py::object raised = error(render_text(diagnostics));
  raised.attr("diagnostics") = from_json(render_json(diagnostics));
  PyErr_SetObject(error.ptr(), raised.ptr());
  throw py::error_already_set();
}

void bind_errors(py::module_& module) {
  const auto make = [&](const char* name, const char* full_name, const char* doc) {
    PyObject* made = PyErr_NewExceptionWithDoc(full_name, doc, PyExc_ValueError, nullptr);
    if (made == nullptr) throw py::error_already_set();
    const auto error = py::reinterpret_steal<py::object>(made);
    error.attr("diagnostics") = py::tuple();
    module.attr(name) = error;
    return py::handle(error);  // the module keeps it
  };
  errors().rulebook = make("RulebookError", "leavingcare.RulebookError",
                           "A rulebook does not exist or is not sound. str() shows every problem at its place;\n"
                           ".diagnostics is a list of dicts with the keys code, severity, message, places, hint.");
  errors().data = make("DataError", "leavingcare.DataError",
                       "Records of people cannot be used. str() lists every problem with table, row and field, and never a cell;\n"
                       ".diagnostics is a list of dicts with the keys code, severity, message, places, hint.");
}

}  // namespace leavingcare::python

PYBIND11_MODULE(_core, module) {
  namespace bindings = leavingcare::python;
  module.doc() = "leavingcare in C++: the classes behind the package leavingcare, which is what programs import.";
  module.attr("__version__") = LEAVINGCARE_VERSION;
  bindings::bind_errors(module);
  bindings::bind_table(module);
  bindings::bind_rulebook(module);
  bindings::bind_people(module);
  bindings::bind_results(module);
}
