// Finding returns: every CSV or XML file is opened and known by what is in it; the episodes tell the year.
#include "ssda903_files.hpp"

#include "ssda903_xml.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace leavingcare::ssda903 {

namespace {

namespace fs = std::filesystem;

[[nodiscard]] bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

[[nodiscard]] Place whole(const std::string& name) {
  return {std::make_shared<const SourceFile>(name, std::string()), 0, 0, 1};
}

[[nodiscard]] bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The table whose columns a header has; of several, the one with most of them.
const TableShape* recognise(const std::vector<std::string>& header, const SourceMap& map) {
  const TableShape* best = nullptr;
  std::size_t most = 0;
  for (const auto& shape : map.tables) {
    std::size_t found = 0;
    bool complete = true;
    for (const auto& column : shape.columns) {
      const bool there = contains(header, column);
      found += there ? 1 : 0;
      complete = complete && (there || contains(shape.optional, column));
    }
    if (complete && found > most) {
      best = &shape;
      most = found;
    }
  }
  return best;
}

/// What one folder holds.
struct Folder {
  std::vector<ReturnFile> tables;
  std::vector<std::string> others;  ///< names of files that are no table of the return
};

class Finder {
 public:
  Finder(const SourceMap& map, Remarks& remarks) : map_(map), remarks_(remarks) {}

  void search(const fs::path& given) {
    std::error_code failed;
    if (!fs::is_directory(given, failed)) {
      remarks_.add(Severity::error, Code::P101, whole(given.generic_string()), "there is no such folder");
      return;
    }
    auto here = open(given);
    std::size_t returns = here.tables.empty() ? 0 : 1;
    std::vector<std::pair<fs::path, Folder>> inner;
    for (const auto& path : sorted(given, [](const fs::directory_entry&entry, std::error_code&error) {
           return entry.is_directory(error);
         })) {
      auto folder = open(path);
      if (!folder.tables.empty()) {
        ++returns;
      } else if (!folder.others.empty()) {
        remarks_.add(Severity::repair, Code::P201, whole(path.generic_string()),
                     "no file in this folder is part of a return; it was left out");
        continue;
      }
      inner.emplace_back(path, std::move(folder));
    }
    if (returns == 0) {
      remarks_.add(Severity::warning, Code::P201, whole(given.generic_string()),
                   "neither this folder nor one in it holds a file of a return");
      return;
    }
    take(given, std::move(here));
    for (auto& [path, folder] : inner) take(path, std::move(folder));
  }

  [[nodiscard]] std::vector<YearlyReturn> finish() {
    std::stable_sort(returns_.begin(), returns_.end(),
                     [](const auto& a, const auto& b) { return a.year < b.year; });
    for (std::size_t i = 1; i < returns_.size(); ++i) {
      const auto& before = returns_[i - 1];
      const auto& after = returns_[i];
      if (before.year == after.year) {
        remarks_.add(Severity::warning, Code::P201, whole(after.name),
                     "this is the second return of " + year_in_words(map_, after.year) +
                         "; where it differs from " + before.name + ", it counts");
      }
      for (int missing = before.year + 1; missing < after.year; ++missing) {
        remarks_.add(Severity::warning, Code::P201, {},
                     "there is no return of " + year_in_words(map_, missing) +
                         "; what happened in it is known only from episodes that run "
                         "through it");
      }
    }
    return std::move(returns_);
  }

 private:
  template <class Wanted>
  [[nodiscard]] static std::vector<fs::path> sorted(const fs::path& folder, Wanted wanted) {
    std::vector<fs::path> paths;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
      std::error_code error;
      if (wanted(entry, error)) paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
  }

  [[nodiscard]] Folder open(const fs::path& path) {
    Folder folder;
    std::error_code failed;
    const auto same = fs::weakly_canonical(path, failed);
    if (!failed && !seen_.insert(same).second) return folder;  // given twice
    const auto may_be_of_a_return = [](const fs::directory_entry& entry, std::error_code& error) {
      const auto ending = as_code(entry.path().extension().string());
      return entry.is_regular_file(error) && (ending == ".CSV" || ending == ".XML");
    };
    for (const auto& file : sorted(path, may_be_of_a_return)) {
      if (looks_like_xml(file)) open_xml(file, folder);
      else open_csv(file, folder);
    }
    return folder;
  }

  void tell(csv::FileProblems& problems) {
    Diagnostics told;
    problems.move_to(told);
    for (auto& one : told) remarks_.add(std::move(one));
  }

