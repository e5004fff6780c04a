// The returns of the invented council that come with the library: every planted mistake is told at its line, no child is named, and
// the history read never contradicts what truly happened.
#include <leavingcare/calendar/timeline_algebra.hpp>

#include "people/csv_table.hpp"
#include "people/ssda903_returns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace {

using namespace leavingcare;
using namespace leavingcare::testing_people;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::filesystem::path sample() {
  return std::filesystem::path(LEAVINGCARE_RULES_FOLDER) / ".." / "python" / "leavingcare" / "sample";
}

/// The rows of a CSV file, by column.
std::vector<std::map<std::string, std::string>> rows_in(const std::filesystem::path& path) {
  csv::FileProblems problems(path.string());
  const auto table = csv::Table::open(path, problems);
  std::vector<std::map<std::string, std::string>> rows;
  if (!table) return rows;
  table->for_each_row(problems, [&](const csv::Row& row) {
    auto& one = rows.emplace_back();
    for (std::size_t i = 0; i < row.cells.size(); ++i) one[table->header()[i]] = row.cells[i];
    one["#"] = std::to_string(row.line);  // where it stands
  });
  return rows;
}

class Ssda903Sample : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(sample() / "oddities.csv")) GTEST_SKIP() << "the sample has not been made";
  }
};

/// What the reader tells of each kind of planted mistake; blank when there is nothing to tell of the row.
const std::map<std::string, std::string> codes_of_kinds = {
    {"overlap", "P202"},           {"x1_gap", "P213"},          {"same_day_episode", "P209"},
    {"duplicate", "P203"},         {"rec_without_dec", "P208"}, {"impossible_date", "P211"},
    {"unknown_code", "P210"},      {"lower_case", "P210"},      {"not_in_header", "P212"},
    {"not_in_any_header", "P212"}, {"open_then_closed", ""},    {"replaced", "P204"},
    {"missing_later", "P206"},     {"pipeline_e99", "P207"},    {"pipeline_liiaf", "P207"},
    {"other_dob", "P214"},         {"bom_and_crlf", ""},        {"no_urn_column", ""},
};

TEST_F(Ssda903Sample, EveryPlantedMistakeIsToldAtItsLine) {
  const auto read = read_folders({sample()});
  ASSERT_TRUE(read) << render_text(read.diagnostics());
  const auto told = mended(read.diagnostics());
  for (const auto& planted : rows_in(sample() / "oddities.csv")) {
    const auto kind = codes_of_kinds.find(planted.at("kind"));
    ASSERT_NE(kind, codes_of_kinds.end()) << "a new kind of mistake: " << planted.at("kind");
    if (kind->second.empty()) continue;
    if (kind->first == "lower_case") {  // told once for each file
      EXPECT_THAT(told, Contains(StartsWith(kind->second + " " + planted.at("year") + "/" +
                                            planted.at("file") + ":")));
      continue;
    }
    EXPECT_THAT(told, Contains(kind->second + " " + planted.at("year") + "/" + planted.at("file") + ":" +
                               planted.at("line")))
        << planted.at("note");
  }
}

TEST_F(Ssda903Sample, EveryYearIsReadAsItsFolderIsCalled) {
  const auto read = read_folders({sample()});
  const auto text = render_text(read.diagnostics());
  EXPECT_THAT(text, Not(HasSubstr("although the name says otherwise")));
  EXPECT_THAT(text, Not(HasSubstr("after the end of the collection year")));
}

TEST_F(Ssda903Sample, NoChildAndNoDateOfBirthIsNamed) {
  const auto read = read_folders({sample()});
  const auto text = render_text(read.diagnostics()) + render_json(read.diagnostics());
  for (const auto& one : rows_in(sample() / "truth" / "date_of_birth.csv")) {
    const auto& born = one.at("value");
    EXPECT_THAT(text, Not(HasSubstr(one.at("person"))));
    EXPECT_THAT(text, Not(HasSubstr(born)));
    EXPECT_THAT(text, Not(HasSubstr(born.substr(8, 2) + "/" + born.substr(5, 2) + "/" + born.substr(0, 4))));
  }
}

