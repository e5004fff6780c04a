// leavingcare/diagnostics/checked.hpp
//
// A value, or everything that is wrong.
//
// Every stage that reads what somebody wrote returns Checked<T>. It holds the value exactly when no diagnostic is an error; warnings and
// repairs may stand beside the value. Callers who prefer exceptions call value_or_throw().
#pragma once

#include <leavingcare/diagnostics/diagnostic.hpp>

#include <optional>
#include <stdexcept>
#include <utility>

namespace leavingcare {

/// Thrown by value_or_throw(): the diagnostics, and their text as what().
class NotSound : public std::runtime_error {
 public:
  explicit NotSound(Diagnostics diagnostics)
      : std::runtime_error(render_text(diagnostics)), diagnostics_(std::move(diagnostics)) {}

  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  Diagnostics diagnostics_;
};

template <class T>
class Checked {
 public:
  /// A sound value, with any warnings and repairs.
  Checked(T value, Diagnostics remarks = {}) : diagnostics_(std::move(remarks)) {
    if (!has_errors(diagnostics_)) value_.emplace(std::move(value));
  }

  /// No value: `diagnostics` holds at least one error.
  static Checked refused(Diagnostics diagnostics) { return Checked(std::move(diagnostics)); }

  [[nodiscard]] explicit operator bool() const { return value_.has_value(); }
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

  [[nodiscard]] T& value() & { return value_.value(); }
  [[nodiscard]] const T& value() const& { return value_.value(); }
  [[nodiscard]] T&& value() && { return std::move(value_).value(); }

  /// The value, or NotSound with every problem.
  [[nodiscard]] T value_or_throw() && {
    if (!value_) throw NotSound(diagnostics_);
    return std::move(*value_);
  }

 private:
  explicit Checked(Diagnostics diagnostics) : diagnostics_(std::move(diagnostics)) {}

  std::optional<T> value_;
  Diagnostics diagnostics_;
};

}  // namespace leavingcare
