// leavingcare/calendar/timeline_algebra.hpp
//
// The algebra of timelines: union, intersection, difference, complement, and what follows from order.
//
// Each function takes one person's timelines and appends its answer to `out`, the batch being written; the
// caller ends the person. Each is one pass: the cost is the number of edges read. Sets of days with these operators are a Boolean
// algebra (De Morgan and the rest hold exactly), which tests/calendar proves over random timelines, each
// operator also against a day-by-day twin.
#pragma once

#include <leavingcare/calendar/timeline.hpp>

#include <algorithm>

namespace leavingcare {

/// Days in both.
inline void append_intersection(Edges a, Edges b, Timelines& out) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    out.append(later_of(a[i], b[j]), earlier_of(a[i + 1], b[j + 1]));
    if (a[i + 1] < b[j + 1]) {
      i += 2;
    } else {
      j += 2;
    }
  }
}

/// Days of the timeline in [from, until).
inline void append_clipped(Edges a, Day from, Day until, Timelines& out) {
  out.append_apart(a.size() / 2, [=](std::size_t i) { return later_of(a[2 * i], from); }, [=](std::size_t i) { return earlier_of(a[2 * i + 1], until); });
}

/// Days in either or both.
inline void append_union(Edges a, Edges b, Timelines& out) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (j == b.size() || (i < a.size() && a[i] <= b[j])) {
      out.append(a[i], a[i + 1]);
      i += 2;
    } else {
      out.append(b[j], b[j + 1]);
      j += 2;
    }
  }
}

/// Days not in the timeline.
inline void append_complement(Edges a, Timelines& out) {
  const std::size_t spans = a.size() / 2;
  out.append_apart(spans + 1, [=](std::size_t i) { return i > 0 ? a[2 * i - 1] : Day::beginning_of_time; }, [=](std::size_t i) { return i < spans ? a[2 * i] : Day::end_of_time; });
}

/// Days in `a` that are not in `b`.
inline void append_difference(Edges a, Edges b, Timelines& out) {
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size(); i += 2) {
    Day from = a[i];
    while (j < b.size() && b[j + 1] <= from) j += 2;
    for (std::size_t k = j; k < b.size() && b[k] < a[i + 1]; k += 2) {
      out.append(from, b[k]);
      from = later_of(from, b[k + 1]);
    }
    out.append(from, a[i + 1]);
  }
}

/// Every day from the first day of the timeline on ("has ever been so, up to and including this day").
inline void append_ever(Edges a, Timelines& out) {
  if (!a.empty()) out.append(a.front(), Day::end_of_time);
}

/// The days on which each span begins: one day for each span that has a first day.
inline void append_starts(Edges a, Timelines& out) {
  for (std::size_t i = 0; i < a.size(); i += 2) {
    if (is_a_day(a[i])) out.append(a[i], a[i] + 1);
  }
}

/// The first day after each span: one day for each span that ends.
inline void append_ends(Edges a, Timelines& out) {
  for (std::size_t i = 0; i < a.size(); i += 2) {
    if (is_a_day(a[i + 1])) out.append(a[i + 1], a[i + 1] + 1);
  }
}

/// The timeline with every gap shorter than `days` filled in.
inline void append_bridged(Edges a, std::int32_t days, Timelines& out) {
  Day from{};
  for (std::size_t i = 0; i < a.size(); i += 2) {
    if (i == 0) from = a[0];
    const bool last = i + 2 == a.size();
    if (last || days_between(a[i + 1], a[i + 2]) >= days) {
      out.append(from, a[i + 1]);
      if (!last) from = a[i + 2];
    }
  }
}

/// The days of each switching: "on" from each day of `start` until the next day of `stop`. A day of both is off.
inline void append_between(Edges start, Edges stop, Timelines& out) {
  std::size_t j = 0;
  for (std::size_t i = 0; i < start.size(); i += 2) {
    // Within one span of `start` every day switches on again, so each gap in `stop` from here on counts.
    Day from = start[i];
    while (from < start[i + 1]) {
      while (j < stop.size() && stop[j + 1] <= from) j += 2;
      if (j < stop.size() && stop[j] <= from) {
        from = stop[j + 1];
        continue;
      }
      const Day until = j < stop.size() ? stop[j] : Day::end_of_time;
      out.append(from, until);
      from = until;
    }
  }
}

}  // namespace leavingcare