  void open_xml(const fs::path& path, Folder& folder) {
    const auto name = path.generic_string();
    csv::FileProblems problems(name);
    auto tables = read_xml(path, map_, problems);
    tell(problems);
    if (!tables) return;
    if (tables->empty()) folder.others.push_back(name);
    const auto source = std::make_shared<const SourceFile>(name, std::string());
    for (auto& one : *tables) {
      auto header = one.rows.header;
      folder.tables.push_back({one.shape, std::move(one.rows), name, path.filename().string(), std::move(header), source});
    }
  }

  void open_csv(const fs::path& path, Folder& folder) {
    const auto name = path.generic_string();
    csv::FileProblems problems(name);
    auto table = csv::Table::open(path, problems);
    tell(problems);
    if (!table) return;

    std::vector<std::string> header;
    for (const auto& column : table->header()) header.push_back(as_code(column));
    const auto* shape = recognise(header, map_);
    if (shape == nullptr) {
      folder.others.push_back(name);
      return;
    }
    ReturnFile file{shape,
                    std::move(*table),
                    name,
                    path.filename().string(),
                    std::move(header),
                    std::make_shared<const SourceFile>(name, std::string())};
    for (std::size_t i = 0; i < file.header.size(); ++i) {
      if (contains(shape->columns, file.header[i])) continue;
      const auto at = file.table.header_place(i);
      remarks_.add(Severity::warning, Code::P103,
                   {file.source, static_cast<int>(at.line), static_cast<int>(at.column), 1},
                   "the table '" + shape->name + "' of the return has no column '" + file.header[i] +
                       "'; it was not read");
    }
    folder.tables.push_back(std::move(file));
  }

  /// Makes returns of a folder's files: one, or, where the names of the files hold several years, one for each.
  void take(const fs::path& path, Folder folder) {
    if (folder.tables.empty()) return;
    for (const auto& other : folder.others) {
      remarks_.add(Severity::warning, Code::P201, whole(other),
                   "what is in it is no table of the return; the file was left out");
    }
    std::map<std::vector<int>, std::vector<ReturnFile>> by_year;
    for (auto& file : folder.tables) by_year[years_named(file.file_name)].push_back(std::move(file));
    const auto nameless = by_year.find({});
    if (nameless != by_year.end() && by_year.size() == 2) {
      auto files = std::move(nameless->second);
      by_year.erase(nameless);
      std::move(files.begin(), files.end(), std::back_inserter(by_year.begin()->second));
    }
    for (auto& [named, files] : by_year) {
      auto names = named;
      if (names.empty())
        names = years_named(path.filename().empty() ? path.parent_path().filename().string()
                                                    : path.filename().string());
      add_return(path.generic_string(), names, std::move(files));
    }
  }

  void add_return(std::string name, const std::vector<int>& named, std::vector<ReturnFile> files) {
    std::vector<EpisodeDates> dates;
    const ReturnFile* episodes = nullptr;
    for (const auto& file : files) {
      if (file.shape->name != map_.episodes.table) continue;
      episodes = &file;
      read_dates(file, dates);
    }
    const auto year = episodes == nullptr ? std::nullopt : year_that_fits(map_, dates, named);
    if (!year) {
      remarks_.add(Severity::warning, Code::P201, whole(name),
                   episodes == nullptr
                       ? "the return has no table of episodes; it was left out"
                       : "nothing tells of which collection year this return is; it was left out",
                   episodes == nullptr ? "" : "name the folder after the year, such as 2018-19");
      return;
    }
    const auto in_words = year_in_words(map_, *year);
    if (!named.empty() && std::find(named.begin(), named.end(), *year) == named.end()) {
      remarks_.add(Severity::warning, Code::P201, episodes->place(0),
                   "the dates are those of " + in_words +
                       ", although the name says otherwise; it was read as the return of " + in_words,
                   "check that the right files are in the folder");
    } else {
      remarks_.add(Severity::repair, Code::P201, episodes->place(0),
                   "read as the return of " + in_words + ", in which its episodes fit");
    }
    const auto outside = std::count_if(dates.begin(), dates.end(), [&](const EpisodeDates& one) {
      return one.from >= map_.end_of(*year) || (one.until && *one.until > map_.end_of(*year));
    });
    if (outside != 0) {
      remarks_.add(Severity::warning, Code::P201, episodes->place(0),
                   std::to_string(outside) +
                       (outside == 1 ? " episode begins or ends" : " episodes begin or end") +
                       " after the end of the collection year; the dates were taken as they stand");
    }
    returns_.push_back({std::move(name), *year, std::move(files)});
  }

