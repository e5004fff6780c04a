// src/law/read_declarations.cpp
#include <leavingcare/law/read_declarations.hpp>

#include <leavingcare/source/read_yaml.hpp>

#include "document_reader.hpp"
#include "../source/side_by_side.hpp"
#include "duty_reader.hpp"
#include "indicator_reader.hpp"
#include "node_reader.hpp"

#include <algorithm>
#include <map>

namespace leavingcare::law {
namespace {

using source::Node;
using source::NodeKind;

class DeclarationReader {
 public:
  DeclarationReader(Declarations& into, Diagnostics& problems) : into_(into), problems_(problems), read_(problems) {}

  void file(const Node& root) {
    if (!read_.keys(root, "a rulebook file",
                    {"rulebook", "title", "summary", "extends", "subject", "conventions", "facts", "readings", "parameters",
                     "definitions", "statuses", "entitlements", "duties", "limits", "indicators", "categories", "documents", "cannot_express"})) {
      return;
    }
    if (const auto* name = root.find("rulebook")) head(root, *name);
    for (const auto& entry : root.entries) {
      if (entry.key == "subject") subject(entry.value);
      if (entry.key == "conventions") conventions(entry.value);
      if (entry.key == "facts") each(entry.value, "facts", [&](auto& e) { fact(e); });
      if (entry.key == "readings") each(entry.value, "readings", [&](auto& e) { reading(e); });
      if (entry.key == "parameters") each(entry.value, "parameters", [&](auto& e) { parameter(e); });
      if (entry.key == "definitions") each(entry.value, "definitions", [&](auto& e) { rule(RuleKind::definition, e); });
      if (entry.key == "statuses") each(entry.value, "statuses", [&](auto& e) { rule(RuleKind::status, e); });
      if (entry.key == "entitlements") each(entry.value, "entitlements", [&](auto& e) { rule(RuleKind::entitlement, e); });
      if (entry.key == "duties") each(entry.value, "duties", [&](auto& e) { rule(RuleKind::duty, e); });
      if (entry.key == "limits") each(entry.value, "limits", [&](auto& e) { rule(RuleKind::limit, e); });
      if (entry.key == "indicators") each(entry.value, "indicators", [&](auto& e) { rule(RuleKind::indicator, e); });
      if (entry.key == "categories") each(entry.value, "categories", [&](auto& e) { category(e); });
      if (entry.key == "documents") each(entry.value, "documents", [&](auto& e) { into_.documents.push_back(read_document(e, read_)); });
      if (entry.key == "cannot_express") cannot_express(entry.value);
    }
  }

 private:
  template <class Visit>
  void each(const Node& node, std::string_view what, Visit visit) {
    if (!read_.is(node, NodeKind::map, what)) return;
    for (const auto& entry : node.entries) {
      if (!read_.name(entry.key, entry.key_place)) continue;
      if (entry.key == "always" || entry.key == "never" || entry.key.find_first_not_of("0123456789") == std::string::npos) {
        read_.report(Code::L113, entry.key_place, "'" + entry.key + "' already means something in a condition: choose another name");
      }
      const auto [other, is_new] = seen_.emplace(entry.key, entry.key_place);
      if (!is_new) {
        Diagnostic twice = error_at(Code::L108, entry.key_place, "'" + entry.key + "' is declared twice",
                                    "give one of them another name");
        twice.labels.push_back({other->second, "declared here first"});
        problems_.push_back(std::move(twice));
        continue;
      }
      visit(entry);
    }
  }

  void head(const Node& root, const Node& name) {
    if (!into_.name.empty()) {
      read_.report(Code::L108, name.place, "the rulebook is named twice", "only one file of the folder has the key 'rulebook'");
      return;
    }
    into_.name = read_.text(name, "rulebook");
    if (name.is_scalar()) read_.name(into_.name, name.place);
    into_.title = read_.text_of(root, "title", "rulebook");
    if (const auto* summary = read_.need(root, "summary", "the rulebook", Code::L104)) into_.summary = read_.text(*summary, "summary");
    if (const auto* extends = root.find("extends")) {
      into_.extends = read_.text(*extends, "extends");
      into_.extends_place = extends->place;
    }
  }

