// leavingcare/people/read_extract.hpp
//
// The door for extracts of a council's case system: the tables of the Standard Safeguarding Dataset, the lists of Annex A.
//
// An extract is a look at the system on one day. It holds histories with days, and beside them what the system says today; it
// knows records by descriptions that each council words in its own way, and it may lack what is older than some years. Which
// tables and columns there are, which words mean what, whether the day of an end counts, and on which days the absence of a
// row means something, is all in the map (rules/sources/ssd.yaml, rules/sources/annex_a.yaml).
#pragma once

#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/law/facts.hpp>
#include <leavingcare/people/people.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace leavingcare {

/// A table that a host has in memory: rows of text, the first that holds the names of the columns among them. Lines above
/// that one, such as a title, are passed over. A name of the host's for messages.
struct TextRows {
  std::string name;
  std::vector<std::vector<std::string>> rows;
};

/// What is read: CSV files, folders of CSV files, tables in memory; known by their columns, never by their names.
struct ExtractSources {
  std::vector<std::filesystem::path> paths;
  std::vector<TextRows> tables;
};

/// What the council's system gives as a person's category. It has no days: it holds on the day of the extract.
struct RecordedCategory {
  std::uint32_t person = 0;
  std::string written;   ///< as it stands in the extract
  std::string category;  ///< a name of the rulebook's; "none" when it says so; blank when the map does not have the word
  RowOrigin origin;
};

/// A word that the map does not have: for whoever writes a council's own map. These are cells: data, not a message.
struct UnknownWord {
  std::string table;
  std::string column;
  std::string written;
  std::size_t rows = 0;
};

struct Extract {
  People people;
  std::optional<Day> drawn;  ///< the day of the extract: as given, or else the latest day on which something in it happened
  std::vector<RecordedCategory> categories;
  std::vector<UnknownWord> unknown_words;
};

/// Reads an extract. `maps` are a whole map and any number of maps that add to it or change it, such as a council's own words; what
/// a later one says counts. `as_at` is the day on which it was drawn; without it the latest day in it is taken, and told. All that could
/// not be used or had to be mended is told with file and line; an error means that no People come out.
[[nodiscard]] Checked<Extract> read_extract(const ExtractSources& sources, const std::vector<std::filesystem::path>& maps,
                                            const law::Vocabulary& vocabulary, std::optional<Day> as_at = {});

}  // namespace leavingcare
