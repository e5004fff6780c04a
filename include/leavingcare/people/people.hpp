// leavingcare/people/people.hpp
//
// People and what is recorded about them, as columns.
//
// For every fact one table; in it the rows of person 0, then of person 1, and so on, each person's rows in order of
// their first day. Nothing here knows what a fact means.
//
// WHAT IS NOT KNOWN
//   A table that is present is complete for everyone; one that is absent (`recorded` false) is unknown on every day. Between the two:
//     coverage   for each person, the days on which the table is complete. Outside them it says nothing, and any row there is
//                an assumption, used only when the caller asks to treat the unrecorded as "none".
//     doubtful   a single row that may or may not be so (a disputed period, an end that nobody wrote down).
//   A blank field of a row is unknown, not "none of them".
#pragma once

#include <leavingcare/calendar/truth.hpp>
#include <leavingcare/law/facts.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare {

/// A text column kept as numbers: `words[codes[row]]`. A blank cell has code `blank`.
struct WordColumn {
  static constexpr std::int32_t blank = -1;

  std::string name;
  std::vector<std::string> words;
  std::vector<std::int32_t> codes;
};

/// Where a row was read: the n-th of People::sources(), and its line there (1 is the first, 0 unknown).
struct RowOrigin {
  std::uint32_t source = 0;
  std::uint32_t line = 0;
};

/// One fact's rows. All row columns have the same length; those marked optional may be empty instead.
struct FactTable {
  std::string name;
  law::FactKind kind = law::FactKind::periods;
  bool recorded = true;

  std::vector<std::uint32_t> offsets;  ///< rows of person p: [offsets[p], offsets[p + 1])
  std::vector<Day> from;               ///< day facts: the earliest the day can be
  std::vector<Day> until;              ///< periods, numbers: exclusive; events: from + 1; day facts: the latest it can be
  std::vector<double> value;           ///< numbers only
  std::vector<WordColumn> fields;      ///< periods and events
  std::vector<std::uint8_t> doubtful;  ///< optional: 1 for a row that may or may not be so
  std::vector<RowOrigin> origin;       ///< optional

  /// Of records whose field `complete_for.name` holds one of its words the table is complete on all days, whatever `coverage` says.
  /// Empty name: of no kind.
  struct Complete {
    std::string name;
    std::vector<std::string> words;
  };
  Complete complete_for;

  bool covers_all_days = true;  ///< when false, `coverage` holds for each person the days it is complete
  Timelines coverage;

  [[nodiscard]] std::size_t rows() const { return from.size(); }
  [[nodiscard]] const WordColumn* field(std::string_view field_name) const {
    for (const auto& one : fields) {
      if (one.name == field_name) return &one;
    }
    return nullptr;
  }
};

/// A population: ids, and a table for each fact. Immutable once built (people_builder.hpp); may be shared by threads.
class People {
 public:
  People() = default;
  People(std::vector<std::string> ids, std::vector<FactTable> tables, std::vector<std::string> sources,
         std::string digest)
      : ids_(std::move(ids)), tables_(std::move(tables)), sources_(std::move(sources)), digest_(std::move(digest)) {}

  [[nodiscard]] std::size_t size() const { return ids_.size(); }
  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
  [[nodiscard]] const std::vector<FactTable>& tables() const { return tables_; }

  /// The files read, for RowOrigin and the receipt.
  [[nodiscard]] const std::vector<std::string>& sources() const { return sources_; }

  /// SHA-256 over what was read, in hexadecimal; empty when it did not come from files.
  [[nodiscard]] const std::string& digest() const { return digest_; }

  /// The table of a fact; null when the source does not hold it (then it is unknown for everyone).
  [[nodiscard]] const FactTable* table(std::string_view fact) const {
    for (const auto& one : tables_) {
      if (one.name == fact) return one.recorded ? &one : nullptr;
    }
    return nullptr;
  }

  /// The place of a person in ids(); size() when there is nobody of that id.
  [[nodiscard]] std::size_t find(std::string_view id) const;

 private:
  std::vector<std::string> ids_;
  std::vector<FactTable> tables_;
  std::vector<std::string> sources_;
  std::string digest_;
};

inline std::size_t People::find(std::string_view id) const {
  std::size_t index = 0;
  while (index < ids_.size() && ids_[index] != id) ++index;
  return index;
}

}  // namespace leavingcare
