// leavingcare/calendar/timeline.hpp
//
// A set of days, and a batch of such sets.
//
// "Looked after" is not true or false of a person: it is true on some days. A *timeline* is that set of days,
// written as its edges in order: the day it begins, the day it no longer holds, the day it begins again ...
//
//     looked after [2020-01-10, 2020-03-01) and [2021-05-05, open)
//     edges         2020-01-10  2020-03-01       2021-05-05  end_of_time
//
// Edges at even places begin, edges at odd places end (the end is *not* in the set). Edges strictly rise, so spans never touch
// or overlap: two records that meet are one span. There is one way to write each set, so equal sets
// have equal edges.
//
// A BATCH holds one timeline for each of many people: all edges in one flat array, and where each person's begin. An operator
// (timeline_algebra.hpp) is one pass over such arrays; the cost of interpreting a rule is then shared by a thousand people.
// Many conditions are one unbroken span by nature (an age, "from then on"): such a batch is two edges for everybody, without
// places to look up, and operators on it are plain arithmetic on columns.
#pragma once

#include <leavingcare/calendar/day.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace leavingcare {

/// Days [from, until): `until` is the first day that is not in it.
struct Span {
  Day from;
  Day until;

  friend constexpr bool operator==(Span, Span) = default;
};

/// One person's timeline: its edges, rising, an even number of them. A view; it owns nothing.
using Edges = std::span<const Day>;

/// One timeline for each person of a batch.
class Timelines {
 public:
  /// How many people.
  [[nodiscard]] std::size_t size() const { return people_; }

  /// The timeline of person `index`.
  [[nodiscard, gnu::always_inline]] Edges operator[](std::size_t index) const {
    if (one_each_) {
      const Day* span = edges_.data() + 2 * index;
      return {span, span[0] < span[1] ? std::size_t{2} : std::size_t{0}};
    }
    return {edges_.data() + offsets_[index], offsets_[index + 1] - offsets_[index]};
  }

  /// All edges, one person after another. Not of a batch made by `one_span_each`.
  [[nodiscard]] Edges edges() const { return {edges_.data(), used_}; }

  /// True if nobody has any day. Said of a batch of one span each only if there is nobody in it: its spans are not looked through.
  [[nodiscard]] bool no_days() const { return used_ == 0; }

  /// Forgets all people; keeps the memory for the next batch.
  void clear() {
    people_ = 0;
    used_ = 0;
    person_ = 0;
    one_each_ = false;
  }

  /// Makes a batch of `people` with one span each, to be written in place: person i's is [result[2i], result[2i + 1]), and empty
  /// where that does not begin before it ends. Nothing may be appended to it.
  [[nodiscard]] std::span<Day> one_span_each(std::size_t people) {
    people_ = people;
    used_ = 2 * people;
    person_ = used_;
    one_each_ = true;
    if (used_ > edges_.size()) make_room(0);
    return {edges_.data(), used_};
  }

  /// The batch that `one_span_each` made, in the same form; empty for any other.
  [[nodiscard]] Edges spans() const { return one_each_ ? Edges{edges_.data(), used_} : Edges{}; }

  /// Adds a span to the person being written. Spans must come in order of `from`; one that touches or overlaps
  /// the span before it is joined to it, and an empty one is dropped.
  [[gnu::always_inline]] void append(Day from, Day until) {
    if (from >= until) return;
    if (used_ > person_ && from <= edges_[used_ - 1]) {
      edges_[used_ - 1] = later_of(edges_[used_ - 1], until);
      return;
    }
    if (used_ + 2 > edges_.size()) [[unlikely]] make_room(2);
    edges_[used_] = from;
    edges_[used_ + 1] = until;
    used_ += 2;
  }

  /// Adds `count` spans as `append` would one by one, those for which `keep(i)` is true. Without a branch that depends on the
  /// days: whether one record touches the next is not to be guessed.
  template <class Keep>
  [[gnu::always_inline]] void append_each(const Day* from, const Day* until, std::size_t count, Day not_before, Keep keep) {
    if (used_ + 2 * count > edges_.size()) [[unlikely]] make_room(2 * count);
    Day* const edges = edges_.data() + used_;
    std::size_t written = 0;
    std::int64_t last = std::numeric_limits<std::int64_t>::min();  // until when; before all days as long as there is none
    for (std::size_t i = 0; i < count; ++i) {
      const Day begin = later_of(from[i], not_before);
      const std::size_t counts = std::size_t{begin < until[i]} & std::size_t{keep(i)};
      const std::size_t joins = std::size_t{begin.number <= last};
      last = counts != 0 ? std::max(last, std::int64_t{until[i].number}) : last;
      edges[written] = begin;  // overwritten by the next if this one joins or does not count
      edges[written + 1 - 2 * joins] = Day{static_cast<std::int32_t>(last)};
      written += 2 * (counts & (joins ^ 1));
    }
    used_ += written;
  }

