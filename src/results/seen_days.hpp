// src/results/seen_days.hpp
//
// What a rule gives or asks on each day, so that two rules can be set beside each other.
#pragma once

#include <leavingcare/evaluate/answers.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace leavingcare {

/// From nothing to the most that can be given or asked on a day.
enum class Level : std::uint8_t {
  nothing,
  in_time,      ///< a duty outstanding, its last day still to come
  no_last_day,  ///< a duty outstanding that has no last day
  full,         ///< the condition holds; the duty is broken
  unknown,
};

/// Some days on which it stays the same.
struct Seen {
  Day from;
  Day until;
  Level level;
  double amount = std::numeric_limits<double>::quiet_NaN();
};

/// How the second of two stands to the first on a day. `unsettled`: it cannot be told.
enum class Sign : std::uint8_t { equal, more, less, unsettled };

[[nodiscard]] inline Sign sign_of(const Seen& first, const Seen& second) {
  if (first.level == Level::unknown || second.level == Level::unknown) return Sign::unsettled;
  if (first.level == Level::full && second.level == Level::full) {
    if (std::isnan(first.amount) || std::isnan(second.amount)) return Sign::equal;
    return second.amount == first.amount ? Sign::equal : second.amount > first.amount ? Sign::more : Sign::less;
  }
  const auto without = [](Level level) { return level == Level::in_time ? Level::nothing : level; };
  if (without(first.level) == without(second.level)) return Sign::equal;
  // As soon as practicable is sooner or later than a last day: nobody can say.
  const auto no_last_day = [](const Seen& one) { return one.level == Level::no_last_day; };
  const auto sets_a_day = [](const Seen& one) { return one.level == Level::in_time || one.level == Level::full; };
  if ((no_last_day(first) && sets_a_day(second)) || (no_last_day(second) && sets_a_day(first))) return Sign::unsettled;
  return second.level > first.level ? Sign::more : Sign::less;
}

/// Visits the stretches of `days` on which both stay the same: visit(from, until, first, second).
template <class Visit>
void for_each_stretch(const std::vector<Seen>& first, const std::vector<Seen>& second, Span days, Visit visit) {
  std::vector<Day> edges{days.from, days.until};
  for (const auto* of : {&first, &second}) {
    for (const auto& one : *of) {
      for (const Day edge : {one.from, one.until}) {
        if (edge > days.from && edge < days.until) edges.push_back(edge);
      }
    }
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  const auto on = [](const std::vector<Seen>& all, Day day) {
    Seen found{day, day, Level::nothing};
    for (const auto& one : all) {
      if (one.from > day || one.until <= day) continue;
      // Of several obligations at once a broken one decides, then one of which nothing can be said.
      const auto weight = [](Level level) { return level == Level::full ? 5 : static_cast<int>(level); };
      if (weight(one.level) > weight(found.level)) found = one;
    }
    return found;
  };
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) visit(edges[i], edges[i + 1], on(first, edges[i]), on(second, edges[i]));
}

/// The days of an obligation.
inline void add_days(const Obligation& one, Day as_at, std::vector<Seen>& into) {
  const Day known = is_a_day(one.clock) ? one.clock : one.arose;
  const Day start = is_a_day(one.opens) ? std::max(one.opens, known) : known;
  const Day end = std::min({one.done, one.ended, as_at + 1});
  const auto add = [&](Day from, Day until, Level level) {
    if (from < until) into.push_back({from, until, level});
  };
  switch (one.state) {
    case ObligationState::unknown: return add(one.arose, one.ended, Level::unknown);
    case ObligationState::waived: return add(start, std::min(end, one.due), Level::in_time);
    default: break;
  }
  if (is_a_day(one.due)) {
    add(start, std::min(end, one.due + 1), Level::in_time);
    if (one.state == ObligationState::overdue || one.state == ObligationState::met_late) add(std::max(one.due + 1, known), end, Level::full);
  } else if (is_a_day(one.earliest_due)) {
    add(start, std::min(end, one.earliest_due), Level::in_time);
    add(one.earliest_due, end, Level::unknown);
  } else {
    add(start, end, Level::no_last_day);
  }
}

}  // namespace leavingcare
