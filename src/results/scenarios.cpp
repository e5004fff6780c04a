// src/results/scenarios.cpp
#include <leavingcare/results/scenarios.hpp>

#include <leavingcare/evaluate/evaluate.hpp>
#include <leavingcare/source/read_yaml.hpp>

#include "../law/node_reader.hpp"
#include "../people/case_facts.hpp"
#include "../rulebook/expression_reader.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace leavingcare {
namespace {

using source::Node;
using source::NodeKind;

std::string in_words(const std::vector<Day>& edges) {
  std::string text;
  for (std::size_t i = 0; i < edges.size(); i += 2) {
    text += text.empty() ? "" : ", ";
    text += is_a_day(edges[i]) ? iso(edges[i]) : "the beginning";
    text += is_a_day(edges[i + 1]) ? " until " + iso(edges[i + 1]) : " on";
  }
  return text.empty() ? "never" : text;
}

std::string in_words(double amount) {
  if (std::isnan(amount)) return "no amount";
  auto text = std::to_string(amount);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

class ScenarioRunner {
 public:
  ScenarioRunner(const Rulebook& book, ScenarioReport& report, Diagnostics& problems)
      : book_(book), report_(report), problems_(problems), read_(problems) {}

  void file(const Node& root) {
    if (!read_.keys(root, "a scenario file", {"scenarios"})) return;
    const auto* list = read_.need(root, "scenarios", "a scenario file");
    if (list == nullptr || !read_.is(*list, NodeKind::list, "scenarios")) return;
    if (list->items.empty()) read_.report(Code::S102, list->place, "there is no scenario in the file");
    for (const auto& item : list->items) scenario(item);
  }

 private:
  void scenario(const Node& node) {
    const auto known_problems = problems_.size();
    if (!read_.keys(node, "a scenario", {"name", "source", "as_at", "facts", "people", "rest", "readings", "parameters", "expect"})) return;
    const auto* name = read_.need(node, "name", "a scenario", Code::S102);
    const auto* several = node.find("people");
    const auto* facts = several != nullptr ? several : read_.need(node, "facts", "a scenario", Code::S102);
    const auto* expect = read_.need(node, "expect", "a scenario", Code::S102);
    if (name == nullptr || facts == nullptr || expect == nullptr || !read_.is(*expect, NodeKind::map, "expect")) return;
    if (expect->entries.empty()) read_.report(Code::S102, expect->place, "the scenario expects nothing");
    const auto [other, is_new] = names_.emplace(name->text, name->place);
    if (!is_new) {
      Diagnostic twice = error_at(Code::S104, name->place, "two scenarios have this name");
      twice.labels.push_back({other->second, "the first"});
      problems_.push_back(std::move(twice));
    }
    Options options;
    bool rest_is_none = true;
    if (const auto* rest = node.find("rest")) rest_is_none = read_.choice(*rest, "rest", {"unknown", "none"}) != std::size_t{0};
    std::vector<CasePerson> cases;
    if (several == nullptr) {
      cases.push_back({"somebody", facts, rest_is_none, name->place});
    } else if (const auto* both = node.find("facts")) {
      return read_.report(Code::L101, both->place, "'facts' stands beside 'people'", "put them under the name of a person");
    } else if (read_.is(*several, NodeKind::map, "people")) {
      for (const auto& entry : several->entries) cases.push_back({entry.key, &entry.value, rest_is_none, entry.key_place});
    }
    const Rulebook* book = with_parameters(node);
    if (book == nullptr) return;
    if (const auto* readings = node.find("readings"); readings != nullptr && read_.is(*readings, NodeKind::map, "readings")) {
      for (const auto& entry : readings->entries) reading(entry, options);
    }
    if (const auto* as_at = node.find("as_at")) options.as_at = read_.day(*as_at, "as_at");
    for (const auto& entry : expect->entries) {
      const auto rule = book_.find_rule(entry.key);
      if (rule == none || book_.rules[rule].kind != ValueKind::condition) {
        std::vector<std::string> known;
        for (const auto& one : book_.rules) known.push_back(one.declared.name);
        read_.report(Code::S101, entry.key_place, "the rulebook has no condition '" + entry.key + "'", suggest(entry.key, known));
      } else {
        options.rules.push_back(entry.key);
        if (!book_.rules[rule].indicators.empty()) {
          options.indicators_from = Day::beginning_of_time;
          if (!options.as_at) read_.report(Code::S102, entry.key_place, "an indicator counts the periods that are over by 'as_at', which the scenario does not name");
        } else if (several != nullptr) {
          read_.report(Code::S101, entry.key_place, "'" + entry.key + "' is about one person; of several 'people' only indicators are asked");
        }
      }
    }
    auto people = people_from_cases(cases, book_.vocabulary, book_.subject.born);
    problems_.insert(problems_.end(), people.diagnostics().begin(), people.diagnostics().end());
    if (!people || problems_.size() > known_problems) return;

    ++report_.scenarios;
    const auto answers = evaluate(*book, people.value(), options);
    bool good = true;
    for (const auto& entry : expect->entries) good = expectation(entry, answers, *name) && good;
    report_.failed += good ? 0 : 1;
  }

  /// The rulebook with the figures that a scenario gives; null (reported) if they will not do.
  const Rulebook* with_parameters(const Node& node) {
    const auto* given = node.find("parameters");
    if (given == nullptr) return &book_;
    if (!read_.is(*given, NodeKind::map, "parameters")) return nullptr;
    GivenParameters figures = book_.given;
    for (const auto& entry : given->entries) figures[entry.key] = read_.text(entry.value, "a figure");
    const auto known = with_figures_.find(figures);
    if (known != with_figures_.end()) return &known->second;
    auto loaded = load_rulebook(book_.folder.string(), figures);
    if (!loaded) {
      for (auto problem : loaded.diagnostics()) {
        problem.labels.push_back({given->place, "with these figures"});
        problems_.push_back(std::move(problem));
      }
      return nullptr;
    }
    return &with_figures_.emplace(std::move(figures), std::move(loaded).value()).first->second;
  }

  void reading(const source::Entry& entry, Options& options) {
    const auto index = book_.find_reading(entry.key);
    if (index == none) return read_.report(Code::S101, entry.key_place, "the rulebook has no reading '" + entry.key + "'");
    std::vector<std::string> known;
    for (const auto& option : book_.readings[index].options) known.push_back(option.name);
    if (read_.choice(entry.value, "option", known)) options.readings[entry.key] = entry.value.text;
  }

  /// The edges of a list of {from, until}, or of the word never.
  std::optional<std::vector<Day>> spans(const Node& node) {
    if (node.is_scalar() && node.text == "never") return std::vector<Day>{};
    if (!read_.is(node, NodeKind::list, "the days expected")) return std::nullopt;
    std::vector<Span> found;
    for (const auto& item : node.items) {
      if (!read_.keys(item, "a span of days", {"from", "until"})) return std::nullopt;
      Span span{Day::beginning_of_time, Day::end_of_time};
      if (const auto* from = item.find("from")) {
        const auto day = read_.day(*from, "from");
        if (!day) return std::nullopt;
        span.from = *day;
      }
      if (const auto* until = item.find("until"); until != nullptr && until->kind != NodeKind::empty) {
        const auto day = read_.day(*until, "until");
        if (!day) return std::nullopt;
        span.until = *day;
      }
      if (span.from >= span.until) {
        read_.report(Code::L110, item.place, "the span ends before it begins", "'until' is the first day on which it no longer holds");
        return std::nullopt;
      }
      found.push_back(span);
    }
    return timeline_of(std::move(found));
  }

  bool expectation(const source::Entry& entry, const Answers& answers, const Node& name) {
    const auto rule = book_.find_rule(entry.key);
    if (book_.rules[rule].duty) return obligations(entry, answers, name);
    if (!book_.rules[rule].indicators.empty()) return indicators(entry, answers, name);
    if (entry.value.is_list() && !entry.value.items.empty() && entry.value.items.front().find("amount") != nullptr) return amounts(entry, answers, name);
    std::vector<Span> yes;
    std::vector<Span> unknown;
    for (std::size_t row = 0; row < answers.rows(); ++row) {
      if (answers.rule[row] != rule) continue;
      (answers.truth[row] == Truth::yes ? yes : unknown).push_back({answers.from[row], answers.until[row]});
    }
    const auto yes_days = timeline_of(yes);
    const auto unknown_days = timeline_of(unknown);
    if (entry.value.is_map() && entry.value.find("on") != nullptr) {
      if (!read_.keys(entry.value, "an expectation", {"on"})) return false;
      return on_days(entry, yes_days, unknown_days, name);
    }
    std::optional<std::vector<Day>> wanted_yes = std::vector<Day>{};
    std::optional<std::vector<Day>> wanted_unknown = std::vector<Day>{};
    if (entry.value.is_map()) {
      if (!read_.keys(entry.value, "an expectation", {"yes", "unknown", "on"})) return false;
      if (const auto* node = entry.value.find("yes")) wanted_yes = spans(*node);
      if (const auto* node = entry.value.find("unknown")) wanted_unknown = spans(*node);
    } else {
      wanted_yes = spans(entry.value);
    }
    if (!wanted_yes || !wanted_unknown) return false;
    ++report_.expectations;
    bool good = true;
    if (*wanted_yes != yes_days) good = fail(entry, name, "yes " + in_words(*wanted_yes), "yes " + in_words(yes_days));
    if (*wanted_unknown != unknown_days) {
      good = fail(entry, name, "unknown " + in_words(*wanted_unknown), "unknown " + in_words(unknown_days));
    }
    return good;
  }

  /// A list of spans, each with its amount: exactly these.
  bool amounts(const source::Entry& entry, const Answers& answers, const Node& name) {
    const auto rule = book_.find_rule(entry.key);
    ++report_.expectations;
    std::string wanted;
    std::string amount;
    for (const auto& item : entry.value.items) {
      if (!read_.keys(item, "a span with an amount", {"from", "until", "amount"})) return false;
      const auto word = [&](const char* key) { return read_.text_of(item, key, "a span with an amount"); };
      for (const char* key : {"from", "until"}) {
        if (const auto* day = item.find(key); day != nullptr && !read_.day(*day, key)) return false;
      }
      if (word("amount") == "unknown") {
        amount = "no amount";
      } else if (const auto number = read_number(word("amount")); !number) {
        read_.report(Code::L107, item.find("amount") == nullptr ? item.place : item.find("amount")->place, "amount: '" + word("amount") + "' is no number", "write digits alone");
        return false;
      } else {
        amount = in_words(*number);
      }
      wanted += (wanted.empty() ? "" : ", ") + amount + " from " + word("from") + (word("until").empty() ? "" : " until " + word("until"));
    }
    std::string found;
    for (std::size_t row = 0; row < answers.rows(); ++row) {
      if (answers.rule[row] != rule) continue;
      const bool known = answers.truth[row] == Truth::yes;
      found += (found.empty() ? "" : ", ") + (known ? in_words(answers.amount[row]) : "unknown") + " from " + iso(answers.from[row]);
      if (is_a_day(answers.until[row])) found += " until " + iso(answers.until[row]);
    }
    return wanted == found || fail(entry, name, wanted, found.empty() ? "never" : found);
  }

  /// All periods of an indicator that are over, in order, each by the columns named.
  bool indicators(const source::Entry& entry, const Answers& answers, const Node& name) {
    static constexpr const char* columns[] = {"from", "until", "numerator", "denominator", "unknown", "value", "least", "most", "target", "met"};
    const auto rule = book_.find_rule(entry.key);
    std::vector<const Indicator*> found;
    for (const auto& row : answers.indicators) {
      if (row.rule == rule) found.push_back(&row);
    }
    if (!read_.is(entry.value, NodeKind::list, "the periods expected")) return false;
    ++report_.expectations;
    bool good = true;
    for (const auto& wanted : entry.value.items) {
      if (!read_.keys(wanted, "a period expected", {"from", "until", "numerator", "denominator", "unknown", "value", "least", "most", "target", "met"})) return false;
      const auto* from = read_.need(wanted, "from", "a period expected", Code::S102);
      const auto first = from == nullptr ? std::nullopt : read_.day(*from, "from");
      if (!first) return false;
      const auto row = std::find_if(found.begin(), found.end(), [&](const auto* one) { return one->from == *first; });
      if (row == found.end()) {
        good = fail(entry, name, "a period from " + iso(*first), std::to_string(found.size()) + " other periods that are over");
        continue;
      }
      for (const char* column : columns) {
        const auto* cell = wanted.find(column);
        if (cell == nullptr) continue;
        const auto expected = read_.text(*cell, column);
        const auto is = cell_of(**row, column);
        if (expected == (is.empty() ? "none" : is)) continue;
        good = fail(entry, name, "in the period from " + iso(*first) + ", " + column + " " + expected, is.empty() ? "none" : is);
      }
    }
    return good;
  }

  /// Figures are given to three places: enough to tell shares of a few people apart.
  static std::string cell_of(const Indicator& row, std::string_view column) {
    if (column == "from") return iso(row.from);
    if (column == "until") return iso(row.until);
    if (column == "unknown") return std::to_string(row.unknown);
    if (column == "met") return std::string(leavingcare::in_words(row.met));
    const double number = column == "numerator" ? row.numerator : column == "denominator" ? row.denominator : column == "value" ? row.value
                          : column == "least" ? row.least : column == "most" ? row.most : row.target;
    return std::isfinite(number) ? in_words(std::round(number * 1000) / 1000) : std::string{};
  }

  /// All obligations of a duty in order, each by the columns named; or the word never.
  bool obligations(const source::Entry& entry, const Answers& answers, const Node& name) {
    static constexpr const char* columns[] = {"number", "arose", "opens", "due", "suggested", "done", "state", "days_late", "ended"};
    const auto rule = book_.find_rule(entry.key);
    std::vector<const Obligation*> found;
    for (const auto& row : answers.obligations) {
      if (row.rule == rule) found.push_back(&row);
    }
    const bool never = entry.value.is_scalar() && entry.value.text == "never";
    if (!never && !read_.is(entry.value, NodeKind::list, "the obligations expected")) return false;
    ++report_.expectations;
    const auto& wanted = entry.value.items;
    bool good = true;
    for (std::size_t i = 0; i < std::max(wanted.size(), found.size()); ++i) {
      const std::string which = "obligation " + std::to_string(i + 1) + ": ";
      if (i >= found.size() || i >= wanted.size()) {
        good = fail(entry, name, std::to_string(wanted.size()) + " of them",
                    std::to_string(found.size()) + (i < found.size() ? ", also: " + all_columns(*found[i]) : std::string{}));
        continue;
      }
      if (!read_.keys(wanted[i], "an obligation expected", {"number", "arose", "opens", "due", "suggested", "done", "state", "days_late", "ended"})) return false;
      for (const char* column : columns) {
        const auto* cell = wanted[i].find(column);
        if (cell == nullptr) continue;
        const auto expected = read_.text(*cell, column);
        if (!cell->is_scalar() || !well_formed(*cell, column)) return false;
        const auto is = cell_of(*found[i], column);
        if (expected == (is.empty() ? "none" : is)) continue;
        good = fail(entry, name, which + column + " " + expected, column + (" " + (is.empty() ? "none" : is)) + " (" + all_columns(*found[i]) + ")");
      }
    }
    return good;
  }

  /// Whether a cell expected could ever be met; reported if not.
  bool well_formed(const Node& cell, std::string_view column) {
    if (cell.text == "none") return true;
    if (column == "state") return read_.choice(cell, "state", {"met", "met late", "due", "overdue", "lapsed", "waived", "unknown"}).has_value();
    if (column != "number" && column != "days_late") return read_.day(cell, column).has_value();
    const auto number = read_number(cell.text);
    if (number && *number == static_cast<std::int32_t>(*number)) return true;
    read_.report(Code::L107, cell.place, std::string(column) + ": '" + cell.text + "' is no whole number", "write digits alone");
    return false;
  }

  static std::string cell_of(const Obligation& row, std::string_view column) {
    if (column == "number") return std::to_string(row.number);
    if (column == "days_late") return row.days_late > 0 ? std::to_string(row.days_late) : std::string{};
    if (column == "state") return std::string(leavingcare::in_words(row.state));
    return iso(column == "arose" ? row.arose : column == "opens" ? row.opens : column == "due" ? row.due : column == "suggested" ? row.suggested
               : column == "done" ? row.done : row.ended);
  }

  static std::string all_columns(const Obligation& row) {
    std::string text;
    for (const char* column : {"arose", "opens", "due", "suggested", "done", "state", "days_late", "ended"}) {
      if (const auto cell = cell_of(row, column); !cell.empty()) text += (text.empty() ? "" : ", ") + std::string(column) + " " + cell;
    }
    return text;
  }

  bool on_days(const source::Entry& entry, Edges yes, Edges unknown, const Node& name) {
    const auto& days = *entry.value.find("on");
    if (!read_.is(days, NodeKind::map, "on")) return false;
    if (days.entries.empty()) read_.report(Code::S102, entry.value.place, "the expectation names no day");
    bool good = true;
    for (const auto& one : days.entries) {
      const auto day = read_iso_day(one.key);
      const auto wanted = read_.choice(one.value, "the answer expected", {"no", "unknown", "yes"});
      if (!day) read_.report(Code::L106, one.key_place, "'" + one.key + "' is not a date", "dates are written YYYY-MM-DD");
      if (!day || !wanted) {
        good = false;
        continue;
      }
      ++report_.expectations;
      const Truth found = holds_on(yes, *day) ? Truth::yes : holds_on(unknown, *day) ? Truth::unknown : Truth::no;
      if (found != static_cast<Truth>(*wanted)) {
        good = fail(entry, name, one.key + ": " + one.value.text, one.key + ": " + leavingcare::in_words(found));
      }
    }
    return good;
  }

  bool fail(const source::Entry& entry, const Node& name, const std::string& wanted, const std::string& found) {
    Diagnostic failure = error_at(Code::S103, entry.key_place, entry.key + ": expected " + wanted + "; found " + found);
    failure.labels.push_back({name.place, "in this scenario"});
    report_.failures.push_back(std::move(failure));
    return false;
  }

  const Rulebook& book_;
  ScenarioReport& report_;
  Diagnostics& problems_;
  law::NodeReader read_;
  std::map<std::string, Place> names_;
  std::map<GivenParameters, Rulebook> with_figures_;
};

}  // namespace

std::vector<std::filesystem::path> scenario_files(const Rulebook& book) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  std::error_code failed;
  if (fs::is_directory(book.folder, failed)) {
    for (const auto& entry : fs::directory_iterator(book.folder / "scenarios", failed)) {
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
  } else {
    const auto beside = fs::path(book.folder).replace_extension(".scenarios.yaml");
    if (fs::is_regular_file(beside, failed)) files.push_back(beside);
  }
  std::sort(files.begin(), files.end());
  return files;
}

Checked<ScenarioReport> run_scenarios(const Rulebook& book, const std::vector<std::filesystem::path>& files) {
  ScenarioReport report;
  Diagnostics problems;
  ScenarioRunner runner(book, report, problems);
  for (const auto& file : files) {
    auto tree = source::read_yaml_file(file);
    problems.insert(problems.end(), tree.diagnostics().begin(), tree.diagnostics().end());
    if (tree) runner.file(tree.value());
  }
  return {std::move(report), std::move(problems)};
}

}  // namespace leavingcare
