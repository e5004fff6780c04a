// leavingcare/people/read_people.hpp
//
// The doors through which people come in: a folder of fact tables, one person in YAML, yearly SSDA903 returns.
//
// Each reader tells everything it could not use or had to mend, with file and line, and holds back nothing: an error means that no
// People come out; a repair or warning stands beside them.
#pragma once

#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/people/people.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace leavingcare {

/// A folder with one CSV per fact of `vocabulary` (see law/facts.hpp for the columns; ISO dates, `until` exclusive). People are
/// those in the table of `born` (England: date_of_birth; a blank value is unknown). A file that names no fact, a column or word that the
/// vocabulary does not have, a date that is none, a person nobody listed: each an error with its line. A column that the vocabulary lists
/// as optional may be absent; blank cells then mean what they mean elsewhere. A record that ends on the day it begins holds on no day: it is
/// no mistake, and no row.
///
/// Any periods or events table may have a column `certain`: yes (so is blank), or no: the row may or may not be so. Beside the fact tables
/// there may be `recorded.csv` (`person,fact,from,until`): on the days of these rows alone is that fact's table complete for that person. There a
/// blank `from` is the beginning of time, a blank `until` its end, and a row of no days says that the table is complete on none.
///
/// Files that do not end in .csv, hidden files and folders are left alone. The digest is that of digest.hpp: what
/// `LC_ALL=C sha256sum *.csv | sha256sum` prints in the folder.
///
/// Long tables are read by as many threads as the machine has, and two tables are in memory at a time; what comes out does not depend on it.
/// `progress`, if given, is called after each table with how many have been read, and of how many.
[[nodiscard]] Checked<People> read_facts(const std::filesystem::path& folder, const law::Vocabulary& vocabulary,
                                         const std::string& born, const std::function<void(std::size_t done, std::size_t of)>& progress = {});

/// One person in YAML: `person: ID` (optional) and `facts: {date_of_birth: 2008-03-10, care: [{from: 2024-01-15, legal_status: V2}], ...}`;
/// or several, as a list of such maps under `people`. A fact not mentioned is unknown (so is `care: unknown`); an empty list, or
/// `care: none`, says there was none. `rest: none` beside `facts` says that all other facts are known to be empty.
[[nodiscard]] Checked<People> read_case(const std::filesystem::path& file, const law::Vocabulary& vocabulary,
                                        const std::string& born);

/// What yearly returns hold, joined into one history for each child.
struct Returns {
  People people;
  std::optional<Day> drawn;  ///< the last day of the last collection year: the day the data describe
};

/// Any number of folders of SSDA903 CSV files, one or more collection years each, in any order. Files are recognised by their columns; `map` is the
/// YAML file that says which codes mean which facts (rules/sources/ssda903.yaml).
[[nodiscard]] Checked<Returns> read_ssda903(const std::vector<std::filesystem::path>& folders,
                                            const std::filesystem::path& map, const law::Vocabulary& vocabulary);

}  // namespace leavingcare
