// bench/cohort.hpp
//
// The cohort of the benches, the day-by-day truth about it, and the sweep that an expert would write by hand.
//
// People born over eight years, five episodes on average, 10 to 499 days each with gaps between, one in ten under a short break, some open. Seeded:
// the same people every time.
#pragma once

#include <leavingcare/calendar/legal_period.hpp>
#include <leavingcare/calendar/timeline.hpp>
#include <leavingcare/people/people_builder.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

using leavingcare::Day;
using leavingcare::Span;

struct Episode {
  Day from;
  Day until;
  bool short_break;
};

/// Everybody's episodes, in order and without overlap, as plain columns.
struct Cohort {
  std::vector<Day> born;
  std::vector<std::uint32_t> offsets = {0};
  std::vector<Episode> episodes;
};

inline Cohort make_cohort(std::size_t people, std::uint64_t seed = 20240331) {
  std::mt19937_64 random(seed);
  const auto between = [&](int low, int high) { return low + static_cast<int>(random() % static_cast<std::uint64_t>(high - low + 1)); };
  Cohort cohort;
  for (std::size_t i = 0; i < people; ++i) {
    const Day born = leavingcare::day_of(2000, 1, 1) + between(0, 8 * 365);
    cohort.born.push_back(born);
    Day day = born + between(10 * 365, 15 * 365);
    const int count = between(1, 9);
    for (int k = 0; k < count; ++k) {
      const Day until = day + between(10, 499);
      const bool open = k + 1 == count && between(0, 9) == 0;
      cohort.episodes.push_back({day, open ? Day::end_of_time : until, between(0, 9) == 0});
      day = until + between(0, 3) * between(0, 120);
    }
    cohort.offsets.push_back(static_cast<std::uint32_t>(cohort.episodes.size()));
  }
  return cohort;
}

inline leavingcare::People as_people(const Cohort& cohort) {
  leavingcare::PeopleBuilder builder;
  const auto births = builder.add_table("date_of_birth", leavingcare::law::FactKind::day, {});
  const auto care = builder.add_table("care", leavingcare::law::FactKind::periods, {"legal_status"});
  for (std::size_t i = 0; i < cohort.born.size(); ++i) {
    const auto person = builder.person("p" + std::to_string(i));
    builder.add(births, person, {cohort.born[i], cohort.born[i], 0, false, {}, {}});
    for (auto e = cohort.offsets[i]; e < cohort.offsets[i + 1]; ++e) {
      const auto& episode = cohort.episodes[e];
      builder.add(care, person, {episode.from, episode.until, 0, false, {episode.short_break ? "V3" : "C2"}, {}});
    }
  }
  return builder.build();
}

/// The two fact tables of the cohort, as the command, polars and DuckDB read them.
inline void write_fact_tables(const Cohort& cohort, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::ofstream births(folder / "date_of_birth.csv"), care(folder / "care.csv");
  births << "person,value\n";
  care << "person,from,until,legal_status\n";
  for (std::size_t i = 0; i < cohort.born.size(); ++i) {
    births << 'p' << i << ',' << leavingcare::iso(cohort.born[i]) << '\n';
    for (auto e = cohort.offsets[i]; e < cohort.offsets[i + 1]; ++e) {
      const auto& episode = cohort.episodes[e];
      care << 'p' << i << ',' << leavingcare::iso(episode.from) << ',' << leavingcare::iso(episode.until) << ',' << (episode.short_break ? "V3" : "C2") << '\n';
    }
  }
  if (!births.flush() || !care.flush()) throw std::runtime_error("cannot write " + folder.string());
}

inline constexpr std::size_t statuses = 4;  // eligible, relevant, former relevant, qualifying

/// The birthdays that matter, born on 29 February counted as 1 March.
struct Birthdays {
  Day at14, at16, at18, at21;
};

inline Birthdays birthdays(Day born) {
  const auto on = [&](int years) { return leavingcare::birthday(born, years, 0, leavingcare::MissingDay::first_of_next_month); };
  return {on(14), on(16), on(18), on(21)};
}

