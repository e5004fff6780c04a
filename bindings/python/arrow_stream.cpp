// bindings/python/arrow_stream.cpp
#include "arrow_stream.hpp"

#include <cmath>
#include <cstring>
#include <utility>

#include "dates.hpp"

namespace py = pybind11;

namespace leavingcare::python {
namespace {

// --- Arrow -----------------------------------------------------------------------------------------------------

/// Owns one of the interface's structs and releases it as the interface asks.
template <class Struct>
class Owned {
 public:
  Owned() = default;
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() { reset(); }

  void reset() {
    if (value_.release != nullptr) value_.release(&value_);
    value_ = {};
  }
  Struct* get() { return &value_; }
  const Struct* operator->() const { return &value_; }
  Struct* operator->() { return &value_; }
  [[nodiscard]] bool holds_something() const { return value_.release != nullptr; }

 private:
  Struct value_{};
};

/// How the values of a column are laid out.
enum class Layout : std::uint8_t {
  nothing, truth, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64,
  text32, text64, text_view, day32, ticks, other,
};

struct ColumnType {
  Layout layout = Layout::other;
  std::int64_t ticks_a_day = 0;  // ticks: date64 and timestamps
  bool has_zone = false;
  std::unique_ptr<ColumnType> dictionary;
};

Layout layout_of(std::string_view format) {
  static constexpr std::pair<std::string_view, Layout> plain[] = {
      {"n", Layout::nothing}, {"b", Layout::truth},   {"c", Layout::int8},    {"C", Layout::uint8},
      {"s", Layout::int16},   {"S", Layout::uint16},  {"i", Layout::int32},   {"I", Layout::uint32},
      {"l", Layout::int64},   {"L", Layout::uint64},  {"f", Layout::float32}, {"g", Layout::float64},
      {"u", Layout::text32},  {"U", Layout::text64},  {"vu", Layout::text_view}, {"tdD", Layout::day32},
      {"tdm", Layout::ticks}};
  for (const auto& [code, layout] : plain) {
    if (format == code) return layout;
  }
  return format.starts_with("ts") ? Layout::ticks : Layout::other;
}

ColumnType type_of(const ArrowSchema& schema) {
  const std::string_view format = schema.format;
  ColumnType type;
  type.layout = layout_of(format);
  if (type.layout == Layout::ticks) {
    const std::int64_t seconds_a_day = 86'400;
    const char unit = format[2];
    type.ticks_a_day = seconds_a_day * (unit == 's' ? 1 : unit == 'm' ? 1'000 : unit == 'u' ? 1'000'000 : 1'000'000'000);
    type.has_zone = format.starts_with("ts") && format.size() > 4;
  }
  if (schema.dictionary != nullptr) type.dictionary = std::make_unique<ColumnType>(type_of(*schema.dictionary));
  return type;
}

template <class Value>
Value value_at(const ArrowArray& array, std::int64_t place, std::size_t buffer = 1) {
  return static_cast<const Value*>(array.buffers[buffer])[place];
}

bool bit_at(const void* bits, std::int64_t place) {
  return (static_cast<const std::uint8_t*>(bits)[place / 8] >> (place % 8) & 1) != 0;
}

Cell text_cell(const char* from, std::int64_t length) {
  return {Cell::Kind::text, std::string_view(from, static_cast<std::size_t>(length)), 0, 0};
}

template <class Offset>
Cell text_at(const ArrowArray& array, std::int64_t place) {
  const auto from = value_at<Offset>(array, place);
  const auto until = value_at<Offset>(array, place + 1);
  if (from == until) return text_cell("", 0);
  return text_cell(static_cast<const char*>(array.buffers[2]) + from, until - from);
}

/// A text of at most twelve bytes stands in its view; a longer one in a buffer that the view names.
Cell text_view_at(const ArrowArray& array, std::int64_t place) {
  constexpr std::int64_t view_size = 16;
  const char* view = static_cast<const char*>(array.buffers[1]) + place * view_size;
  std::int32_t parts[4];
  std::memcpy(parts, view, sizeof parts);
  if (parts[0] <= 12) return text_cell(view + 4, parts[0]);
  return text_cell(static_cast<const char*>(array.buffers[2 + parts[2]]) + parts[3], parts[0]);
}

Cell whole_cell(std::int64_t whole) { return {Cell::Kind::whole, {}, whole, 0}; }

Cell cell_at(const ColumnType& type, const ArrowArray& array, std::int64_t row) {
  const std::int64_t place = row + array.offset;
  if (type.layout == Layout::nothing) return {};
  if (array.null_count != 0 && array.n_buffers > 0 && array.buffers[0] != nullptr && !bit_at(array.buffers[0], place)) return {};
  Cell cell{Cell::Kind::other};
  switch (type.layout) {
    case Layout::truth:
      cell = {Cell::Kind::truth, {}, bit_at(array.buffers[1], place) ? 1 : 0, 0};
      break;
    case Layout::int8:
      cell = whole_cell(value_at<std::int8_t>(array, place));
      break;
    case Layout::uint8:
      cell = whole_cell(value_at<std::uint8_t>(array, place));
      break;
    case Layout::int16:
      cell = whole_cell(value_at<std::int16_t>(array, place));
      break;
    case Layout::uint16:
      cell = whole_cell(value_at<std::uint16_t>(array, place));
      break;
    case Layout::int32:
      cell = whole_cell(value_at<std::int32_t>(array, place));
      break;
    case Layout::uint32:
      cell = whole_cell(value_at<std::uint32_t>(array, place));
      break;
    case Layout::int64:
      cell = whole_cell(value_at<std::int64_t>(array, place));
      break;
    case Layout::uint64:
      if (const auto value = value_at<std::uint64_t>(array, place); value <= INT64_MAX) {
        cell = whole_cell(static_cast<std::int64_t>(value));
      }
      break;
    case Layout::float32:
      cell = {Cell::Kind::number, {}, 0, static_cast<double>(value_at<float>(array, place))};
      break;
    case Layout::float64:
      cell = {Cell::Kind::number, {}, 0, value_at<double>(array, place)};
      break;
    case Layout::text32:
      cell = text_at<std::int32_t>(array, place);
      break;
    case Layout::text64:
      cell = text_at<std::int64_t>(array, place);
      break;
    case Layout::text_view:
      cell = text_view_at(array, place);
      break;
    case Layout::day32:
      cell = {Cell::Kind::day, {}, value_at<std::int32_t>(array, place), 0};
      break;
    case Layout::ticks: {
      const auto ticks = value_at<std::int64_t>(array, place);
      const bool midnight = ticks % type.ticks_a_day == 0 && !type.has_zone;
      cell = {midnight ? Cell::Kind::day : Cell::Kind::moment, {}, ticks / type.ticks_a_day, 0};
      break;
    }
    case Layout::nothing:
    case Layout::other:
      break;
  }
  if (!type.dictionary) return cell;
  return cell.kind == Cell::Kind::whole ? cell_at(*type.dictionary, *array.dictionary, cell.whole) : Cell{Cell::Kind::other};
}

class ArrowFrame : public Frame {
 public:
  explicit ArrowFrame(py::handle stream) {
    take(stream, stream_capsule, stream_);
    Owned<ArrowSchema> schema;
    check(stream_->get_schema(stream_.get(), schema.get()));
    read_types(schema);
  }

