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

/// Groups by person in two passes over the entries.
template <class Entry>
Grouped grouped_by_person(const std::vector<Entry>& entries, std::size_t people) {
  Grouped grouped{std::vector<std::uint32_t>(people + 1, 0), std::vector<std::uint32_t>(entries.size())};
  for (const auto& entry : entries) ++grouped.offsets[entry.person + 1];
  std::partial_sum(grouped.offsets.begin(), grouped.offsets.end(), grouped.offsets.begin());
  std::vector<std::uint32_t> next(grouped.offsets.begin(), grouped.offsets.end() - 1);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    grouped.places[next[entries[i].person]++] = static_cast<std::uint32_t>(i);
  }
  return grouped;
}

[[nodiscard]] bool has_spans(law::FactKind kind) {
  return kind == law::FactKind::periods || kind == law::FactKind::numbers;
}

}  // namespace

std::size_t PeopleBuilder::slot_of(std::string_view id) const {
  const std::size_t mask = places_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(id) & mask;
  while (places_[slot] != nobody && ids_[places_[slot]] != id) slot = (slot + 1) & mask;
  return slot;
}

void PeopleBuilder::grow_index() {
  places_.assign(std::max<std::size_t>(64, 4 * ids_.size()), nobody);
  places_.resize(std::bit_ceil(places_.size()), nobody);
  for (std::uint32_t place = 0; place < ids_.size(); ++place) places_[slot_of(ids_[place])] = place;
}

std::optional<std::uint32_t> PeopleBuilder::find_person(std::string_view id, std::uint32_t guess) const {
  for (std::uint32_t place = guess; place < ids_.size() && place < guess + 2; ++place) {
    if (ids_[place] == id) return place;
  }
  if (places_.empty()) return std::nullopt;
  const auto place = places_[slot_of(id)];
  return place == nobody ? std::nullopt : std::optional(place);
}

std::uint32_t PeopleBuilder::person(std::string_view id) {
  if (2 * (ids_.size() + 1) > places_.size()) grow_index();
  auto& place = places_[slot_of(id)];
  if (place != nobody) return place;
  if (ids_.size() >= nobody) throw std::length_error("too many people");
  place = static_cast<std::uint32_t>(ids_.size());
  ids_.emplace_back(id);
  return place;
}

std::size_t PeopleBuilder::add_table(std::string fact, law::FactKind kind,
                                     std::vector<std::string> field_names) {
  for (const auto& draft : drafts_) {
    if (draft.fact == fact) throw std::invalid_argument("the fact '" + fact + "' has a table already");
  }
  Draft draft{std::move(fact), kind, {}, {}, {}, {}, {}};
  for (auto& name : field_names) draft.fields.push_back({std::move(name), {}, {}});
  draft.codes_of_words.resize(draft.fields.size());
  drafts_.push_back(std::move(draft));
  return drafts_.size() - 1;
}

void PeopleBuilder::add(std::size_t table, std::uint32_t person, const Record& record) {
  auto& draft = drafts_.at(table);
  if (person >= ids_.size()) throw std::out_of_range("there is no such person");
  if (!record.fields.empty() && record.fields.size() != draft.fields.size()) {
    throw std::invalid_argument("a row of '" + draft.fact + "' must have a text for each field");
  }
  if (has_spans(draft.kind) && record.from >= record.until) return;
  if (draft.rows.size() == std::numeric_limits<std::uint32_t>::max())
    throw std::length_error("too many rows");

  const Day until = draft.kind == law::FactKind::events ? record.from + 1 : record.until;
  draft.rows.push_back({record.from, until, record.value, record.origin, person, record.doubtful});
  for (std::size_t i = 0; i < draft.fields.size(); ++i) {
    auto& field = draft.fields[i];
    if (record.fields.empty() || record.fields[i].empty()) {
      field.codes.push_back(WordColumn::blank);
      continue;
    }
    const auto [found, is_new] =
        draft.codes_of_words[i].try_emplace(record.fields[i], static_cast<std::int32_t>(field.words.size()));
    if (is_new) field.words.push_back(record.fields[i]);
    field.codes.push_back(found->second);
  }
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

FactTable PeopleBuilder::pack(Draft& draft) const {
  FactTable table;
  table.name = std::move(draft.fact);
  table.kind = draft.kind;
  table.complete_for = std::move(draft.complete_for);

  const auto& rows = draft.rows;
  auto [offsets, order] = grouped_by_person(rows, ids_.size());
  const auto earlier = [&rows](std::uint32_t a, std::uint32_t b) {
    return std::tie(rows[a].from, rows[a].until, a) < std::tie(rows[b].from, rows[b].until, b);
  };
  for (std::size_t person = 0; person < ids_.size(); ++person) {
    std::sort(order.begin() + offsets[person], order.begin() + offsets[person + 1], earlier);
  }
  table.offsets = std::move(offsets);

  const bool has_doubt = std::any_of(rows.begin(), rows.end(), [](const Row& row) { return row.doubtful; });
  const bool has_origin = !sources_.empty();
  table.from.reserve(rows.size());
  table.until.reserve(rows.size());
  if (draft.kind == law::FactKind::numbers) table.value.reserve(rows.size());
  if (has_doubt) table.doubtful.reserve(rows.size());
  if (has_origin) table.origin.reserve(rows.size());
  for (const auto place : order) {
    const auto& row = rows[place];
    table.from.push_back(row.from);
    table.until.push_back(row.until);
    if (draft.kind == law::FactKind::numbers) table.value.push_back(row.value);
    if (has_doubt) table.doubtful.push_back(row.doubtful ? 1 : 0);
    if (has_origin) table.origin.push_back(row.origin);
  }
  for (auto& field : draft.fields) {
    WordColumn column{std::move(field.name), std::move(field.words), {}};
    column.codes.reserve(rows.size());
    for (const auto place : order) column.codes.push_back(field.codes[place]);
    table.fields.push_back(std::move(column));
    field.codes = {};
  }

  table.covers_all_days = draft.covered.empty();
  if (table.covers_all_days) return table;
  auto covered = grouped_by_person(draft.covered, ids_.size());
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
  for (auto& draft : drafts_) {
    tables.push_back(pack(draft));
    draft = {};
  }
  People people(std::move(ids_), std::move(tables), std::move(sources_), std::move(digest));
  *this = {};
  return people;
}

}  // namespace leavingcare
