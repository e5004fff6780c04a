// bindings/python/dates.cpp
#include "dates.hpp"

#include <datetime.h>

#include <string>

namespace py = pybind11;

namespace leavingcare::python {
namespace {

/// The C interface of the datetime module: loaded once in each file that uses it.
void load_datetime() {
  if (PyDateTimeAPI != nullptr) return;
  PyDateTime_IMPORT;
  if (PyDateTimeAPI == nullptr) throw py::error_already_set();
}

}  // namespace

bool is_date(py::handle value) {
  load_datetime();
  return PyDate_Check(value.ptr());
}

std::optional<Day> day_of_date(py::handle date) {
  load_datetime();
  PyObject* object = date.ptr();
  if (PyDateTime_Check(object)) {
    const bool midnight = PyDateTime_DATE_GET_HOUR(object) == 0 && PyDateTime_DATE_GET_MINUTE(object) == 0 &&
                          PyDateTime_DATE_GET_SECOND(object) == 0 && PyDateTime_DATE_GET_MICROSECOND(object) == 0;
    if (!midnight || !date.attr("tzinfo").is_none()) return std::nullopt;
  }
  return day_of(PyDateTime_GET_YEAR(object), static_cast<unsigned>(PyDateTime_GET_MONTH(object)),
                static_cast<unsigned>(PyDateTime_GET_DAY(object)));
}

Day day_argument(py::handle value, const char* argument) {
  if (is_date(value)) {
    if (const auto day = day_of_date(value)) return *day;
    throw py::value_error(std::string(argument) + ": expected a day, without a time of day or a time zone");
  }
  if (!py::isinstance<py::str>(value)) {
    throw py::type_error(std::string(argument) + ": expected a date or text YYYY-MM-DD, not " +
                         std::string(py::str(py::type::handle_of(value).attr("__name__"))));
  }
  const auto text = value.cast<std::string>();
  if (const auto day = read_iso_day(text)) return *day;
  std::string words = std::string(argument) + ": '" + text + "' is not a date; write YYYY-MM-DD";
  if (const auto uk = read_uk_day(text)) words += ", here " + iso(*uk);
  throw py::value_error(words);
}

std::optional<Day> optional_day_argument(py::handle value, const char* argument) {
  if (value.is_none()) return std::nullopt;
  return day_argument(value, argument);
}

py::object to_date(Day day) {
  if (!is_a_day(day)) return py::none();
  load_datetime();
  const auto date = civil(day);
  PyObject* made = PyDate_FromDate(static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
                                   static_cast<int>(static_cast<unsigned>(date.day())));
  if (made == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(made);
}

}  // namespace leavingcare::python
