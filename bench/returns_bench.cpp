// bench/returns_bench.cpp
//
// Reading people: yearly SSDA903 returns as CSV and as XML, and fact tables; a small council and a larger one each.
//
// The small council is the invented one that comes with the Python package, with all its planted mistakes; the larger was made by the same program,
// without mistakes, when this bench was built. The decision that answers are checked against: of returns, what truly happened, which
// that program writes beside them; of fact tables, the cells as they stand between the commas.
#include "cohort.hpp"
#include "stage.hpp"

#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/people/read_people.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <vector>

namespace {

namespace fs = std::filesystem;
using leavingcare::Day;
using leavingcare::Edges;
using leavingcare::Span;

const fs::path small_council = LEAVINGCARE_SAMPLE_FOLDER;
const fs::path large_council = LEAVINGCARE_BENCH_BUILD_FOLDER "/council";
const std::vector<std::string> years = {"2018-19", "2019-20", "2020-21", "2021-22", "2022-23", "2023-24"};
constexpr std::size_t people_in_tables = 100'000;

using Cells = std::vector<std::string>;

/// The rows of a file in which no cell holds a comma, the header left out.
std::vector<Cells> cells_in(const fs::path& file) {
  std::ifstream in(file);
  std::vector<Cells> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    if (line.ends_with('\r')) line.pop_back();
    Cells& row = rows.emplace_back();
    std::istringstream cells(line + ",");
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
  }
  bench::must(in.eof(), file.string() + " cannot be read");
  return rows;
}

/// What a bench reads, and how much that is.
struct Load {
  std::vector<fs::path> folders;
  std::size_t rows = 0;
  std::size_t bytes = 0;
};

Load files_in(const std::vector<fs::path>& folders) {
  Load load{folders};
  for (const auto& folder : folders) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      load.bytes += entry.file_size();
      if (entry.path().extension() == ".csv") load.rows += cells_in(entry.path()).size();
    }
  }
  return load;
}

Load returns_of(const fs::path& council) {
  std::vector<fs::path> folders;
  for (const auto& year : years) folders.push_back(council / year);
  return files_in(folders);
}

const leavingcare::Rulebook& book() {
  static const leavingcare::Rulebook whole = bench::england();
  return whole;
}

leavingcare::Returns read_returns(const Load& load) {
  return leavingcare::read_ssda903(load.folders, LEAVINGCARE_RULES_FOLDER "/sources/ssda903.yaml", book().vocabulary).value_or_throw();
}

leavingcare::People read_tables(const fs::path& folder) { return leavingcare::read_facts(folder, book().vocabulary, book().subject.born).value_or_throw(); }

void time_returns(benchmark::State& state, const Load& load, std::size_t rows) {
  for (auto _ : state) benchmark::DoNotOptimize(read_returns(load).people.size());
  state.SetBytesProcessed(static_cast<std::int64_t>(load.bytes) * state.iterations());
  bench::per(state, "row", rows);
}

void ReturnsCsvSmall(benchmark::State& state) {
  const auto load = returns_of(small_council);
  time_returns(state, load, load.rows);
}
BENCHMARK(ReturnsCsvSmall)->Unit(benchmark::kMillisecond);

void ReturnsCsvLarge(benchmark::State& state) {
  const auto load = returns_of(large_council);
  time_returns(state, load, load.rows);
}
BENCHMARK(ReturnsCsvLarge)->Unit(benchmark::kMillisecond);

/// The same lives, so the rows are those of the CSV files.
void ReturnsXmlLarge(benchmark::State& state) { time_returns(state, returns_of(large_council / "xml"), returns_of(large_council).rows); }
BENCHMARK(ReturnsXmlLarge)->Unit(benchmark::kMillisecond);

void time_tables(benchmark::State& state, const fs::path& folder) {
  const auto load = files_in({folder});
  for (auto _ : state) benchmark::DoNotOptimize(read_tables(folder).size());
  state.SetBytesProcessed(static_cast<std::int64_t>(load.bytes) * state.iterations());
  bench::per(state, "row", load.rows);
}

void FactTablesSmall(benchmark::State& state) { time_tables(state, small_council / "truth"); }
BENCHMARK(FactTablesSmall)->Unit(benchmark::kMillisecond);

