// leavingcare/calendar/steps.hpp
//
// A number on each day, and a batch of such numbers.
//
// "Placements in the last twelve months" and "young people allocated to this adviser" are numbers that change from day
// to day. A *step function* writes each change once: from this day on, this value, until the next change.
//
//     an adviser with one young person from 1 March 2024, a second from 10 April to 2 June
//     from    beginning_of_time  2024-03-01  2024-04-10  2024-06-02
//     value   0                  1           2           1
//
// There is one way to write each: days strictly rise, and no step repeats the value before it.
//
// ABSENT IS NOT ZERO. Before the first step, and wherever a step says `absent`, there is no value: no rate was fixed
// yet, or it was a division by zero. An operator whose operand is absent answers absent, and no comparison holds of it,
// so both "at least 3" and "less than 3" are false that day. What a missing value means for a condition is the caller's
// to say, with append_where_present.
//
// A BATCH holds one step function for each of many people, as Timelines holds their days. Each function here takes one
// person's numbers and appends the answer to `out`; the caller ends the person. Operators over steps are one pass: the
// cost is the number of steps read. Counts and sums of spans sort them first. `out` must not be an operand's batch.
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/calendar/decimals.hpp>
#include <leavingcare/calendar/legal_period.hpp>
#include <leavingcare/calendar/timeline.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace leavingcare {

/// The value of a day that has none. It is no number, so test for it with `is_absent`.
inline constexpr double absent = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] inline bool is_absent(double value) { return std::isnan(value); }

/// One person's number over time: `values[i]` holds from `from[i]` until the next. A view; it owns nothing.
struct Steps {
  std::span<const Day> from;
  std::span<const double> values;
  [[nodiscard]] std::size_t size() const { return from.size(); }
};

/// A value on the days [from, until): a row of a table of numbers, or a period with an amount.
struct ValuedSpan {
  Day from;
  Day until;
  double value = 0;
};

/// The value on a day.
[[nodiscard]] inline double value_on(Steps number, Day day) {
  const auto next = std::upper_bound(number.from.begin(), number.from.end(), day);
  if (next == number.from.begin()) return absent;
  return number.values[static_cast<std::size_t>(next - number.from.begin()) - 1];
}

/// One step function for each person of a batch.
class NumberSteps {
 public:
  /// How many people.
  [[nodiscard]] std::size_t size() const { return ends_.size(); }

  /// The number of person `index`.
  [[nodiscard]] Steps operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    const std::size_t count = ends_[index] - begin;
    return {{from_.data() + begin, count}, {values_.data() + begin, count}};
  }

  /// Forgets all people; keeps the memory for the next batch.
  void clear() {
    ends_.clear();
    person_ = 0;
    from_.clear();
    values_.clear();
  }

  /// From this day on, this value, for the person being written. Days come in order; of two values for one day the
  /// later one stands, and a value that changes nothing adds no step.
  void append(Day from, double value) {
    if (from == Day::end_of_time) return;
    if (from_.size() > person_ && from_.back() == from) {
      from_.pop_back();
      values_.pop_back();
    }
    const double before = from_.size() > person_ ? values_.back() : absent;
    if (value == before || (is_absent(value) && is_absent(before))) return;
    from_.push_back(from);
    values_.push_back(value);
  }

  /// Ends the person being written: the next `append` is of the next person.
  void end_person() { ends_.push_back(static_cast<std::uint32_t>(person_ = from_.size())); }

 private:
  std::vector<std::uint32_t> ends_;  // where each person's steps end; no memory is taken before there is one
  std::size_t person_ = 0;           // where the person being written begins
  std::vector<Day> from_;
  std::vector<double> values_;
};

