// leavingcare/people/join_returns.hpp
//
// Yearly SSDA903 returns joined into one history of episodes, without a rulebook: a step that can be used alone.
//
// It is the joining that read_ssda903() does. What comes out are the episodes as they count, each once, with the cells of the row
// that counts, and every repair as a row of its own.
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/diagnostics/checked.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace leavingcare {

/// Days of one episode. An episode of which it is doubtful how long it went on is two rows: the days that are certain, and
/// then those on which it may have gone on.
struct JoinedEpisode {
  std::string person;
  Day from;
  Day until;  ///< the first day that is no longer part of it; end_of_time where it goes on
  bool certain = true;
  std::vector<std::string> cells;  ///< of the row that counts, in the order of JoinedReturns::columns
  std::string year;                ///< the collection year of that row: 2018-19
  std::string file;
  std::uint32_t line = 0;
};

struct JoinedReturns {
  std::vector<std::string> columns;  ///< of the table of episodes, but for the person and the two days
  std::vector<JoinedEpisode> episodes;
  std::optional<Day> drawn;  ///< the last day of the last collection year
};

/// The folders as read_ssda903() takes them. The diagnostics beside the value are the repairs.
[[nodiscard]] Checked<JoinedReturns> join_ssda903(const std::vector<std::filesystem::path>& folders,
                                                  const std::filesystem::path& map);

/// The column of the return that a remark is about, as its first word names it; blank when it is about the row or the file.
[[nodiscard]] std::string field_of(const Diagnostic& remark);

/// Writes episodes.csv (person,from,until,certain,<columns>,year,file,line) and repairs.csv (code,severity,file,line,field,what,hint)
/// into a folder, made if need be: both or neither. Throws std::runtime_error when that fails.
void write_joined(const JoinedReturns& joined, const Diagnostics& repairs, const std::filesystem::path& folder);

}  // namespace leavingcare
