// src/cli/ledger.cpp
//
// leavingcare ledger: what became of each line of a council's documents.
#include "../source/csv_rows.hpp"
#include "command.hpp"
#include "layout.hpp"

#include <leavingcare/rulebook/council.hpp>

#include <algorithm>
#include <array>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <span>

namespace leavingcare::cli {
namespace {

struct LedgerOptions {
  std::vector<std::string> councils;
  std::string format = "text";
};

/// Whether a machine can decide it: by the rules alone, once somebody supplies what the document does not give, or not.
enum class Computable : std::uint8_t { yes, if_supplied, no };

Computable computable(const law::LedgerEntry& entry) {
  if (entry.rules.empty()) return Computable::no;
  return entry.needs.empty() ? Computable::yes : Computable::if_supplied;
}

constexpr std::array<const char*, 3> computable_words = {"yes", "if supplied", "no"};

std::string words_of(const std::vector<law::Named>& names) {
  std::string words;
  for (const auto& one : names) words += (words.empty() ? "" : "; ") + one.name;
  return words;
}

std::string words_of(const std::vector<std::string>& names) {
  std::string words;
  for (const auto& one : names) words += (words.empty() ? "" : "; ") + one;
  return words;
}

/// Whether the rule of an entry applies; of a parameter, how many values it has.
std::string standing(const Council& council, const std::string& name) {
  if (const auto* rule = council.rule(name)) return standing_in_words(*rule);
  const auto* parameter = council.parameter(name);
  return parameter == nullptr ? "" : parameter->missing ? "a figure that the document does not give" : "a figure";
}

/// The entries of one document, in the ledger's order.
std::vector<const law::LedgerEntry*> entries_of(const Council& council, const law::Document& document) {
  std::vector<const law::LedgerEntry*> found;
  for (const auto& entry : council.ledger.entries) {
    if (entry.document == document.name) found.push_back(&entry);
  }
  return found;
}

// --- Text -------------------------------------------------------------------------------------

/// How many entries there are, and how many of them a machine can decide.
struct Counts {
  std::size_t all = 0;
  std::array<std::size_t, 3> by_computable = {};

  void add(const law::LedgerEntry& entry) {
    ++all;
    ++by_computable[static_cast<std::size_t>(computable(entry))];
  }
};

void print_head(std::string_view what) {
  std::cout << "\n  " << std::left << std::setw(36) << what << std::right << std::setw(5) << "all" << std::setw(13) << "computable" << std::setw(15) << "if supplied *" << std::setw(17)
            << "not computable" << '\n';
}

void print_row(std::string_view name, const Counts& counts) {
  const auto cell = [](std::size_t count) { return count == 0 ? "-" : std::to_string(count); };
  std::cout << "  " << std::left << std::setw(36) << name << std::right << std::setw(5) << counts.all << std::setw(13) << cell(counts.by_computable[0]) << std::setw(15)
            << cell(counts.by_computable[1]) << std::setw(17) << cell(counts.by_computable[2]) << '\n';
}

/// The entries counted by something of theirs; only what occurs has a row.
template <class PlaceOf>
void print_table(std::string_view what, std::span<const std::string_view> names, const std::vector<const law::LedgerEntry*>& entries, PlaceOf place_of) {
  std::vector<Counts> rows(names.size());
  for (const auto* entry : entries) rows[static_cast<std::size_t>(place_of(*entry))].add(*entry);
  print_head(what);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].all > 0) print_row(names[i], rows[i]);
  }
}

constexpr const char* supplied_words = "  * once somebody supplies a figure or a fact that the document does not give; until then the answer is unknown\n";

void print_counts(const std::vector<const law::LedgerEntry*>& entries) {
  Counts total;
  for (const auto* entry : entries) total.add(*entry);
  print_table("by kind", law::entry_kind_words, entries, [](const auto& entry) { return entry.kind; });
  print_table("by state", law::entry_state_words, entries, [](const auto& entry) { return entry.state; });
  std::cout << '\n';
  print_row("all entries", total);
  if (total.by_computable[1] > 0) std::cout << supplied_words;
}

void print_entry(const Council& council, const law::LedgerEntry& entry) {
  const auto head = entry.id + (entry.lines.size() == 1 && entry.lines[0].first == entry.lines[0].last ? "  line " : "  lines ") + law::in_words(entry.lines) + "  " + std::string(law::in_words(entry.state));
  std::cout << "\n  " << head << '\n';
  print_wrapped("", entry.says, 6);
  for (const auto& rule : entry.rules) print_wrapped("rule: ", rule.name + " (" + standing(council, rule.name) + ")", 6);
  if (!entry.not_computable.empty()) print_wrapped("not computable: ", entry.not_computable, 6);
  if (!entry.needs.empty()) print_wrapped("needs: ", words_of(entry.needs), 6);
  if (!entry.reads.empty()) print_wrapped("read as: ", entry.reads, 6);
  if (!entry.law.empty()) print_wrapped("national law: ", entry.law, 6);
  if (!entry.against.empty()) print_wrapped("contradicts: ", words_of(entry.against), 6);
}

void print_text(const Council& council, const law::Document& document) {
  const auto entries = entries_of(council, document);
  print_wrapped("", document.title, 0);
  print_wrapped("", document.publisher + ", " + (document.dated ? in_words(*document.dated) : "undated") + ", " + std::to_string(document.lines) +
                        " lines. Rules cite it as " + document.name + ".", 0);
  print_counts(entries);
  for (std::size_t kind = 0; kind < std::size(law::entry_kind_words); ++kind) {
    const auto is_so = [&](const auto* entry) { return static_cast<std::size_t>(entry->kind) == kind; };
    if (std::none_of(entries.begin(), entries.end(), is_so)) continue;
    std::string heading(law::entry_kind_words[kind]);
    heading.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(heading.front())));
    std::cout << "\n" << heading << '\n';
    for (const auto* entry : entries) {
      if (is_so(entry)) print_entry(council, *entry);
    }
  }
  if (!document.without_rules.empty()) {
    std::cout << "\nLines without rules\n\n";
    for (const auto& one : document.without_rules) print_wrapped("", law::in_words(one.lines) + ": " + one.because, 2);
  }
  std::cout << '\n';
}

