// leavingcare/evaluate/indicators.hpp
//
// Counting people: how many cases of a period are counted, how many of them have what is asked, and how sure that is.
//
// A CASE is a person on the last day of a period, a person on any of its days, or one of certain days of a person that lie in it: where it is not known
// which days these are, each day that may be one is a case that is not settled. Of each
// case it is yes, no or unknown whether it is counted ("among") and whether it has what is asked ("those").
//
// UNKNOWN CASES move the value within bounds. Of `a` cases counted that have it, `b` counted that have not, `c` counted of which it is unknown,
// and `d`, `e`, `f` of the same three kinds that may or may not be counted, the rate is
//     at least  a / (a + b + c + e + f)          what is unknown is counted against it, and a case that would raise it is left out
//     at most   (a + c + d + f) / (a + b + c + d + f)
// A target is met if both bounds meet it, missed if neither does, and unknown otherwise.
#pragma once

#include <leavingcare/evaluate/person_views.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace leavingcare {

enum class TargetState : std::uint8_t { no, unknown, yes, monitor_only, nothing_counted };

[[nodiscard]] constexpr std::string_view in_words(TargetState state) {
  constexpr std::string_view words[] = {"no", "unknown", "yes", "monitor only", ""};
  return words[static_cast<std::size_t>(state)];
}

/// One indicator in one period.
struct Indicator {
  std::uint32_t rule = 0;         ///< place in Rulebook::rules
  Day from;
  Day until;                      ///< exclusive
  double numerator = 0;           ///< surely counted and surely having what is asked; of totals: their sum, absent when not known
  double denominator = absent;    ///< surely counted; absent for a sum
  std::uint64_t unknown = 0;      ///< cases that are not settled
  double value = absent;          ///< the rate in per cent, or the count or sum; absent where it is not known, or nothing is counted
  double least = absent;          ///< bounds of the value
  double most = absent;
  double target = absent;         ///< absent: none, or not given
  TargetState met = TargetState::monitor_only;
  std::uint32_t depends_on = 0;   ///< place in Answers::fact_sets
};

namespace detail {

/// What the people of one batch add to one indicator in one period. Numbers are kept apart, so that their sum does not depend on the size of batches.
struct IndicatorTally {
  std::uint64_t cases[3][3] = {};  ///< by whether it is counted, and whether it has what is asked
  std::vector<double> total[2];    ///< bounds, of each subject
  std::vector<double> out_of[2];
  std::vector<bool> facts;         ///< those that would settle what is unknown

  void clear() {
    for (auto& row : cases) std::fill(std::begin(row), std::end(row), 0);
    for (auto* numbers : {&total[0], &total[1], &out_of[0], &out_of[1]}) numbers->clear();
    facts.clear();
  }

  void add(const IndicatorTally& other) {
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) cases[i][j] += other.cases[i][j];
    }
    for (int bound = 0; bound < 2; ++bound) {
      total[bound].insert(total[bound].end(), other.total[bound].begin(), other.total[bound].end());
      out_of[bound].insert(out_of[bound].end(), other.out_of[bound].begin(), other.out_of[bound].end());
    }
    if (facts.size() < other.facts.size()) facts.resize(other.facts.size(), false);
    for (std::size_t i = 0; i < other.facts.size(); ++i) facts[i] = facts[i] || other.facts[i];
  }
};

/// Whether a condition holds on any day of a span.
[[nodiscard]] inline Truth on_any_day(TruthView view, Span days) {
  const auto meets = [&](Edges edges) {
    for (std::size_t i = 0; i < edges.size(); i += 2) {
      if (std::max(edges[i], days.from) < std::min(edges[i + 1], days.until)) return true;
    }
    return false;
  };
  return meets(view.surely) ? Truth::yes : meets(view.possibly) ? Truth::unknown : Truth::no;
}

/// Counts the cases of each person of a batch in turn. `why(instructions, days, facts)` marks what would settle an unknown.
class IndicatorCounter {
 public:
  IndicatorCounter(const Plan& plan, const Workspace& space) : plan_(plan), views_(plan, space) {}