  std::string summary_of(const source::Entry& entry) {
    const auto* found = read_.need(entry.value, "summary", "'" + entry.key + "'", Code::L104);
    if (found == nullptr) return {};
    if (found->is_scalar() && found->text.find_first_not_of(" \t\n") == std::string::npos) {
      read_.report(Code::L104, entry.key_place, "the summary of '" + entry.key + "' says nothing");
    }
    return read_.text(*found, "summary");
  }

  std::vector<Citation> citations(const Node& owner, std::string_view what, bool required) {
    std::vector<Citation> found;
    const auto* node = owner.find("cite");
    if (node == nullptr || node->kind == NodeKind::empty) {
      if (required) {
        read_.report(Code::L105, owner.place, std::string(what) + " has no citation",
                     "cite: [{instrument: Children Act 1989, provision: s.23A(2)}]");
      }
      return found;
    }
    const auto one = [&](const Node& item) {
      if (!read_.keys(item, "a citation", {"instrument", "provision", "document", "lines"})) return;
      const bool law = item.find("instrument") != nullptr;
      for (const char* key : {"document", "lines"}) {
        if (const auto* both = item.find(key); law && both != nullptr) {
          read_.report(Code::L101, both->place, std::string("'") + key + "' stands beside 'instrument'", "make two citations of it");
        }
      }
      const auto* source = law ? item.find("instrument") : read_.need(item, "document", "a citation", Code::L105);
      const auto* where = read_.need(item, law ? "provision" : "lines", "a citation", Code::L105);
      if (source == nullptr || where == nullptr) return;
      found.push_back({read_.text(*source, "citation"), (law ? "" : "lines ") + read_.text(*where, "citation"), law ? "" : where->text, item.place});
    };
    if (node->is_map()) {
      one(*node);
    } else if (read_.is(*node, NodeKind::list, "cite")) {
      if (node->items.empty() && required) read_.report(Code::L105, node->place, std::string(what) + " has no citation");
      for (const auto& item : node->items) one(item);
    }
    return found;
  }

  void fact(const source::Entry& entry) {
    const auto& node = entry.value;
    if (!read_.keys(node, "a fact", {"kind", "summary", "unit", "fields", "doubtful", "held_by", "if_unknown"})) return;
    Fact fact;
    fact.name = entry.key;
    fact.place = entry.key_place;
    fact.summary = summary_of(entry);
    fact.unit = read_.text_of(node, "unit", "fact");
    fact.if_unknown = read_.text_of(node, "if_unknown", "fact");
    if (const auto* held = node.find("held_by")) fact.held_by = read_.words(*held, "held_by");
    if (const auto* kind = read_.need(node, "kind", "fact '" + entry.key + "'")) {
      if (const auto found = read_.choice(*kind, "kind of fact", {"day", "periods", "events", "numbers"})) {
        fact.kind = static_cast<FactKind>(*found);
      }
    }
    if (const auto* fields = node.find("fields"); fields != nullptr && read_.is(*fields, NodeKind::map, "fields")) {
      for (const auto& one : fields->entries) {
        if (!read_.name(one.key, one.key_place)) continue;
        if (!read_.keys(one.value, "a field", {"summary", "one_of", "unit", "required", "when_absent"})) continue;
        Field field;
        field.name = one.key;
        field.place = one.key_place;
        field.summary = summary_of(one);
        if (const auto* words = one.value.find("one_of")) field.one_of = read_.words(*words, "one_of");
        field.unit = read_.text_of(one.value, "unit", "field");
        if (const auto* unit = one.value.find("unit"); unit != nullptr && one.value.find("one_of") != nullptr) {
          read_.report(Code::L101, unit->place, "'unit' stands beside 'one_of'", "a field holds a number, which has a unit, or words");
        }
        if (const auto* required = one.value.find("required")) {
          field.required = read_.choice(*required, "required", {"no", "yes"}) == std::size_t{1};
        }
        field.when_absent = read_.text_of(one.value, "when_absent", "field");
        if (!field.when_absent.empty() && !field.one_of.empty() &&
            std::find(field.one_of.begin(), field.one_of.end(), field.when_absent) == field.one_of.end()) {
          read_.report(Code::R109, one.value.find("when_absent")->place, "field '" + one.key + "' cannot be '" + field.when_absent + "'",
                       suggest(field.when_absent, field.one_of));
        }
        fact.fields.push_back(std::move(field));
      }
    }
    if (const auto* doubtful = node.find("doubtful"); doubtful != nullptr && read_.is(*doubtful, NodeKind::list, "doubtful")) {
      for (const auto& item : doubtful->items) doubt(fact, item);
    }
    into_.vocabulary.facts.push_back(std::move(fact));
  }

