// leavingcare/diagnostics/diagnostic.hpp
//
// What is wrong, where, what was expected, and what to do about it.
//
// A problem in a rulebook or in data is a value, not an exception: a stage collects every problem it can find and hands them back
// together (checked.hpp). Each has a stable code that can be looked up (codes.hpp), one sentence, one or more labelled
// places (both sides of a conflict are shown), and a hint. No message holds personal data: it names files, rows and fields.
#pragma once

#include <leavingcare/diagnostics/codes.hpp>
#include <leavingcare/diagnostics/place.hpp>

#include <string>
#include <utility>
#include <vector>

namespace leavingcare {

/// An error stops the work; a warning is told and the work goes on; a repair says what was mended in the data.
enum class Severity { error, warning, repair };

/// A place with a few words on what stands there.
struct Label {
  Place place;
  std::string words;
};

struct Diagnostic {
  Code code{};
  Severity severity = Severity::error;
  std::string message;        ///< one sentence, without a full stop
  std::vector<Label> labels;  ///< the first is where to look first
  std::string hint;           ///< "did you mean 'looked_after'?"; may be empty
};

using Diagnostics = std::vector<Diagnostic>;

/// An error at one place.
[[nodiscard]] inline Diagnostic error_at(Code code, Place place, std::string message, std::string hint = {}) {
  return {code, Severity::error, std::move(message), {{std::move(place), {}}}, std::move(hint)};
}

/// True if any of them is an error.
[[nodiscard]] inline bool has_errors(const Diagnostics& diagnostics) {
  for (const auto& one : diagnostics) {
    if (one.severity == Severity::error) return true;
  }
  return false;
}

/// The diagnostics as a person reads them: `error[L101] file:line:column: message`, the line with a caret
/// under the text, further labels, the hint. Ends with a newline; of no diagnostics it is empty. A file whose text was not kept
/// (SourceFile with an empty text, as for personal records) is named and not quoted.
[[nodiscard]] std::string render_text(const Diagnostics& diagnostics);

/// The same as a JSON array, for programs: objects with code, severity, message, places, hint.
[[nodiscard]] std::string render_json(const Diagnostics& diagnostics);

/// Of `known`, the word most like `written`, if one is close enough to be a slip: "did you mean 'x'?" as a hint; else empty.
[[nodiscard]] std::string suggest(const std::string& written, const std::vector<std::string>& known);

}  // namespace leavingcare
