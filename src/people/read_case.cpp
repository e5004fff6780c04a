// src/people/read_case.cpp
//
// YAML to people: which facts are stated for whom, and each item as a record.
#include <leavingcare/people/people_builder.hpp>
#include <leavingcare/people/read_people.hpp>
#include <leavingcare/source/read_yaml.hpp>

#include "case_facts.hpp"
#include "../source/digest.hpp"
#include "record_text.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace leavingcare {

namespace {

using law::FactKind;
using source::Node;

constexpr const char* unknown_word = "unknown";
constexpr const char* none_word = "none";
constexpr Span never{Day::end_of_time, Day::end_of_time};  // of a day fact

[[nodiscard]] bool says(const Node& node, std::string_view word) {
  return node.is_scalar() && !node.quoted && node.text == word;
}

[[nodiscard]] bool is_blank(const Node& node) {
  return node.kind == source::NodeKind::empty || (node.is_scalar() && node.text.empty());
}

[[nodiscard]] std::string with_form(const std::string& advice) {
  return "dates are written YYYY-MM-DD" + (advice.empty() ? "" : "; " + advice);
}

/// Reads items of one kind or another, and reports what is wrong with them.
class CaseReader {
 public:
  CaseReader(const law::Vocabulary& vocabulary, const std::string& born) {
    const auto* fact = vocabulary.fact(born);
    if (fact != nullptr && fact->kind != FactKind::day)
      throw std::invalid_argument("the fact '" + born + "' is not a day");
    if (fact == nullptr) {
      own_born_.name = born;
      own_born_.kind = FactKind::day;
      fact = &own_born_;
    }
    facts_.push_back(fact);
    for (const auto& one : vocabulary.facts) {
      if (one.name != born) facts_.push_back(&one);
    }
  }

  Checked<People> read(const std::vector<CasePerson>& cases, std::string digest) {
    for (const auto& one : cases) add_person(one);
    for (const auto* fact : facts_) read_fact(*fact, cases);
    if (has_errors(problems_)) return Checked<People>::refused(std::move(problems_));
    return {builder_.build(std::move(digest)), std::move(problems_)};
  }

 private:
  void report(Code code, const Place& place, std::string message, std::string hint = {}) {
    problems_.push_back(error_at(code, place, std::move(message), std::move(hint)));
  }

  void add_person(const CasePerson& one) {
    if (builder_.find_person(one.id)) {
      auto problem = error_at(Code::P109, one.place, "the person '" + one.id + "' stands here twice");
      problem.labels.push_back({places_[builder_.person(one.id)], "first here"});
      problems_.push_back(std::move(problem));
    }
    places_.push_back(one.place);
    persons_.push_back(builder_.person(one.id));
    if (!one.facts->is_map()) {
      report(Code::P112, one.facts->place,
             "'facts' should be a map from facts to what is recorded, but here stands " +
                 std::string(in_words(one.facts->kind)));
      return;
    }
    for (const auto& entry : one.facts->entries) {
      std::vector<std::string> names;
      for (const auto* fact : facts_) names.push_back(fact->name);
      if (std::find(names.begin(), names.end(), entry.key) != names.end()) continue;
      report(Code::P110, entry.key_place, "there is no fact '" + entry.key + "'", suggest(entry.key, names));
    }
  }