  void doubt(Fact& fact, const Node& node) {
    if (!read_.keys(node, "doubtful", {"field", "is", "reading", "because"})) return;
    Doubt doubt;
    doubt.place = node.place;
    if (const auto* field = read_.need(node, "field", "doubtful")) doubt.field = read_.text(*field, "field");
    if (const auto* words = read_.need(node, "is", "doubtful")) {
      doubt.words = read_.words(*words, "is");
      if (words->is_list() && words->items.empty()) read_.report(Code::L102, words->place, "'is' names no word");
    }
    if (const auto* because = read_.need(node, "because", "doubtful", Code::L104)) doubt.because = read_.text(*because, "because");
    doubt.reading = read_.text_of(node, "reading", "doubtful");
    fact.doubts.push_back(std::move(doubt));
  }

  void reading(const source::Entry& entry) {
    const auto& node = entry.value;
    if (!read_.keys(node, "a reading", {"question", "options", "default", "cite", "note"})) return;
    Reading reading;
    reading.name = entry.key;
    reading.place = entry.key_place;
    if (const auto* question = read_.need(node, "question", "reading '" + entry.key + "'", Code::L104)) {
      reading.question = read_.text(*question, "question");
    }
    reading.cite = citations(node, "reading '" + entry.key + "'", true);
    reading.note = read_.text_of(node, "note", "reading");
    std::vector<std::string> names;
    if (const auto* options = read_.need(node, "options", "reading '" + entry.key + "'");
        options != nullptr && read_.is(*options, NodeKind::map, "options")) {
      for (const auto& option : options->entries) {
        if (!read_.name(option.key, option.key_place)) continue;
        names.push_back(option.key);
        reading.options.push_back({option.key, read_.text(option.value, "option")});
      }
      if (names.size() < 2) read_.report(Code::L102, options->place, "a reading needs at least two options");
    }
    if (const auto* chosen = read_.need(node, "default", "reading '" + entry.key + "'")) {
      if (const auto found = read_.choice(*chosen, "default", names)) reading.chosen = *found;
    }
    into_.readings.push_back(std::move(reading));
  }

