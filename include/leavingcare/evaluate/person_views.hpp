// leavingcare/evaluate/person_views.hpp
//
// One person of a batch, seen across the rows of their lives: conditions joined, days as of the life that a day lies in.
#pragma once

#include <leavingcare/evaluate/lives.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

namespace leavingcare {

class PersonViews {
 public:
  PersonViews(const Plan& plan, const Workspace& space) : plan_(plan), space_(space) {}

  /// Looks at the i-th person of the batch from now on; views given before are no longer good.
  void begin(std::size_t i) {
    i_ = i;
    joined_.clear();
  }

  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] std::uint32_t person() const { return space_.lives[first_row()].person; }
  [[nodiscard]] std::uint32_t first_row() const { return space_.rows_of[i_].first; }
  [[nodiscard]] std::uint32_t last_row() const { return space_.rows_of[i_].last; }

  /// A condition's timelines.
  [[nodiscard]] TruthView of(std::uint32_t instruction) {
    const auto at = plan_.place(instruction);
    if (last_row() - first_row() == 1) return space_.truths[at][first_row()];
    const auto [found, is_new] = joined_.try_emplace(at);
    if (is_new) found->second.second = found->second.first.join(space_, space_.truths[at], i_);
    return found->second.second;
  }

  /// A named day, as those facts give it that count on `seen_from`. Where they may count no longer, it is also what is possible then.
  [[nodiscard]] DayBounds day(std::uint32_t instruction, Day seen_from) const {
    const auto& days = space_.days[plan_.place(instruction)];
    DayBounds found = days[row_on(seen_from)];
    for (std::size_t row = first_row(); row < last_row(); ++row) {
      if (!space_.lives[row].doubtful || space_.lives[row].from > seen_from) continue;
      found = {std::min(found.earliest, days[row].earliest), std::max(found.latest, days[row].latest)};
    }
    return found;
  }

  /// A number on a day, within bounds.
  [[nodiscard]] std::pair<double, double> number(std::uint32_t instruction, Day day) const {
    const auto& column = space_.numbers[plan_.place(instruction)];
    const auto row = row_on(day);
    const double least = value_on(column.least[row], day);
    return {least, column.exact ? least : value_on(column.most[row], day)};
  }

 private:
  /// The row whose facts count on a day.
  [[nodiscard]] std::size_t row_on(Day day) const {
    std::size_t row = first_row();
    for (std::size_t i = row; i < last_row(); ++i) {
      if (!space_.lives[i].doubtful && space_.lives[i].from <= day) row = i;
    }
    return row;
  }

  const Plan& plan_;
  const Workspace& space_;
  std::size_t i_ = 0;
  std::map<std::uint32_t, std::pair<PersonTruth, TruthView>> joined_;
};

}  // namespace leavingcare
