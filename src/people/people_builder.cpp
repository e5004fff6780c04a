// src/people/people_builder.cpp
//
// Rows in the order in which they were read, packed by person.
#include <leavingcare/people/people_builder.hpp>

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace leavingcare {

namespace {

/// Where each person's entries begin, and the entries' places grouped by person in the order given.
struct Grouped {
  std::vector<std::uint32_t> offsets;
  std::vector<std::uint32_t> places;
};

/// Where each person's entries begin, of entries that name a person each.
std::vector<std::uint32_t> offsets_by_person(const std::vector<std::uint32_t>& person_of, std::size_t people) {
  std::vector<std::uint32_t> offsets(people + 1, 0);
  for (const auto person : person_of) ++offsets[person + 1];
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  return offsets;
}

/// Groups by person in two passes over the entries.
Grouped grouped_by_person(const std::vector<std::uint32_t>& person_of, std::size_t people) {
  Grouped grouped{offsets_by_person(person_of, people), std::vector<std::uint32_t>(person_of.size())};
  std::vector<std::uint32_t> next(grouped.offsets.begin(), grouped.offsets.end() - 1);
  for (std::size_t i = 0; i < person_of.size(); ++i) grouped.places[next[person_of[i]]++] = static_cast<std::uint32_t>(i);
  return grouped;
}

/// The entries of a column in another order.
template <class Value>
std::vector<Value> in_order_of(const std::vector<std::uint32_t>& places, const std::vector<Value>& column) {
  std::vector<Value> ordered;
  ordered.reserve(column.size());
  for (const auto place : places) ordered.push_back(column[place]);
  return ordered;
}

template <class Value>
void append_column(std::vector<Value>& column, const std::vector<Value>& later) {
  column.insert(column.end(), later.begin(), later.end());
}

[[nodiscard]] bool has_spans(law::FactKind kind) {
  return kind == law::FactKind::periods || kind == law::FactKind::numbers;
}

[[nodiscard]] std::size_t hash_of(std::string_view id) {
  return std::hash<std::string_view>{}(id);
}

/// What of a hash tells ids apart in an index that is ordered by its low bits.
[[nodiscard]] std::uint32_t mark_of(std::size_t hash) {
  return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace

std::int32_t FactRows::Field::code(const std::string& word) {
  if (word.empty()) return WordColumn::blank;
  if (!codes.empty() && codes.back() != WordColumn::blank && words[static_cast<std::size_t>(codes.back())] == word) return codes.back();
  const auto [found, is_new] = code_of.try_emplace(word, static_cast<std::int32_t>(words.size()));
  if (is_new) words.push_back(word);
  return found->second;
}

void FactRows::add(std::uint32_t person, const Record& record) {
  if (has_spans(kind_) && record.from >= record.until) return;
  if (size() == std::numeric_limits<std::uint32_t>::max()) throw std::length_error("too many rows");
  person_.push_back(person);
  from_.push_back(record.from);
  until_.push_back(kind_ == law::FactKind::events ? record.from + 1 : record.until);
  if (kind_ == law::FactKind::numbers) value_.push_back(record.value);
  doubtful_.push_back(record.doubtful ? 1 : 0);
  origin_.push_back(record.origin);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    auto& field = fields_[i];
    field.codes.push_back(record.fields.empty() ? WordColumn::blank : field.code(record.fields[i]));
  }
}

void FactRows::reserve(std::size_t rows) {
  person_.reserve(rows);
  from_.reserve(rows);
  until_.reserve(rows);
  if (kind_ == law::FactKind::numbers) value_.reserve(rows);
  doubtful_.reserve(rows);
  origin_.reserve(rows);
  for (auto& field : fields_) field.codes.reserve(rows);
}

void FactRows::append(FactRows later) {
  if (size() == 0) {
    *this = std::move(later);
    return;
  }
  if (later.size() > std::numeric_limits<std::uint32_t>::max() - size()) throw std::length_error("too many rows");
  append_column(person_, later.person_);
  append_column(from_, later.from_);
  append_column(until_, later.until_);
  append_column(value_, later.value_);
  append_column(doubtful_, later.doubtful_);
  append_column(origin_, later.origin_);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    auto& field = fields_[i];
    std::vector<std::int32_t> ours;
    for (const auto& word : later.fields_[i].words) {
      const auto [found, is_new] = field.code_of.try_emplace(word, static_cast<std::int32_t>(field.words.size()));
      if (is_new) field.words.push_back(word);
      ours.push_back(found->second);
    }
    for (const auto code : later.fields_[i].codes) {
      field.codes.push_back(code == WordColumn::blank ? code : ours[static_cast<std::size_t>(code)]);
    }
  }
}

/// True if the rows stand person by person, each person's in order of their days.
bool FactRows::is_in_order() const {
  for (std::size_t i = 1; i < size(); ++i) {
    if (std::tie(person_[i - 1], from_[i - 1], until_[i - 1]) > std::tie(person_[i], from_[i], until_[i])) return false;
  }
  return true;
}

/// Puts them in order; of rows with the same days, those read first come first.
void FactRows::sort(std::size_t people) {
  auto [offsets, order] = grouped_by_person(person_, people);
  const auto earlier = [this](std::uint32_t a, std::uint32_t b) { return std::tie(from_[a], until_[a], a) < std::tie(from_[b], until_[b], b); };
  for (std::size_t person = 0; person < people; ++person) std::sort(order.begin() + offsets[person], order.begin() + offsets[person + 1], earlier);
  person_ = in_order_of(order, person_);
  from_ = in_order_of(order, from_);
  until_ = in_order_of(order, until_);
  if (kind_ == law::FactKind::numbers) value_ = in_order_of(order, value_);
  doubtful_ = in_order_of(order, doubtful_);
  origin_ = in_order_of(order, origin_);
  for (auto& field : fields_) field.codes = in_order_of(order, field.codes);
}

std::size_t PeopleBuilder::slot_of(std::string_view id, std::size_t hash) const {
  const std::size_t mask = index_.size() - 1;
  std::size_t at = hash & mask;
  while (index_[at].place != nobody && (index_[at].mark != mark_of(hash) || ids_[index_[at].place] != id)) at = (at + 1) & mask;
  return at;
}

/// Makes an index of the first `people`, at most half full with all that there are.
void PeopleBuilder::index_first(std::size_t people) {
  index_.assign(std::bit_ceil(std::max<std::size_t>(64, 4 * ids_.size())), {});
  for (std::uint32_t place = 0; place < people; ++place) {
    const auto hash = hash_of(ids_[place]);
    index_[slot_of(ids_[place], hash)] = {mark_of(hash), place};
  }
}

bool PeopleBuilder::add_people(std::vector<std::string> ids) {
  if (ids.size() > nobody - ids_.size()) throw std::length_error("too many people");
  const auto before = ids_.size();
  ids_.insert(ids_.end(), std::make_move_iterator(ids.begin()), std::make_move_iterator(ids.end()));
  index_first(before);
  std::vector<std::size_t> hashes(ids_.size() - before);
  for (std::size_t i = 0; i < hashes.size(); ++i) hashes[i] = hash_of(ids_[before + i]);
  constexpr std::size_t ahead = 16;  // the index is larger than the caches: the slots that come are asked for while others are filled
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    if (i + ahead < hashes.size()) __builtin_prefetch(&index_[hashes[i + ahead] & (index_.size() - 1)], 1);
    auto& slot = index_[slot_of(ids_[before + i], hashes[i])];
    if (slot.place != nobody) {
      ids_.resize(before);
      index_first(before);
      return false;
    }
    slot = {mark_of(hashes[i]), static_cast<std::uint32_t>(before + i)};
  }
  return true;
}

