// The files of yearly returns: which folders hold them, which file is which table, and which collection year they describe.
//
// CASE STUDY: which year is the folder "2019"?
//   Some name a collection year by the calendar year in which it begins, others by the one in which it ends. So the dates decide:
//   the year is the one in which most episodes fit, that is, they have begun by its end and, if they ended, ended in it. The
//   name of the folder only chooses between years that fit about equally well, and a name that disagrees is told.
#pragma once

#include "ssda903_map.hpp"
#include "text_table.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::ssda903 {

/// Remarks on what was read: all errors, and the first `most` of the others.
class Remarks {
 public:
  static constexpr std::size_t most = 10'000;

  void add(Diagnostic one);
  void add(Severity severity, Code code, Place place, std::string message, std::string hint = {}) {
    add({code, severity, std::move(message), {{std::move(place), {}}}, std::move(hint)});
  }

  /// Everything, with a last word on how many were left out.
  [[nodiscard]] Diagnostics take();

 private:
  Diagnostics kept_;
  std::size_t others_ = 0;
};

/// A table of the return: a CSV file, or the rows of one kind in an XML file.
struct ReturnFile {
  const TableShape* shape = nullptr;
  TextTable table;
  std::string name;                 ///< as messages call it
  std::string file_name;            ///< without folders
  std::vector<std::string> header;  ///< in capitals
  std::shared_ptr<const SourceFile> source;

  /// The place of a column of the map in the file's rows; csv::Table::absent when it is not there.
  [[nodiscard]] std::size_t column(std::string_view name_in_map) const;
  [[nodiscard]] Place place(std::size_t line, std::size_t column = 1) const {
    return {source, static_cast<int>(line), line == 0 ? 0 : static_cast<int>(column), 1};
  }
  [[nodiscard]] Place place(const csv::Row& row) const { return place(row.line, row.column); }
};

/// The files of one collection year.
struct YearlyReturn {
  std::string name;  ///< the folder, as messages call it
  int year = 0;
  std::vector<ReturnFile> files;
};

/// Spaces cut off at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// Spaces cut off, small letters (of English) made capitals.
[[nodiscard]] std::string as_code(std::string_view text);

/// The collection years that a name may mean, by the calendar year in which each begins: "2018-19" one, "2019" two, "truth" none.
[[nodiscard]] std::vector<int> years_named(std::string_view name);

/// The first day and the end, if it has one, of each episode of a file.
struct EpisodeDates {
  Day from;
  std::optional<Day> until;
};

/// The collection year in which most episodes fit; none when there is nothing to go by.
[[nodiscard]] std::optional<int> year_that_fits(const SourceMap& map, const std::vector<EpisodeDates>& dates,
                                                const std::vector<int>& named);

/// All returns in the folders and in their folders (one level), by year. What cannot be used is told.
[[nodiscard]] std::vector<YearlyReturn> find_returns(const std::vector<std::filesystem::path>& folders,
                                                     const SourceMap& map, Remarks& remarks);

}  // namespace leavingcare::ssda903
