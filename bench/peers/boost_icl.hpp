// bench/peers/boost_icl.hpp
//
// Boost.ICL: interval sets of days for each person, combined by set operations, in the words of the job.
//
// Limits: the sets are trees on the heap, made anew for each person; "the day on which 91 days are reached" is a loop over
// a set; unknowns, versions and reasons would all be code of one's own.
#pragma once

#include "../cohort.hpp"

#include <boost/icl/interval_set.hpp>

namespace bench {

using Days = boost::icl::interval_set<std::int32_t, std::less, boost::icl::right_open_interval<std::int32_t>>;
using DaysSpan = Days::interval_type;

inline void with_boost_icl(const Cohort& cohort, std::size_t person, Swept& out) {
  const auto b = birthdays(cohort.born[person]);
  const std::int32_t at14 = b.at14.number, at16 = b.at16.number, at18 = b.at18.number, at21 = b.at21.number;
  Days looked_after;
  Days counts;
  for (auto e = cohort.offsets[person]; e < cohort.offsets[person + 1]; ++e) {
    const auto& episode = cohort.episodes[e];
    looked_after += DaysSpan(episode.from.number, episode.until.number);
    if (!episode.short_break) counts += DaysSpan(episode.from.number, episode.until.number);
  }
  const auto add = [&](std::uint8_t status, const Days& days) {
    for (const auto& span : days) {
      out.person.push_back(static_cast<std::uint32_t>(person));
      out.status.push_back(status);
      out.from.push_back({boost::icl::lower(span)});
      out.until.push_back({boost::icl::upper(span)});
    }
  };

  const Days at_16_or_17 = looked_after & DaysSpan(at16, at18);
  if (at_16_or_17.empty()) return;
  std::int32_t missing = 91;
  std::int32_t reached = at18;
  for (const auto& span : counts & DaysSpan(at14, at18)) {
    const auto length = boost::icl::upper(span) - boost::icl::lower(span);
    if (length >= missing) {
      reached = boost::icl::lower(span) + missing - 1;
      break;
    }
    missing -= length;
  }
  const Days eligible = reached < at18 ? Days(at_16_or_17 & DaysSpan(reached, at18)) : Days();
  const auto first_eligible = eligible.empty() ? at21 : boost::icl::first(eligible);
  add(0, eligible);
  if (!eligible.empty()) {
    add(1, Days(DaysSpan(first_eligible, at18)) - looked_after);
    add(2, Days(DaysSpan(at18, at21)));
  }
  add(3, Days(DaysSpan(boost::icl::first(at_16_or_17), first_eligible)) - looked_after);
}

}  // namespace bench
