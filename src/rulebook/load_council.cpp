// src/rulebook/load_council.cpp
#include <leavingcare/rulebook/council.hpp>

#include "../law/node_reader.hpp"
#include "rulebook_paths.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace leavingcare {
namespace {

using law::Lines;

/// Line by line, what is said of it.
class Coverage {
 public:
  explicit Coverage(int lines) : said_(static_cast<std::size_t>(lines) + 1, false) {}

  void add(const std::vector<Lines>& lines) {
    for (const auto [first, last] : lines) {
      for (auto line = static_cast<std::size_t>(first); line <= static_cast<std::size_t>(last) && line < said_.size(); ++line) said_[line] = true;
    }
  }

  [[nodiscard]] bool has(int line) const { return said_[static_cast<std::size_t>(line)]; }
  [[nodiscard]] int last() const { return static_cast<int>(said_.size()) - 1; }

 private:
  std::vector<bool> said_;
};

/// Neighbouring lines joined: "3, 7-9".
std::vector<Lines> joined(const std::vector<int>& lines) {
  std::vector<Lines> found;
  for (const int line : lines) {
    if (!found.empty() && found.back().last + 1 == line) found.back().last = line;
    else found.push_back({line, line});
  }
  return found;
}

class LedgerCheck {
 public:
  LedgerCheck(const Council& council, Diagnostics& problems) : council_(council), problems_(problems), read_(problems) {
    for (const auto& document : council.documents) documents_.push_back(document.name);
    for (const auto& book : council.books) {
      for (const auto& rule : book->rules) {
        if (rule.rulebook == book->name) own_.push_back(&rule.declared);
        else extended_.emplace(rule.declared.name, rule.rulebook);
        known_.insert(rule.declared.name);
      }
      for (const auto& parameter : book->parameters) known_.insert(parameter.name);
      for (const auto& fact : book->vocabulary.facts) facts_.insert(fact.name);
      for (const auto& reading : book->readings) facts_.insert(reading.name);
    }
    facts_.insert(known_.begin(), known_.end());
  }

  /// `read_whole`: every ledger file was. Else what it does not name may only not have been read.
  void run(bool read_whole) {
    for (const auto& named : council_.ledger.documents) (void)document(named.name, named.place, "the ledger is about");
    for (const auto* rule : own_) {
      for (const auto& version : rule->versions) citations(version.cite, "'" + rule->name + "' cites");
    }
    for (const auto& entry : council_.ledger.entries) check(entry);
    if (!read_whole) return;
    for (const auto* rule : own_) {
      if (rule->kind == law::RuleKind::definition || named_.contains(rule->name)) continue;
      read_.report(Code::D106, rule->place, "'" + rule->name + "' is in no entry of the ledger", "name it under 'rules' of the entry whose lines it cites");
    }
    for (const auto& one : council_.documents) account(one);
  }

 private:
  const law::Document* find(const std::string& name) const {
    const auto found = std::find_if(council_.documents.begin(), council_.documents.end(), [&](const auto& one) { return one.name == name; });
    return found == council_.documents.end() ? nullptr : &*found;
  }

  const law::Document* document(const std::string& name, const Place& place, const std::string& what) {
    const auto* found = find(name);
    if (found == nullptr) read_.report(Code::D103, place, what + " a document '" + name + "' that is not declared", suggest(name, documents_));
    return found;
  }

  void within(const law::Document& document, const std::vector<Lines>& lines, const Place& place, const std::string& what) {
    for (const auto one : lines) {
      if (document.lines > 0 && one.last > document.lines) {
        read_.report(Code::D102, place, what + " line " + std::to_string(one.last) + " of '" + document.name + "', which has " + std::to_string(document.lines) + " lines");
      }
    }
  }