  template <class Why>
  void count(std::size_t person, std::vector<IndicatorTally>& tallies, Why why) {
    views_.begin(person);
    for (std::size_t i = 0; i < plan_.periods.size(); ++i) {
      const auto& period = plan_.periods[i];
      const auto& terms = plan_.book->rules[period.rule].indicators[period.version];
      auto& tally = tallies[i];
      const auto unsettled = [&](std::initializer_list<std::uint32_t> instructions, Span days) {
        tally.facts.resize(plan_.book->fact_count(), false);
        why(std::span<const std::uint32_t>(instructions.begin(), instructions.size()), days, tally.facts);
      };
      if (terms.total == none) cases(terms, period.days, tally, unsettled);
      else numbers(terms, period.days, tally, unsettled);
    }
  }

 private:
  template <class Unsettled>
  void cases(const CompiledIndicator& terms, Span days, IndicatorTally& tally, Unsettled unsettled) {
    const auto one = [&](Truth counted, Truth has, Span on) {
      if (counted == Truth::no) return;
      ++tally.cases[static_cast<int>(counted)][static_cast<int>(has)];
      if (counted == Truth::unknown) unsettled({terms.among, terms.each}, on);
      if (has == Truth::unknown) unsettled({terms.those}, on);
    };
    const auto on_day = [&](Day day, Truth certain) {
      const Truth has = terms.those == none ? Truth::yes : views_.of(terms.those).on(day);
      one(std::min(views_.of(terms.among).on(day), certain), has, {day, day + 1});
    };
    switch (terms.counted) {
      case law::Counted::on_the_last_day: return on_day(days.until - 1, Truth::yes);
      case law::Counted::on_any_day: {
        const TruthView among = views_.of(terms.among);
        const Truth counted = on_any_day(among, days);
        if (terms.those == none) return one(counted, Truth::yes, days);
        const TruthView those = views_.of(terms.those);
        both_[0].clear();
        both_[1].clear();
        append_intersection(among.surely, those.surely, both_[0]);
        append_intersection(among.possibly, those.possibly, both_[1]);
        return one(counted, on_any_day({both_[0].edges(), both_[1].edges()}, days), days);
      }
      case law::Counted::on:
        for (const auto instruction : terms.days) {
          const DayBounds day = views_.day(instruction, days.until - 1);
          if (day.exact()) {
            if (day.earliest >= days.from && day.earliest < days.until) on_day(day.earliest, Truth::yes);
          } else if (day.earliest < days.until && day.latest >= days.from && on_any_day(views_.of(terms.among), days) != Truth::no) {
            ++tally.cases[static_cast<int>(Truth::unknown)][static_cast<int>(Truth::unknown)];
            unsettled({instruction}, days);
          }
        }
        return;
      case law::Counted::on_each: {
        const TruthView each = views_.of(terms.each);
        const TruthView among = views_.of(terms.among);
        for (std::size_t i = 0; i < each.possibly.size(); i += 2) {
          const Span run{std::max(each.possibly[i], days.from), std::min(each.possibly[i + 1], days.until)};
          bool told = false;
          for (Day day = run.from; day < run.until; day = day + 1) {
            if (each.on(day) == Truth::yes) {
              on_day(day, Truth::yes);
            } else if (among.on(day) != Truth::no) {
              // A day that may or may not be one to count; what would settle it is told once for all of its run.
              ++tally.cases[static_cast<int>(Truth::unknown)][static_cast<int>(terms.those == none ? Truth::yes : views_.of(terms.those).on(day))];
              if (!std::exchange(told, true)) unsettled({terms.each, terms.among, terms.those}, run);
            }
          }
        }
        return;
      }
    }
  }

  template <class Unsettled>
  void numbers(const CompiledIndicator& terms, Span days, IndicatorTally& tally, Unsettled unsettled) {
    const Day last = days.until - 1;
    const auto add = [&](std::uint32_t instruction, std::vector<double> (&into)[2]) {
      if (instruction == none) return;
      const auto [least, most] = views_.number(instruction, last);
      if (is_absent(least) && is_absent(most)) return;
      into[0].push_back(is_absent(least) ? most : least);
      into[1].push_back(is_absent(most) ? least : most);
      if (into[0].back() != into[1].back()) unsettled({instruction}, {last, days.until});
    };
    add(terms.total, tally.total);
    add(terms.out_of, tally.out_of);
  }