  /// The table of a fact, if anybody states it.
  void read_fact(const law::Fact& fact, const std::vector<CasePerson>& cases) {
    const bool is_born = &fact == facts_.front();
    const auto is_stated = [&](const CasePerson& one) {
      const auto* node = one.facts->find(fact.name);
      return node == nullptr ? one.rest_is_none && !is_born : !says(*node, unknown_word);
    };
    if (!is_born && std::none_of(cases.begin(), cases.end(), is_stated)) return;

    const bool has_fields = fact.kind == FactKind::periods || fact.kind == FactKind::events;
    std::vector<std::string> names;
    if (has_fields) {
      for (const auto& field : fact.fields) names.push_back(field.name);
    }
    const auto table = builder_.add_table(fact.name, fact.kind, std::move(names));
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const auto* node = cases[i].facts->find(fact.name);
      if (is_born && (node == nullptr || says(*node, unknown_word))) {
        add_day(table, persons_[i], {Day::beginning_of_time, Day::end_of_time}, cases[i].place);
      } else if (!is_stated(cases[i])) {
        builder_.cover(table, persons_[i], {});
      } else if (node != nullptr) {
        read_stated(fact, table, persons_[i], *node);
      } else if (fact.kind == FactKind::day) {
        add_day(table, persons_[i], never, cases[i].place);
      }
    }
  }

  void read_stated(const law::Fact& fact, std::size_t table, std::uint32_t person, const Node& node) {
    const bool is_born = &fact == facts_.front();
    if (fact.kind == FactKind::day) {
      if (says(node, none_word) && !is_born) return add_day(table, person, never, node.place);
      const std::string wanted = is_born ? "a date or unknown" : "a date, unknown or none";
      if (!node.is_scalar()) {
        report(Code::P112, node.place,
               "'" + fact.name + "' should be " + wanted + ", but here stands " +
                   std::string(in_words(node.kind)));
      } else if (const auto day = read_day(node, fact.name, wanted)) {
        add_day(table, person, {*day, *day}, node.place);
      }
      return;
    }
    if (says(node, none_word)) return;
    if (!node.is_list()) {
      report(Code::P112, node.place,
             "'" + fact.name + "' should be a list, none or unknown, but here stands " +
                 std::string(in_words(node.kind)));
      return;
    }
    for (const auto& item : node.items) read_item(fact, table, person, item);
  }

  void read_item(const law::Fact& fact, std::size_t table, std::uint32_t person, const Node& item) {
    Record record;
    record.origin = origin_of(item.place);
    bool sound = true;
    if (item.is_scalar() && fact.kind == FactKind::events) {
      const auto day = read_day(item, fact.name, "a date");
      sound = day.has_value();
      record.from = day.value_or(Day{});
      for (const auto& field : fact.fields) {
        sound = needs_no_mention(field, item) && sound;
        record.fields.push_back(field.when_absent);
      }
    } else if (item.is_map()) {
      sound = read_map(fact, item, record);
    } else {
      const auto shape = fact.kind == FactKind::events ? "a date or a map with 'on'" : "a map with 'from'";
      report(Code::P112, item.place,
             "an item of '" + fact.name + "' should be " + shape + ", but here stands " +
                 std::string(in_words(item.kind)));
      return;
    }
    if (sound) builder_.add(table, person, record);
  }

  /// The keys of one item. False when anything in it was reported.
  bool read_map(const law::Fact& fact, const Node& item, Record& record) {
    const auto before = problems_.size();
    const bool is_event = fact.kind == FactKind::events;
    const bool is_number = fact.kind == FactKind::numbers;
    const char* first = is_event ? "on" : "from";

    std::vector<std::string> known = {first};
    if (!is_event) known.emplace_back("until");
    if (is_number) known.emplace_back("value");
    if (!is_number) {
      for (const auto& field : fact.fields) known.push_back(field.name);
      known.emplace_back(certain_field);
    }
    for (const auto& entry : item.entries) {
      if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
        report(Code::P103, entry.key_place,
               "unknown key '" + entry.key + "' in an item of '" + fact.name + "'",
               suggest(entry.key, known));
      } else if (!entry.value.is_scalar() && !is_blank(entry.value)) {
        report(
            Code::P112, entry.value.place,
            "'" + entry.key + "' should be text, but here stands " + std::string(in_words(entry.value.kind)));
      }
    }

