// src/cli/indicators.cpp
//
// leavingcare indicators: the rates and counts of a rulebook, or of all rulebooks of a council, over everyone, against their targets.
#include "council_data.hpp"
#include "layout.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>

namespace leavingcare::cli {
namespace {

struct IndicatorOptions {
  Inputs inputs;
  std::string from;
};

/// One row, and the evaluation it comes from.
struct Line {
  const Result* result;
  const Indicator* row;

  [[nodiscard]] const law::Rule& rule() const { return result->book().rules[row->rule].declared; }
  [[nodiscard]] const CompiledIndicator& terms() const {
    const auto& versions = result->book().rules[row->rule].indicators;
    const auto found = std::find_if(versions.begin(), versions.end(), [&](const auto& one) { return row->from < one.in_force.until; });
    return found == versions.end() ? versions.back() : *found;
  }
};

/// "94.1", "160"; a dash where there is none.
std::string in_short(double number) {
  if (!std::isfinite(number)) return "-";
  std::ostringstream text;
  text << std::fixed << std::setprecision(number == std::floor(number) ? 0 : 1) << number;
  return text.str();
}

std::string value_in_words(const Line& line) {
  const auto& row = *line.row;
  const std::string unit = line.terms().is_rate() ? "%" : "";
  if (std::isfinite(row.value)) return in_short(row.value) + unit;
  return std::isfinite(row.least) && std::isfinite(row.most) ? in_short(row.least) + "-" + in_short(row.most) + unit : "-";
}

std::string target_in_words(const Line& line) {
  if (!line.terms().target) return "monitor only";
  if (!std::isfinite(line.row->target)) return "not given";
  auto how = std::string(comparison_words[static_cast<std::size_t>(line.terms().target->how)]);
  std::replace(how.begin(), how.end(), '_', ' ');
  return how + ' ' + in_short(line.row->target);
}

std::string met_in_words(TargetState met) {
  if (met == TargetState::monitor_only) return "-";
  return met == TargetState::nothing_counted ? "nobody counted" : std::string(in_words(met));
}

/// Where in its document an indicator stands, so that the table follows the document: its first cited line.
int first_line(const law::Rule& rule) {
  const auto& cite = rule.versions.front().cite;
  const auto digits = cite.empty() ? std::string::npos : cite.front().provision.find_first_of("0123456789");
  int line = 0;
  if (digits != std::string::npos) std::from_chars(cite.front().provision.data() + digits, cite.front().provision.data() + cite.front().provision.size(), line);
  return line;
}

void print_text(const std::vector<Line>& lines) {
  bool any_unknown = false;
  Day period{};
  Day end{};
  for (const auto& line : lines) {
    const auto& row = *line.row;
    if (row.from != period || row.until != end) {
      std::cout << (period == Day{} ? "" : "\n") << "From " << in_words(row.from) << " to " << in_words(row.until - 1) << "\n\n"
                << std::right << std::setw(7) << "of" << std::setw(8) << "have" << std::setw(9) << "unknown" << std::setw(12) << "value" << "  " << std::left << std::setw(14) << "target"
                << std::setw(15) << "met" << "indicator\n";
      period = row.from;
      end = row.until;
    }
    std::cout << std::right << std::setw(7) << in_short(row.denominator) << std::setw(8) << in_short(row.numerator) << std::setw(9) << (row.unknown == 0 ? "-" : std::to_string(row.unknown))
              << std::setw(12) << value_in_words(line) << "  " << std::left << std::setw(14) << target_in_words(line) << std::setw(15) << met_in_words(row.met) << line.rule().name << '\n';
    print_wrapped("", line.rule().summary, 67);
    if (row.depends_on == 0) continue;
    any_unknown = true;
    print_wrapped("not settled without: ", line.result->facts_of(row.depends_on), 67);
  }
  if (any_unknown) std::cout << "\nWhere something is not known the value lies between two figures; a target is met if both meet it, and missed if neither does.\n";
}

void print_json(const std::vector<Line>& lines) {
  auto rows = nlohmann::ordered_json::array();
  const auto number = [](double one) { return std::isfinite(one) ? nlohmann::ordered_json(one) : nlohmann::ordered_json(); };
  for (const auto& line : lines) {
    const auto& row = *line.row;
    rows.push_back({{"rulebook", line.result->book().name}, {"indicator", line.rule().name}, {"summary", line.rule().summary}, {"from", iso(row.from)}, {"until", iso(row.until)},
                    {"numerator", number(row.numerator)}, {"denominator", number(row.denominator)}, {"unknown", row.unknown}, {"value", number(row.value)}, {"least", number(row.least)},
                    {"most", number(row.most)}, {"target", number(row.target)}, {"met", in_words(row.met)}, {"depends_on", line.result->facts_of(row.depends_on)}});
  }
  std::cout << rows.dump(2) << '\n';
}

void run(const IndicatorOptions& asked) {
  std::optional<Day> from;
  if (!asked.from.empty()) from = read_day_option("--from", asked.from);
  std::vector<Result> results;
  for (auto& loaded : load_council_data(asked.inputs)) {
    for (const auto& rule : loaded.book->rules) {
      if (!rule.indicators.empty()) loaded.options.rules.push_back(rule.declared.name);
    }
    if (loaded.options.rules.empty()) continue;
    if (!loaded.options.as_at) throw WrongUsage{"say on which day the data were drawn, --as-at YYYY-MM-DD: an indicator counts the periods that are over by then"};
    loaded.options.indicators_from = from;
    results.emplace_back(loaded.book, loaded.people, loaded.options);
  }
  if (results.empty()) throw WrongUsage{"the rulebook '" + asked.inputs.rules + "' has no indicators"};
  std::vector<Line> lines;
  for (const auto& result : results) {
    for (const auto& row : result.answers().indicators) lines.push_back({&result, &row});
  }
  // Period by period; within one, as the document has them.
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return std::tuple(a.row->from, a.row->until, first_line(a.rule())) < std::tuple(b.row->from, b.row->until, first_line(b.rule()));
  });
  if (asked.inputs.format == "json") print_json(lines);
  else print_text(lines);
}

}  // namespace

void add_indicators(CLI::App& app) {
  auto* command = app.add_subcommand("indicators", "Rates and counts over everyone, against their targets");
  auto asked = std::make_shared<IndicatorOptions>();
  asked->inputs.add_to(*command);
  command->add_option("--from", asked->from, "Every whole period from this day on that is over by --as-at (otherwise the last)")->check(not_empty);
  command->footer("Of a council with several rulebooks, --facts may be a folder that holds a folder of fact tables for each, named like the rulebook.");
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
