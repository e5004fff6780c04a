// leavingcare/evaluate/day_kernels.hpp
//
// Days: birthdays, first days of conditions, days so long after others. An uncertain day is a pair of bounds, and each operator
// here keeps the order of days, so it works on the two bounds apart.
#pragma once

#include <leavingcare/evaluate/condition_kernels.hpp>

#include <algorithm>

namespace leavingcare::kernels {

template <class Make>
void for_each_day(const Call& call, Make make) {
  auto& out = call.space.days[call.plan.place(call.index)];
  out.begin(call.space.rows());
  for (std::size_t row = 0; row < call.space.rows(); ++row) out.set(row, make(row));
}

/// A person's day. Without a row: never, where the table is complete for them; else unknown.
inline DayBounds day_of_fact(const FactTable* table, bool unknown_for_all, std::uint32_t person) {
  constexpr DayBounds unknown{Day::beginning_of_time, Day::end_of_time};
  constexpr DayBounds never{Day::end_of_time, Day::end_of_time};
  if (table == nullptr) return unknown_for_all ? unknown : never;
  const auto row = table->offsets[person];
  if (row < table->offsets[person + 1]) return {table->from[row], table->until[row]};
  return table->covers_all_days ? never : unknown;
}

/// Each row's birth, worked out once for all birthdays of a batch; none if anybody's is not known to the day, or has birthdays on 28 February.
inline const std::vector<Birth>& births(const Call& call) {
  auto& found = call.space.births;
  if (call.space.births_asked_for) return found;
  call.space.births_asked_for = true;
  for (const auto& life : call.space.lives) {
    const auto day = day_of_fact(call.plan.born, true, life.person);
    const bool known = day.exact() && is_a_day(day.earliest);
    if (known) found.push_back(Birth::on(day.earliest));
    if (known && !(found.back().on_leap_day && call.plan.leap_birthday == MissingDay::last_day_of_month)) continue;
    found.clear();
    break;
  }
  return found;
}

inline void birthday(const Call& call) {
  const auto age = call.instruction.period;
  const bool years = age.unit == PeriodUnit::years;
  if (years) {
    if (const auto& born = births(call); !born.empty()) {
      auto& out = call.space.days[call.plan.place(call.index)];
      out.begin(call.space.rows());
      for (std::size_t row = 0; row < born.size(); ++row) out.earliest[row] = born[row].birthday(age.count);
      return;
    }
  }
  for_each_day(call, [&](std::size_t row) {
    const auto birth = day_of_fact(call.plan.born, true, call.space.lives[row].person);
    const auto on = [&](Day day) {
      return leavingcare::birthday(day, years ? age.count : age.count / 12, years ? 0 : age.count % 12, call.plan.leap_birthday);
    };
    const Day earliest = on(birth.earliest);
    return DayBounds{earliest, birth.exact() ? earliest : on(birth.latest)};
  });
}

inline void fact_day(const Call& call) {
  const auto& fact = call.plan.facts[call.instruction.fact];
  for_each_day(call, [&](std::size_t row) { return day_of_fact(fact.table, fact.unknown_for_all, call.space.lives[row].person); });
}

inline void date(const Call& call) {
  for_each_day(call, [&](std::size_t) { return DayBounds{call.instruction.day, call.instruction.day}; });
}

inline void first_day(const Call& call) {
  const auto first = [](Edges days) { return days.empty() ? Day::end_of_time : days.front(); };
  for_each_day(call, [&](std::size_t row) {
    return DayBounds{first(call.truths(0).possibly()[row]), first(call.truths(0).surely()[row])};
  });
}

/// The end of the first run. Where the condition is not known, the first run may end the day after it may first begin, or never.
inline void first_end(const Call& call) {
  for_each_day(call, [&](std::size_t row) {
    const auto view = call.truths(0)[row];
    if (view.possibly.empty()) return DayBounds{Day::end_of_time, Day::end_of_time};
    const bool same = std::equal(view.surely.begin(), view.surely.end(), view.possibly.begin(), view.possibly.end());
    if (same) return DayBounds{view.surely[1], view.surely[1]};
    return DayBounds{view.possibly.front() + 1, Day::end_of_time};
  });
}

/// after, before. Working days beyond the calendar: some day after the last that it covers.
inline void shifted(const Call& call) {
  LegalPeriod period = call.instruction.period;
  if (call.instruction.op == Op::before) period.count = -period.count;
  for_each_day(call, [&](std::size_t row) {
    const auto day = call.days(0)[row];
    if (period.unit != PeriodUnit::working_days) return DayBounds{after(day.earliest, period), after(day.latest, period)};
    const auto& calendar = *call.plan.book->working_days;
    const auto earliest = after_if_known(day.earliest, period, calendar);
    const auto latest = after_if_known(day.latest, period, calendar);
    const Day before_it = period.count < 0 ? Day::beginning_of_time : calendar.last_covered() + 1;
    const Day after_it = period.count < 0 ? calendar.first_covered() - 1 : Day::end_of_time;
    return DayBounds{earliest.value_or(before_it), latest.value_or(after_it)};
  });
}

template <bool latest>
void choose(const Call& call) {
  for_each_day(call, [&](std::size_t row) {
    DayBounds best = call.days(0)[row];
    for (std::size_t i = 1; i < call.instruction.operands.size(); ++i) {
      const auto other = call.days(i)[row];
      best = latest ? DayBounds{std::max(best.earliest, other.earliest), std::max(best.latest, other.latest)}
                    : DayBounds{std::min(best.earliest, other.earliest), std::min(best.latest, other.latest)};
    }
    return best;
  });
}

}  // namespace leavingcare::kernels
