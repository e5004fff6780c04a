// leavingcare/results/explain.hpp
//
// Why: the same answer, with its reasons.
//
// Explaining runs the same instructions for one person, keeps every intermediate timeline, and walks the rule as it was written. There is no
// second engine that could disagree with the first. Each line says what was asked, what the answer is, for which days it stays so, which
// records or birthdays or totals it rests on, and where the law says it; for a "no", what is missing and by how much.
#pragma once

#include <leavingcare/evaluate/options.hpp>
#include <leavingcare/calendar/truth.hpp>
#include <leavingcare/people/people.hpp>
#include <leavingcare/rulebook/rulebook.hpp>

#include <string>
#include <vector>

namespace leavingcare {

/// One line of an explanation, and the lines beneath it.
struct Reason {
  std::string sentence;                ///< what was asked: "looked after by a local authority"
  Truth truth = Truth::no;
  Span days;                           ///< the unbroken days around the day asked on which the answer stays so
  std::string detail;                  ///< "84 of 91 days; reaches 91 on 4 March 2026 as things stand"; may be empty
  std::vector<std::string> citations;  ///< "Children Act 1989 s.23A(2)"
  std::vector<std::string> records;    ///< "care from 15 January 2024, legal_status V2 (care.csv, line 3)"
  std::vector<Reason> parts;
};

/// A day on which the answer changes, and what moved it.
struct Change {
  Day on;                           ///< beginning_of_time: it has always been so
  Truth to = Truth::no;
  std::vector<std::string> because;  ///< "16th birthday", "care ends (care.csv, line 3)"
};

struct Explanation {
  std::string person;
  std::string rule;
  std::string summary;
  Day on;
  Truth truth = Truth::no;            ///< of a duty: whether something is still to be done on that day
  bool projection = false;            ///< the day lies after the day the data were drawn
  std::vector<Change> changes;        ///< every change of the answer, in order of time
  std::vector<std::string> settled_by;  ///< where it is unknown: the facts that would settle it
  std::vector<std::string> readings;  ///< readings under which the answer on that day would be another: "adoption = no_effect: yes"
  std::vector<std::string> told;      ///< duties: how things stand on that day, in sentences that could be sent as they are
  std::vector<std::string> obligations;  ///< duties: each obligation in a sentence, in order of time
  Reason reason;                      ///< of a duty: why it arose
};

/// Explains a rule for one person on a day; a duty as it stood on that day, whatever was done later. Throws std::invalid_argument for a person or rule
/// that does not exist, or a rule that is no condition. Without `under_other_readings` it leaves `readings` empty, and is many times as quick.
[[nodiscard]] Explanation explain(const Rulebook& book, const People& people, const Options& options, const std::string& person,
                                  const std::string& rule, Day on, bool under_other_readings = true);

/// For a person to read: sentences, indented.
[[nodiscard]] std::string render_text(const Explanation& explanation);

/// The same as JSON, for programs.
[[nodiscard]] std::string render_json(const Explanation& explanation);

}  // namespace leavingcare
