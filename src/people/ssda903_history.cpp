// Joining: first the rows that are the same episode, then each episode against the next.
#include "ssda903_history.hpp"

#include <algorithm>
#include <utility>

namespace leavingcare::ssda903 {

namespace {

using Row = const Episode*;

/// A row that counts, and the first return in which its episode stands.
struct Kept {
  Row row = nullptr;
  int first_year = 0;
};

[[nodiscard]] bool is_open(const Episode& episode) {
  return !episode.until && !episode.end_unreadable && !episode.has_reason_ended;
}

[[nodiscard]] bool same_end(const Episode& a, const Episode& b) {
  return a.until == b.until && a.end_unreadable == b.end_unreadable && a.reason_ended == b.reason_ended &&
         a.has_reason_ended == b.has_reason_ended;
}

/// Of rows that begin on the same day, earlier return first, the one that counts.
Row newest(const std::vector<Row>& rows, const Tell& tell, const TellJoined& joined) {
  Row kept = rows.front();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Row row = rows[i];
    const bool same_row = kept->row == row->row;
    const bool later_return = row->year > kept->year;
    if (same_row && same_end(*kept, *row) && !(later_return && is_open(*row))) {
      tell({Code::P203, "the same episode stands in the returns twice; it counts once", row, kept});
    } else if (later_return && same_row && !kept->until) {
      joined(*row);
    } else if (later_return) {
      tell({Code::P204, "a later return holds this episode with other particulars; the later return counts",
            kept, row});
    } else {
      tell({Code::P204, "two rows of one return begin on this day and differ; the later row counts", kept,
            row});
    }
    kept = row;
  }
  return kept;
}

/// The rows that count, one for each first day, in order.
std::vector<Kept> distinct(const std::vector<Episode>& episodes, History& history, const Tell& tell,
                           const TellJoined& joined) {
  std::vector<Row> rows;
  for (const auto& episode : episodes) {
    if (episode.until == episode.from) {
      tell({Code::P209,
            "the episode ends on the day on which it begins: it is no day of care and was left out", &episode,
            nullptr});
    } else {
      rows.push_back(&episode);
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](Row a, Row b) { return a->from != b->from ? a->from < b->from : a->year < b->year; });

  std::vector<Kept> kept;
  for (auto first = rows.begin(); first != rows.end();) {
    const auto last =
        std::find_if(first, rows.end(), [first](Row row) { return row->from != (*first)->from; });
    const Kept one{newest({first, last}, tell, joined), (*first)->year};
    const Row row = one.row;
    first = last;
    if (row->ends_before_it_begins) {
      tell({Code::P209,
            "the episode ends before it begins: it was left out, and what else is in this return of the "
            "child's care "
            "may not be all",
            row, nullptr});
      history.lost_years.push_back(row->year);
    } else {
      kept.push_back(one);
    }
  }
  return kept;
}

/// How long an episode held: certainly until `certain`, perhaps until `doubtful`.
struct Length {
  Day certain;
  Day doubtful;
};

class Joiner {
 public:
  Joiner(const Years& years, const Tell& tell) : years_(years), tell_(tell) {}

  void add(Row row, Kept following, History& history) {
    const Row next = following.row;
    next_first_year_ = following.first_year;
    Length length = row->until      ? closed(*row, next)
                    : is_open(*row) ? open(*row, next)
                                    : ended_some_day(*row, next);
    const Day next_from = next == nullptr ? Day::end_of_time : next->from;
    if (row->until && length.certain > next_from) {
      tell_({Code::P202, "the episode ends after the next begins; it was ended where the next begins", row,
             next});
      if (*row->until > reaches_.until) reaches_ = {row, *row->until};
      length = {next_from, next_from};
    }
    if (length.doubtful < length.certain) length.doubtful = length.certain;
    history.care.push_back({row->from, length.certain, false, row});
    if (length.doubtful > length.certain)
      history.care.push_back({length.certain, length.doubtful, true, row});
    // An earlier episode that was cut short here but is said to have gone on beyond this one.
    if (reaches_.row != nullptr && reaches_.row != row && reaches_.until > length.doubtful &&
        length.doubtful < next_from) {
      history.care.push_back({length.doubtful, std::min(reaches_.until, next_from), true, reaches_.row});
    }
    if (!row->reason_ended.empty() && row->why_ended == Role::none) {
      history.ends.push_back({row->until.value_or(length.certain), row->until.has_value(), row});
    }
  }

 private:
  /// The next episode says that it follows this one without a day between, and no return is missing in which another may stand.
  [[nodiscard]] bool followed_by(const Episode& row, Row next) const {
    return next != nullptr && next->why_begun == Role::continues_care && next_first_year_ - row.year <= 1;
  }

