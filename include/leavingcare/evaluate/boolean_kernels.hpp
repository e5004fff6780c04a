// leavingcare/evaluate/boolean_kernels.hpp
//
// all, any, not. Operands of one span each (an age, "from then on") are columns, and are joined as such before anything else is looked at.
#pragma once

#include <leavingcare/evaluate/condition_kernels.hpp>

#include <algorithm>
#include <span>
#include <vector>

namespace leavingcare::kernels {

/// Days in every one of the operands (two or more), within [from, until).
inline void append_all(const std::vector<const Timelines*>& operands, std::size_t row, Day from, Day until, Timelines* turns, Timelines& out) {
  Edges several;
  std::size_t taken = 0;
  for (const auto* operand : operands) {
    const Edges days = (*operand)[row];
    if (days.empty()) return;
    from = later_of(from, days.front());
    until = earlier_of(until, days.back());
    if (days.size() == 2) continue;
    if (taken++ == 0) {
      several = days;
      continue;
    }
    auto& into = turns[taken % 2];
    into.clear();
    append_intersection(several, days, into);
    several = into.unfinished();
  }
  if (taken == 0) out.append(from, until);
  else if (from < until) append_clipped(several, from, until, out);
}

/// Narrows the spans to the days that they have in common with the spans of `other`, row by row.
inline void narrow(std::span<Day> spans, Edges other) {
  for (std::size_t i = 0; i < spans.size(); i += 2) {
    spans[i] = later_of(spans[i], other[i]);
    spans[i + 1] = earlier_of(spans[i + 1], other[i + 1]);
  }
}

/// all. Operands of one span each (an age, "from then on") are narrowed to one window for each row; it clips what the others leave.
inline void all(const Call& call) {
  auto* turns = call.space.scratch;
  auto& out = call.out();
  out.exact = all_exact(call);
  for (int bound = 0; bound < (out.exact ? 1 : 2); ++bound) {
    auto& operands = call.space.operands;
    operands.clear();
    bool any_window = false;
    for (std::size_t i = 0; i < call.instruction.operands.size(); ++i) {
      const auto& days = bound_of(call.truths(i), bound);
      if (days.spans().empty()) operands.push_back(&days);
    }
    auto& timelines = out.bounds[bound];
    const auto window = (operands.empty() ? timelines : call.space.window).one_span_each(call.space.rows());
    for (std::size_t i = 0; i < call.instruction.operands.size(); ++i) {
      const auto& days = bound_of(call.truths(i), bound);
      if (days.spans().empty()) continue;
      if (any_window) narrow(window, days.spans());
      else std::copy(days.spans().begin(), days.spans().end(), window.begin());
      any_window = true;
    }
    if (operands.empty()) continue;
    for (std::size_t row = 0; row < call.space.rows(); ++row) {
      const Day from = any_window ? window[2 * row] : Day::beginning_of_time;
      const Day until = any_window ? window[2 * row + 1] : Day::end_of_time;
      if (from < until) {
        if (operands.size() == 1) append_clipped((*operands[0])[row], from, until, timelines);
        else append_all(operands, row, from, until, turns, timelines);
      }
      timelines.end_person();
    }
  }
}

/// Days in any of the operands, joined in turn, two timelines changing places.
inline void append_any(const std::vector<const Timelines*>& operands, std::size_t row, Timelines* turns, Timelines& out) {
  Edges so_far;
  std::size_t joined = 0;  // not the operand's place: empty ones in between would let one timeline be read and written at once
  for (const auto* one : operands) {
    const Edges operand = (*one)[row];
    if (operand.empty()) continue;
    if (so_far.empty()) {
      so_far = operand;
      continue;
    }
    auto& into = turns[joined++ % 2];
    into.clear();
    append_union(so_far, operand, into);
    so_far = into.unfinished();
  }
  out.append(so_far);
}

/// any. Operands that hold for nobody are left out for the whole batch.
inline void any(const Call& call) {
  auto& out = call.out();
  out.exact = all_exact(call);
  for (int bound = 0; bound < (out.exact ? 1 : 2); ++bound) {
    auto& operands = call.space.operands;
    operands.clear();
    for (std::size_t i = 0; i < call.instruction.operands.size(); ++i) {
      if (const auto& days = bound_of(call.truths(i), bound); !days.no_days()) operands.push_back(&days);
    }
    auto& timelines = out.bounds[bound];
    if (operands.size() == 1) {
      timelines.append_people(*operands.front());
      continue;
    }
    for (std::size_t row = 0; row < call.space.rows(); ++row) {
      append_any(operands, row, call.space.scratch, timelines);
      timelines.end_person();
    }
  }
}

/// True if every span is empty or goes on to an end of time, so that one span is left of all days without it.
[[nodiscard]] inline bool leave_one_span(Edges spans) {
  int so = spans.empty() ? 0 : 1;
  for (std::size_t i = 0; i < spans.size(); i += 2) {
    so &= int{spans[i] >= spans[i + 1]} | int{spans[i] == Day::beginning_of_time} | int{spans[i + 1] == Day::end_of_time};
  }
  return so != 0;
}

/// not: surely not where not even possibly so.
inline void negate(const Call& call) {
  const auto& of = call.truths(0);
  auto& out = call.out();
  out.exact = of.exact;
  for (int bound = 0; bound < (of.exact ? 1 : 2); ++bound) {
    const auto& days = bound_of(of, 1 - bound);
    auto& timelines = out.bounds[bound];
    if (days.no_days()) {
      const auto left = timelines.one_span_each(call.space.rows());
      for (std::size_t i = 0; i < left.size(); i += 2) {
        left[i] = Day::beginning_of_time;
        left[i + 1] = Day::end_of_time;
      }
      continue;
    }
    if (const Edges spans = days.spans(); leave_one_span(spans)) {
      const auto left = timelines.one_span_each(call.space.rows());
      for (std::size_t i = 0; i < spans.size(); i += 2) {
        const bool empty = spans[i] >= spans[i + 1];
        const bool before = spans[i + 1] == Day::end_of_time;
        left[i] = empty || before ? Day::beginning_of_time : spans[i + 1];
        left[i + 1] = !empty && before ? spans[i] : Day::end_of_time;
      }
      continue;
    }
    for (std::size_t row = 0; row < call.space.rows(); ++row) {
      append_complement(days[row], timelines);
      timelines.end_person();
    }
  }
}

}  // namespace leavingcare::kernels