std::optional<std::uint32_t> PeopleBuilder::find_person(std::string_view id, std::uint32_t guess) const {
  for (std::uint32_t place = guess; place < ids_.size() && place < guess + 2; ++place) {
    if (ids_[place] == id) return place;
  }
  if (index_.empty()) return std::nullopt;
  const auto place = index_[slot_of(id, hash_of(id))].place;
  return place == nobody ? std::nullopt : std::optional(place);
}

std::uint32_t PeopleBuilder::person(std::string_view id) {
  if (2 * (ids_.size() + 1) > index_.size()) index_first(ids_.size());
  const auto hash = hash_of(id);
  auto& slot = index_[slot_of(id, hash)];
  if (slot.place != nobody) return slot.place;
  if (ids_.size() >= nobody) throw std::length_error("too many people");
  slot = {mark_of(hash), static_cast<std::uint32_t>(ids_.size())};
  ids_.emplace_back(id);
  return slot.place;
}

std::size_t PeopleBuilder::add_table(std::string fact, law::FactKind kind,
                                     std::vector<std::string> field_names) {
  for (const auto& draft : drafts_) {
    if (draft.fact == fact) throw std::invalid_argument("the fact '" + fact + "' has a table already");
  }
  FactRows rows(kind, field_names.size());
  drafts_.push_back({std::move(fact), kind, std::move(field_names), std::move(rows), {}, {}});
  return drafts_.size() - 1;
}