  /// Documents cited by a title of several words are none of the council's, and are not looked up.
  void citations(const std::vector<law::Citation>& cite, const std::string& what) {
    for (const auto& one : cite) {
      if (one.lines.empty()) continue;
      const auto* found = find(one.instrument);
      if (found == nullptr) {
        const bool a_name = one.instrument.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
        if (a_name) (void)document(one.instrument, one.place, what);
        continue;
      }
      const auto lines = law::read_lines(one.lines);
      if (!lines) read_.report(Code::D101, one.place, what + " '" + one.lines + "', which are no lines of a document", "write 7, 5-11, or \"5-11, 27\"");
      else within(*found, *lines, one.place, what);
    }
  }

  static bool cites(const std::vector<law::Citation>& cite, const law::LedgerEntry& entry) {
    return std::any_of(cite.begin(), cite.end(), [&](const auto& one) {
      const auto lines = one.instrument == entry.document ? law::read_lines(one.lines) : std::nullopt;
      return lines && law::overlap(*lines, entry.lines);
    });
  }

  void check(const law::LedgerEntry& entry) {
    const auto* document = find(entry.document);
    if (document != nullptr) within(*document, entry.lines, entry.lines_place, "entry '" + entry.id + "' cites");
    for (const auto& [name, place] : entry.rules) {
      named_.insert(name);
      const auto* rule = council_.rule(name);
      const auto* parameter = rule == nullptr ? council_.parameter(name) : nullptr;
      if (rule == nullptr && parameter == nullptr) {
        const auto other = extended_.find(name);
        if (other == extended_.end()) {
          read_.report(Code::R102, place, "no rule of the council is called '" + name + "'", suggest(name, {known_.begin(), known_.end()}));
        } else {
          read_.report(Code::R102, place, "'" + name + "' is a rule of " + other->second + ", and not of the council",
                       "name the council's own rule, which cites these lines; it may say no more than: when: " + name);
        }
        continue;
      }
      if (document == nullptr || entry.lines.empty()) continue;
      bool does = false;
      if (rule != nullptr) {
        for (const auto& version : rule->versions) does = does || cites(version.cite, entry);
      } else {
        does = cites(parameter->cite, entry);
        for (const auto& value : parameter->values) does = does || cites(value.cite, entry);
      }
      if (does) continue;
      Diagnostic problem = error_at(Code::D109, place, "'" + name + "' cites none of the lines of entry '" + entry.id + "', " + law::in_words(entry.lines) + " of '" + entry.document + "'",
                                    "correct the lines of the one or of the other");
      problem.labels.push_back({rule != nullptr ? rule->place : parameter->place, "declared here"});
      problems_.push_back(std::move(problem));
    }
    for (const auto& [name, place] : entry.needs) {
      const bool a_name = name.find('_') != std::string::npos && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
      if (a_name && !facts_.contains(name)) {
        read_.report(Code::R102, place, "entry '" + entry.id + "' needs '" + name + "', and nothing is called so", suggest(name, {facts_.begin(), facts_.end()}));
      }
    }
  }

  /// Whether all lines of a document are in an entry, or are said to hold no rule.
  void account(const law::Document& document) {
    Coverage in_entries(document.lines);
    Coverage blank(document.lines);
    Coverage all(document.lines);
    blank.add(document.blank);
    all.add(document.blank);
    for (const auto& entry : council_.ledger.entries) {
      if (entry.document != document.name) continue;
      in_entries.add(entry.lines);
      all.add(entry.lines);
    }
    for (const auto& one : document.without_rules) {
      all.add(one.lines);
      std::vector<int> twice;
      for (const auto [first, last] : one.lines) {
        for (int line = first; line <= std::min(last, document.lines); ++line) {
          if (in_entries.has(line) && !blank.has(line)) twice.push_back(line);
        }
      }
      if (twice.empty()) continue;
      const auto lines = joined(twice);
      Diagnostic problem = error_at(Code::D108, one.place, "lines " + law::in_words(lines) + " of '" + document.name + "' are said to hold no rule, and an entry cites them",
                                    "take them out here, or out of the entry");
      for (const auto& entry : council_.ledger.entries) {
        if (entry.document == document.name && law::overlap(entry.lines, lines)) problem.labels.push_back({entry.lines_place, "cited by '" + entry.id + "'"});
      }
      problems_.push_back(std::move(problem));
    }
    std::vector<int> missing;
    for (int line = 1; line <= all.last(); ++line) {
      if (!all.has(line)) missing.push_back(line);
    }
    if (missing.empty()) return;
    read_.report(Code::D107, document.place, std::to_string(missing.size()) + (missing.size() == 1 ? " line of '" : " lines of '") + document.name + "' " +
                                                 (missing.size() == 1 ? "is" : "are") + " in no entry of the ledger: " + law::in_words(joined(missing)),
                 "cite them in an entry, or list them under 'without_rules' with the reason, or under 'blank_lines'");
  }