  const Plan& plan_;
  PersonViews views_;
  Timelines both_[2];
};

/// A share in per cent, as written: of what is exactly 57 in 100, a binary fraction would fall short. Absent of nothing.
[[nodiscard]] inline double per_cent(double part, double whole) { return whole == 0 ? absent : as_written(100 * part / whole); }

/// Value and bounds from what was counted.
inline void value_cases(const CompiledIndicator& terms, const IndicatorTally& tally, Indicator& row) {
  const auto number = [&](Truth counted, Truth has) { return static_cast<double>(tally.cases[static_cast<int>(counted)][static_cast<int>(has)]); };
  const double a = number(Truth::yes, Truth::yes), b = number(Truth::yes, Truth::no), c = number(Truth::yes, Truth::unknown);
  const double d = number(Truth::unknown, Truth::yes), e = number(Truth::unknown, Truth::no), f = number(Truth::unknown, Truth::unknown);
  row.numerator = a;
  row.denominator = terms.is_rate() ? a + b + c : absent;
  row.unknown = static_cast<std::uint64_t>(c + d + e + f);
  if (!terms.is_rate()) {
    row.least = a;
    row.most = a + d + f;
    return;
  }
  row.least = a + b + c + e + f == 0 ? per_cent(d, d) : per_cent(a, a + b + c + e + f);
  row.most = a + b + c + d + f == 0 ? per_cent(0, e) : per_cent(a + c + d + f, a + b + c + d + f);
}

inline void value_numbers(const CompiledIndicator& terms, const IndicatorTally& tally, Indicator& row) {
  const auto sum = [](const std::vector<double>& numbers) {
    double total = 0;
    for (const double number : numbers) total += number;
    return as_written(total);
  };
  const double least = sum(tally.total[0]), most = sum(tally.total[1]);
  for (std::size_t i = 0; i < tally.total[0].size(); ++i) row.unknown += tally.total[0][i] == tally.total[1][i] ? 0 : 1;
  row.numerator = least == most ? least : absent;
  if (terms.out_of == none) {
    if (tally.total[0].empty()) return;
    row.least = least;
    row.most = most;
    return;
  }
  const double smallest = sum(tally.out_of[0]), largest = sum(tally.out_of[1]);
  for (std::size_t i = 0; i < tally.out_of[0].size(); ++i) row.unknown += tally.out_of[0][i] == tally.out_of[1][i] ? 0 : 1;
  row.denominator = smallest == largest ? smallest : absent;
  if (smallest == largest) {
    row.least = per_cent(smallest < 0 ? most : least, smallest);
    row.most = per_cent(smallest < 0 ? least : most, smallest);
  } else {
    row.least = -std::numeric_limits<double>::infinity();
    row.most = std::numeric_limits<double>::infinity();
  }
}

/// One row, from all that was counted. Its depends_on is left to the caller.
[[nodiscard]] inline Indicator indicator_of(const Plan& plan, std::size_t period_index, const IndicatorTally& tally) {
  const auto& period = plan.periods[period_index];
  const auto& terms = plan.book->rules[period.rule].indicators[period.version];
  Indicator row;
  row.rule = period.rule;
  row.from = period.days.from;
  row.until = period.days.until;
  if (terms.total == none) value_cases(terms, tally, row);
  else value_numbers(terms, tally, row);
  if (row.least == row.most) row.value = row.least;
  if (!terms.target) return row;
  for (const auto& [span, figure] : terms.target->figures) {
    if (span.from <= row.from && row.from < span.until) row.target = figure;
  }
  if (is_absent(row.least) || is_absent(row.most)) {
    row.met = TargetState::nothing_counted;
  } else if (is_absent(row.target)) {
    row.met = TargetState::unknown;
  } else {
    const bool lower = holds(row.least, terms.target->how, row.target);
    const bool upper = holds(row.most, terms.target->how, row.target);
    const bool exactly_between = terms.target->how == Comparison::exactly && row.least < row.target && row.target < row.most;
    row.met = lower != upper || exactly_between ? TargetState::unknown : lower ? TargetState::yes : TargetState::no;
  }
  return row;
}

}  // namespace detail

}  // namespace leavingcare