    if (const auto* node = needed(fact, item, first))
      record.from = read_day(*node, first, "a date").value_or(Day{});
    const auto* until = item.find("until");
    if (!is_event && until != nullptr && !is_blank(*until)) {
      const auto day = read_day(*until, "until", "a date");
      record.until = day.value_or(Day::end_of_time);
      if (day && problems_.size() == before && *day < record.from) {
        report(Code::P106, until->place, "'until' lies before 'from'",
               "'until' is the first day that no longer counts");
      }
    }
    if (is_number) {
      if (const auto* node = needed(fact, item, "value")) read_value(*node, record);
      return problems_.size() == before;
    }
    for (const auto& field : fact.fields) record.fields.push_back(read_word(field, item));
    if (const auto* certain = item.find(certain_field); certain != nullptr && !is_blank(*certain)) {
      const auto doubt = read_doubt(certain->text);
      if (!doubt && certain->is_scalar()) {
        report(Code::P107, certain->place,
               "'certain' should be yes or no, but here stands '" + certain->text + "'");
      }
      record.doubtful = doubt.value_or(false);
    }
    return problems_.size() == before;
  }

  /// The value of a key that must be there and not blank; null (reported) when it is not.
  const Node* needed(const law::Fact& fact, const Node& item, const char* key) {
    const auto* node = item.find(key);
    if (node == nullptr) {
      report(Code::P102, item.place, "this item of '" + fact.name + "' has no '" + std::string(key) + "'");
    } else if (is_blank(*node)) {
      report(Code::P115, node->place, "'" + std::string(key) + "' must not be blank");
      node = nullptr;
    }
    return node;
  }

  /// False (reported) for a field that must be mentioned, at an item that is only a date.
  bool needs_no_mention(const law::Field& field, const Node& item) {
    if (!field.required) return true;
    report(Code::P102, item.place, "the field '" + field.name + "' is missing",
           "write {on: " + item.text + ", " + field.name + ": ...}");
    return false;
  }

  std::string read_word(const law::Field& field, const Node& item) {
    const auto* node = item.find(field.name);
    if (node == nullptr && field.required) {
      report(Code::P102, item.place, "the field '" + field.name + "' is missing");
    }
    if (node == nullptr || is_blank(*node) || !node->is_scalar()) return field.when_absent;
    if (!is_allowed(field, node->text)) {
      report(Code::P107, node->place, "'" + node->text + "' is not a " + (field.unit.empty() ? "word" : "number") + " that '" + field.name + "' may hold",
             advice_on_field(field, node->text));
    }
    return node->text;
  }

  void read_value(const Node& node, Record& record) {
    if (!node.is_scalar()) return;
    const auto number = read_number(node.text);
    if (!number) report(Code::P111, node.place, "'value' should be a number such as 12 or 12.5");
    record.value = number.value_or(0);
  }

  /// A date; nothing (reported, unless it is no text) when it is none.
  std::optional<Day> read_day(const Node& node, const std::string& what, const std::string& wanted) {
    if (!node.is_scalar()) return std::nullopt;
    const auto day = read_iso_day(node.text);
    if (!day) {
      report(Code::P105, node.place,
             "'" + what + "' should be " + wanted + ", but here stands '" + node.text + "'",
             with_form(advice_on_date(node.text)));
    }
    return day;
  }

  void add_day(std::size_t table, std::uint32_t person, Span between, const Place& place) {
    Record record;
    record.from = between.from;
    record.until = between.until;
    record.origin = origin_of(place);
    builder_.add(table, person, record);
  }

  RowOrigin origin_of(const Place& place) {
    if (!place.file) return {source_of(""), 0};
    const auto name = std::filesystem::path(place.file->name()).filename().string();
    return {source_of(name), static_cast<std::uint32_t>(std::max(place.line, 0))};
  }

  std::uint32_t source_of(const std::string& name) {
    const auto found = sources_.find(name);
    return found != sources_.end() ? found->second : sources_[name] = builder_.add_source(name);
  }

  law::Fact own_born_;                   // when the vocabulary does not declare it
  std::vector<const law::Fact*> facts_;  // the day of birth first
  PeopleBuilder builder_;
  std::vector<std::uint32_t> persons_;  // of each case
  std::vector<Place> places_;
  std::map<std::string, std::uint32_t> sources_;
  Diagnostics problems_;
};

