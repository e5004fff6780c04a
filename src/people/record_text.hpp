// src/people/record_text.hpp
//
// What the texts of a record may be, for every reader: dates, numbers, words; and advice that does not repeat what was written.
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/diagnostics/diagnostic.hpp>
#include <leavingcare/law/facts.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace leavingcare {

/// A finite decimal number that takes up the whole text.
[[nodiscard]] inline std::optional<double> read_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// What is likely amiss with a text that read_iso_day refuses.
[[nodiscard]] inline std::string advice_on_date(std::string_view written) {
  const auto looks_like = [written](std::string_view shape) {
    if (written.size() < shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
      const bool digit = written[i] >= '0' && written[i] <= '9';
      if (shape[i] == '9' ? !digit : written[i] != shape[i]) return false;
    }
    return true;
  };
  if (looks_like("9999-99-99")) {
    return written.size() > 10 ? "leave out the time of day" : "there is no such day between 1900 and 2200";
  }
  if (looks_like("99/99/9999")) {
    return read_uk_day(written.substr(0, 10)) ? "this looks like DD/MM/YYYY; write the year first, with hyphens"
                                              : "write YYYY-MM-DD: the year, the month, the day";
  }
  if (looks_like("9999-99")) return "the day is missing";
  return {};
}

/// True if a field may hold this word, or number. Case counts.
[[nodiscard]] inline bool is_allowed(const law::Field& field, std::string_view word) {
  if (!field.unit.empty()) return read_number(word).has_value();
  return field.one_of.empty() ||
         std::find(field.one_of.begin(), field.one_of.end(), word) != field.one_of.end();
}

/// The word meant, if there is one close enough, or all that may stand there.
[[nodiscard]] inline std::string advice_on_word(std::string_view written,
                                                const std::vector<std::string>& allowed) {
  auto advice = suggest(std::string(written), allowed);
  if (!advice.empty()) return advice;
  for (const auto& word : allowed) advice += (advice.empty() ? "allowed: " : ", ") + word;
  return advice;
}

/// What a field's cell should have been.
[[nodiscard]] inline std::string expected_in(const law::Field& field) {
  return field.unit.empty() ? "expected one of the words this field allows" : "expected a number of " + field.unit;
}

[[nodiscard]] inline std::string advice_on_field(const law::Field& field, std::string_view written) {
  if (field.unit.empty()) return advice_on_word(written, field.one_of);
  return "write digits alone: 3500, 71.50";
}

/// The column, in any periods or events table, that says whether a row is certainly so.
inline constexpr std::string_view certain_field = "certain";

/// What `certain` says: true for "no"; false for "yes" and for blank; empty for anything else.
[[nodiscard]] inline std::optional<bool> read_doubt(std::string_view certain) {
  if (certain.empty() || certain == "yes") return false;
  if (certain == "no") return true;
  return std::nullopt;
}

}  // namespace leavingcare