  /// Adds `count` spans in order, [from(i), until(i)), of which no two touch, as `append` would: the empty ones are dropped without a branch.
  template <class From, class Until>
  [[gnu::always_inline]] void append_apart(std::size_t count, From from, Until until) {
    if (used_ > person_) [[unlikely]] {  // the first may touch what stands there
      for (std::size_t i = 0; i < count; ++i) append(from(i), until(i));
      return;
    }
    if (used_ + 2 * count > edges_.size()) [[unlikely]] make_room(2 * count);
    Day* const edges = edges_.data() + used_;
    std::size_t written = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const Day begin = from(i);
      const Day end = until(i);
      edges[written] = begin;
      edges[written + 1] = end;
      written += 2 * std::size_t{begin < end};
    }
    used_ += written;
  }

  /// Adds a whole timeline to the person being written, which must be empty so far.
  void append(Edges timeline) {
    if (used_ + timeline.size() > edges_.size()) [[unlikely]] make_room(timeline.size());
    std::copy(timeline.begin(), timeline.end(), edges_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += timeline.size();
  }

  /// Ends the person being written: the next `append` is of the next person.
  [[gnu::always_inline]] void end_person() {
    if (++people_ >= offsets_.size()) [[unlikely]] make_room(0);
    offsets_[people_] = static_cast<std::uint32_t>(used_);
    person_ = used_;
  }

  /// So many people after those written, who have no days.
  void append_people_without_days(std::size_t count) {
    people_ += count;
    if (people_ >= offsets_.size()) make_room(0);
    std::fill_n(offsets_.begin() + static_cast<std::ptrdiff_t>(people_ - count + 1), count, static_cast<std::uint32_t>(used_));
  }

  /// All people of another batch, if there are none here.
  void append_people(const Timelines& other) {
    people_ = other.people_;
    used_ = person_ = other.used_;
    one_each_ = other.one_each_;
    make_room(0);
    std::copy_n(other.edges_.begin(), used_, edges_.begin());
    if (!one_each_) std::copy_n(other.offsets_.begin(), people_ + 1, offsets_.begin());
  }

  /// The unfinished person's edges so far, for operators that look back.
  [[nodiscard]] Edges unfinished() const { return {edges_.data() + person_, used_ - person_}; }

 private:
  // Kept out of line, so that the functions above are small enough to be compiled into the operators.
  [[gnu::noinline]] void make_room(std::size_t edges) {
    if (used_ + edges > edges_.size()) edges_.resize(2 * (used_ + edges) + 64);
    if (people_ >= offsets_.size() && !one_each_) offsets_.resize(2 * people_ + 64);
  }

  // No memory is taken before it is written to: a rulebook has thousands of these, and one question asks few of them.
  std::vector<std::uint32_t> offsets_;  // room for offsets; the first is 0, and those up to `people_` are written
  std::vector<Day> edges_;              // room for edges; the first `used_` are written
  std::size_t people_ = 0;
  std::size_t used_ = 0;
  std::size_t person_ = 0;              // where the person being written begins
  bool one_each_ = false;               // two edges for every person, and no offsets
};

/// True if `day` is in the timeline.
[[nodiscard]] inline bool holds_on(Edges timeline, Day day) {
  const auto after = std::upper_bound(timeline.begin(), timeline.end(), day);
  return (after - timeline.begin()) % 2 == 1;
}

/// The span of the timeline that holds `day`; empty span at `day` when none does.
[[nodiscard]] inline Span span_holding(Edges timeline, Day day) {
  const auto after = std::upper_bound(timeline.begin(), timeline.end(), day);
  if ((after - timeline.begin()) % 2 == 0) return {day, day};
  return {*(after - 1), *after};
}

/// True if every day of `inner` is in `outer`.
[[nodiscard]] inline bool within(Edges inner, Edges outer) {
  for (std::size_t i = 0; i < inner.size(); i += 2) {
    if (span_holding(outer, inner[i]).until < inner[i + 1]) return false;
  }
  return true;
}

/// Spans in any order, touching, overlapping or empty, as one timeline's edges.
[[nodiscard]] inline std::vector<Day> timeline_of(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.from < b.from; });
  Timelines one;
  for (const Span span : spans) one.append(span.from, span.until);
  const Edges edges = one.edges();
  return {edges.begin(), edges.end()};
}

}  // namespace leavingcare