  ArrowFrame(py::handle schema, py::handle only_batch) {
    Owned<ArrowSchema> taken;
    take(schema, schema_capsule, taken);
    take(only_batch, array_capsule, batch_);
    read_types(taken);
  }

  /// Called without Python's lock. A library that needs it takes it.
  bool next() override {
    ++row_;
    while (!batch_.holds_something() || row_ >= batch_->length) {
      batch_.reset();
      if (!stream_.holds_something()) return false;
      check(stream_->get_next(stream_.get(), batch_.get()));
      if (!batch_.holds_something()) return false;
      row_ = 0;
    }
    return true;
  }

  [[nodiscard]] bool is_of_python() const override { return false; }

  [[nodiscard]] Cell cell(std::size_t column) const override {
    return cell_at(types_[column], *batch_->children[column], row_ + batch_->offset);
  }

 private:
  template <class Struct>
  static void take(py::handle capsule, const char* name, Owned<Struct>& into) {
    auto* held = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), name));
    if (held == nullptr) throw py::error_already_set();
    if (held->release == nullptr) throw UnreadableFrame("it was read before");
    *into.get() = *held;
    held->release = nullptr;
  }

  void read_types(const Owned<ArrowSchema>& schema) {
    if (std::strcmp(schema->format, "+s") != 0) throw UnreadableFrame("it is a column, not a table");
    for (std::int64_t i = 0; i < schema->n_children; ++i) {
      const auto& child = *schema->children[i];
      columns_.emplace_back(child.name == nullptr ? "" : child.name);
      types_.push_back(type_of(child));
    }
  }

  /// The library's own words are not repeated: they may quote a cell.
  static void check(int failure) {
    if (failure == 0) return;
    const py::gil_scoped_acquire lock;
    PyErr_Clear();
    throw UnreadableFrame("its library could not hand it over (error " + std::to_string(failure) + ")");
  }

  Owned<ArrowArrayStream> stream_;
  Owned<ArrowArray> batch_;
  std::vector<ColumnType> types_;
  std::int64_t row_ = -1;
};