  void parameter(const source::Entry& entry) {
    const auto& node = entry.value;
    if (!read_.keys(node, "a parameter", {"summary", "unit", "values", "cite", "reviewed_until"})) return;
    Parameter parameter;
    parameter.name = entry.key;
    parameter.place = entry.key_place;
    parameter.summary = summary_of(entry);
    if (const auto* unit = read_.need(node, "unit", "parameter '" + entry.key + "'")) parameter.unit = read_.text(*unit, "unit");
    if (const auto* reviewed = node.find("reviewed_until")) parameter.reviewed_until = read_.day(*reviewed, "reviewed_until");
    const auto* values = read_.need(node, "values", "parameter '" + entry.key + "'");
    if (values != nullptr && values->is_scalar() && values->text == "missing") {
      parameter.missing = true;
      parameter.cite = citations(node, "parameter '" + entry.key + "'", true);
      values = nullptr;
    } else if (const auto* cite = node.find("cite")) {
      read_.report(Code::L101, cite->place, "'cite' stands beside 'values'", "each value has its own citation; only a parameter whose values are missing has one itself");
    }
    if (values != nullptr && read_.is(*values, NodeKind::list, "values")) {
      std::vector<Place> places;
      for (const auto& item : values->items) {
        if (!read_.keys(item, "a value", {"from", "until", "value", "cite"})) continue;
        Parameter::Value value;
        days(item, value.from, value.until);
        if (const auto* found = read_.need(item, "value", "a value")) value.value = *found;
        value.cite = citations(item, "a value of '" + entry.key + "'", true);
        places.push_back(item.place);
        parameter.values.push_back(std::move(value));
      }
      if (values->items.empty()) read_.report(Code::L102, values->place, "parameter '" + entry.key + "' has no value");
      in_order(parameter.values, places, "values of '" + entry.key + "'");
    }
    into_.parameters.push_back(std::move(parameter));
  }

  void days(const Node& node, Day& from, Day& until) {
    if (const auto* found = node.find("from")) from = read_.day(*found, "from").value_or(from);
    if (const auto* found = node.find("until")) until = read_.day(*found, "until").value_or(until);
    if (from >= until) read_.report(Code::L110, node.place, "it ends before it begins", "'until' is the first day on which it no longer applies");
  }

  /// Sorts by first day; reports every gap and overlap between neighbours.
  template <class Dated>
  void in_order(std::vector<Dated>& dated, const std::vector<Place>& places, const std::string& what) {
    for (std::size_t i = 1; i < dated.size(); ++i) {
      const auto& before = dated[i - 1];
      const auto& after = dated[i];
      if (before.until == after.from) continue;
      const bool gap = before.until < after.from;
      Diagnostic problem = error_at(gap ? Code::L109 : Code::L110, places[i],
                                    what + (gap ? ": nothing is said for the days from " + iso(before.until) + " to before " + iso(after.from)
                                                : ": two apply on the same days, or they are not in order of time"),
                                    "end one with the day the next begins: until: " + iso(after.from));
      problem.labels.push_back({places[i - 1], is_a_day(before.until) ? "ends " + iso(before.until) : "has no end"});
      problems_.push_back(std::move(problem));
    }
  }

  /// The keys of a rule that each of its versions has instead, if it has several.
  bool rule_keys(RuleKind kind, const Node& node) {
    if (kind == RuleKind::indicator) {
      return read_.keys(node, "an indicator", {"summary", "unit", "note", "standing", "versions", "in_force", "cite", "periods", "counted", "among", "those", "total", "out_of",
                                               "target", "monitor_only"});
    }
    if (kind == RuleKind::duty) {
      return read_.keys(node, "a duty", {"summary", "note", "standing", "compare_with", "continues_after_death", "versions", "in_force", "cite", "arises", "only_if", "owed_while", "due",
                                         "then_every", "done_by", "done_counts", "waived_when"});
    }
    return read_.keys(node, in_words(kind), {"summary", "unit", "note", "standing", "compare_with", "listed_with_statuses", "continues_after_death", "versions", "in_force", "cite", "when", "is", "amount"});
  }

  bool version_keys(RuleKind kind, const Node& node) {
    if (kind == RuleKind::indicator) {
      return read_.keys(node, "a version of an indicator", {"in_force", "cite", "note", "periods", "counted", "among", "those", "total", "out_of", "target", "monitor_only"});
    }
    if (kind == RuleKind::duty) {
      return read_.keys(node, "a version of a duty", {"in_force", "cite", "note", "arises", "only_if", "owed_while", "due", "then_every", "done_by", "done_counts", "waived_when"});
    }
    return read_.keys(node, "a version", {"in_force", "cite", "when", "is", "amount", "note"});
  }