  Length closed(const Episode& row, Row next) {
    const Day until = *row.until;
    const Day next_from = next == nullptr ? Day::end_of_time : next->from;
    if (!row.has_reason_ended) {
      tell_({Code::P208, "the episode has an end and no reason for it; the end was taken as it stands", &row,
             nullptr});
    }
    if (row.end_made_up) {
      const Day doubtful = next_from <= until ? until : std::min(next_from, years_.end_of_year_after(until));
      tell_(
          {Code::P207,
           doubtful == until
               ? "the end was made up by a pipeline, where the next episode begins; it was taken as it stands"
               : "the end was made up by a pipeline; whether care went on is unknown from there until the "
                 "next episode "
                 "or the end of the next collection year",
           &row, nullptr});
      return {until, doubtful};
    }
    if (row.why_ended != Role::continues_care || next_from <= until) return {until, until};
    if (next != nullptr && next_first_year_ > row.year && followed_by(row, next)) {
      tell_({Code::P213,
             "the reason says that another episode begins the same day, but the next, in a later return, "
             "begins later; "
             "this one was prolonged until then",
             &row, next});
      return {next_from, next_from};
    }
    tell_({Code::P213,
           next == nullptr ? "the reason says that another episode begins the same day, and there is none; "
                             "whether care went on is unknown"
                           : "the reason says that another episode begins the same day, but the next begins "
                             "later; whether care went on "
                             "in between is unknown",
           &row, next});
    return {until, std::min(next_from, years_.over_by(row.year))};
  }

  Length open(const Episode& row, Row next) {
    const Day year_end = std::max(years_.end(row.year), row.from + 1);
    const Day next_from = next == nullptr ? Day::end_of_time : next->from;
    if (next == nullptr && !years_.any_after(row.year)) return {Day::end_of_time, Day::end_of_time};
    if (next_from < year_end) {
      if (next_first_year_ <= row.year && next->why_begun != Role::continues_care) {
        tell_({Code::P202,
               "the episode has no end although another period of care begins later in the same return; when "
               "it ended is unknown",
               &row, next});
        return {std::min(surely_in(row), next_from), next_from};
      }
      tell_({Code::P202,
             "the episode has no end although the next has begun; it was ended where the next begins", &row,
             next});
      return {next_from, next_from};
    }
    if (followed_by(row, next)) {
      tell_({Code::P206,
             "the episode was open at the end of its collection year and is in no later return; it was ended "
             "where the next, "
             "which continues it, begins",
             &row, next});
      return {next_from, next_from};
    }
    tell_({Code::P206,
           "the episode was open at the end of its collection year and is in no later return; when it ended "
           "is unknown",
           &row, next});
    return {year_end, std::min(next_from, years_.over_by(row.year))};
  }

  /// A reason to end and no day of it, or a day that cannot be read: it ended within the collection year of its return.
  Length ended_some_day(const Episode& row, Row next) {
    const Day next_from = next == nullptr ? Day::end_of_time : next->from;
    const bool goes_on = row.why_ended == Role::continues_care;
    if (goes_on && followed_by(row, next)) {
      if (!row.end_unreadable) {
        tell_({Code::P208,
               "the episode has a reason for ending and no end; it was ended where the next, which continues "
               "it, begins",
               &row, next});
      }
      return {next_from, next_from};
    }
    if (!row.end_unreadable) {
      tell_(
          {Code::P208,
           "the episode has a reason for ending and no end; when in its collection year it ended is unknown",
           &row, nullptr});
    }
    const Day latest = goes_on && next == nullptr ? years_.over_by(row.year) : years_.end(row.year);
    return {std::min(surely_in(row), next_from), std::min(latest, next_from)};
  }

  /// The first day on which an episode of a return may be over: it held on its first day, and into the year of its return.
  [[nodiscard]] Day surely_in(const Episode& row) const {
    return std::max(row.from + 1, years_.begin(row.year));
  }

  struct Reach {
    Row row = nullptr;
    Day until = Day::beginning_of_time;
  };

  const Years& years_;
  const Tell& tell_;
  int next_first_year_ = 0;  // the first return in which the next episode stands
  Reach reaches_;            // of the episodes cut short so far, the one with the latest end
};

}  // namespace

Years::Years(const SourceMap& map, std::vector<int> given) : map_(&map), given_(std::move(given)) {
  std::sort(given_.begin(), given_.end());
  given_.erase(std::unique(given_.begin(), given_.end()), given_.end());
}

bool Years::is_given(int year) const {
  return std::binary_search(given_.begin(), given_.end(), year);
}

Day Years::end_of_year_after(Day day) const {
  return map_->end_of(map_->year_of(day) + 1);
}

Day Years::over_by(int year) const {
  const auto next = std::upper_bound(given_.begin(), given_.end(), year);
  if (next == given_.end()) return Day::end_of_time;
  return *next == year + 1 ? end(*next) : begin(*next);
}

History join(const std::vector<Episode>& episodes, const Years& years, const Tell& tell,
             const TellJoined& joined) {
  History history;
  const auto rows = distinct(episodes, history, tell, joined);
  Joiner joiner(years, tell);
  for (std::size_t i = 0; i < rows.size(); ++i)
    joiner.add(rows[i].row, i + 1 < rows.size() ? rows[i + 1] : Kept{}, history);
  return history;
}

}  // namespace leavingcare::ssda903