// --- Lists -----------------------------------------------------------------------------------------------------

/// True for NaT, which is a datetime and unequal to itself, and for NA of pandas.
bool is_missing(py::handle value) {
  if (std::strcmp(Py_TYPE(value.ptr())->tp_name, "NAType") == 0 || std::strstr(Py_TYPE(value.ptr())->tp_name, ".NAType") != nullptr) {
    return true;
  }
  const auto unequal = py::reinterpret_steal<py::object>(PyObject_RichCompare(value.ptr(), value.ptr(), Py_NE));
  const int truth = unequal ? PyObject_IsTrue(unequal.ptr()) : -1;
  if (truth < 0) PyErr_Clear();
  return truth == 1;
}

Cell whole_cell(py::handle value) {
  int overflow = 0;
  const long long whole = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
  if (PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    return {Cell::Kind::other};
  }
  return overflow == 0 ? whole_cell(static_cast<std::int64_t>(whole)) : Cell{Cell::Kind::other};
}

Cell cell_of(py::handle value) {
  PyObject* object = value.ptr();
  if (object == Py_None) return {};
  if (PyUnicode_Check(object)) {
    Py_ssize_t size = 0;
    const char* text = PyUnicode_AsUTF8AndSize(object, &size);  // kept by the string itself
    if (text != nullptr) return text_cell(text, size);
    PyErr_Clear();
    return {Cell::Kind::other};
  }
  if (PyBool_Check(object)) return {Cell::Kind::truth, {}, object == Py_True ? 1 : 0, 0};
  if (PyLong_Check(object)) return whole_cell(value);
  if (PyFloat_Check(object)) {
    const double number = PyFloat_AsDouble(object);
    return std::isnan(number) ? Cell{} : Cell{Cell::Kind::number, {}, 0, number};
  }
  if (is_date(value)) {
    if (is_missing(value)) return {};
    const auto day = day_of_date(value);
    return day ? Cell{Cell::Kind::day, {}, day->number, 0} : Cell{Cell::Kind::moment};
  }
  if (is_missing(value)) return {};
  if (PyIndex_Check(object)) {  // the whole numbers of numpy
    const auto whole = py::reinterpret_steal<py::object>(PyNumber_Index(object));
    if (whole) return whole_cell(whole);
    PyErr_Clear();
  }
  return {Cell::Kind::other};
}

class ListFrame : public Frame {
 public:
  explicit ListFrame(const py::dict& lists) {
    for (const auto& [name, values] : lists) {
      if (!py::isinstance<py::str>(name)) throw UnreadableFrame("the name of a column is not text");
      columns_.push_back(name.cast<std::string>());
      if (!py::isinstance<py::list>(values)) throw UnreadableFrame("the column '" + columns_.back() + "' is not a list");
      lists_.push_back(py::reinterpret_borrow<py::list>(values));
      if (lists_.back().size() != lists_.front().size()) {
        throw UnreadableFrame("the columns '" + columns_.front() + "' and '" + columns_.back() + "' are not of one length");
      }
    }
  }

  bool next() override {
    ++row_;
    return !lists_.empty() && row_ <= lists_.front().size();
  }

  [[nodiscard]] bool is_of_python() const override { return true; }

  [[nodiscard]] Cell cell(std::size_t column) const override {
    return cell_of(PyList_GET_ITEM(lists_[column].ptr(), static_cast<Py_ssize_t>(row_ - 1)));
  }

 private:
  std::vector<py::list> lists_;
  std::size_t row_ = 0;  // 1 is the first
};

}  // namespace

std::unique_ptr<Frame> open_frame(py::handle source) {
  if (PyCapsule_IsValid(source.ptr(), stream_capsule) != 0) return std::make_unique<ArrowFrame>(source);
  if (py::isinstance<py::tuple>(source) && py::len(source) == 2) {
    const auto pair = py::reinterpret_borrow<py::tuple>(source);
    return std::make_unique<ArrowFrame>(pair[0], pair[1]);
  }
  if (py::isinstance<py::dict>(source)) return std::make_unique<ListFrame>(py::reinterpret_borrow<py::dict>(source));
  throw py::type_error("expected an Arrow stream, an Arrow schema and array, or a dict of lists");
}

}  // namespace leavingcare::python