void PeopleBuilder::add(std::size_t table, std::uint32_t person, const Record& record) {
  auto& draft = drafts_.at(table);
  if (person >= ids_.size()) throw std::out_of_range("there is no such person");
  if (!record.fields.empty() && record.fields.size() != draft.field_names.size()) {
    throw std::invalid_argument("a row of '" + draft.fact + "' must have a text for each field");
  }
  draft.rows.add(person, record);
}

void PeopleBuilder::add(std::size_t table, FactRows rows) {
  auto& draft = drafts_.at(table);
  if (rows.fields_.size() != draft.field_names.size()) throw std::invalid_argument("rows of '" + draft.fact + "' must have its fields");
  for (const auto person : rows.person_) {
    if (person >= ids_.size()) throw std::out_of_range("there is no such person");
  }
  draft.rows.append(std::move(rows));
}

void PeopleBuilder::cover(std::size_t table, std::uint32_t person, std::vector<Span> days) {
  auto& draft = drafts_.at(table);
  if (person >= ids_.size()) throw std::out_of_range("there is no such person");
  if (days.empty()) draft.covered.push_back({person, {Day::beginning_of_time, Day::beginning_of_time}});
  for (const Span span : days) draft.covered.push_back({person, span});
}

std::uint32_t PeopleBuilder::add_source(std::string name) {
  sources_.push_back(std::move(name));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

FactTable PeopleBuilder::pack(Draft draft) const {
  FactTable table;
  table.name = std::move(draft.fact);
  table.kind = draft.kind;
  table.complete_for = std::move(draft.complete_for);

  auto& rows = draft.rows;
  table.offsets = offsets_by_person(rows.person_, ids_.size());
  if (!rows.is_in_order()) rows.sort(ids_.size());
  table.from = std::move(rows.from_);
  table.until = std::move(rows.until_);
  table.value = std::move(rows.value_);
  const auto is_doubtful = [](std::uint8_t doubtful) { return doubtful != 0; };
  if (std::any_of(rows.doubtful_.begin(), rows.doubtful_.end(), is_doubtful)) table.doubtful = std::move(rows.doubtful_);
  if (!sources_.empty()) table.origin = std::move(rows.origin_);
  for (std::size_t i = 0; i < draft.field_names.size(); ++i) {
    auto& field = rows.fields_[i];
    table.fields.push_back({std::move(draft.field_names[i]), std::move(field.words), std::move(field.codes)});
  }

  table.covers_all_days = draft.covered.empty();
  if (table.covers_all_days) return table;
  std::vector<std::uint32_t> mentioned;
  for (const auto& one : draft.covered) mentioned.push_back(one.person);
  auto covered = grouped_by_person(mentioned, ids_.size());
  for (std::size_t person = 0; person < ids_.size(); ++person) {
    const std::span mentions(covered.places.begin() + covered.offsets[person],
                             covered.places.begin() + covered.offsets[person + 1]);
    std::sort(mentions.begin(), mentions.end(), [&draft](std::uint32_t a, std::uint32_t b) {
      return draft.covered[a].days.from < draft.covered[b].days.from;
    });
    for (const auto place : mentions) {
      table.coverage.append(draft.covered[place].days.from, draft.covered[place].days.until);
    }
    if (mentions.empty()) table.coverage.append(Day::beginning_of_time, Day::end_of_time);
    table.coverage.end_person();
  }
  return table;
}

People PeopleBuilder::build(std::string digest) {
  std::vector<FactTable> tables;
  tables.reserve(drafts_.size());
  for (auto& draft : drafts_) tables.push_back(pack(std::move(draft)));
  People people(std::move(ids_), std::move(tables), std::move(sources_), std::move(digest));
  *this = {};
  return people;
}

}  // namespace leavingcare
