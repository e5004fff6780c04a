// leavingcare/law/facts.hpp
//
// The facts a rulebook speaks of: their names, their shapes, the words their fields may hold.
//
// A fact is what somebody records about a person. It has one of four shapes, and one CSV table:
//   day       one day for each person             date_of_birth:  person,value
//   periods   spans of days, with fields          care:           person,from,until,legal_status,...
//   events    single days, with fields            adopted:        person,on
//   numbers   a value that changes from day to day  caseload:     person,from,until,value
// `until` is the first day on which a period no longer holds; blank means it goes on.
#pragma once

#include <leavingcare/diagnostics/place.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::law {

enum class FactKind : std::uint8_t { day, periods, events, numbers };

/// The word of the rule language: "day", "periods", "events", "numbers".
[[nodiscard]] constexpr std::string_view in_words(FactKind kind) {
  constexpr std::string_view words[] = {"day", "periods", "events", "numbers"};
  return words[static_cast<std::size_t>(kind)];
}

/// A column of a periods or events table beside its dates.
struct Field {
  std::string name;
  std::string summary;
  std::vector<std::string> one_of;  ///< the only words allowed; empty when any text is
  std::string unit;                 ///< of a field that holds a number: what it counts, "pounds"; empty: it holds words
  bool required = false;            ///< the column must be there; a blank cell is still allowed, and unknown
  std::string when_absent;          ///< what a blank or absent cell means ("no"); empty: unknown
  Place place;
};

/// Records that may or may not be so, told by a field: "disputed: yes". Without a reading they are always unknown; with one, its options
/// are `unknown`, `as_asserted` (taken as they stand) and `as_denied` (left out).
struct Doubt {
  std::string field;
  std::vector<std::string> words;
  std::string reading;
  std::string because;
  Place place;
};

struct Fact {
  std::string name;
  FactKind kind = FactKind::periods;
  std::string summary;
  std::string unit;  ///< numbers only: "pounds", "people" ...
  std::vector<Field> fields;
  std::vector<Doubt> doubts;
  std::vector<std::string> held_by;  ///< sources that hold it, in words: "SSDA903 episodes"
  std::string if_unknown;            ///< what becomes of answers when nothing is recorded of it, in words
  Place place;

  [[nodiscard]] const Field* field(std::string_view field_name) const {
    for (const auto& one : fields) {
      if (one.name == field_name) return &one;
    }
    return nullptr;
  }
};

/// All facts of a rulebook and of those it extends, in the order declared.
struct Vocabulary {
  std::vector<Fact> facts;

  [[nodiscard]] const Fact* fact(std::string_view name) const {
    for (const auto& one : facts) {
      if (one.name == name) return &one;
    }
    return nullptr;
  }
};

}  // namespace leavingcare::law