  void rule(RuleKind kind, const source::Entry& entry) {
    const auto& node = entry.value;
    if (!rule_keys(kind, node)) return;
    Rule rule;
    rule.kind = kind;
    rule.name = entry.key;
    rule.place = entry.key_place;
    rule.summary = summary_of(entry);
    rule.unit = read_.text_of(node, "unit", in_words(kind));
    rule.note = read_.text_of(node, "note", in_words(kind));
    if (const auto* standing = node.find("standing")) {
      if (read_.choice(*standing, "standing", {"law", "contract", "offer", "plan_target", "monitor_only"})) rule.standing = standing->text;
    }
    if (const auto* other = node.find("compare_with")) {
      rule.compare_with = read_.text(*other, "compare_with");
      rule.compare_with_place = other->place;
    }
    if (const auto* listed = node.find("listed_with_statuses")) {
      if (kind != RuleKind::entitlement && kind != RuleKind::duty) read_.report(Code::L101, listed->place, "only an entitlement can be listed with the statuses");
      rule.listed_with_statuses = read_.choice(*listed, "listed_with_statuses", {"no", "yes"}) == std::size_t{1};
    }
    if (const auto* continues = node.find("continues_after_death")) {
      if (kind == RuleKind::definition) read_.report(Code::L101, continues->place, "a definition does not end with death in any case");
      rule.continues_after_death = read_.choice(*continues, "continues_after_death", {"no", "yes"}) == std::size_t{1};
    }
    std::vector<Place> places;
    if (const auto* versions = node.find("versions")) {
      for (const auto& both : node.entries) {
        static constexpr std::string_view of_the_rule[] = {"summary", "unit", "note", "standing", "compare_with", "listed_with_statuses", "continues_after_death", "versions"};
        if (std::find(std::begin(of_the_rule), std::end(of_the_rule), both.key) != std::end(of_the_rule)) continue;
        read_.report(Code::L101, both.value.place, "'" + both.key + "' stands beside 'versions'", "move it into each version");
      }
      if (read_.is(*versions, NodeKind::list, "versions")) {
        if (versions->items.empty()) read_.report(Code::L102, versions->place, "'" + entry.key + "' has no version");
        for (const auto& item : versions->items) {
          if (version_keys(kind, item)) version(rule, item, places);
        }
      }
    } else {
      version(rule, node, places);
    }
    in_order(rule.versions, places, "versions of '" + entry.key + "'");
    into_.rules.push_back(std::move(rule));
  }

  void in_force(Rule& rule, const Node& node, Version& version) {
    const auto* found = node.find("in_force");
    if (found == nullptr) {
      if (rule.kind != RuleKind::definition) {
        read_.report(Code::L102, node.place, "'" + rule.name + "' does not say when it is in force", "in_force: {from: 2011-04-01}");
      }
      return;
    }
    if (!read_.keys(*found, "in_force", {"from", "until", "enacted", "proposed", "in_progress", "due"})) return;
    static constexpr std::pair<const char*, NotInForce> ways[] = {{"enacted", NotInForce::enacted}, {"proposed", NotInForce::proposed}, {"in_progress", NotInForce::in_progress}};
    const char* way = nullptr;
    for (const auto& [key, why] : ways) {
      const auto* said = found->find(key);
      if (said == nullptr) continue;
      if (way != nullptr) read_.report(Code::L101, said->place, std::string("'") + key + "' stands beside '" + way + "'", "keep the one that is so");
      way = key;
      version.not_in_force = why;
      version.said = read_.day(*said, key).value_or(Day{});
      version.from = Day::end_of_time;
    }
    if (way == nullptr) {
      if (rule.kind != RuleKind::definition) read_.need(*found, "from", "in_force");
      days(*found, version.from, version.until);
    }
    for (const char* key : {"from", "until"}) {
      if (const auto* both = found->find(key); both != nullptr && way != nullptr) {
        read_.report(Code::L101, both->place, std::string("'") + key + "' stands beside '" + way + "', which says that it is not in force");
      }
    }
    if (const auto* due = found->find("due")) {
      if (version.not_in_force == NotInForce::in_progress) version.planned = read_.day(*due, "due");
      else read_.report(Code::L101, due->place, "'due' goes with 'in_progress'", "in_force: {in_progress: 2019-01-01, due: 2019-03-31}");
    }
  }

