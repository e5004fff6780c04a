// leavingcare/evaluate/fact_kernels.hpp
//
// From records to conditions: during, event, from_each. The only kernels that look at people's tables.
//
// Each record is yes, unknown or no for the question asked: a doubtful record, or one whose field is blank, is unknown. Days on
// which the table is not complete are possible days whatever the records say.
#pragma once

#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/evaluate/workspace.hpp>

#include <algorithm>

namespace leavingcare::kernels {

struct Call {
  const Plan& plan;
  const Instruction& instruction;
  std::uint32_t index;  ///< of the instruction
  Workspace& space;

  [[nodiscard]] bool has(std::size_t operand) const { return instruction.operands[operand] != none; }
  [[nodiscard]] const Truths& truths(std::size_t operand) const { return space.truths[plan.place(instruction.operands[operand])]; }
  [[nodiscard]] const DayColumn& days(std::size_t operand) const { return space.days[plan.place(instruction.operands[operand])]; }
  [[nodiscard]] const NumberColumn& numbers(std::size_t operand) const { return space.numbers[plan.place(instruction.operands[operand])]; }
  [[nodiscard]] Truths& out() const { return space.truths[plan.place(index)]; }
  [[nodiscard]] const BoundFact& fact() const { return plan.fact_of(plan.binding(index)); }
  [[nodiscard]] const std::vector<BoundTest>& tests() const { return plan.binding(index).tests; }
};

/// Both of two answers: no beats unknown beats yes.
[[nodiscard]] constexpr Truth both(Truth a, Truth b) { return std::min(a, b); }

/// What a field test says of one row.
[[nodiscard]] inline Truth answer(const BoundTest& test, std::size_t row) {
  return test.of_code(test.column == nullptr ? WordColumn::blank : test.column->codes[row]);
}

/// Whether a row is so: no doubt lies on it, and every field test holds.
[[nodiscard]] inline Truth truth_of_row(const BoundFact& fact, const std::vector<BoundTest>& tests, std::size_t row) {
  Truth truth = Truth::yes;
  for (const auto& test : tests) truth = both(truth, answer(test, row));
  if (!fact.has_doubtful) return truth;
  if (!fact.table->doubtful.empty() && fact.table->doubtful[row] != 0) truth = both(truth, Truth::unknown);
  for (const auto& doubt : fact.doubts) {
    const Truth holds = answer(doubt.test, row);
    if (holds == Truth::yes) truth = both(truth, doubt.then);
    if (holds == Truth::unknown) truth = both(truth, Truth::unknown);
  }
  return truth;
}

/// True if the fact's table says all about a person, on all days.
[[nodiscard]] inline bool complete(const BoundFact& fact, std::uint32_t person) {
  if (fact.unknown_for_all || !fact.has_coverage) return !fact.unknown_for_all;
  const Edges covered = fact.table->coverage[person];
  return covered.size() == 2 && !is_a_day(covered[0]) && !is_a_day(covered[1]);
}

/// True if some answer for this fact may be "unknown", so that both bounds are needed.
[[nodiscard]] inline bool may_be_unknown(const BoundFact& fact, const std::vector<BoundTest>& tests, const Workspace& space) {
  if (fact.unknown_for_all || fact.has_coverage || fact.has_doubtful || (space.any_doubtful && fact.begins_anew)) return true;
  return std::any_of(tests.begin(), tests.end(), [](const BoundTest& test) { return test.may_be_unknown; });
}

/// Calls visit(row of the table, from, until, truth) for each record of a row's person, in order, cut off at the row's fresh start.
template <class Visit>
void for_each_record_row(const BoundFact& fact, const std::vector<BoundTest>& tests, const Life& life, Visit visit) {
  if (fact.table == nullptr) return;
  const auto& table = *fact.table;
  const bool plain = tests.empty() && !fact.has_doubtful;
  const bool one_test = tests.size() == 1 && !fact.has_doubtful;
  const std::size_t last = table.offsets[life.person + 1];
  for (std::size_t row = table.offsets[life.person]; row < last; ++row) {
    Day from = table.from[row];
    const Day until = table.until[row];
    if (fact.begins_anew && from < life.forget_before) from = life.forget_before;
    if (from >= until) continue;
    Truth truth = plain ? Truth::yes : one_test ? answer(tests[0], row) : truth_of_row(fact, tests, row);
    if (life.doubtful && fact.begins_anew) truth = both(truth, Truth::unknown);
    if (truth != Truth::no) visit(row, from, until, truth);
  }
}

/// The same without the row.
template <class Visit>
void for_each_record(const BoundFact& fact, const std::vector<BoundTest>& tests, const Life& life, Visit visit) {
  for_each_record_row(fact, tests, life, [&](std::size_t, Day from, Day until, Truth truth) { visit(from, until, truth); });
}

/// Writes a row's days: the records', and the possible days on which the table says nothing.
inline void finish_row(const BoundFact& fact, const Life& life, const Timelines& sure, const Timelines& possible, Truths& out) {
  if (fact.unknown_for_all) {
    out.bounds[1].append(Day::beginning_of_time, Day::end_of_time);
  } else if (!fact.has_coverage) {
    out.bounds[0].append(sure.edges());
    out.bounds[1].append(possible.edges());
  } else {
    const Edges covered = fact.table->coverage[life.person];
    Timelines uncovered;
    append_complement(covered, uncovered);
    append_intersection(sure.edges(), covered, out.bounds[0]);
    append_union(possible.edges(), uncovered.edges(), out.bounds[1]);
  }
  out.bounds[0].end_person();
  out.bounds[1].end_person();
}

/// Keeps one timeline where both bounds came out the same.
inline void settle(Truths& out) {
  const Edges sure = out.bounds[0].edges();
  const Edges possible = out.bounds[1].edges();
  out.exact = std::equal(sure.begin(), sure.end(), possible.begin(), possible.end());
}

/// The days of records of which nothing is doubtful, kept or not by one field at most.
inline void sure_records(const BoundFact& fact, const std::vector<BoundTest>& tests, const Workspace& space, Timelines& out) {
  static const FactTable nobody_has_any;
  const auto& table = fact.table != nullptr ? *fact.table : nobody_has_any;
  const BoundTest* test = tests.empty() ? nullptr : &tests.front();
  for (const auto& life : space.lives) {
    const Day not_before = fact.begins_anew ? life.forget_before : Day::beginning_of_time;
    const std::size_t first = fact.table != nullptr ? table.offsets[life.person] : 0;
    const std::size_t count = fact.table != nullptr ? table.offsets[life.person + 1] - first : 0;
    const Day* from = table.from.data() + first;
    const Day* until = table.until.data() + first;
    if (test == nullptr) out.append_each(from, until, count, not_before, [](std::size_t) { return true; });
    else out.append_each(from, until, count, not_before, [&](std::size_t i) { return answer(*test, first + i) == Truth::yes; });
    out.end_person();
  }
}

/// during and event.
inline void records(const Call& call) {
  const auto& fact = call.fact();
  const auto& tests = call.tests();
  auto& space = call.space;
  auto& out = call.out();
  const bool on_a_day = call.instruction.op == Op::during && call.has(0);
  const bool day_before = call.instruction.op == Op::during && call.has(1);
  const bool simple = !may_be_unknown(fact, tests, space) && (!on_a_day || call.days(0).exact) && (!day_before || call.truths(1).exact);
  if (simple && !on_a_day && !day_before && tests.size() <= 1) {
    out.exact = true;
    return sure_records(fact, tests, space, out.bounds[0]);
  }
  auto& sure = space.scratch[0];
  auto& possible = space.scratch[1];
  for (std::size_t row = 0; row < space.rows(); ++row) {
    const auto& life = space.lives[row];
    auto& sure_out = simple ? out.bounds[0] : sure;
    if (!simple) {
      sure.clear();
      possible.clear();
    }
    for_each_record(fact, tests, life, [&](Day from, Day until, Truth truth) {
      if (on_a_day) {
        const auto day = call.days(0)[row];
        if (day.latest < from || day.earliest >= until) return;
        if (day.earliest < from || day.latest >= until) truth = both(truth, Truth::unknown);
      }
      if (day_before) truth = both(truth, call.truths(1)[row].on(from - 1));
      if (truth == Truth::yes) sure_out.append(from, until);
      if (!simple && truth != Truth::no) possible.append(from, until);
    });
    if (simple) {
      out.bounds[0].end_person();
    } else {
      finish_row(fact, life, sure, possible, out);
    }
  }
  if (simple) out.exact = true;  // the batch before may not have been
  else settle(out);
}

/// from_each: see the operator table. Where the records that end the spans are not fully known, the sure part ends with a record surely
/// running on the day of the event, and the possible part has no end.
inline void from_each(const Call& call) {
  const auto& events = call.plan.facts[call.instruction.fact];
  const auto& runs = call.plan.facts[call.instruction.second_fact];
  static const std::vector<BoundTest> no_tests;
  auto& space = call.space;
  auto& out = call.out();
  for (std::size_t row = 0; row < space.rows(); ++row) {
    const auto& life = space.lives[row];
    const DayBounds before = call.has(0) ? call.days(0)[row] : DayBounds{Day::end_of_time, Day::end_of_time};
    const DayBounds starting_before = call.days(1)[row];
    const DayBounds otherwise = call.days(2)[row];
    bool runs_known = complete(runs, life.person) && starting_before.exact() && !(life.doubtful && runs.begins_anew);
    for_each_record(runs, no_tests, life, [&](Day, Day, Truth truth) { runs_known = runs_known && truth == Truth::yes; });
    auto& sure = space.scratch[0];
    auto& possible = space.scratch[1];
    sure.clear();
    possible.clear();
    for_each_record(events, no_tests, life, [&](Day on, Day, Truth truth) {
      if (on >= before.latest) return;
      if (on >= before.earliest) truth = both(truth, Truth::unknown);
      if (events.has_coverage && !holds_on(events.table->coverage[life.person], on)) truth = both(truth, Truth::unknown);
      Day running_end = on;             // the last of the records running on the day to end
      Day next_start = Day::end_of_time;
      Day next_end = Day::end_of_time;
      for_each_record(runs, no_tests, life, [&](Day from, Day until, Truth run) {
        if (run != Truth::yes) return;
        if (from <= on) {
          running_end = std::max(running_end, until);
        } else if (from < starting_before.latest && from <= next_start) {
          next_end = from < next_start ? until : std::max(next_end, until);
          next_start = from;
        }
      });
      if (runs_known) {
        const bool runs_then = running_end > on;
        const bool runs_later = next_start != Day::end_of_time;
        const DayBounds end = runs_then ? DayBounds{running_end, running_end} : runs_later ? DayBounds{next_end, next_end} : otherwise;
        if (truth == Truth::yes) sure.append(on, end.earliest);
        possible.append(on, end.latest);
      } else {
        if (runs.has_coverage && running_end > on) {
          running_end = std::min(running_end, span_holding(runs.table->coverage[life.person], on).until);
        }
        if (truth == Truth::yes) sure.append(on, runs.unknown_for_all ? on : running_end);
        possible.append(on, Day::end_of_time);
      }
    });
    if (events.has_coverage) {
      Timelines uncovered;
      append_complement(events.table->coverage[life.person], uncovered);
      if (!uncovered.edges().empty() && uncovered.edges().front() < before.latest) {
        // An event nobody recorded may have been on any of these days, with an end nobody knows.
        Timelines later;
        later.append(uncovered.edges().front(), Day::end_of_time);
        Timelines joined;
        append_union(possible.edges(), later.edges(), joined);
        possible = joined;
      }
    }
    if (events.unknown_for_all) possible.append(Day::beginning_of_time, Day::end_of_time);
    out.bounds[0].append(sure.edges());
    out.bounds[1].append(possible.edges());
    out.bounds[0].end_person();
    out.bounds[1].end_person();
  }
  settle(out);
}

}  // namespace leavingcare::kernels