  void read_dates(const ReturnFile& file, std::vector<EpisodeDates>& dates) const {
    csv::FileProblems told_later(file.name);
    const auto from_column = file.column(map_.episodes.first_day);
    const auto until_column = file.column(map_.episodes.end);
    file.table.for_each_row(told_later, [&](const csv::Row& row) {
      const auto from = map_.read_day(trimmed(row.cell(from_column)));
      if (from) dates.push_back({*from, map_.read_day(trimmed(row.cell(until_column)))});
    });
  }

  const SourceMap& map_;
  Remarks& remarks_;
  std::set<fs::path> seen_;
  std::vector<YearlyReturn> returns_;
};

}  // namespace

void Remarks::add(Diagnostic one) {
  if (one.severity != Severity::error && ++others_ > most) return;
  kept_.push_back(std::move(one));
}

Diagnostics Remarks::take() {
  if (others_ > most) {
    kept_.push_back({Code::P201,
                     Severity::warning,
                     "and " + std::to_string(others_ - most) + " more remarks, which are not listed",
                     {},
                     {}});
  }
  others_ = 0;
  return std::move(kept_);
}

std::size_t ReturnFile::column(std::string_view name_in_map) const {
  const auto found = std::find(header.begin(), header.end(), name_in_map);
  return found == header.end() ? csv::Table::absent : static_cast<std::size_t>(found - header.begin());
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string as_code(std::string_view text) {
  std::string code(trimmed(text));
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return code;
}

std::vector<int> years_named(std::string_view name) {
  for (std::size_t i = 0; i + 4 <= name.size(); ++i) {
    if (i > 0 && is_digit(name[i - 1])) continue;
    const int year = detail::digits(name.substr(i, 4));
    if (year < first_year || year > last_year) continue;
    auto rest = name.substr(i + 4);
    const bool divided = !rest.empty() && !is_digit(rest.front());
    if (divided) rest.remove_prefix(1);
    const auto digits =
        static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_digit) - rest.begin());
    const int second = digits == 2 || digits == 4 ? detail::digits(rest.substr(0, digits)) : -1;
    if (second == (digits == 2 ? (year + 1) % 100 : year + 1)) return {year};
    if (digits == 0 || divided) return {year, year - 1};
  }
  return {};
}

std::optional<int> year_that_fits(const SourceMap& map, const std::vector<EpisodeDates>& dates,
                                  const std::vector<int>& named) {
  if (dates.empty()) return named.size() == 1 ? std::optional(named.front()) : std::nullopt;
  struct Fit {
    std::size_t episodes = 0;  // that fit into the year
    std::size_t events = 0;    // that lie in it
  };
  std::map<int, Fit> fits;
  for (const int year : named) fits[year];
  for (const auto& one : dates) {
    ++fits[map.year_of(one.from)].events;
    if (one.until) ++fits[map.year_of(*one.until)].events;
  }
  std::size_t best = 0;
  for (auto& [year, fit] : fits) {
    const Day begin = map.first_day_of(year);
    const Day end = map.end_of(year);
    for (const auto& one : dates) {
      if (one.from < end && (!one.until || (begin <= *one.until && *one.until <= end))) ++fit.episodes;
    }
    best = std::max(best, fit.episodes);
  }
  // A few slips of the pen do not decide.
  const std::size_t slips = dates.size() < 4 ? 0 : std::max<std::size_t>(1, dates.size() / 50);
  const auto good_enough = [&](const Fit& fit) { return fit.episodes + slips >= best; };
  const bool one_named_fits =
      std::any_of(named.begin(), named.end(), [&](int year) { return good_enough(fits[year]); });
  std::optional<int> chosen;
  for (const auto& [year, fit] : fits) {
    if (!good_enough(fit)) continue;
    if (one_named_fits && std::find(named.begin(), named.end(), year) == named.end()) continue;
    if (!chosen || fit.events > fits[*chosen].events) chosen = year;
  }
  return chosen;
}

std::vector<YearlyReturn> find_returns(const std::vector<std::filesystem::path>& folders,
                                       const SourceMap& map, Remarks& remarks) {
  Finder finder(map, remarks);
  for (const auto& folder : folders) finder.search(folder);
  return finder.finish();
}

}  // namespace leavingcare::ssda903
