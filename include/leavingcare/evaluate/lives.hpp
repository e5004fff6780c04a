// leavingcare/evaluate/lives.hpp
//
// The rows of a batch (see workspace.hpp for what a life is), and the way back from lives to people.
#pragma once

#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/evaluate/fact_kernels.hpp>
#include <leavingcare/evaluate/workspace.hpp>

#include <array>
#include <cstddef>
#include <numeric>

namespace leavingcare {

/// Puts the people of a batch in the order of how many records they have; those with very many count as alike.
inline void order_by_records(const Plan& plan, std::size_t first, std::size_t last, Workspace& space) {
  constexpr std::size_t most = 63;
  std::array<std::uint32_t, most + 2> place{};
  space.records.assign(last - first, 0);
  for (const auto* table : plan.tables) {
    for (std::size_t i = 0; i < last - first; ++i) space.records[i] += table->offsets[first + i + 1] - table->offsets[first + i];
  }
  for (const auto records : space.records) ++place[std::min<std::size_t>(records, most) + 1];
  std::partial_sum(place.begin(), place.end(), place.begin());
  space.turns.resize(last - first);
  for (std::size_t i = 0; i < last - first; ++i) space.turns[place[std::min<std::size_t>(space.records[i], most)]++] = static_cast<std::uint32_t>(first + i);
}

/// Adds the lives of a person whose history may begin anew.
inline void add_lives(const Plan& plan, std::uint32_t person, Workspace& space) {
  const auto& fact = plan.facts[plan.fresh_start_fact];
  Day doubt_from = fact.unknown_for_all ? Day::beginning_of_time : Day::end_of_time;
  if (fact.has_coverage) {
    Timelines uncovered;
    append_complement(fact.table->coverage[person], uncovered);
    if (!uncovered.edges().empty()) doubt_from = uncovered.edges().front();
  }
  Life life;
  life.person = person;
  kernels::for_each_record(fact, {}, life, [&](Day on, Day, Truth truth) {
    if (truth != Truth::yes || (fact.has_coverage && !holds_on(fact.table->coverage[person], on))) {
      doubt_from = std::min(doubt_from, on);
      return;
    }
    life.until = on;
    space.lives.push_back(life);
    life.from = life.forget_before = on;
    life.until = Day::end_of_time;
  });
  space.lives.push_back(life);
  if (doubt_from == Day::end_of_time) return;
  space.lives.push_back({person, doubt_from, Day::end_of_time, Day::beginning_of_time, true});
  space.any_doubtful = true;
}

/// Fills the workspace's rows for the people [first, last).
inline void begin_batch(const Plan& plan, std::size_t first, std::size_t last, Workspace& space) {
  space.lives.clear();
  space.births.clear();
  space.births_asked_for = false;
  space.rows_of.resize(last - first);
  space.any_doubtful = false;
  order_by_records(plan, first, last, space);
  for (const auto person : space.turns) {
    auto& rows = space.rows_of[person - first];
    rows.first = static_cast<std::uint32_t>(space.lives.size());
    if (plan.begins_anew) add_lives(plan, person, space);
    else space.lives.emplace_back().person = person;
    rows.last = static_cast<std::uint32_t>(space.lives.size());
  }
}

/// A condition's timelines for the i-th person of the batch, its lives joined.
class PersonTruth {
 public:
  [[nodiscard]] TruthView join(const Workspace& space, const Truths& truths, std::size_t i) {
    const RowRange rows = space.rows_of[i];
    return rows.size() == 1 ? truths[rows.first] : join_lives(space, truths, rows);
  }

 private:
  [[nodiscard]] [[gnu::noinline]] TruthView join_lives(const Workspace& space, const Truths& truths, RowRange rows) {
    surely_.clear();
    possibly_.clear();
    std::size_t row = rows.first;
    for (; row < rows.last && !space.lives[row].doubtful; ++row) {
      append_clipped(truths.surely()[row], space.lives[row].from, space.lives[row].until, surely_);
      append_clipped(truths.possibly()[row], space.lives[row].from, space.lives[row].until, possibly_);
    }
    if (row == rows.last) return {surely_.edges(), possibly_.edges()};
    // With or without a fresh start on a day not known: surely only where both agree, possibly where either may be.
    const auto& doubt = space.lives[row];
    Timelines window;
    Timelines sure_either_way;
    window.append(Day::beginning_of_time, doubt.from);
    append_union(truths.surely()[row], window.edges(), sure_either_way);
    Timelines sure;
    append_intersection(surely_.edges(), sure_either_way.edges(), sure);
    Timelines possible_then;
    append_clipped(truths.possibly()[row], doubt.from, Day::end_of_time, possible_then);
    Timelines possible;
    append_union(possibly_.edges(), possible_then.edges(), possible);
    surely_ = sure;
    possibly_ = possible;
    return {surely_.edges(), possibly_.edges()};
  }

  Timelines surely_;
  Timelines possibly_;
};

}  // namespace leavingcare