namespace detail {

/// Calls `visit(day, a's value, b's value)` wherever either changes, in order of days.
template <class Visit>
void for_each_change(Steps a, Steps b, Visit visit) {
  std::size_t i = 0, j = 0;
  double left = absent, right = absent;
  while (i < a.size() || j < b.size()) {
    const Day day = j == b.size() || (i < a.size() && a.from[i] <= b.from[j]) ? a.from[i] : b.from[j];
    if (i < a.size() && a.from[i] == day) left = a.values[i++];
    if (j < b.size() && b.from[j] == day) right = b.values[j++];
    visit(day, left, right);
  }
}

template <class Operation>
void append_combined(Steps a, Steps b, NumberSteps& out, Operation operation) {
  for_each_change(a, b, [&](Day day, double left, double right) {
    out.append(day, is_absent(left) || is_absent(right) ? absent : operation(left, right));
  });
}

/// The days on which both have a value and `compare` holds of them.
template <class Compare>
void append_where(Steps a, Steps b, Timelines& out, Compare compare) {
  Day since{};
  bool holds = false;
  for_each_change(a, b, [&](Day day, double left, double right) {
    if (holds) out.append(since, day);
    since = day;
    holds = !is_absent(left) && !is_absent(right) && compare(left, right);
  });
  if (holds) out.append(since, Day::end_of_time);
}

/// How many of the spans that begin on `begins` and end on `ends` are current each day; both rise.
inline void append_overlap(std::span<const Day> begins, std::span<const Day> ends, NumberSteps& out) {
  out.append(Day::beginning_of_time, 0);
  double current = 0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < begins.size() || j < ends.size();) {
    const Day day = i < begins.size() ? std::min(begins[i], ends[j]) : ends[j];
    for (; i < begins.size() && begins[i] == day; ++i) ++current;
    for (; j < ends.size() && ends[j] == day; ++j) --current;
    out.append(day, current);
  }
}

}  // namespace detail

/// A number that is always the same, as a view that owns its one step: `Constant{3}.steps()` goes where Steps go.
struct Constant {
  double value = 0;
  [[nodiscard]] Steps steps() const { return {{&Day::beginning_of_time, 1}, {&value, 1}}; }
};

/// The rows of a table of numbers: each value in its span, absent between spans. Rows come in order of `from`; where
/// two overlap, the later row stands from its first day on, and the earlier does not come back.
inline void append_values(std::span<const ValuedSpan> rows, NumberSteps& out) {
  Day end = Day::beginning_of_time;  // of the row that stands
  for (const ValuedSpan row : rows) {
    if (row.from >= row.until) continue;
    if (end < row.from) out.append(end, absent);
    out.append(row.from, row.value);
    end = row.until;
  }
  out.append(end, absent);
}

/// a + b.
inline void append_sum(Steps a, Steps b, NumberSteps& out) {
  detail::append_combined(a, b, out, [](double left, double right) { return as_written(left + right); });
}

/// a - b.
inline void append_difference(Steps a, Steps b, NumberSteps& out) {
  detail::append_combined(a, b, out, [](double left, double right) { return as_written(left - right); });
}

/// The smaller of the two.
inline void append_min(Steps a, Steps b, NumberSteps& out) {
  detail::append_combined(a, b, out, [](double left, double right) { return std::min(left, right); });
}

/// The larger of the two.
inline void append_max(Steps a, Steps b, NumberSteps& out) {
  detail::append_combined(a, b, out, [](double left, double right) { return std::max(left, right); });
}

/// a / b; absent where b is 0.
inline void append_ratio(Steps a, Steps b, NumberSteps& out) {
  detail::append_combined(a, b, out,
                          [](double left, double right) { return right == 0 ? absent : as_written(left / right); });
}

/// How many of the spans hold each day: 0 where none does, never absent. Spans in any order, overlapping or empty.
inline void append_current_count(std::span<const Span> spans, NumberSteps& out) {
  std::vector<Day> begins;
  std::vector<Day> ends;
  for (const Span span : spans) {
    if (span.from >= span.until) continue;
    begins.push_back(span.from);
    ends.push_back(span.until);
  }
  std::sort(begins.begin(), begins.end());
  std::sort(ends.begin(), ends.end());
  detail::append_overlap(begins, ends, out);
}

