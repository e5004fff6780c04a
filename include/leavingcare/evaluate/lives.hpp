// leavingcare/evaluate/lives.hpp
//
// The rows of a batch (see workspace.hpp for what a life is), and the way back from lives to people.
#pragma once

#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/evaluate/fact_kernels.hpp>
#include <leavingcare/evaluate/workspace.hpp>

#include <cstddef>

namespace leavingcare {

/// Fills the workspace's rows for the people [first, last).
inline void begin_batch(const Plan& plan, std::size_t first, std::size_t last, Workspace& space) {
  space.lives.clear();
  space.births.clear();
  space.births_asked_for = false;
  space.first_life.assign(1, 0);
  space.any_doubtful = false;
  for (std::size_t person = first; person < last; ++person) {
    Life life;
    life.person = static_cast<std::uint32_t>(person);
    if (plan.begins_anew) {
      const auto& fact = plan.facts[plan.fresh_start_fact];
      Day doubt_from = fact.unknown_for_all ? Day::beginning_of_time : Day::end_of_time;
      if (fact.has_coverage) {
        Timelines uncovered;
        append_complement(fact.table->coverage[person], uncovered);
        if (!uncovered.edges().empty()) doubt_from = uncovered.edges().front();
      }
      kernels::for_each_record(fact, {}, life, [&](Day on, Day, Truth truth) {
        if (truth != Truth::yes || (fact.has_coverage && !holds_on(fact.table->coverage[person], on))) {
          doubt_from = std::min(doubt_from, on);
          return;
        }
        life.until = on;
        space.lives.push_back(life);
        life.from = life.forget_before = on;
        life.until = Day::end_of_time;
      });
      space.lives.push_back(life);
      if (doubt_from != Day::end_of_time) {
        space.lives.push_back({life.person, doubt_from, Day::end_of_time, Day::beginning_of_time, true});
        space.any_doubtful = true;
      }
    } else {
      space.lives.push_back(life);
    }
    space.first_life.push_back(static_cast<std::uint32_t>(space.lives.size()));
  }
}

/// A condition's timelines for the i-th person of the batch, its lives joined.
class PersonTruth {
 public:
  [[nodiscard]] TruthView join(const Workspace& space, const Truths& truths, std::size_t i) {
    const auto first = space.first_life[i];
    return space.first_life[i + 1] - first == 1 ? truths[first] : join_lives(space, truths, i);
  }

 private:
  [[nodiscard]] [[gnu::noinline]] TruthView join_lives(const Workspace& space, const Truths& truths, std::size_t i) {
    const auto first = space.first_life[i];
    const auto last = space.first_life[i + 1];
    surely_.clear();
    possibly_.clear();
    std::size_t row = first;
    for (; row < last && !space.lives[row].doubtful; ++row) {
      append_clipped(truths.surely()[row], space.lives[row].from, space.lives[row].until, surely_);
      append_clipped(truths.possibly()[row], space.lives[row].from, space.lives[row].until, possibly_);
    }
    if (row == last) return {surely_.edges(), possibly_.edges()};
    // With or without a fresh start on a day not known: surely only where both agree, possibly where either may be.
    const auto& doubt = space.lives[row];
    Timelines window;
    Timelines sure_either_way;
    window.append(Day::beginning_of_time, doubt.from);
    append_union(truths.surely()[row], window.edges(), sure_either_way);
    Timelines sure;
    append_intersection(surely_.edges(), sure_either_way.edges(), sure);
    Timelines possible_then;
    append_clipped(truths.possibly()[row], doubt.from, Day::end_of_time, possible_then);
    Timelines possible;
    append_union(possibly_.edges(), possible_then.edges(), possible);
    surely_ = sure;
    possibly_ = possible;
    return {surely_.edges(), possibly_.edges()};
  }

  Timelines surely_;
  Timelines possibly_;
};

}  // namespace leavingcare
