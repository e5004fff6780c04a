// leavingcare/evaluate/number_kernels.hpp
//
// Numbers on each day, with bounds: `least` and `most` are the same where everything is known, and infinitely far apart where nothing is.
#pragma once

#include <leavingcare/calendar/steps.hpp>
#include <leavingcare/evaluate/condition_kernels.hpp>

#include <algorithm>
#include <limits>
#include <vector>

namespace leavingcare::kernels {

inline constexpr double infinite = std::numeric_limits<double>::infinity();

/// Runs `make(bound, row, out)` for the lower and the upper bound.
template <class Make>
void for_each_number(const Call& call, bool exact, Make make) {
  auto& out = call.space.numbers[call.plan.place(call.index)];
  out.exact = exact;
  for (int bound = 0; bound < (exact ? 1 : 2); ++bound) {
    auto& steps = bound == 0 ? out.least : out.most;
    for (std::size_t row = 0; row < call.space.rows(); ++row) {
      make(bound, row, steps);
      steps.end_person();
    }
  }
}

[[nodiscard]] inline Steps number_of(const NumberColumn& column, int bound, std::size_t row) {
  return bound == 0 || column.exact ? column.least[row] : column.most[row];
}

/// `steps` on covered days; beyond them the bound that says nothing.
inline void append_covered(const Steps& steps, Edges covered, double unknown, NumberSteps& out) {
  Day day = Day::beginning_of_time;
  for (std::size_t i = 0; i <= covered.size(); i += 2) {
    const Day from = i < covered.size() ? covered[i] : Day::end_of_time;
    if (day < from) out.append(day, unknown);
    if (i == covered.size()) break;
    const Day until = covered[i + 1];
    out.append(from, value_on(steps, from));
    for (std::size_t k = 0; k < steps.size(); ++k) {
      if (steps.from[k] > from && steps.from[k] < until) out.append(steps.from[k], steps.values[k]);
    }
    day = until;
  }
}

/// The days on which a window that ends with the day lies in covered days from end to end.
[[nodiscard]] inline std::vector<Day> covered_windows(Edges covered, LegalPeriod window) {
  std::vector<Day> days;
  for (std::size_t i = 0; i < covered.size(); i += 2) {
    // What was on the last day that is not covered counts until so long after it.
    const Day from = is_a_day(covered[i]) ? after(covered[i] - 1, window) : covered[i];
    if (from >= covered[i + 1]) continue;
    days.push_back(from);
    days.push_back(covered[i + 1]);
  }
  return days;
}

/// Numbers made from a fact's records: `collect(life, sure_only, steps)` writes one row from its records. `window`: how far back they count; of no
/// length where only records of the day do.
template <class Collect>
void from_records(const Call& call, double lowest, LegalPeriod window, Collect collect) {
  const auto& fact = call.fact();
  const auto& tests = call.tests();
  const bool exact = !may_be_unknown(fact, tests, call.space) && !call.plan.binding(call.index).numbers.may_be_unknown;
  NumberSteps one;
  for_each_number(call, exact, [&](int bound, std::size_t row, NumberSteps& out) {
    const auto& life = call.space.lives[row];
    if (fact.unknown_for_all) return out.append(Day::beginning_of_time, bound == 0 ? lowest : infinite);
    if (!fact.has_coverage) return collect(life, bound == 0, out);
    one.clear();
    collect(life, bound == 0, one);
    one.end_person();
    const Edges covered = fact.table->coverage[life.person];
    const double unknown = bound == 0 ? lowest : infinite;
    if (window.count == 0) append_covered(one[0], covered, unknown, out);
    else append_covered(one[0], covered_windows(covered, window), unknown, out);
  });
}

inline void number_fact(const Call& call) {
  const auto& fact = call.fact();
  std::vector<ValuedSpan> rows;
  from_records(call, -infinite, {}, [&](const Life& life, bool, NumberSteps& out) {
    rows.clear();
    if (fact.table != nullptr) {
      for (std::size_t i = fact.table->offsets[life.person]; i < fact.table->offsets[life.person + 1]; ++i) {
        rows.push_back({fact.table->from[i], fact.table->until[i], fact.table->value[i]});
      }
    }
    append_values(rows, out);
  });
}

inline void count_records(const Call& call) {
  std::vector<Span> spans;
  from_records(call, 0, {}, [&](const Life& life, bool sure_only, NumberSteps& out) {
    spans.clear();
    for_each_record(call.fact(), call.tests(), life, [&](Day from, Day until, Truth truth) {
      if (truth == Truth::yes || !sure_only) spans.push_back({from, until});
    });
    append_current_count(spans, out);
  });
}

inline void count_events(const Call& call) {
  std::vector<Day> days;
  from_records(call, 0, call.instruction.period, [&](const Life& life, bool sure_only, NumberSteps& out) {
    days.clear();
    for_each_record(call.fact(), call.tests(), life, [&](Day from, Day, Truth truth) {
      if (truth == Truth::yes || !sure_only) days.push_back(from);
    });
    append_rolling_count(days, call.instruction.period, out);
  });
}

/// Each bound adds up what a record surely, or at worst, comes to; a record whose number nobody knows may come to anything.
inline void sum_of(const Call& call) {
  const auto& instruction = call.instruction;
  const auto& numbers = call.plan.binding(call.index).numbers;
  const bool of_events = call.plan.book->vocabulary.facts[instruction.fact].kind == law::FactKind::events;
  std::vector<ValuedSpan> rows;
  from_records(call, -infinite, instruction.period, [&](const Life& life, bool least, NumberSteps& out) {
    rows.clear();
    const auto& fact = call.fact();
    for_each_record_row(fact, call.tests(), life, [&](std::size_t row, Day from, Day until, Truth truth) {
      double number = numbers[row];
      if (is_absent(number)) number = least ? -infinite : infinite;
      else if (truth != Truth::yes) number = least ? std::min(number, 0.0) : std::max(number, 0.0);
      rows.push_back({from, of_events ? after(from, instruction.period) : until, number});
    });
    append_current_sum(rows, out);
  });
}

inline void constant(const Call& call) {
  for_each_number(call, true, [&](int, std::size_t, NumberSteps& out) { out.append(Day::beginning_of_time, call.instruction.number); });
}

[[nodiscard]] inline bool numbers_exact(const Call& call) {
  for (std::size_t i = 0; i < call.instruction.operands.size(); ++i) {
    if (!call.numbers(i).exact) return false;
  }
  return true;
}

/// sum: each bound from the same bound of the operands.
inline void sum(const Call& call) {
  NumberSteps turns[2];
  for_each_number(call, numbers_exact(call), [&](int bound, std::size_t row, NumberSteps& out) {
    Steps so_far = number_of(call.numbers(0), bound, row);
    for (std::size_t i = 1; i < call.instruction.operands.size(); ++i) {
      auto& into = turns[i % 2];
      into.clear();
      append_sum(so_far, number_of(call.numbers(i), bound, row), into);
      into.end_person();
      so_far = into[0];
    }
    for (std::size_t k = 0; k < so_far.size(); ++k) out.append(so_far.from[k], so_far.values[k]);
  });
}

/// least and greatest: each bound from the same bound of the operands. A number of which nothing is known may be none, and then the answer is none
/// as well, however small or large the others are; so nothing is known of it either.
template <bool largest>
void extreme(const Call& call) {
  const auto count = call.instruction.operands.size();
  std::vector<Day> changes;
  for_each_number(call, numbers_exact(call), [&](int bound, std::size_t row, NumberSteps& out) {
    changes.clear();
    for (std::size_t i = 0; i < count; ++i) {
      for (int side = 0; side < 2; ++side) {
        const Steps steps = number_of(call.numbers(i), side, row);
        changes.insert(changes.end(), steps.from.begin(), steps.from.end());
      }
    }
    std::sort(changes.begin(), changes.end());
    changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
    for (const Day day : changes) {
      double value = largest ? -infinite : infinite;
      bool unknown = false;
      bool none_given = false;
      for (std::size_t i = 0; i < count; ++i) {
        const double low = value_on(number_of(call.numbers(i), 0, row), day);
        const double high = value_on(number_of(call.numbers(i), 1, row), day);
        none_given = none_given || is_absent(low) || is_absent(high);
        unknown = unknown || (low == -infinite && high == infinite);
        const double one = bound == 0 ? low : high;
        value = largest ? std::max(value, one) : std::min(value, one);
      }
      out.append(day, none_given ? absent : !unknown ? value : bound == 0 ? -infinite : infinite);
    }
  });
}

/// The least a difference can be is the least of the one, less the most of the other.
inline void difference(const Call& call) {
  for_each_number(call, numbers_exact(call), [&](int bound, std::size_t row, NumberSteps& out) {
    append_difference(number_of(call.numbers(0), bound, row), number_of(call.numbers(1), 1 - bound, row), out);
  });
}

/// One bound of a ratio on a day, from the bounds of its operands. A divisor that may be 0 or less, or a part that may be negative, claims nothing.
[[nodiscard]] inline double ratio_bound(int bound, double least, double most, double divisor_least, double divisor_most) {
  if ((is_absent(least) && is_absent(most)) || (is_absent(divisor_least) && is_absent(divisor_most))) return absent;
  if (least == most && divisor_least == divisor_most) return divisor_least == 0 ? absent : as_written(least / divisor_least);
  if (least >= 0 && divisor_least > 0) return as_written(bound == 0 ? least / divisor_most : most / divisor_least);
  return bound == 0 ? -infinite : infinite;
}

inline void ratio(const Call& call) {
  const bool exact = numbers_exact(call);
  std::vector<Day> changes;
  for_each_number(call, exact, [&](int bound, std::size_t row, NumberSteps& out) {
    if (exact) return append_ratio(call.numbers(0).least[row], call.numbers(1).least[row], out);
    const Steps bounds[] = {number_of(call.numbers(0), 0, row), number_of(call.numbers(0), 1, row), number_of(call.numbers(1), 0, row), number_of(call.numbers(1), 1, row)};
    changes.clear();
    for (const auto& steps : bounds) changes.insert(changes.end(), steps.from.begin(), steps.from.end());
    std::sort(changes.begin(), changes.end());
    changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
    for (const Day day : changes) {
      out.append(day, ratio_bound(bound, value_on(bounds[0], day), value_on(bounds[1], day), value_on(bounds[2], day), value_on(bounds[3], day)));
    }
  });
}

/// compare: surely at least as large when its least is at least the other's most.
inline void compare(const Call& call) {
  const auto& a = call.numbers(0);
  const auto& b = call.numbers(1);
  const auto way = call.instruction.alternative;  // at_least, more_than, at_most, less_than
  const bool larger = way < 2;
  for_each_bound(call, a.exact && b.exact, [&](int bound, std::size_t row, Timelines& out) {
    const int side = larger ? bound : 1 - bound;
    const Steps left = number_of(a, side, row);
    const Steps right = number_of(b, 1 - side, row);
    if (way == 0) append_where_at_least(left, right, out);
    else if (way == 1) append_where_more_than(left, right, out);
    else if (way == 2) append_where_at_most(left, right, out);
    else append_where_less_than(left, right, out);
  });
}

/// versions of a number: each on its own days, and no number on days without a version.
inline void number_versions(const Call& call) {
  for_each_number(call, numbers_exact(call), [&](int bound, std::size_t row, NumberSteps& out) {
    for (std::size_t i = 0; i < call.instruction.operands.size(); ++i) {
      const Span applies = call.instruction.spans[i];
      const Steps steps = number_of(call.numbers(i), bound, row);
      out.append(applies.from, value_on(steps, applies.from));
      for (std::size_t k = 0; k < steps.size(); ++k) {
        if (steps.from[k] > applies.from && steps.from[k] < applies.until) out.append(steps.from[k], steps.values[k]);
      }
      out.append(applies.until, absent);
    }
  });
}

}  // namespace leavingcare::kernels
