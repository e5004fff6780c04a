// leavingcare/law/declarations.hpp
//
// What the files of one rulebook say, before anyone asks what it means.
//
// A rulebook is a folder of YAML files (or one file). It declares facts, readings, parameters and rules; each rule has a summary in plain
// words, citations, and one or more dated versions. Conditions are kept as written, as located trees: the rulebook stage reads them.
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/law/documents.hpp>
#include <leavingcare/law/duties.hpp>
#include <leavingcare/law/facts.hpp>
#include <leavingcare/law/indicators.hpp>
#include <leavingcare/source/node.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::law {

/// Where a rule comes from: an instrument and its provision, or a document and its lines.
struct Citation {
  std::string instrument;  ///< "Children Act 1989", or the document's name
  std::string provision;   ///< "s.23A(2)", or "lines 14-20"
  std::string lines;       ///< of a document: "14-20"; empty where an instrument is cited
  Place place;
};

/// Why a version applies on no day.
enum class NotInForce : std::uint8_t { enacted, proposed, in_progress };

[[nodiscard]] constexpr std::string_view in_words(NotInForce why) {
  constexpr std::string_view words[] = {"enacted", "proposed", "in progress"};
  return words[static_cast<std::size_t>(why)];
}

/// One dated version of a rule: [from, until). What was enacted and not commenced, or is only proposed or being brought about, never applies.
struct Version {
  Day from = Day::beginning_of_time;
  Day until = Day::end_of_time;
  std::optional<NotInForce> not_in_force;  ///< set: from = until = end_of_time
  Day said;                        ///< of what is not in force: the day it was enacted, or that of the document that proposes it
  std::optional<Day> planned;      ///< of what is in progress: the day by which it is to be so
  std::vector<Citation> cite;
  source::Node when;               ///< the condition, or the day or number of a definition
  bool is_value = false;           ///< written under `is`: a day or a number, not a condition
  std::optional<source::Node> amount;  ///< entitlements: how much, while it is owed
  std::optional<DutyTerms> duty;   ///< duties: all else; `when` is then what makes the duty arise
  std::optional<IndicatorTerms> indicator;  ///< indicators: all else
  std::string note;
  Place place;
};

enum class RuleKind : std::uint8_t { definition, status, entitlement, duty, limit, indicator };

[[nodiscard]] constexpr std::string_view in_words(RuleKind kind) {
  constexpr std::string_view words[] = {"definition", "status", "entitlement", "duty", "limit", "indicator"};
  return words[static_cast<std::size_t>(kind)];
}

struct Rule {
  RuleKind kind = RuleKind::definition;
  std::string name;
  std::string summary;  ///< what it is, in words of our own, readable after "because"
  std::string unit;     ///< of the amount or number, if any
  std::string note;
  std::string standing; ///< what stands behind it: law, contract, offer, plan_target, monitor_only; empty: not said
  bool listed_with_statuses = false;  ///< an entitlement that the table of statuses shows as well
  bool continues_after_death = false;
  std::vector<Version> versions;  ///< in order of time, without gap or overlap
  std::string compare_with;       ///< the rule of an extended rulebook that speaks of the same thing; may be empty
  Place compare_with_place;
  Place place;
};

/// A question on which lawyers differ: the rulebook names the answers and picks a default.
struct Reading {
  struct Option {
    std::string name;
    std::string summary;
  };
  std::string name;
  std::string question;
  std::vector<Option> options;
  std::size_t chosen = 0;  ///< the default
  std::vector<Citation> cite;
  std::string note;
  Place place;
};

/// A number or period that the law fixes and may change by date.
struct Parameter {
  struct Value {
    Day from = Day::beginning_of_time;
    Day until = Day::end_of_time;
    source::Node value;
    std::vector<Citation> cite;
  };
  std::string name;
  std::string summary;
  std::string unit;
  std::vector<Value> values;
  bool missing = false;               ///< the source gives no figure: what needs it is unknown until somebody does
  std::vector<Citation> cite;         ///< of one that is missing: where the figure ought to stand
  std::optional<Day> reviewed_until;  ///< the last day for which somebody checked that no newer value exists
  Place place;
};

/// Something the source says and the language does not.
struct CannotExpress {
  std::string says;
  std::string reason;
  std::vector<Citation> cite;
  Place place;
};

/// Whom the rules are about, and the two events that cut across all of them.
struct Subject {
  std::string name;
  std::string born;              ///< the day fact of birth
  std::string ends_with;         ///< the event from whose day no status or entitlement holds; may be empty
  std::string begins_anew_with;  ///< the event from whose day the facts below, as far as they lie before it, no longer count
  std::vector<std::string> forgets;
  std::string under_reading;     ///< only under this option of this reading; both empty: always
  std::string under_option;
  std::string team_fact;         ///< the periods fact, and its field, that say in which team somebody is; both may be empty
  std::string team_field;
  Place place;
};

/// Choices that no operator makes by itself.
struct Conventions {
  std::string leap_birthday_reading;  ///< a reading whose options are named 1_march and 28_february
  std::string working_days;           ///< the calendar that tells which days are working days; may be empty
  Place working_days_place;
  Place place;
};

/// One name for people who may hold several statuses at once: the first that holds.
struct Category {
  struct Rank {
    std::string rule;
    std::string label;
    Place place;
  };
  std::string name;
  std::string summary;
  std::vector<Rank> ranks;
  std::vector<Citation> cite;
  Place place;
};

struct Declarations {
  std::string name;
  std::string title;
  std::string summary;
  std::string extends;
  Place extends_place;
  Vocabulary vocabulary;
  std::vector<Rule> rules;
  std::vector<Reading> readings;
  std::vector<Parameter> parameters;
  std::vector<Category> categories;
  std::vector<CannotExpress> cannot_express;
  std::vector<Document> documents;
  std::optional<Subject> subject;
  std::optional<Conventions> conventions;
  std::vector<std::shared_ptr<const SourceFile>> files;
};

}  // namespace leavingcare::law