  void version(Rule& rule, const Node& node, std::vector<Place>& places) {
    Version version;
    version.place = node.place;
    version.cite = citations(node, "'" + rule.name + "'", true);
    if (node.find("summary") == nullptr) version.note = read_.text_of(node, "note", "version");
    in_force(rule, node, version);
    if (rule.kind == RuleKind::indicator) {
      version.indicator = read_indicator_terms(node, rule.name, read_);
    } else if (rule.kind == RuleKind::duty) {
      version.duty = read_duty_terms(node, rule.name, version.when, read_);
    } else {
      what_holds(rule, node, version);
    }
    places.push_back(node.place);
    rule.versions.push_back(std::move(version));
  }

  /// The condition, day or number of a rule that is no duty.
  void what_holds(Rule& rule, const Node& node, Version& version) {
    const auto* when = node.find("when");
    const auto* is = node.find("is");
    if (when != nullptr && is != nullptr) read_.report(Code::L101, is->place, "'is' stands beside 'when'", "a definition is a condition ('when') or a day or number ('is')");
    if (is != nullptr && rule.kind != RuleKind::definition) read_.report(Code::L101, is->place, "only a definition has 'is'");
    version.is_value = is != nullptr && when == nullptr;
    const bool misplaced = version.is_value && rule.kind != RuleKind::definition;
    const auto* written = misplaced ? nullptr : when == nullptr ? is : when;
    if (!misplaced && (written == nullptr || written->kind == NodeKind::empty)) written = read_.need(node, "when", "'" + rule.name + "'");
    if (written != nullptr) version.when = *written;
    if (const auto* amount = node.find("amount")) {
      if (rule.kind == RuleKind::entitlement) version.amount = *amount;
      else read_.report(Code::L101, amount->place, "only an entitlement has an amount");
    }
  }

  void subject(const Node& node) {
    if (into_.subject) return read_.report(Code::L108, node.place, "the subject is declared twice");
    if (!read_.keys(node, "subject", {"name", "born", "ends_with", "begins_anew", "team"})) return;
    Subject subject;
    subject.place = node.place;
    if (const auto* name = read_.need(node, "name", "subject")) subject.name = read_.text(*name, "name");
    if (const auto* born = read_.need(node, "born", "subject")) subject.born = read_.text(*born, "born");
    subject.ends_with = read_.text_of(node, "ends_with", "subject");
    if (const auto* team = node.find("team"); team != nullptr && read_.keys(*team, "team", {"fact", "field"})) {
      if (const auto* fact = read_.need(*team, "fact", "team")) subject.team_fact = read_.text(*fact, "fact");
      if (const auto* field = read_.need(*team, "field", "team")) subject.team_field = read_.text(*field, "field");
    }
    if (const auto* anew = node.find("begins_anew"); anew != nullptr && read_.keys(*anew, "begins_anew", {"with", "forgets", "under", "summary", "cite"})) {
      if (const auto* with = read_.need(*anew, "with", "begins_anew")) subject.begins_anew_with = read_.text(*with, "with");
      if (const auto* forgets = read_.need(*anew, "forgets", "begins_anew")) subject.forgets = read_.words(*forgets, "forgets");
      read_.need(*anew, "summary", "begins_anew", Code::L104);
      citations(*anew, "begins_anew", true);
      if (const auto* under = anew->find("under"); under != nullptr && read_.is(*under, NodeKind::map, "under")) {
        if (under->entries.size() != 1) read_.report(Code::L103, under->place, "under: one reading and its option", "under: {adoption: earlier_care_no_longer_counts}");
        else {
          subject.under_reading = under->entries.front().key;
          subject.under_option = read_.text(under->entries.front().value, "under");
        }
      }
    }
    into_.subject = std::move(subject);
  }