/// A person's days: surely in care, and perhaps.
struct Bounds {
  std::vector<Day> surely;
  std::vector<Day> possibly;
};

Bounds care_of(const People& people, const std::string& id) {
  const auto& table = *people.table("care");
  const auto person = people.find(id);
  std::vector<Span> surely;
  std::vector<Span> possibly;
  for (auto row = table.offsets[person]; row < table.offsets[person + 1]; ++row) {
    const Span span{table.from[row], table.until[row]};
    possibly.push_back(span);
    if (table.doubtful.empty() || table.doubtful[row] == 0) surely.push_back(span);
  }
  Timelines unknown;
  append_complement(table.covers_all_days ? Edges{} : table.coverage[person], unknown);
  for (std::size_t i = 0; !table.covers_all_days && i < unknown.edges().size(); i += 2) {
    possibly.push_back({unknown.edges()[i], unknown.edges()[i + 1]});
  }
  return {timeline_of(surely), timeline_of(possibly)};
}

TEST_F(Ssda903Sample, CareReadNeverContradictsCareAsItWas) {
  const auto read = read_folders({sample()});
  const auto& people = read.value().people;
  const Day end = *read.value().drawn + 1;

  // Two kinds of mistake hide care for good: the child is left out of every later return.
  std::set<std::string> hidden;
  for (const auto& planted : rows_in(sample() / "oddities.csv")) {
    if (planted.at("kind") != "missing_later" && planted.at("kind") != "pipeline_e99") continue;
    for (const auto& row : rows_in(sample() / planted.at("year") / planted.at("file"))) {
      if (row.at("#") == planted.at("line")) hidden.insert(row.at("CHILD"));
    }
  }

  std::map<std::string, std::vector<Span>> truth;
  for (const auto& row : rows_in(sample() / "truth" / "care.csv")) {
    const auto until = row.at("until").empty() ? end : std::min(day(row.at("until").c_str()), end);
    truth[row.at("person")].push_back({day(row.at("from").c_str()), until});
  }
  for (const auto& id : people.ids()) {
    const auto bounds = care_of(people, id);
    Timelines surely;
    Timelines true_care;
    append_clipped(bounds.surely, Day::beginning_of_time, end, surely);
    append_clipped(timeline_of(truth[id]), Day::beginning_of_time, end, true_care);
    EXPECT_TRUE(within(surely.edges(), true_care.edges())) << id << ": care on a day on which there was none";
    if (hidden.contains(id)) continue;
    EXPECT_TRUE(within(true_care.edges(), bounds.possibly)) << id << ": no care on a day on which there was";
  }
}

TEST_F(Ssda903Sample, EndsReadNeverContradictWhatHappened) {
  const auto read = read_folders({sample()});
  const auto& people = read.value().people;
  for (const std::string fact : {"adopted", "died"}) {
    const auto& table = *people.table(fact);
    std::set<std::string> happened;
    for (const auto& row : rows_in(sample() / "truth" / (fact + ".csv"))) {
      const auto person = people.find(row.at("person"));
      if (person == people.size()) continue;  // in no return
      happened.insert(row.at("person"));
      const auto known = table.covers_all_days || holds_on(table.coverage[person], day(row.at("on").c_str()));
      if (known) {
        EXPECT_THAT(rows_of(people, fact, row.at("person")), Contains(row.at("on"))) << fact;
      }
    }
    for (const auto& id : people.ids()) {
      if (!happened.contains(id)) {
        EXPECT_THAT(rows_of(people, fact, id), IsEmpty()) << fact;
      }
    }
  }
}

TEST_F(Ssda903Sample, BirthsReadAreTheTrueOnes) {
  const auto read = read_folders({sample()});
  for (const auto& row : rows_in(sample() / "truth" / "date_of_birth.csv")) {
    if (read.value().people.find(row.at("person")) == read.value().people.size()) continue;
    EXPECT_THAT(rows_of(read.value().people, "date_of_birth", row.at("person")),
                ::testing::ElementsAre(row.at("value")));
  }
}

}  // namespace