/// The sum of the values of the rows that hold each day: 0 where none does, never absent. Rows in any order. It is
/// added up anew at each change, always in the order of `from`, so that amounts that have ended leave no rounding
/// behind.
inline void append_current_sum(std::span<const ValuedSpan> rows, NumberSteps& out) {
  std::vector<ValuedSpan> waiting(rows.begin(), rows.end());
  std::erase_if(waiting, [](const ValuedSpan& row) { return row.from >= row.until; });
  std::stable_sort(waiting.begin(), waiting.end(),
                   [](const auto& a, const auto& b) { return a.from < b.from; });
  std::vector<ValuedSpan> current;
  out.append(Day::beginning_of_time, 0);
  for (std::size_t i = 0; i < waiting.size() || !current.empty();) {
    Day day = i < waiting.size() ? waiting[i].from : Day::end_of_time;
    for (const ValuedSpan& row : current) day = std::min(day, row.until);
    std::erase_if(current, [&](const ValuedSpan& row) { return row.until == day; });
    for (; i < waiting.size() && waiting[i].from == day; ++i) current.push_back(waiting[i]);
    double sum = 0;
    for (const ValuedSpan& row : current) sum += row.value;
    out.append(day, as_written(sum));
  }
}

/// How many of the events, whose days rise (a day may come twice), lie in a window that ends with each day: with a
/// window of n days, in [d - n + 1, d]. An event on e counts on [e, after(e, window)), so with 12 months an event of 10
/// March 2024 counts up to 9 March 2025. The window must not be in working days.
inline void append_rolling_count(std::span<const Day> events, LegalPeriod window, NumberSteps& out) {
  std::vector<Day> ends;
  for (const Day event : events) ends.push_back(after(event, window));
  detail::append_overlap(events, ends, out);
}

/// For each day d of [since, until): how many days of the timeline lie in [since, d]. Absent outside. Both must be real
/// days; one step for each counted day, so ask only for as long a time as is needed. To find *when* a total is reached,
/// first_day_reaching is cheaper.
inline void append_running_total(Edges timeline, Day since, Day until, NumberSteps& out) {
  if (since >= until) return;
  std::int32_t total = 0;
  out.append(since, 0);
  for (std::size_t i = 0; i < timeline.size() && timeline[i] < until; i += 2) {
    const Day end = std::min(timeline[i + 1], until);
    for (Day day = std::max(timeline[i], since); day < end; day = day + 1) out.append(day, ++total);
  }
  out.append(until, absent);
}

/// The days on which there is a value.
inline void append_where_present(Steps number, Timelines& out) {
  detail::append_where(number, number, out, [](double, double) { return true; });
}

/// The days on which a >= b.
inline void append_where_at_least(Steps a, Steps b, Timelines& out) {
  detail::append_where(a, b, out, [](double left, double right) { return left >= right; });
}
/// The days on which a > b.
inline void append_where_more_than(Steps a, Steps b, Timelines& out) {
  detail::append_where(a, b, out, [](double left, double right) { return left > right; });
}
/// The days on which a <= b.
inline void append_where_at_most(Steps a, Steps b, Timelines& out) {
  detail::append_where(a, b, out, [](double left, double right) { return left <= right; });
}
/// The days on which a < b.
inline void append_where_less_than(Steps a, Steps b, Timelines& out) {
  detail::append_where(a, b, out, [](double left, double right) { return left < right; });
}

/// The same against a number that never changes.
inline void append_where_at_least(Steps a, double b, Timelines& out) {
  append_where_at_least(a, Constant{b}.steps(), out);
}
inline void append_where_more_than(Steps a, double b, Timelines& out) {
  append_where_more_than(a, Constant{b}.steps(), out);
}
inline void append_where_at_most(Steps a, double b, Timelines& out) {
  append_where_at_most(a, Constant{b}.steps(), out);
}
inline void append_where_less_than(Steps a, double b, Timelines& out) {
  append_where_less_than(a, Constant{b}.steps(), out);
}

}  // namespace leavingcare
