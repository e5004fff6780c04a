// leavingcare/law/documents.hpp
//
// The documents of a council from which rules are made, and the lines in them.
//
// A document is cited by its name and the lines meant: `cite: {document: westmarch_offer, lines: 17-18}`. The rulebook says how many
// lines it has, which of them are blank, and which hold no rule and why (a title, a photograph's caption). All other lines are accounted for by the
// entries of the ledger (law/ledger.hpp).
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/diagnostics/place.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::law {

/// Lines of a document, both included; 1 is the first.
struct Lines {
  int first = 0;
  int last = 0;

  friend bool operator==(Lines, Lines) = default;
};

/// Reads "417-418", "7" or "5-11, 27". Empty for any other text, and for lines that run backwards or begin before the first.
[[nodiscard]] inline std::optional<std::vector<Lines>> read_lines(std::string_view text) {
  std::vector<Lines> found;
  const auto number = [](std::string_view part) {
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    return part.empty() || part.size() > 7 ? -1 : detail::digits(part);
  };
  while (true) {
    const auto comma = std::min(text.find(','), text.size());
    const auto part = text.substr(0, comma);
    const auto hyphen = part.find('-');
    const int first = number(part.substr(0, hyphen));
    const int last = hyphen == std::string_view::npos ? first : number(part.substr(hyphen + 1));
    if (first < 1 || last < first) return std::nullopt;
    found.push_back({first, last});
    if (comma == text.size()) return found;
    text.remove_prefix(comma + 1);
  }
}

/// "417-418", "5-11, 27": the other way round.
[[nodiscard]] inline std::string in_words(const std::vector<Lines>& lines) {
  std::string words;
  for (const auto [first, last] : lines) {
    words += (words.empty() ? "" : ", ") + std::to_string(first) + (last == first ? "" : "-" + std::to_string(last));
  }
  return words;
}

/// True if some line is in both.
[[nodiscard]] inline bool overlap(const std::vector<Lines>& some, const std::vector<Lines>& others) {
  return std::any_of(some.begin(), some.end(), [&](Lines a) {
    return std::any_of(others.begin(), others.end(), [&](Lines b) { return a.first <= b.last && b.first <= a.last; });
  });
}

/// Lines from which no rule is made, and why.
struct WithoutRules {
  std::vector<Lines> lines;
  std::string because;
  Place place;  ///< of the lines
};

struct Document {
  std::string name;          ///< as rules and the ledger cite it
  std::string title;
  std::string publisher;
  std::optional<Day> dated;  ///< empty: it bears no date
  int lines = 0;             ///< how many it has, blank ones included
  std::vector<Lines> blank;
  std::vector<WithoutRules> without_rules;
  Place place;
};

}  // namespace leavingcare::law
