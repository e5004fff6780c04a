// One child's episodes, read from several yearly returns, joined into one history.
//
// WHAT IS CERTAIN
//   An episode holds certainly on the days on which some return says so. Where the returns leave open when it ended, the days on which it may
//   still have gone on are doubtful: from the last day known to the first day by which a return shows that it was over.
//
// CASE STUDY: a child open on 31 March 2019 who is not in the return of 2019-20
//   Care ended on 31 March, or the child was left out by mistake. So care is certain to 31 March 2019, doubtful until the child's next
//   episode or the end of 2019-20, whichever is first, and over after that. If the return of 2019-20 was never given and
//   that of 2020-21 lacks the child, it is doubtful until 1 April 2020: that return would have shown it.
#pragma once

#include "ssda903_map.hpp"

#include <leavingcare/calendar/timeline.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace leavingcare::ssda903 {

/// The collection years of which a return was given, by the calendar year in which each begins; rising, no year twice.
class Years {
 public:
  Years(const SourceMap& map, std::vector<int> given);

  [[nodiscard]] const std::vector<int>& given() const { return given_; }
  [[nodiscard]] bool is_given(int year) const;
  [[nodiscard]] bool any_after(int year) const { return !given_.empty() && given_.back() > year; }
  [[nodiscard]] Day begin(int year) const { return map_->first_day_of(year); }
  [[nodiscard]] Day end(int year) const { return map_->end_of(year); }

  /// The first day on which something open at the end of `year`, and in no later return, is certainly over; end_of_time when there
  /// is no later return to be missing from.
  [[nodiscard]] Day over_by(int year) const;

  /// The end of the collection year after the one that holds `day`.
  [[nodiscard]] Day end_of_year_after(Day day) const;

 private:
  const SourceMap* map_;
  std::vector<int> given_;
};

/// Where a row was read: the source by its number, and the line and column at which the row begins.
struct RowPlace {
  std::uint32_t source = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 1;
};

/// One row of an episodes file.
struct Episode {
  Day from{};
  std::optional<Day> until;  ///< empty: blank, or not to be read
  bool end_unreadable = false;
  bool ends_before_it_begins = false;
  bool end_made_up = false;  ///< a pipeline wrote the end
  Role why_begun = Role::none;
  bool same_placement = false;  ///< it began in the placement of the episode before
  Role why_ended = Role::none;
  std::string reason_ended;         ///< blank while it goes on, or when the reason is no code
  bool has_reason_ended = false;    ///< something stands there, code or not
  std::vector<std::string> fields;            ///< of the fact made of episodes; blank = unknown
  std::vector<std::string> placement_fields;  ///< of the fact made of placements
  std::vector<std::string> cells;  ///< as written, when they are to be handed over
  std::string row;  ///< the cells that matter and are not the end, to see whether two rows differ
  int year = 0;     ///< the collection year of the return
  RowPlace at;
};

/// Days of care under one episode's particulars.
struct CareRow {
  Day from;
  Day until;
  bool doubtful = false;
  const Episode* of = nullptr;
};

/// An end of care with a reason. When the day is not known, it is `on` or later.
struct CareEnd {
  Day on;
  bool day_known = true;
  const Episode* of = nullptr;
};

struct History {
  std::vector<CareRow> care;
  std::vector<CareEnd> ends;
  std::vector<int>
      lost_years;  ///< years of whose episodes some cannot be placed: what they do not show is unknown
};

/// What was mended: a code, one sentence, the row it is about, and the other row if two are concerned.
struct Mended {
  Code code;
  std::string message;
  const Episode* at = nullptr;
  const Episode* other = nullptr;
};
using Tell = std::function<void(Mended)>;

/// Told for each episode that stands open in one return and again in a later one: ordinary joining, to be counted only.
using TellJoined = std::function<void(const Episode& later)>;

/// Joins one child's episodes, in any order. The episodes must outlive the history.
[[nodiscard]] History join(const std::vector<Episode>& episodes, const Years& years, const Tell& tell,
                           const TellJoined& joined);

}  // namespace leavingcare::ssda903
