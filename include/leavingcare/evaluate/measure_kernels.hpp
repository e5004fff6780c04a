// leavingcare/evaluate/measure_kernels.hpp
//
// Conditions that count days: how long an unbroken run has lasted, and totals since a day, in a window, in a year.
#pragma once

#include <leavingcare/calendar/timeline_measures.hpp>
#include <leavingcare/evaluate/condition_kernels.hpp>

#include <algorithm>

namespace leavingcare::kernels {

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

/// total: since a day, from the day that reaches it on; else in a window or a year.
inline void total(const Call& call) {
  const auto& of = call.truths(0);
  const auto days = fixed_days(call.instruction.period).value_or(0) + (call.instruction.alternative == 1 ? 1 : 0);
  if (call.has(1)) {
    const auto& since = call.days(1);
    return for_each_span(call, of.exact && since.exact, [&of, &since, days](int bound, std::size_t row) {
      return Span{first_day_reaching(bound_of(of, bound)[row], since.bound(bound == 0)[row], days), Day::end_of_time};
    });
  }
  for_each_bound(call, of.exact, [&, days](int bound, std::size_t row, Timelines& out) {
    const Edges counted = bound_of(of, bound)[row];
    if (call.instruction.has_window) append_rolling_total(counted, std::max(days, 1), call.instruction.window, out);
    else append_yearly_total(counted, std::max(days, 1), call.instruction.year_begins, out);
  });
}

}  // namespace leavingcare::kernels
