// leavingcare/evaluate/condition_kernels.hpp
//
// From conditions and days to conditions, row by row over a batch.
//
// Most operators only gain days when their operands gain days, so each bound of the answer comes from the same bound of the operands.
// Those that do not (not, at_most, between, held_on) say here how their bounds are found, and why that is sound.
#pragma once

#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/calendar/timeline_measures.hpp>
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

/// The same, for operators of one condition: `make(days, row, out)` sees the same bound of the operand.
template <class Make>
void for_each_bound_of(const Call& call, const Truths& of, bool exact, Make make) {
  auto& out = call.out();
  out.exact = exact;
  for (int bound = 0; bound < (exact ? 1 : 2); ++bound) {
    const auto& days = bound_of(of, bound);
    auto& timelines = out.bounds[bound];
    for (std::size_t row = 0; row < call.space.rows(); ++row) {
      make(days[row], row, timelines);
      timelines.end_person();
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

/// all. Many operands are a single span (an age, "from then on"): they only clip what the others leave.
inline void all(const Call& call) {
  auto* turns = call.space.scratch;
  for_each_bound_of_all(call, [turns](const auto& operands, std::size_t row, Timelines& out) {
    Span clip{Day::beginning_of_time, Day::end_of_time};
    Edges rest;
    bool any_rest = false;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      const Edges operand = (*operands[i])[row];
      if (operand.empty()) return;
      clip.from = std::max(clip.from, operand.front());
      clip.until = std::min(clip.until, operand.back());
      if (clip.from >= clip.until) return;
      if (operand.size() == 2) continue;
      if (!any_rest) {
        rest = operand;
        any_rest = true;
        continue;
      }
      auto& into = turns[i % 2];
      into.clear();
      append_intersection(rest, operand, into);
      rest = into.unfinished();
      if (rest.empty()) return;
    }
    if (any_rest) append_clipped(rest, clip.from, clip.until, out);
    else out.append(clip.from, clip.until);
  });
}

/// any: the operands joined in turn, two timelines changing places.
inline void any(const Call& call) {
  auto* turns = call.space.scratch;
  for_each_bound_of_all(call, [turns](const auto& operands, std::size_t row, Timelines& out) {
    Edges so_far;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      const Edges operand = (*operands[i])[row];
      if (operand.empty()) continue;
      if (so_far.empty()) {
        so_far = operand;
        continue;
      }
      auto& into = turns[i % 2];
      into.clear();
      append_union(so_far, operand, into);
      so_far = into.unfinished();
    }
    out.append(so_far);
  });
}

/// not: surely not where not even possibly so.
inline void negate(const Call& call) {
  const auto& of = call.truths(0);
  auto& out = call.out();
  out.exact = of.exact;
  for (int bound = 0; bound < (of.exact ? 1 : 2); ++bound) {
    const auto& days = bound_of(of, 1 - bound);
    for (std::size_t row = 0; row < call.space.rows(); ++row) {
      append_complement(days[row], out.bounds[bound]);
      out.bounds[bound].end_person();
    }
  }
}

/// age, from, until: the days [first, second).
inline void window(const Call& call) {
  const DayColumn* begins = call.has(0) ? &call.days(0) : nullptr;
  const DayColumn* ends = call.has(1) ? &call.days(1) : nullptr;
  const bool exact = (begins == nullptr || begins->exact) && (ends == nullptr || ends->exact);
  for_each_bound(call, exact, [begins, ends](int bound, std::size_t row, Timelines& out) {
    const DayBounds from = begins != nullptr ? (*begins)[row] : DayBounds{Day::beginning_of_time, Day::beginning_of_time};
    const DayBounds until = ends != nullptr ? (*ends)[row] : DayBounds{Day::end_of_time, Day::end_of_time};
    if (bound == 0) out.append(from.latest, until.earliest);
    else out.append(from.earliest, until.latest);
  });
}

inline void ever(const Call& call) {
  const auto& of = call.truths(0);
  for_each_bound_of(call, of, of.exact, [](Edges days, std::size_t, Timelines& out) { append_ever(days, out); });
}

/// earlier: from the day after the first.
inline void earlier(const Call& call) {
  const auto& of = call.truths(0);
  for_each_bound_of(call, of, of.exact, [](Edges days, std::size_t, Timelines& out) {
    if (!days.empty()) out.append(days.front() + 1, Day::end_of_time);
  });
}

/// held_on: the same answer on all days. A day that may be any of several is surely a yes only if all of them are.
inline void held_on(const Call& call) {
  const auto& days = call.days(0);
  const auto& condition = call.truths(1);
  for_each_bound(call, days.exact && condition.exact, [&](int bound, std::size_t row, Timelines& out) {
    const DayBounds day = days[row];
    if (day.earliest == Day::end_of_time) return;
    bool holds;
    if (bound == 0) {
      holds = day.latest != Day::end_of_time && span_holding(condition.surely()[row], day.earliest).until > day.latest;
    } else {
      const Day last = day.latest == Day::end_of_time ? day.latest : day.latest + 1;
      Timelines met;
      append_clipped(condition.possibly()[row], day.earliest, last, met);
      holds = !met.edges().empty();
    }
    if (holds) out.append(Day::beginning_of_time, Day::end_of_time);
  });
}

/// lasting. A run is surely short only if the longest run it may be part of is; it is possibly short unless it surely is not.
inline void lasting(const Call& call) {
  const auto& of = call.truths(0);
  const LegalPeriod period = call.instruction.period;
  const auto way = call.instruction.alternative;  // completes, passes, at_most
  auto& scratch = call.space.scratch[0];
  auto& unsure = call.space.scratch[1];
  for_each_bound(call, of.exact, [&](int bound, std::size_t row, Timelines& out) {
    const Edges days = bound_of(of, bound)[row];
    if (way == 0) return append_completed(days, period, out);
    if (way == 1) return append_passed(days, period, out);
    if (of.exact) return append_short_spans(days, period, out);
    scratch.clear();
    if (bound == 0) {
      append_short_spans(of.possibly()[row], period, scratch);
      append_intersection(of.surely()[row], scratch.edges(), out);
    } else {
      append_short_spans(of.surely()[row], period, scratch);
      unsure.clear();
      append_difference(of.possibly()[row], of.surely()[row], unsure);
      append_union(scratch.edges(), unsure.edges(), out);
    }
  });
}

inline void total(const Call& call) {
  const auto& of = call.truths(0);
  const auto days = fixed_days(call.instruction.period).value_or(0) + (call.instruction.alternative == 1 ? 1 : 0);
  const DayColumn* since = call.has(1) ? &call.days(1) : nullptr;
  for_each_bound(call, of.exact && (since == nullptr || since->exact), [&, since, days](int bound, std::size_t row, Timelines& out) {
    const Edges counted = bound_of(of, bound)[row];
    if (since != nullptr) {
      const auto day = (*since)[row];
      out.append(first_day_reaching(counted, bound == 0 ? day.latest : day.earliest, days), Day::end_of_time);
    } else if (call.instruction.has_window) {
      append_rolling_total(counted, std::max(days, 1), call.instruction.window, out);
    } else {
      append_yearly_total(counted, std::max(days, 1), call.instruction.year_begins, out);
    }
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
  for_each_bound(call, true, [&](int, std::size_t, Timelines& out) {
    if (call.instruction.number > 0) out.append(Day::beginning_of_time, Day::end_of_time);
  });
}

/// versions of a condition: each on its own days.
inline void versions(const Call& call) {
  const auto& spans = call.instruction.spans;
  for_each_bound_of_all(call, [&spans](const auto& operands, std::size_t row, Timelines& out) {
    for (std::size_t i = 0; i < operands.size(); ++i) append_clipped((*operands[i])[row], spans[i].from, spans[i].until, out);
  });
}

}  // namespace leavingcare::kernels
