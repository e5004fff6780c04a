// src/results/tables.cpp
#include <leavingcare/results/tables.hpp>

#include <leavingcare/results/categories.hpp>

#include <nlohmann/json.hpp>

#include "../source/csv_rows.hpp"
#include "../source/whole_files.hpp"

#include <cmath>
#include <ostream>

#ifndef LEAVINGCARE_VERSION
#define LEAVINGCARE_VERSION "0"
#endif

namespace leavingcare {
namespace {

/// A file by its folder and name: where the folder stands on this machine is nobody's business.
std::string short_name(const std::filesystem::path& file) {
  const auto folder = file.parent_path().filename();
  return (folder.empty() ? file.filename() : folder / file.filename()).generic_string();
}

std::string amount_in_words(double amount) {
  if (std::isnan(amount)) return {};
  auto text = nlohmann::json(amount).dump();
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

}  // namespace

void write_statuses(const Result& result, std::ostream& out) {
  const auto& answers = result.answers();
  const auto write = [&](std::size_t row, CsvRows& rows) {
    const auto& rule = result.book().rules[answers.rule[row]].declared;
    if (rule.kind != law::RuleKind::status && !rule.listed_with_statuses) return;
    rows << result.people().ids()[answers.person[row]] << rule.name << answers.from[row] << answers.until[row] << in_words(answers.truth[row])
         << result.depends_on(row);
    rows.end_row();
  };
  write_csv(out, "person,status,from,until,truth,depends_on", answers.rows(), result.options().threads, write);
}

void write_entitlements(const Result& result, std::ostream& out) {
  const auto& answers = result.answers();
  const auto write = [&](std::size_t row, CsvRows& rows) {
    const auto& rule = result.book().rules[answers.rule[row]].declared;
    if (rule.kind != law::RuleKind::entitlement) return;
    rows << result.people().ids()[answers.person[row]] << rule.name << answers.from[row] << answers.until[row] << in_words(answers.truth[row])
         << amount_in_words(answers.amount[row]) << rule.unit << result.depends_on(row);
    rows.end_row();
  };
  write_csv(out, "person,entitlement,from,until,truth,amount,unit,depends_on", answers.rows(), result.options().threads, write);
}

void write_obligations(const Result& result, std::ostream& out) {
  const auto& obligations = result.answers().obligations;
  const auto write = [&](std::size_t i, CsvRows& rows) {
    const auto& row = obligations[i];
    rows << result.people().ids()[row.person] << result.book().rules[row.rule].declared.name << std::to_string(row.number) << row.arose << row.opens
         << row.due << row.suggested << row.done << in_words(row.state) << (row.days_late > 0 ? std::to_string(row.days_late) : "") << row.ended
         << result.facts_of(row.depends_on);
    rows.end_row();
  };
  write_csv(out, "person,duty,number,arose,opens,due,suggested,done,state,days_late,ended,depends_on", obligations.size(), result.options().threads, write);
}

void write_findings(const Result& result, std::ostream& out) {
  const auto& answers = result.answers();
  const auto write = [&](std::size_t row, CsvRows& rows) {
    const auto& rule = result.book().rules[answers.rule[row]].declared;
    if (rule.kind != law::RuleKind::limit) return;
    rows << result.people().ids()[answers.person[row]] << rule.name << answers.from[row] << answers.until[row] << in_words(answers.truth[row])
         << result.depends_on(row);
    rows.end_row();
  };
  write_csv(out, "person,limit,from,until,truth,depends_on", answers.rows(), result.options().threads, write);
}

void write_indicators(const Result& result, std::ostream& out) {
  const auto& indicators = result.answers().indicators;
  const auto number = [](double one) { return std::isfinite(one) ? amount_in_words(one) : std::string{}; };
  const auto write = [&](std::size_t i, CsvRows& rows) {
    const auto& row = indicators[i];
    rows << result.book().rules[row.rule].declared.name << row.from << row.until << number(row.numerator) << number(row.denominator)
         << std::to_string(row.unknown) << number(row.value) << number(row.least) << number(row.most) << number(row.target) << in_words(row.met)
         << result.facts_of(row.depends_on);
    rows.end_row();
  };
  write_csv(out, "indicator,from,until,numerator,denominator,unknown,value,least,most,target,met,depends_on", indicators.size(), result.options().threads, write);
}

void write_categories(const Result& result, std::ostream& out) {
  const auto spans = categories(result);
  const auto write = [&](std::size_t i, CsvRows& rows) {
    const auto& span = spans[i];
    const auto& category = result.book().categories[span.category];
    const bool known = span.rank != none;
    rows << result.people().ids()[span.person] << category.name << span.from << span.until << (known ? category.ranks[span.rank].label : "")
         << (known ? "yes" : "unknown");
    rows.end_row();
  };
  write_csv(out, "person,category,from,until,label,truth", spans.size(), result.options().threads, write);
}

std::string receipt_json(const Result& result) {
  const auto& book = result.book();
  const auto& options = result.options();
  nlohmann::ordered_json receipt;
  receipt["library"] = {{"name", "leavingcare"}, {"version", LEAVINGCARE_VERSION}};
  receipt["rulebook"] = {{"name", book.name}, {"chain", book.chain}, {"sha256", book.digest}};
  for (const auto& reading : book.readings) {
    const auto chosen = options.readings.find(reading.name);
    receipt["readings"][reading.name] = chosen == options.readings.end() ? reading.options[reading.chosen].name : chosen->second;
  }
  for (const auto& [name, figure] : book.given) receipt["parameters"][name] = figure;
  receipt["as_at"] = options.as_at ? nlohmann::ordered_json(iso(*options.as_at)) : nlohmann::ordered_json();
  receipt["unrecorded"] = options.unrecorded == Unrecorded::none ? "none" : "unknown";
  auto absent_facts = nlohmann::ordered_json::array();
  for (const auto& fact : book.vocabulary.facts) {
    if (result.people().table(fact.name) == nullptr) absent_facts.push_back(fact.name);
  }
  receipt["facts_not_held"] = absent_facts;
  receipt["people"] = result.people().size();
  auto files = nlohmann::ordered_json::array();
  for (const auto& source : result.people().sources()) files.push_back(short_name(source));
  receipt["inputs"] = {{"files", files}, {"sha256", result.people().digest()}};
  return receipt.dump(2) + "\n";
}

void write_tables(const Result& result, const std::filesystem::path& folder) {
  write_whole(folder, {
      {"statuses.csv", [&](std::ostream& out) { write_statuses(result, out); }},
      {"entitlements.csv", [&](std::ostream& out) { write_entitlements(result, out); }},
      {"obligations.csv", [&](std::ostream& out) { write_obligations(result, out); }},
      {"findings.csv", [&](std::ostream& out) { write_findings(result, out); }},
      {"indicators.csv", [&](std::ostream& out) { write_indicators(result, out); }},
      {"categories.csv", [&](std::ostream& out) { write_categories(result, out); }},
      {"receipt.json", [&](std::ostream& out) { out << receipt_json(result); }},
  });
}

}  // namespace leavingcare