void print_all(const std::vector<Council>& councils) {
  Counts total;
  print_head("All documents");
  for (const auto& council : councils) {
    for (const auto& document : council.documents) {
      Counts counts;
      for (const auto* entry : entries_of(council, document)) {
        counts.add(*entry);
        total.add(*entry);
      }
      print_row(document.name, counts);
    }
  }
  print_row("all entries", total);
  if (total.by_computable[1] > 0) std::cout << supplied_words;
}

// --- CSV and JSON -----------------------------------------------------------------------------

/// A rule that applies on no day says so behind its name.
std::string rules_in_a_cell(const Council& council, const law::LedgerEntry& entry) {
  std::string words;
  for (const auto& one : entry.rules) {
    words += (words.empty() ? "" : "; ") + one.name;
    const auto how = standing(council, one.name);
    if (council.rule(one.name) != nullptr && !how.starts_with("in force")) words += " (" + how + ")";
  }
  return words;
}

void print_csv(const Council& council, const law::Document& document) {
  for (const auto* entry : entries_of(council, document)) {
    const std::string cells[] = {document.name, entry->id, law::in_words(entry->lines), entry->says, std::string(law::in_words(entry->kind)),
                                 std::string(law::in_words(entry->state)), computable_words[static_cast<std::size_t>(computable(*entry))],
                                 rules_in_a_cell(council, *entry), entry->not_computable, words_of(entry->needs), entry->reads, entry->law, words_of(entry->against)};
    for (std::size_t i = 0; i < std::size(cells); ++i) std::cout << (i == 0 ? "" : ",") << csv_cell(cells[i]);
    std::cout << '\n';
  }
}

nlohmann::ordered_json as_json(const Council& council, const law::Document& document) {
  using nlohmann::ordered_json;
  auto entries = ordered_json::array();
  for (const auto* entry : entries_of(council, document)) {
    auto rules = ordered_json::array();
    for (const auto& one : entry->rules) rules.push_back({{"name", one.name}, {"standing", standing(council, one.name)}});
    auto needs = ordered_json::array();
    for (const auto& one : entry->needs) needs.push_back(one.name);
    entries.push_back({{"entry", entry->id}, {"lines", law::in_words(entry->lines)}, {"says", entry->says}, {"kind", law::in_words(entry->kind)},
                       {"state", law::in_words(entry->state)}, {"computable", computable_words[static_cast<std::size_t>(computable(*entry))]},
                       {"rules", std::move(rules)}, {"reason", entry->not_computable}, {"needs", std::move(needs)}, {"reads", entry->reads},
                       {"law", entry->law}, {"against", entry->against}});
  }
  auto without = ordered_json::array();
  for (const auto& one : document.without_rules) without.push_back({{"lines", law::in_words(one.lines)}, {"because", one.because}});
  return {{"council", council.book().name}, {"document", document.name}, {"title", document.title}, {"publisher", document.publisher},
          {"dated", document.dated ? ordered_json(iso(*document.dated)) : ordered_json(nullptr)}, {"lines", document.lines},
          {"entries", std::move(entries)}, {"without_rules", std::move(without)}};
}

void run(const LedgerOptions& asked) {
  auto names = asked.councils;
  if (names.empty()) names = council_names();
  if (names.empty()) throw WrongUsage{"ledger: there are no councils where rulebooks are looked for; name one, or a path to its rulebook"};
  std::vector<Council> councils;
  Exit worst = sound;
  Diagnostics problems;
  for (const auto& name : names) {
    auto council = load_council(name);
    problems.insert(problems.end(), council.diagnostics().begin(), council.diagnostics().end());
    if (!council) {
      worst = std::max(worst, council.diagnostics().front().code == Code::U101 ? wrong_usage : not_sound);
    } else if (council.value().has_ledger()) {
      councils.push_back(std::move(council).value());
    } else if (!asked.councils.empty()) {
      throw WrongUsage{"ledger: '" + name + "' has no ledger; it stands in the folder ledger/ beside its rules"};
    }
  }
  tell(problems, asked.format == "json" ? "json" : "text");
  if (worst != sound) throw Stop{worst};
  if (asked.format == "csv") std::cout << "document,entry,lines,says,kind,state,computable,rules,reason,needs,reads,law,against\n";
  auto all = nlohmann::ordered_json::array();
  for (const auto& council : councils) {
    for (const auto& document : council.documents) {
      if (asked.format == "csv") print_csv(council, document);
      else if (asked.format == "json") all.push_back(as_json(council, document));
      else print_text(council, document);
    }
  }
  std::size_t documents = 0;
  for (const auto& council : councils) documents += council.documents.size();
  if (asked.format == "text" && documents > 1) print_all(councils);
  if (asked.format == "json") std::cout << all.dump(2) << '\n';
}

}  // namespace

void add_ledger(CLI::App& app) {
  auto* command = app.add_subcommand("ledger", "What became of each line of a council's documents: the rules that say it, or the reason why none does");
  auto asked = std::make_shared<LedgerOptions>();
  command->add_option("councils", asked->councils, "Councils: names or paths of their rulebooks (none: all there are)");
  command->add_option("--format", asked->format, "text, csv for auditors, or json for programs")->check(CLI::IsMember({"text", "csv", "json"}))->capture_default_str();
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
