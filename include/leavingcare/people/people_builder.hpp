// leavingcare/people/people_builder.hpp
//
// Rows in any order become People: each reader adds what it read, and build() sorts, groups by person and packs.
#pragma once

#include <leavingcare/people/people.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace leavingcare {

/// One row as a reader sees it. Which members count depends on the fact's kind.
struct Record {
  Day from;                      ///< events: the day; day facts: the earliest
  Day until = Day::end_of_time;  ///< events: ignored; day facts: the latest (same as `from` when known)
  double value = 0;              ///< numbers
  bool doubtful = false;
  std::vector<std::string> fields;  ///< in the order given to add_table; blank = unknown
  RowOrigin origin;
};

/// Rows of one fact in the order in which they were read (PeopleBuilder::rows_for). Readers that share a table fill one each.
class FactRows {
 public:
  FactRows(law::FactKind kind, std::size_t fields) : kind_(kind), fields_(fields) {}

  /// Adds a row of a person. A period or number whose `from` is not before `until` holds on no day and is left out.
  /// `record.fields` has one text for each field, or none at all (all blank).
  void add(std::uint32_t person, const Record& record);

  /// Adds rows of the same fact after these.
  void append(FactRows later);

  /// Makes room for so many rows in all.
  void reserve(std::size_t rows);

  [[nodiscard]] std::size_t size() const { return person_.size(); }

 private:
  friend class PeopleBuilder;

  /// The words of a field as numbers, in the order in which they were first met.
  struct Field {
    std::vector<std::string> words;
    std::vector<std::int32_t> codes;
    std::unordered_map<std::string, std::int32_t> code_of;

    [[nodiscard]] std::int32_t code(const std::string& word);
  };

  [[nodiscard]] bool is_in_order() const;
  void sort(std::size_t people);

  law::FactKind kind_;
  std::vector<std::uint32_t> person_;
  std::vector<Day> from_;
  std::vector<Day> until_;
  std::vector<double> value_;  // numbers only
  std::vector<std::uint8_t> doubtful_;
  std::vector<RowOrigin> origin_;
  std::vector<Field> fields_;
};

class PeopleBuilder {
 public:
  /// Adds a person, or finds the one of that id; people keep the order in which they were first added.
  std::uint32_t person(std::string_view id);

  /// The place of a person added before; empty when there is nobody of that id. Rows tend to come person by person, in the order of the
  /// people: the one looked for is tried first at `guess` and just after it.
  [[nodiscard]] std::optional<std::uint32_t> find_person(std::string_view id, std::uint32_t guess = 0) const;
  /// Adds many people at once, in this order; false, and nobody is added, when one of them is there already or comes twice.
  [[nodiscard]] bool add_people(std::vector<std::string> ids);

  [[nodiscard]] std::size_t size() const { return ids_.size(); }
  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }

  /// Declares a table; its place is the handle for add(). A table declared and given no rows says "nobody has any".
  /// Throws std::invalid_argument when that fact has a table already.
  std::size_t add_table(std::string fact, law::FactKind kind, std::vector<std::string> field_names);

  /// Adds a row of a person, as FactRows::add() does.
  void add(std::size_t table, std::uint32_t person, const Record& record);

  /// Rows for a table, to be filled apart (by a thread of its own, say) and then added.
  [[nodiscard]] FactRows rows_for(std::size_t table) const { return {drafts_.at(table).kind, drafts_.at(table).field_names.size()}; }
  void add(std::size_t table, FactRows rows);

  /// Says that a table is complete for a person only on these days (said twice: on the days of both); on none of them when
  /// there are none. People never mentioned are covered on every day.
  void cover(std::size_t table, std::uint32_t person, std::vector<Span> days);

  /// Says that of records with one of these words in `field` the table is complete on all days, whatever cover() says.
  void complete_for(std::size_t table, std::string field, std::vector<std::string> words) {
    drafts_[table].complete_for = {std::move(field), std::move(words)};
  }

  /// Names a file read; the number is for RowOrigin::source.
  std::uint32_t add_source(std::string name);

  /// Packs everything; the builder is empty afterwards. `digest` as in People::digest().
  [[nodiscard]] People build(std::string digest = {});

 private:
  struct Covered {
    std::uint32_t person;
    Span days;  // an empty span only mentions the person
  };
  struct Draft {
    std::string fact;
    law::FactKind kind;
    std::vector<std::string> field_names;
    FactRows rows;
    std::vector<Covered> covered;
    FactTable::Complete complete_for;
  };

  [[nodiscard]] FactTable pack(Draft draft) const;

  static constexpr std::uint32_t nobody = static_cast<std::uint32_t>(-1);
  /// A place in `index_`: where in `ids_` an id stands, and some of its hash, so that others need not be looked at.
  struct Slot {
    std::uint32_t mark = 0;
    std::uint32_t place = nobody;
  };

  /// Where in `index_` an id stands, or would stand.
  [[nodiscard]] std::size_t slot_of(std::string_view id, std::size_t hash) const;
  void index_first(std::size_t people);

  std::vector<std::string> ids_;
  std::vector<Slot> index_;  // open addressing, at most half full, a power of two long
  std::vector<Draft> drafts_;
  std::vector<std::string> sources_;
};

}  // namespace leavingcare
