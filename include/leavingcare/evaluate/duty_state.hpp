// leavingcare/evaluate/duty_state.hpp
//
// What became of an obligation by the day the data were drawn.
//
//   met, met late   done by the last day, or after it; without a last day, done is met
//   lapsed          owed no longer before its last day was over ("a duty that stops being owed before it falls due lapses; it is not late").
//                   One owed through its last day, and not done, is overdue, even if it ends with that day
//   waived          a waiver holds on the last day, and the day is over; without a last day, on the day on which it can first be done. One that was
//                   owed on that day stays waived when it is owed no longer
//   overdue, due    not done, and past the last day or not. Without a day as at which it is seen nothing is overdue
//
// UNKNOWN. The last day, or the day on which the duty ends, may be known only within bounds. The state is then found at each extreme of what is
// possible: where all agree it is certain whatever the facts turn out to be, else it is unknown. That is sound because, over
// bounds on both days, the region of each state contains all points between extremes that lie in it.
#pragma once

#include <leavingcare/calendar/truth.hpp>
#include <leavingcare/evaluate/obligations.hpp>

#include <optional>

namespace leavingcare {

class DutyJudge {
 public:
  explicit DutyJudge(std::optional<Day> as_at) : as_at_(as_at), last_day_(as_at.value_or(Day::end_of_time)) {}

  struct Facts {
    DayBounds due;
    DayBounds end;  ///< the first day on which it is owed no longer
    Day done;         ///< end_of_time: it was not
    DayBounds opens;  ///< the day on which it can first be done
  };

  [[nodiscard]] ObligationState state(const Facts& facts, TruthView waived) const {
    std::optional<ObligationState> agreed;
    for (const Day due : {facts.due.earliest, facts.due.latest}) {
      for (const Day end : {facts.end.earliest, facts.end.latest}) {
        const auto one = state_if(due, end, facts, waived);
        if (agreed && *agreed != one) return ObligationState::unknown;
        agreed = one;
      }
    }
    // A waiver could hold on a day between the extremes only.
    const bool first_day_known = facts.due.latest != Day::end_of_time || facts.opens.exact();  // or not asked about
    const bool day_known = facts.due.exact() && first_day_known;
    const bool surely_lapsed = *agreed == ObligationState::lapsed && first_day_known;
    if (!waived.possibly.empty() && !day_known && *agreed != ObligationState::met && !surely_lapsed) return ObligationState::unknown;
    return *agreed;
  }

 private:
  [[nodiscard]] ObligationState state_if(Day due, Day end, const Facts& facts, TruthView waived) const {
    const bool is_done = facts.done != Day::end_of_time;
    if (is_done && facts.done <= due) return ObligationState::met;
    const bool has_ended = end <= last_day_ && end != Day::end_of_time;
    const bool no_last_day = due == Day::end_of_time;
    const Day excused_on = no_last_day ? facts.opens.latest : due;
    const bool over = is_done || has_ended || (as_at_ && (no_last_day ? *as_at_ >= excused_on : *as_at_ > due));
    if (over && end > excused_on) {
      const Truth truth = waived.on(excused_on);
      if (truth != Truth::no) return truth == Truth::yes ? ObligationState::waived : ObligationState::unknown;
    }
    if (!is_done && end <= due && has_ended) return ObligationState::lapsed;
    if (is_done) return ObligationState::met_late;
    return as_at_ && (has_ended || *as_at_ > due) ? ObligationState::overdue : ObligationState::due;
  }

  std::optional<Day> as_at_;
  Day last_day_;  // of what is known: without a day as at which it is seen, the end of time
};

}  // namespace leavingcare