/// The truth, decided on each day by itself: the days of each status as edges.
inline std::array<std::vector<Day>, statuses> day_by_day(const Cohort& cohort, std::size_t person) {
  const auto b = birthdays(cohort.born[person]);
  std::array<std::vector<Day>, statuses> edges;
  std::array<bool, statuses> was{};
  int counted = 0;
  bool ever_eligible = false;
  bool ever_at_16 = false;
  for (Day day = b.at14; day <= b.at21; day = day + 1) {
    bool looked_after = false;
    bool counts = false;
    for (auto e = cohort.offsets[person]; e < cohort.offsets[person + 1]; ++e) {
      const auto& episode = cohort.episodes[e];
      if (episode.from <= day && day < episode.until) {
        looked_after = true;
        counts = counts || !episode.short_break;
      }
    }
    counted += counts ? 1 : 0;
    const bool minor = b.at16 <= day && day < b.at18;
    const bool adult = b.at18 <= day && day < b.at21;
    const bool eligible = minor && looked_after && counted >= 91;
    const std::array<bool, statuses> is = {eligible, minor && !looked_after && ever_eligible, adult && ever_eligible,
                                           (minor || adult) && !looked_after && ever_at_16 && !ever_eligible};
    for (std::size_t s = 0; s < statuses; ++s) {
      if (is[s] != was[s]) edges[s].push_back(day);
    }
    was = is;
    ever_eligible = ever_eligible || eligible;
    ever_at_16 = ever_at_16 || (minor && looked_after);
  }
  return edges;
}

/// What an expert writes for exactly this job: one walk over a person's episodes. Appends (person, status, from, until) for each span.
struct Swept {
  std::vector<std::uint32_t> person;
  std::vector<std::uint8_t> status;
  std::vector<Day> from;
  std::vector<Day> until;
};

inline void sweep(const Cohort& cohort, std::size_t person, Swept& out) {
  const auto b = birthdays(cohort.born[person]);
  const std::size_t first = out.status.size();
  const auto add = [&](std::uint8_t status, Day from, Day until) {
    from = std::max(from, status == 2 ? b.at18 : b.at16);
    until = std::min(until, status < 2 ? b.at18 : b.at21);
    if (from >= until) return;
    if (out.status.size() > first && out.status.back() == status && out.until.back() == from) {
      out.until.back() = until;
      return;
    }
    out.person.push_back(static_cast<std::uint32_t>(person));
    out.status.push_back(status);
    out.from.push_back(from);
    out.until.push_back(until);
  };
  int counted = 0;
  Day eligible_from = Day::end_of_time;
  bool at_16 = false;
  Day gap_from = b.at16;
  std::uint32_t e = cohort.offsets[person];
  const std::uint32_t last = cohort.offsets[person + 1];
  for (; e < last && cohort.episodes[e].until <= b.at14; ++e) {}
  for (; e < last && cohort.episodes[e].from < b.at21; ++e) {
    const auto& episode = cohort.episodes[e];
    if (eligible_from != Day::end_of_time) add(1, gap_from, episode.from);
    else if (at_16) add(3, gap_from, episode.from);
    gap_from = episode.until;
    if (eligible_from == Day::end_of_time && episode.from < b.at18) {
      const Day from = std::max(episode.from, b.at14);
      const Day until = std::min(episode.until, b.at18);
      if (until > from) {
        const int days = leavingcare::days_between(from, until);
        if (!episode.short_break) {
          if (counted < 91 && counted + days >= 91) {
            const Day reached = from + (91 - counted - 1);
            if (until > b.at16) eligible_from = std::max(reached, b.at16);
          }
          counted += days;
        }
        if (eligible_from == Day::end_of_time && counted >= 91 && until > b.at16) eligible_from = std::max(from, b.at16);
        at_16 = at_16 || until > b.at16;
      }
    }
    if (eligible_from != Day::end_of_time) add(0, std::max(episode.from, eligible_from), episode.until);
  }
  if (eligible_from != Day::end_of_time) {
    add(1, gap_from, Day::end_of_time);
    add(2, b.at18, b.at21);
  } else if (at_16) {
    add(3, gap_from, Day::end_of_time);
  }
}

}  // namespace bench