  const Council& council_;
  Diagnostics& problems_;
  law::NodeReader read_;
  std::vector<std::string> documents_;
  std::vector<const law::Rule*> own_;
  std::map<std::string, std::string> extended_;  // names of rules that are not the council's, and whose they are
  std::set<std::string> known_;                  // rules and parameters
  std::set<std::string> facts_;                  // and all else that somebody could supply
  std::set<std::string> named_;                  // by entries
};

}  // namespace

const law::Rule* Council::rule(std::string_view name) const {
  for (const auto& book : books) {
    const auto found = book->find_rule(name);
    if (found != none && book->rules[found].rulebook == book->name) return &book->rules[found].declared;
  }
  return nullptr;
}

const law::Parameter* Council::parameter(std::string_view name) const {
  for (const auto& book : books) {
    for (const auto& one : book->parameters) {
      if (one.name == name) return &one;
    }
  }
  return nullptr;
}

std::string standing_in_words(const law::Rule& rule) {
  const law::Version* last = nullptr;
  for (const auto& version : rule.versions) {
    if (!version.not_in_force) last = &version;
  }
  if (last == nullptr) {
    if (rule.versions.empty()) return "not in force";
    const auto& version = rule.versions.back();
    const auto due = version.planned ? ", due by " + in_words(*version.planned) : "";
    return std::string(in_words(*version.not_in_force)) + due + ": not in force";
  }
  const Day first = rule.versions.front().from;
  if (is_a_day(last->until)) return "in force until " + in_words(last->until - 1);
  return is_a_day(first) ? "in force from " + in_words(first) : "in force";
}

Checked<Council> load_council(const std::string& name_or_path) {
  Council council;
  Diagnostics problems;
  bool all_sound = true;
  std::set<std::string> documents;
  const auto add = [&](const std::string& name) {
    auto book = load_rulebook(name);
    problems.insert(problems.end(), book.diagnostics().begin(), book.diagnostics().end());
    if (!book) {
      all_sound = false;
      return;
    }
    for (const auto& document : book.value().documents) {
      if (documents.insert(document.name).second) council.documents.push_back(document);
    }
    council.books.push_back(std::make_shared<const Rulebook>(std::move(book).value()));
  };
  const auto path = find_rulebook(name_or_path, {});
  add(name_or_path);
  if (!path.empty()) {
    for (const auto& inside : rulebooks_inside(path)) add((path / inside.filename()).string());
    Diagnostics of_the_ledger;
    council.ledger = law::read_ledger(law::ledger_files(path), of_the_ledger);
    const bool read_whole = !has_errors(of_the_ledger);
    problems.insert(problems.end(), of_the_ledger.begin(), of_the_ledger.end());
    if (all_sound && council.has_ledger()) LedgerCheck(council, problems).run(read_whole);
  }
  if (!all_sound || has_errors(problems)) return Checked<Council>::refused(std::move(problems));
  return {std::move(council), std::move(problems)};
}

}  // namespace leavingcare
