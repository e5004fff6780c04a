// leavingcare/evaluate/condition_kernels.hpp
//
// From conditions and days to conditions, row by row over a batch.
//
// Most operators only gain days when their operands gain days, so each bound of the answer comes from the same bound of the operands.
// Those that do not (not, at_most, between, held_on) say here how their bounds are found, and why that is sound.
#pragma once

#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/evaluate/fact_kernels.hpp>

namespace leavingcare::kernels {

/// Runs `make(bound, row, out)` for both bounds, or for one that serves as both when `exact`.
template <class Make>
void for_each_bound(const Call& call, bool exact, Make make) {
  auto& out = call.out();
  out.exact = exact;
  for (int bound = 0; bound < (exact ? 1 : 2); ++bound) {
    auto& timelines = out.bounds[bound];
    for (std::size_t row = 0; row < call.space.rows(); ++row) {
      make(bound, row, timelines);
      timelines.end_person();
    }
  }
}

[[nodiscard]] inline const Timelines& bound_of(const Truths& truths, int bound) {
  return bound == 0 ? truths.surely() : truths.possibly();
}

[[nodiscard]] inline bool all_exact(const Call& call) {
  for (std::size_t i = 0; i < call.instruction.operands.size(); ++i) {
    if (!call.truths(i).exact) return false;
  }
  return true;
}

/// The same where the answer is one span for everybody: `make(bound, row)` gives it.
template <class Make>
void for_each_span(const Call& call, bool exact, Make make) {
  auto& out = call.out();
  out.exact = exact;
  for (int bound = 0; bound < (exact ? 1 : 2); ++bound) {
    const auto spans = out.bounds[bound].one_span_each(call.space.rows());
    for (std::size_t row = 0; row < call.space.rows(); ++row) {
      const Span span = make(bound, row);
      spans[2 * row] = span.from;
      spans[2 * row + 1] = span.until;
    }
  }
}

/// The same bound of every operand, found once for a whole batch.
inline const std::vector<const Timelines*>& operands_of(const Call& call, int bound) {
  auto& found = call.space.operands;
  found.clear();
  for (std::size_t i = 0; i < call.instruction.operands.size(); ++i) found.push_back(&bound_of(call.truths(i), bound));
  return found;
}

/// Runs `make(operands, row, out)` for both bounds.
template <class Make>
void for_each_bound_of_all(const Call& call, Make make) {
  auto& out = call.out();
  out.exact = all_exact(call);
  for (int bound = 0; bound < (out.exact ? 1 : 2); ++bound) {
    const auto& operands = operands_of(call, bound);
    auto& timelines = out.bounds[bound];
    for (std::size_t row = 0; row < call.space.rows(); ++row) {
      make(operands, row, timelines);
      timelines.end_person();
    }
  }
}

/// age, from, until: the days [first, second).
inline void window(const Call& call) {
  const DayColumn* begins = call.has(0) ? &call.days(0) : nullptr;
  const DayColumn* ends = call.has(1) ? &call.days(1) : nullptr;
  const bool exact = (begins == nullptr || begins->exact) && (ends == nullptr || ends->exact);
  for_each_span(call, exact, [begins, ends](int bound, std::size_t row) {
    return Span{begins != nullptr ? begins->bound(bound == 0)[row] : Day::beginning_of_time, ends != nullptr ? ends->bound(bound == 1)[row] : Day::end_of_time};
  });
}

inline void ever(const Call& call) {
  const auto& of = call.truths(0);
  for_each_span(call, of.exact, [&of](int bound, std::size_t row) {
    const Edges days = bound_of(of, bound)[row];
    return Span{days.empty() ? Day::end_of_time : days.front(), Day::end_of_time};
  });
}

/// earlier: from the day after the first.
inline void earlier(const Call& call) {
  const auto& of = call.truths(0);
  for_each_span(call, of.exact, [&of](int bound, std::size_t row) {
    const Edges days = bound_of(of, bound)[row];
    return Span{days.empty() ? Day::end_of_time : days.front() + 1, Day::end_of_time};
  });
}

/// held_on: the same answer on all days. A day that may be any of several is surely a yes only if all of them are.
inline void held_on(const Call& call) {
  const auto& days = call.days(0);
  const auto& condition = call.truths(1);
  for_each_span(call, days.exact && condition.exact, [&](int bound, std::size_t row) {
    constexpr Span no_day{Day::end_of_time, Day::end_of_time};
    constexpr Span every_day{Day::beginning_of_time, Day::end_of_time};
    const DayBounds day = days[row];
    if (day.earliest == Day::end_of_time) return no_day;
    bool holds;
    if (bound == 0) {
      holds = day.latest != Day::end_of_time && span_holding(condition.surely()[row], day.earliest).until > day.latest;
    } else {
      const Edges possible = condition.possibly()[row];
      holds = false;
      for (std::size_t i = 0; i < possible.size(); i += 2) holds = holds || (possible[i] <= day.latest && possible[i + 1] > day.earliest);
    }
    return holds ? every_day : no_day;
  });
}

/// between: surely on where it was surely switched on and not even possibly off since.
inline void between(const Call& call) {
  const auto& start = call.truths(0);
  const auto& end = call.truths(1);
  for_each_bound(call, start.exact && end.exact, [&](int bound, std::size_t row, Timelines& out) {
    append_between(bound_of(start, bound)[row], bound_of(end, 1 - bound)[row], out);
  });
}

inline void bridging(const Call& call) {
  const auto days = fixed_days(call.instruction.period).value_or(0);
  for_each_bound(call, call.truths(0).exact,
                 [&](int bound, std::size_t row, Timelines& out) { append_bridged(bound_of(call.truths(0), bound)[row], days, out); });
}

/// run_containing: the run that holds the named day, on all its days.
inline void run_containing(const Call& call) {
  const auto& of = call.truths(0);
  const auto& days = call.days(1);
  for_each_bound(call, of.exact && days.exact, [&](int bound, std::size_t row, Timelines& out) {
    const DayBounds day = days[row];
    const Edges runs = bound_of(of, bound)[row];
    if (bound == 0) {
      const Span run = span_holding(runs, day.earliest);
      if (run.until > day.latest) out.append(run.from, run.until);
      return;
    }
    for (std::size_t i = 0; i < runs.size(); i += 2) {
      if (runs[i] <= day.latest && runs[i + 1] > day.earliest) out.append(runs[i], runs[i + 1]);
    }
  });
}

/// doubtful: never surely.
inline void doubtful(const Call& call) {
  auto& out = call.out();
  for (std::size_t row = 0; row < call.space.rows(); ++row) {
    out.bounds[0].end_person();
    out.bounds[1].append(call.truths(0).possibly()[row]);
    out.bounds[1].end_person();
  }
  settle(out);
}

/// always, never.
inline void fixed(const Call& call) {
  const bool holds = call.instruction.number > 0;
  for_each_span(call, true, [holds](int, std::size_t) { return Span{holds ? Day::beginning_of_time : Day::end_of_time, Day::end_of_time}; });
}

/// versions of a condition: each on its own days.
inline void versions(const Call& call) {
  const auto& spans = call.instruction.spans;
  if (const auto& only = call.truths(0); spans.size() == 1 && !only.surely().spans().empty() && !only.possibly().spans().empty()) {
    return for_each_span(call, only.exact, [&only, days = spans[0]](int bound, std::size_t row) {
      const Edges span = bound_of(only, bound).spans().subspan(2 * row, 2);
      return Span{later_of(span[0], days.from), earlier_of(span[1], days.until)};
    });
  }
  for_each_bound_of_all(call, [&spans](const auto& operands, std::size_t row, Timelines& out) {
    for (std::size_t i = 0; i < operands.size(); ++i) append_clipped((*operands[i])[row], spans[i].from, spans[i].until, out);
  });
}

}  // namespace leavingcare::kernels