void FactTablesLarge(benchmark::State& state) {
  const bench::Scratch scratch("fact_tables");
  bench::write_fact_tables(bench::make_cohort(people_in_tables), scratch.folder());
  time_tables(state, scratch.folder());
}
BENCHMARK(FactTablesLarge)->Unit(benchmark::kMillisecond);

// --- Whether what is read is what is there ---

std::vector<Day> care_of(const leavingcare::People& people, std::size_t person) {
  const auto& table = *people.table("care");
  std::vector<Span> spans;
  for (auto row = table.offsets[person]; row < table.offsets[person + 1]; ++row) spans.push_back({table.from[row], table.until[row]});
  return leavingcare::timeline_of(spans);
}

std::vector<Day> clipped(Edges days, Day from, Day until) {
  leavingcare::Timelines within;
  leavingcare::append_clipped(days, from, until, within);
  return {within.edges().begin(), within.edges().end()};
}

/// Everybody who is in a return's list of children or of episodes comes out, and nobody else.
void check_people(const leavingcare::People& people, const fs::path& council) {
  std::set<std::string> expected;
  for (const auto& year : years) {
    for (const auto* file : {"header.csv", "episodes.csv"}) {
      for (const auto& row : cells_in(council / year / file)) expected.insert(row[0]);
    }
  }
  bench::must(!expected.empty() && std::set<std::string>(people.ids().begin(), people.ids().end()) == expected, "the people of the returns are others");
}

/// The days in care that the returns can show are as they truly were.
void check_returns(const Load& load, const fs::path& council) {
  const auto read = read_returns(load);
  const Day first = leavingcare::day_of(2018, 4, 1);
  const Day end = leavingcare::day_of(2024, 4, 1);
  std::map<std::string, std::vector<Span>> truth;
  for (const auto& row : cells_in(council / "truth" / "care.csv")) {
    truth[row[0]].push_back({*leavingcare::read_iso_day(row[1]), row[2].empty() ? Day::end_of_time : *leavingcare::read_iso_day(row[2])});
  }
  check_people(read.people, council);
  const auto& ids = read.people.ids();
  for (std::size_t person = 0; person < ids.size(); ++person) {
    const bool as_it_was = clipped(care_of(read.people, person), first, end) == clipped(leavingcare::timeline_of(truth[ids[person]]), first, end);
    bench::must(as_it_was, "somebody's care, as read from the returns, is not as it was");
  }
}

/// The rows of a table of births or of care as they would be written.
std::multiset<Cells> rows_of(const leavingcare::People& people, const std::string& fact) {
  const auto& table = *people.table(fact);
  const auto* legal_status = table.field("legal_status");
  std::multiset<Cells> rows;
  for (std::size_t person = 0; person < people.size(); ++person) {
    for (auto row = table.offsets[person]; row < table.offsets[person + 1]; ++row) {
      Cells cells = {people.ids()[person], leavingcare::iso(table.from[row])};
      if (legal_status != nullptr) {
        cells.push_back(leavingcare::iso(table.until[row]));
        cells.push_back(legal_status->words[static_cast<std::size_t>(legal_status->codes[row])]);
      }
      rows.insert(cells);
    }
  }
  return rows;
}

/// Births, and days and codes of care, are read as they are written.
void check_tables(const fs::path& folder) {
  const auto people = read_tables(folder);
  for (const auto& [fact, columns] : std::map<std::string, std::size_t>{{"date_of_birth", 2}, {"care", 4}}) {
    std::multiset<Cells> written;
    for (auto row : cells_in(folder / (fact + ".csv"))) {
      row.resize(columns);
      written.insert(row);
    }
    bench::must(!written.empty() && rows_of(people, fact) == written, "the table " + fact + " is not read as it is written");
  }
}

}  // namespace

void bench::check() {
  check_people(read_returns(returns_of(small_council)).people, small_council);
  check_returns(returns_of(large_council), large_council);
  check_returns(returns_of(large_council / "xml"), large_council);
  check_tables(small_council / "truth");
  const Scratch scratch("few_fact_tables");
  write_fact_tables(make_cohort(2'000), scratch.folder());
  check_tables(scratch.folder());
}
