// bindings/python/arrow_stream.hpp
//
// Tables that come from Python, read a row at a time, whatever library made them.
//
// Two ways in. A library that speaks Arrow's PyCapsule protocol (polars, pyarrow, newer pandas, DuckDB, ...) hands over a
// capsule named "arrow_array_stream", or two for a single batch; its buffers are read where they lie, nothing is copied. Anything
// else comes as a dict of lists.
// Either way a row is cells, and a cell is one of a few kinds; what a cell must be is for the reader of people to say (frames.hpp).
//
// The structs are those of https://arrow.apache.org/docs/format/CDataInterface.html and CStreamInterface.html: an ABI, so
// they are declared here as they are there, and no Arrow library is needed.
#pragma once

#include <pybind11/pybind11.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

extern "C" {

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
}

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

extern "C" {

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
}

#endif  // ARROW_C_STREAM_INTERFACE

namespace leavingcare::python {

/// The names that the PyCapsule protocol gives its capsules.
inline constexpr const char* stream_capsule = "arrow_array_stream";
inline constexpr const char* schema_capsule = "arrow_schema";
inline constexpr const char* array_capsule = "arrow_array";

/// One cell. Which member counts depends on the kind.
struct Cell {
  enum class Kind : std::uint8_t {
    blank,   ///< null, None, NaN of pandas, NaT
    text,    ///< `text`, not trimmed; lives until the next row
    whole,   ///< `whole`
    number,  ///< `number`
    truth,   ///< `whole` is 0 or 1
    day,     ///< `whole` is days since 1 January 1970
    moment,  ///< a day with a time of day or a time zone, which is no day
    other,   ///< anything else
  };
  Kind kind = Kind::blank;
  std::string_view text = {};
  std::int64_t whole = 0;
  double number = 0;
};

/// The table cannot be read at all. The words hold no cell.
class UnreadableFrame : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A table, read once from the first row to the last.
class Frame {
 public:
  virtual ~Frame() = default;

  /// The names of the columns, in order, as given; a name may stand twice.
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }

  /// Calls a column by another name; false when there is none of the old one.
  bool rename(const std::string& column, const std::string& name) {
    for (auto& one : columns_) {
      if (one != column) continue;
      one = name;
      return true;
    }
    return false;
  }

  /// Goes to the first or the next row; false when there is none. Throws UnreadableFrame.
  virtual bool next() = 0;

  /// True if its cells are objects of Python, so that the lock is needed to look at them.
  [[nodiscard]] virtual bool is_of_python() const = 0;

  /// A cell of the row.
  [[nodiscard]] virtual Cell cell(std::size_t column) const = 0;

 protected:
  std::vector<std::string> columns_;
};

/// A frame of an Arrow stream's capsule, of the two of a batch (schema, array), which are used up, or of a dict from
/// column names to lists of one length. Throws pybind11::type_error for anything else and UnreadableFrame.
[[nodiscard]] std::unique_ptr<Frame> open_frame(pybind11::handle source);

}  // namespace leavingcare::python
