// leavingcare/evaluate/workspace.hpp
//
// The values of every instruction for one batch of people. Each thread has its own, and uses its memory again for the next batch.
//
// LIVES
//   Adoption, in English law, begins a child's history anew: care before it no longer counts from that day on. So that no rule has to say so, a person
//   with such an event is evaluated once for each *life*: once with everything, for the days before it; once with the
//   facts cut off at the event, for the days from it on. Where it is not known whether there was such an event, one more life is
//   added in which all the facts it would cut off are doubtful. Most people have one life, and one row.
//
// THE ORDER OF ROWS
//   A person's rows stand together, and people in the order of how many records they have, not of the population: the loops of the kernels then
//   take as many turns for one row as for the row before, which a processor foresees.
#pragma once

#include <leavingcare/calendar/steps.hpp>
#include <leavingcare/calendar/truth.hpp>
#include <leavingcare/evaluate/plan.hpp>

#include <cstdint>
#include <vector>

namespace leavingcare {

/// One row of a batch: a person, seen on the days [from, until).
struct Life {
  std::uint32_t person = 0;
  Day from = Day::beginning_of_time;
  Day until = Day::end_of_time;
  Day forget_before = Day::beginning_of_time;  ///< parts of records before this day do not count
  bool doubtful = false;                       ///< an extra life: a fresh start may have been, on a day not known
};

/// The rows [first, last).
struct RowRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  [[nodiscard]] std::uint32_t size() const { return last - first; }
};

/// A day for each row; when `exact`, `earliest` serves as both bounds.
struct DayColumn {
  std::vector<Day> earliest;
  std::vector<Day> latest;
  bool exact = true;

  [[nodiscard]] DayBounds operator[](std::size_t row) const {
    return {earliest[row], exact ? earliest[row] : latest[row]};
  }
  [[nodiscard]] const std::vector<Day>& bound(bool at_latest) const { return exact || !at_latest ? earliest : latest; }
  void begin(std::size_t rows) {
    earliest.resize(rows);
    exact = true;
  }
  /// The next row's day; room for all rows has been made.
  void set(std::size_t row, DayBounds bounds) {
    if (exact && !bounds.exact()) {
      latest = earliest;
      exact = false;
    }
    earliest[row] = bounds.earliest;
    if (!exact) latest[row] = bounds.latest;
  }
};

/// A number on each day for each row; `least` and `most` are the bounds, the same when `exact`.
struct NumberColumn {
  NumberSteps least;
  NumberSteps most;
  bool exact = true;
};

struct Workspace {
  std::vector<Life> lives;                 ///< the rows
  std::vector<RowRange> rows_of;           ///< of the i-th person of the batch
  std::vector<std::uint32_t> records;      ///< how many the i-th person of the batch has
  std::vector<std::uint32_t> turns;        ///< the people of the batch in the order of their rows
  bool any_doubtful = false;
  std::vector<Birth> births;               ///< per row, filled when a birthday is first asked for; none if any is not to be had so
  bool births_asked_for = false;
  std::vector<Truths> truths;              ///< values, where Plan::place says
  std::vector<DayColumn> days;
  std::vector<NumberColumn> numbers;
  Timelines scratch[2];                    ///< for operators that take their operands in turn
  Timelines window;                        ///< one span for each row, to which an operator narrows the rest
  std::vector<const Timelines*> operands;  ///< of the instruction at work

  explicit Workspace(const Plan& plan) { fit(plan); }

  /// Makes it that of another plan; memory is kept.
  void fit(const Plan& plan) {
    truths.resize(plan.values_of(ValueKind::condition));
    days.resize(plan.values_of(ValueKind::day));
    numbers.resize(plan.values_of(ValueKind::number));
    for (auto& one : truths) one.exact = true;
    for (auto& one : numbers) one.exact = true;
  }

  [[nodiscard]] std::size_t rows() const { return lives.size(); }
};

}  // namespace leavingcare
