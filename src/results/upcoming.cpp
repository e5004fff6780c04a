// src/results/upcoming.cpp
#include <leavingcare/results/upcoming.hpp>

#include "duty_sentences.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace leavingcare {
namespace {

/// The word of the team's field in the record that holds the day; empty when there is none.
std::string team_of(const Result& result, std::uint32_t person, Day day) {
  const auto& subject = result.book().subject;
  const auto* table = subject.team_fact.empty() ? nullptr : result.people().table(subject.team_fact);
  const auto* field = table == nullptr ? nullptr : table->field(subject.team_field);
  if (field == nullptr) return {};
  std::string team;
  for (std::size_t row = table->offsets[person]; row < table->offsets[person + 1]; ++row) {
    const bool now = table->from[row] <= day && day < table->until[row] && field->codes[row] != WordColumn::blank;
    if (now) team = field->words[static_cast<std::size_t>(field->codes[row])];
  }
  return team;
}

}  // namespace

std::vector<UpcomingItem> upcoming(const Result& result, const UpcomingAsked& asked) {
  if (result.options().as_at != asked.as_at) throw std::invalid_argument("what is next is seen from the day as at which the result was evaluated");
  const Day last = after(asked.as_at, asked.within);
  std::vector<UpcomingItem> found;
  for (const auto& one : result.answers().obligations) {
    const bool open = one.state == ObligationState::due || one.state == ObligationState::overdue;
    if (!open || one.ended <= asked.as_at) continue;
    if (!asked.person.empty() && result.people().ids()[one.person] != asked.person) continue;
    UpcomingItem item{&one, Urgency::due, one.earliest_due, {}};
    if (one.state == ObligationState::overdue) {
      item.urgency = Urgency::overdue;
    } else if (is_a_day(one.earliest_due)) {
      // What ends before its last day is over will never fall due.
      if (one.earliest_due > last || one.ended <= one.earliest_due) continue;
    } else {
      item.urgency = Urgency::no_last_day;
      item.day = is_a_day(one.suggested) ? one.suggested : is_a_day(one.opens) ? one.opens : one.clock;
      if ((is_a_day(one.opens) ? one.opens : one.clock) > last) continue;
    }
    item.team = team_of(result, one.person, asked.as_at);
    if (!asked.team.empty() && item.team != asked.team) continue;
    found.push_back(std::move(item));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return std::tie(a.urgency, a.day) < std::tie(b.urgency, b.day); });
  return found;
}

std::string in_a_sentence(const Result& result, const Obligation& obligation) {
  return in_words(obligation, result.book().rules[obligation.rule], result.options().as_at.value_or(Day::end_of_time));
}

}  // namespace leavingcare
