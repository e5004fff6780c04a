// The source map of the yearly return: what its files, columns and codes mean, as rules/sources/ssda903.yaml says it.
//
// Everything the reader knows of the return is in here; a map of another return with the same notions (files known by their columns,
// episodes that begin and end for a reason, a collection year) would be read by the same code.
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/diagnostics/checked.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace leavingcare::ssda903 {

/// A file of the return, known by its columns.
struct TableShape {
  std::string name;
  std::vector<std::string> columns;   ///< all of them
  std::vector<std::string> optional;  ///< those of them that may be missing
  Place place;
};

/// How dates are written in every column.
enum class DateForm : std::uint8_t { day_first, iso };

/// What a code does to a history, beside what it tells.
enum class Role : std::uint8_t { none, begins_care, continues_care, end_made_up };

struct CodeMeaning {
  Role role = Role::none;
  bool same_placement = false;  ///< as a reason to begin: the placement is that of the episode before
  int first_year =
      first_year_of_any;  ///< collection years (by the calendar year in which they begin), both included
  int last_year = last_year_of_any;

  static constexpr int first_year_of_any = leavingcare::first_year;
  static constexpr int last_year_of_any = leavingcare::last_year;
};

/// The codes of one column.
struct CodeSet {
  std::string column;
  bool may_be_blank = false;
  std::unordered_map<std::string, CodeMeaning> known;

  [[nodiscard]] const CodeMeaning* find(const std::string& code) const {
    const auto found = known.find(code);
    return found == known.end() ? nullptr : &found->second;
  }
};

/// Which columns are an episode.
struct EpisodeColumns {
  std::string table;
  std::string first_day;
  std::string end;
  std::string why_begun;
  std::string why_ended;
  std::string why_moved;
};

/// Where a field of a fact comes from: a column, or always the same word.
struct FieldSource {
  std::string field;
  std::string column;  ///< empty: `always`
  std::string always;
  Place place;
};

/// nothing: the return holds no record of it, and yet tells that there was none of some kind.
enum class Takes : std::uint8_t { birth, episodes, placements, ends, events, nothing };
enum class Covered : std::uint8_t { always, years_given, years_given_until_it_begins, years_with_the_table };

/// Rows of a table which say that something happened and not when, and rows which say that it had not happened yet.
struct HappenedSomeDay {
  std::string table;
  std::string column;
  std::vector<std::string> happened;
  std::vector<std::string> not_yet;
};

struct FactSource {
  std::string fact;
  Takes takes = Takes::episodes;
  Covered covered = Covered::years_given;
  std::string column;               ///< birth, events: the column of the day
  std::vector<std::string> tables;  ///< birth: the first that has it counts; events: the one that lists them
  std::vector<FieldSource> fields;  ///< episodes, placements
  std::string when_column;          ///< ends: the reason; events: the code of a row; events may do without
  std::vector<std::string> when;    ///< ends, events: the codes that tell of it
  std::optional<HappenedSomeDay> unknown_after;
  std::string complete_field;               ///< nothing: records with one of these words in this field are told otherwise, so there are none
  std::vector<std::string> complete_words;
  Place place;
};

/// How the return is written as XML: an element for each child, in it the elements that are rows.
struct XmlShape {
  std::string root;
  std::string child;
  std::string shared;                                    ///< in a child: the element whose values stand for all rows of the child
  std::unordered_map<std::string, std::string> renamed;  ///< column of the map, by the name it has in XML where that differs

  /// The rows of a table: its element; `shared` itself is a row of several tables, of some only if something is filled in.
  struct Rows {
    std::string table;
    std::string element;
    std::vector<std::string> filled;  ///< one of these is filled in; none: always
    std::string when_column;          ///< this holds one of `when`; empty: always
    std::vector<std::string> when;
  };
  std::vector<Rows> rows;
};

struct SourceMap {
  DateForm dates = DateForm::day_first;
  std::chrono::month_day year_begins{};
  std::string person;  ///< the column that names the child, in every table
  std::vector<TableShape> tables;
  EpisodeColumns episodes;
  std::vector<CodeSet> codes;
  std::vector<FactSource> facts;
  std::optional<XmlShape> xml;

  [[nodiscard]] const TableShape* table(std::string_view name) const;
  [[nodiscard]] const CodeSet* codes_of(std::string_view column) const;
  [[nodiscard]] std::optional<Day> read_day(std::string_view text) const {
    return dates == DateForm::iso ? read_iso_day(text) : read_uk_day(text);
  }

  /// The collection year that holds a day, by the calendar year in which it begins.
  [[nodiscard]] int year_of(Day day) const;
  [[nodiscard]] Day first_day_of(int year) const {
    return day_of(std::chrono::year{year} / year_begins.month() / year_begins.day());
  }
  /// The first day after a collection year.
  [[nodiscard]] Day end_of(int year) const { return first_day_of(year + 1); }
};

/// "2018-19": how a collection year is called; "2018" when it is a calendar year.
[[nodiscard]] std::string year_in_words(const SourceMap& map, int year);

/// Reads and checks a map; every problem at its place.
[[nodiscard]] Checked<SourceMap> read_source_map(const std::filesystem::path& file);

}  // namespace leavingcare::ssda903
