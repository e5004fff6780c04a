// The map of an extract: what its tables, columns and words mean, as rules/sources/ssd.yaml and annex_a.yaml say it.
#pragma once

#include <leavingcare/calendar/legal_period.hpp>
#include <leavingcare/diagnostics/checked.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::extract {

/// A column, and the spellings by which it is known: `*` stands for any letters, capitals do not matter.
struct Column {
  std::string name;
  std::vector<std::string> patterns;
};

/// Where the person of a row is to be found when the row does not say: in the row of another table with the same key.
struct PersonThrough {
  std::string table;
  std::string key;  ///< the column there
};

struct TableShape {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::string> needs;  ///< the columns by which the table is known
  std::string person;              ///< the column with the person, or with the key of `through`
  std::optional<PersonThrough> through;

  [[nodiscard]] std::size_t column(std::string_view column_name) const;
};

/// The words of a column and what they mean.
struct Words {
  bool first_word = false;                      ///< "C2 - full care order" is read as C2: only of what a meaning itself is called
  std::map<std::string, std::string> meanings;  ///< by the word as plain() has it
  std::map<std::string, std::string> names;     ///< the same, of the names of the meanings alone

  /// What a cell means, with or without a letter and a bracket before it; null when the map does not have it.
  [[nodiscard]] const std::string* find(std::string_view cell) const;
};

/// Small letters and digits, everything between them one blank: two spellings that differ only in this are one word.
[[nodiscard]] std::string plain(std::string_view text);

/// True if a pattern of a Column fits a heading.
[[nodiscard]] bool fits(std::string_view pattern, std::string_view heading);

/// A row counts if the cell of a column means one of these, or none of those.
struct Where {
  std::string column;
  std::string words;  ///< empty: the cell itself, as plain() has it
  std::vector<std::string> one_of;
  std::vector<std::string> not_one_of;
  Place place;
};

struct FieldSource {
  std::string field;
  std::string column;       ///< the cell, through `words` if there are any
  std::string words;
  std::string always;
  std::string on_each_day;  ///< the word of another record that holds on the day
  Place place;
};

/// Rows of a table that are records of a fact.
struct FactRows {
  std::string table;
  std::string from;   ///< periods: the first day; events and days: the day
  bool not_when = false;  ///< it happened and nobody says when: unknown from `from` on, of those with no other record
  std::string until;  ///< periods: the end; empty: there is none
  std::vector<Where> where;
  std::vector<FieldSource> fields;
  bool one_at_a_time = false;
  Place place;
};

struct Covered {
  bool always = false;
  bool window = false;      ///< from the day of the extract back as far as it reaches, and from then on
  bool rows = false;        ///< the days of the rows
  bool since_rows = false;  ///< every day since the first row began: for what the extract tells only the latest of
};

struct FactSource {
  std::string fact;
  std::vector<FactRows> rows;
  Covered covered;
  std::string complete_field;  ///< records with one of these words in this field are told otherwise, so there are none
  std::vector<std::string> complete_words;
  Place place;
};

/// Records whose word holds on each of their days; where two do, the one that began last.
struct DailyWord {
  std::string table;
  std::string from;
  std::string until;
  std::string column;
  std::string words;
  std::vector<std::string> only;  ///< the meanings that count; all when empty
};

struct CategoryColumn {
  std::string table;
  std::string column;
  std::string words;
};

struct ExtractMap {
  std::string name;
  bool iso_dates = false;
  bool uk_dates = false;
  bool end_counts = false;             ///< the day of an end is itself a day of the record
  std::vector<std::string> no_date;    ///< beginnings of what is written for no date, year first
  std::vector<std::string> no_value;   ///< words for nothing, as plain() has them
  std::optional<LegalPeriod> window;   ///< how far back the extract reaches
  std::vector<TableShape> tables;
  std::map<std::string, Words> words;
  std::map<std::string, DailyWord> daily;
  std::vector<FactSource> facts;
  std::vector<CategoryColumn> categories;

  [[nodiscard]] const TableShape* table(std::string_view table_name) const;
};

/// Reads and checks a map; every problem at its place. The files after the first need not be whole: what they say replaces what was
/// said of it before, except that words, and what is written for nothing, are added to.
[[nodiscard]] Checked<ExtractMap> read_extract_map(const std::vector<std::filesystem::path>& files);

}  // namespace leavingcare::extract