/// The people of a case file: the file is one, or has a list of them.
class CaseFile {
 public:
  std::vector<CasePerson> people(const Node& root) {
    std::vector<CasePerson> cases;
    if (!is_map(root, "a case file")) return cases;
    const auto* people = root.find("people");
    if (people == nullptr) {
      add(root, "a case file", {"person", "facts", "rest", "people"}, cases);
      return cases;
    }
    check_keys(root, "a case file with several people", {"people"});
    if (!people->is_list()) {
      report(Code::P112, people->place,
             "'people' should be a list, but here stands " + std::string(in_words(people->kind)));
      return cases;
    }
    for (const auto& item : people->items) {
      if (is_map(item, "each of 'people'")) add(item, "each of 'people'", {"person", "facts", "rest"}, cases);
    }
    return cases;
  }

  Diagnostics problems;

 private:
  void report(Code code, const Place& place, std::string message, std::string hint = {}) {
    problems.push_back(error_at(code, place, std::move(message), std::move(hint)));
  }

  bool is_map(const Node& node, const std::string& what) {
    if (node.is_map()) return true;
    report(Code::P112, node.place,
           what + " should be a map with 'facts', but here stands " + std::string(in_words(node.kind)));
    return false;
  }

  void check_keys(const Node& node, const std::string& what, const std::vector<std::string>& known) {
    for (const auto& entry : node.entries) {
      if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
      report(Code::P112, entry.key_place, what + " has no key '" + entry.key + "'",
             suggest(entry.key, known));
    }
  }

  void add(const Node& node, const std::string& what, const std::vector<std::string>& known,
           std::vector<CasePerson>& cases) {
    check_keys(node, what, known);
    CasePerson one{std::to_string(cases.size() + 1), node.find("facts"), false, node.place};
    if (const auto* person = node.find("person")) {
      if (person->is_scalar() && !person->text.empty()) {
        one.id = person->text;
        one.place = person->place;
      } else {
        report(Code::P112, person->place, "'person' should be an id");
      }
    }
    if (const auto* rest = node.find("rest")) {
      one.rest_is_none = says(*rest, none_word);
      if (!one.rest_is_none && !says(*rest, unknown_word)) {
        report(Code::P112, rest->place, "'rest' should be none or unknown",
               "none: all other facts are known to be empty");
      }
    }
    if (one.facts == nullptr) {
      report(Code::P112, node.place, what + " has no 'facts'", "write facts: {date_of_birth: ..., ...}");
    } else {
      cases.push_back(std::move(one));
    }
  }
};

}  // namespace

Checked<People> people_from_cases(const std::vector<CasePerson>& cases, const law::Vocabulary& vocabulary,
                                  const std::string& born, std::string digest) {
  return CaseReader(vocabulary, born).read(cases, std::move(digest));
}

Checked<People> read_case(const std::filesystem::path& file, const law::Vocabulary& vocabulary,
                          const std::string& born) {
  const source::Limits limits;
  auto text = source::read_file(file, limits.bytes);
  if (!text) return Checked<People>::refused(text.diagnostics());
  FilesDigest digest;
  digest.add(file.filename().string(), text.value());

  const auto root = source::read_yaml_text(file.string(), std::move(text).value(), limits);
  if (!root) return Checked<People>::refused(root.diagnostics());
  CaseFile reader;
  const auto cases = reader.people(root.value());
  auto people = people_from_cases(cases, vocabulary, born, digest.hex());

  auto problems = root.diagnostics();
  problems.insert(problems.end(), reader.problems.begin(), reader.problems.end());
  problems.insert(problems.end(), people.diagnostics().begin(), people.diagnostics().end());
  if (has_errors(problems)) return Checked<People>::refused(std::move(problems));
  return {std::move(people).value(), std::move(problems)};
}

}  // namespace leavingcare
