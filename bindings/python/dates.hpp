// bindings/python/dates.hpp
//
// Days and Python's dates.
#pragma once

#include <pybind11/pybind11.h>

#include <leavingcare/calendar/day.hpp>
#include <optional>

namespace leavingcare::python {

/// True for a datetime.date, and so for a datetime.datetime, which is one.
[[nodiscard]] bool is_date(pybind11::handle value);

/// The day of a date, or of a datetime at midnight without a time zone; empty for any other datetime.
[[nodiscard]] std::optional<Day> day_of_date(pybind11::handle date);

/// A day that a caller gives: a date, a datetime at midnight, or text YYYY-MM-DD. `argument` is what messages call
/// it. Throws pybind11::type_error, or pybind11::value_error for a text or time that is no day.
[[nodiscard]] Day day_argument(pybind11::handle value, const char* argument);

/// The same, or None.
[[nodiscard]] std::optional<Day> optional_day_argument(pybind11::handle value, const char* argument);

/// A datetime.date; None for an end of time.
[[nodiscard]] pybind11::object to_date(Day day);

}  // namespace leavingcare::python