  void conventions(const Node& node) {
    if (into_.conventions) return read_.report(Code::L108, node.place, "the conventions are declared twice");
    if (!read_.keys(node, "conventions", {"birthday_on_29_february", "working_days"})) return;
    Conventions conventions;
    conventions.place = node.place;
    // A rulebook that extends another may add a calendar alone.
    const bool calendar_alone = node.find("working_days") != nullptr && node.find("birthday_on_29_february") == nullptr;
    if (const auto* leap = calendar_alone ? nullptr : read_.need(node, "birthday_on_29_february", "conventions")) conventions.leap_birthday_reading = read_.text(*leap, "birthday_on_29_february");
    if (const auto* calendar = node.find("working_days")) {
      if (calendar->is_scalar() && read_.name(calendar->text, calendar->place)) conventions.working_days = calendar->text;
      else read_.is(*calendar, NodeKind::scalar, "working_days");
      conventions.working_days_place = calendar->place;
    }
    into_.conventions = std::move(conventions);
  }

  void category(const source::Entry& entry) {
    const auto& node = entry.value;
    if (!read_.keys(node, "a category", {"summary", "cite", "first_of"})) return;
    Category category;
    category.name = entry.key;
    category.place = entry.key_place;
    category.summary = summary_of(entry);
    category.cite = citations(node, "category '" + entry.key + "'", true);
    if (const auto* ranks = read_.need(node, "first_of", "a category"); ranks != nullptr && read_.is(*ranks, NodeKind::map, "first_of")) {
      for (const auto& rank : ranks->entries) category.ranks.push_back({rank.key, read_.text(rank.value, "label"), rank.key_place});
    }
    into_.categories.push_back(std::move(category));
  }

  void cannot_express(const Node& node) {
    if (!read_.is(node, NodeKind::list, "cannot_express")) return;
    for (const auto& item : node.items) {
      if (!read_.keys(item, "cannot_express", {"says", "reason", "cite"})) continue;
      CannotExpress one;
      one.place = item.place;
      if (const auto* says = read_.need(item, "says", "cannot_express", Code::L104)) one.says = read_.text(*says, "says");
      if (const auto* reason = read_.need(item, "reason", "cannot_express")) one.reason = read_.text(*reason, "reason");
      one.cite = citations(item, "cannot_express", true);
      into_.cannot_express.push_back(std::move(one));
    }
  }

  Declarations& into_;
  Diagnostics& problems_;
  NodeReader read_;
  std::map<std::string, Place> seen_;
};

}  // namespace

Declarations read_declarations(const std::filesystem::path& file_or_folder, Diagnostics& problems) {
  Declarations found;
  const auto known_problems = problems.size();
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  if (std::filesystem::is_directory(file_or_folder, failed)) {
    for (const auto& entry : std::filesystem::directory_iterator(file_or_folder, failed)) {
      if (entry.path().extension() == ".yaml" && entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    if (files.empty()) {
      problems.push_back({Code::Y101, Severity::error, "no rulebook: the folder " + file_or_folder.string() + " holds no .yaml file", {}, {}});
    }
  } else {
    files.push_back(file_or_folder);
  }
  DeclarationReader reader(found, problems);
  side_by_side(files.size(), 0, [&](std::size_t i) { return source::read_yaml_file(files[i]); }, [&](const Checked<source::Node>& tree) {
    problems.insert(problems.end(), tree.diagnostics().begin(), tree.diagnostics().end());
    if (!tree) return;
    found.files.push_back(tree.value().place.file);
    reader.file(tree.value());
  });
  if (problems.size() == known_problems && found.name.empty()) {
    problems.push_back(error_at(Code::L102, {found.files.empty() ? nullptr : found.files.front(), 0, 0, 1},
                                "no file of the rulebook has the key 'rulebook'", "rulebook: my_council"));
  }
  return found;
}

}  // namespace leavingcare::law
