// bench/england_check.hpp
//
// England's answers for a cohort, held against the two programs of tests/ that decide everything day by day and share no code with the engine.
#pragma once

#include "cohort.hpp"
#include "stage.hpp"

#include <leavingcare/people/read_people.hpp>
#include <leavingcare/results/tables.hpp>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <string>

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

}  // namespace bench
