// What the joining of returns found, as tables. The joining itself stands in ssda903_history.cpp.
#include <leavingcare/people/join_returns.hpp>

#include "../source/csv_rows.hpp"
#include "../source/whole_files.hpp"

#include <algorithm>
#include <ostream>

namespace leavingcare {

namespace {

[[nodiscard]] std::string in_iso(Day day) { return is_a_day(day) ? iso(day) : std::string(); }

[[nodiscard]] const char* in_words(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "repair";
}

}  // namespace

std::string field_of(const Diagnostic& remark) {
  // Columns of the return are in capitals; the sentences about a row begin with a small letter.
  const auto word = remark.message.substr(0, remark.message.find(' '));
  const bool is_column = word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || c == '_';
  });
  return is_column ? word : std::string();
}

void write_joined(const JoinedReturns& joined, const Diagnostics& repairs, const std::filesystem::path& folder) {
  const auto write_episodes = [&](std::ostream& out) {
    out << "person,from,until,certain";
    for (const auto& column : joined.columns) out << ',' << csv_cell(column);
    out << ",year,file,line\n";
    for (const auto& one : joined.episodes) {
      out << csv_cell(one.person) << ',' << in_iso(one.from) << ',' << in_iso(one.until) << ',' << (one.certain ? "yes" : "no");
      for (const auto& cell : one.cells) out << ',' << csv_cell(cell);
      out << ',' << one.year << ',' << csv_cell(one.file) << ',' << one.line << '\n';
    }
  };
  const auto write_repairs = [&](std::ostream& out) {
    out << "code,severity,file,line,field,what,hint\n";
    for (const auto& one : repairs) {
      const Place place = one.labels.empty() ? Place{} : one.labels.front().place;
      out << about(one.code).id << ',' << in_words(one.severity) << ',' << csv_cell(place.file ? place.file->name() : "") << ','
          << (place.line > 0 ? std::to_string(place.line) : "") << ',' << field_of(one) << ',' << csv_cell(one.message) << ','
          << csv_cell(one.hint) << '\n';
    }
  };
  write_whole(folder, {{"episodes.csv", write_episodes}, {"repairs.csv", write_repairs}});
}

}  // namespace leavingcare
