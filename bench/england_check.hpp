// bench/england_check.hpp
//
// England's answers for a cohort, held against the two programs of tests/ that decide everything day by day and share no code with the engine; and
// its answers where most is unknown against those.
#pragma once

#include "cohort.hpp"
#include "stage.hpp"

#include <leavingcare/people/read_people.hpp>
#include <leavingcare/results/tables.hpp>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace bench {

/// The fact tables of a cohort, and of all that England asks about besides: nobody has any of it.
inline void write_whole_fact_tables(const Cohort& cohort, const leavingcare::Rulebook& book, const std::filesystem::path& folder) {
  write_fact_tables(cohort, folder);
  for (const auto& fact : book.vocabulary.facts) {
    const auto file = folder / (fact.name + ".csv");
    if (std::filesystem::exists(file)) continue;
    std::ofstream out(file);
    switch (fact.kind) {
      case leavingcare::law::FactKind::day: out << "person,value"; break;
      case leavingcare::law::FactKind::events: out << "person,on"; break;
      case leavingcare::law::FactKind::periods: out << "person,from,until"; break;
      case leavingcare::law::FactKind::numbers: out << "person,from,until,value"; break;
    }
    for (const auto& field : fact.fields) out << ',' << field.name;
    must(static_cast<bool>((out << '\n').flush()), "cannot write " + file.string());
  }
}

/// Throws unless every status and every obligation of the cohort, as England's rulebook has them on `as_at`, is as the two programs decide it.
inline void check_england(const Cohort& cohort, leavingcare::Day as_at, const std::string& name) {
  const Scratch scratch(name);
  const auto facts = scratch.folder() / "facts";
  const auto ours = scratch.folder() / "ours";
  const auto theirs = scratch.folder() / "theirs";
  const auto book = std::make_shared<const leavingcare::Rulebook>(england());
  write_whole_fact_tables(cohort, *book, facts);
  leavingcare::Options options;
  options.as_at = as_at;
  const auto people = std::make_shared<const leavingcare::People>(leavingcare::read_facts(facts, book->vocabulary, book->subject.born).value_or_throw());
  leavingcare::write_tables(leavingcare::Result(book, people, options), ours);

  const auto run = [](const std::string& command) { must(std::system(command.c_str()) == 0, "England's answers are not those decided day by day, or could not be compared: " + command); };
  const std::string python = LEAVINGCARE_PYTHON " -B " LEAVINGCARE_TESTS_FOLDER;
  const std::string obligations = (theirs / "obligations.csv").string();
  const std::string statuses = (theirs / "statuses.csv").string();
  run(LEAVINGCARE_DAY_BY_DAY " --facts " + facts.string() + " --out " + theirs.string());
  run(LEAVINGCARE_DEADLINES " --facts " + facts.string() + " --statuses " + statuses + " --holidays " LEAVINGCARE_TESTS_FOLDER "/deadlines/bank_holidays_england_wales.csv --as-at " + iso(as_at) + " --out " + obligations);
  run(python + "/day_by_day/compare.py --engine " + (ours / "statuses.csv").string() + " --truth " + statuses + " --facts " + facts.string() + " > /dev/null");
  run(python + "/deadlines/compare.py --engine " + (ours / "obligations.csv").string() + " --truth " + obligations + " > /dev/null");
}

/// The days on which each rule's answer is yes, and those on which it is not no: by person and rule.
struct KnownDays {
  std::vector<std::vector<leavingcare::Day>> yes, not_no;

  KnownDays(const leavingcare::Answers& answers, std::size_t people, std::size_t rules) {
    std::vector<std::vector<leavingcare::Span>> yes_spans(people * rules), not_no_spans(people * rules);
    for (std::size_t row = 0; row < answers.rows(); ++row) {
      const std::size_t place = answers.person[row] * rules + answers.rule[row];
      not_no_spans[place].push_back({answers.from[row], answers.until[row]});
      if (answers.truth[row] == leavingcare::Truth::yes) yes_spans[place].push_back(not_no_spans[place].back());
    }
    for (const auto& spans : yes_spans) yes.push_back(leavingcare::timeline_of(spans));
    for (const auto& spans : not_no_spans) not_no.push_back(leavingcare::timeline_of(spans));
  }
};

/// Throws unless every yes and every no that England's rules give with most facts unknown is so as well when there is nothing to be known.
inline void check_unknown(const Cohort& cohort, leavingcare::Options options) {
  const auto people = as_people(cohort);
  const auto book = england();
  const auto days = [&](leavingcare::Unrecorded unrecorded) {
    options.unrecorded = unrecorded;
    return KnownDays(leavingcare::evaluate(book, people, options), people.size(), book.rules.size());
  };
  const auto unknown = days(leavingcare::Unrecorded::unknown);
  const auto none = days(leavingcare::Unrecorded::none);
  for (std::size_t i = 0; i < none.yes.size(); ++i) {
    must(none.yes[i] == none.not_no[i], "an answer is unknown, and everything is known");
    must(leavingcare::within(unknown.yes[i], none.yes[i]), "a yes for want of facts is a no where there are none");
    must(leavingcare::within(none.yes[i], unknown.not_no[i]), "a no for want of facts is a yes where there are none");
  }
}

}  // namespace bench
