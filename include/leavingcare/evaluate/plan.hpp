// leavingcare/evaluate/plan.hpp
//
// A rulebook bound to a population: which instructions are needed, which column each fact is, which code each word has.
//
// A plan is made once per evaluation, holds no answers, and is shared by all threads.
#pragma once

#include <leavingcare/calendar/steps.hpp>
#include <leavingcare/evaluate/options.hpp>
#include <leavingcare/people/people.hpp>
#include <leavingcare/rulebook/rulebook.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace leavingcare {

/// One field test: for each code of the column, yes or no; a blank is unknown unless the vocabulary says otherwise.
struct BoundTest {
  const WordColumn* column = nullptr;  ///< null: the source has no such column, so every answer is `blank`
  std::vector<Truth> of_code;
  Truth blank = Truth::unknown;
  bool may_be_unknown = false;         ///< some row's answer is unknown
};

/// A field that holds numbers: the number of each code of its column.
struct BoundNumbers {
  const WordColumn* column = nullptr;  ///< null: the source has no such column, so every cell is `blank`
  std::vector<double> of_code;
  double blank = absent;               ///< `absent`: a blank cell may be any number
  bool may_be_unknown = false;         ///< some row's cell is blank, and so unknown

  /// The number in a row; `absent` if nobody knows it.
  [[nodiscard]] double operator[](std::size_t row) const {
    const auto code = column == nullptr ? WordColumn::blank : column->codes[row];
    return code == WordColumn::blank ? blank : of_code[static_cast<std::size_t>(code)];
  }
};

/// Records of a fact that may not be so: those of which the test holds.
struct BoundDoubt {
  BoundTest test;
  Truth then = Truth::unknown;  ///< unknown, or no: they are left out
};

/// A fact's table as the kernels see it.
struct BoundFact {
  const FactTable* table = nullptr;  ///< null: nobody has any record of it
  std::vector<BoundDoubt> doubts;
  bool unknown_for_all = false;      ///< no table, and the unrecorded is unknown
  bool has_coverage = false;         ///< the table is complete on some days only
  bool has_doubtful = false;         ///< some row may or may not be so
  bool begins_anew = false;          ///< what lies before a fresh start does not count
};

/// A period of an indicator, and the version that says what is counted in it.
struct PlannedPeriod {
  std::uint32_t rule = 0;
  std::uint32_t version = 0;
  Span days;
};

struct Plan {
  const Rulebook* book = nullptr;
  const People* people = nullptr;
  std::vector<std::uint32_t> order;             ///< instructions to run, each after its operands
  std::vector<std::uint32_t> stands_for;        ///< per instruction: itself, or the option of a reading it comes down to
  std::vector<std::size_t> chosen;              ///< per reading: the option
  std::vector<std::uint32_t> outputs;           ///< the rules asked for, duties and indicators apart
  std::vector<std::uint32_t> duties;            ///< the duties asked for
  std::vector<PlannedPeriod> periods;           ///< of the indicators asked for
  std::optional<Day> as_at;                     ///< the day the data were drawn: what is done after it does not count as done
  std::vector<BoundFact> facts;                 ///< per fact of the vocabulary; then variants of them, see fact_of
  std::vector<std::uint32_t> fact_of;           ///< per instruction: which of `facts` it reads. A variant where the source is known to hold
                                                ///< every record that the instruction's field tests could match
  std::vector<std::vector<BoundTest>> tests;    ///< per instruction
  std::vector<BoundNumbers> numbers;            ///< per instruction: of sum_of, the field that is added up
  const FactTable* born = nullptr;
  MissingDay leap_birthday = MissingDay::first_of_next_month;
  bool begins_anew = false;                     ///< fresh starts apply under the readings chosen
  std::uint32_t fresh_start_fact = none;

  /// Where the value of an instruction is found once readings are chosen.
  [[nodiscard]] std::uint32_t at(std::uint32_t instruction) const { return stands_for[instruction]; }
};

/// Binds a rulebook to people. Throws std::invalid_argument for a reading, option or rule that does not exist.
[[nodiscard]] Plan make_plan(const Rulebook& book, const People& people, const Options& options);

}  // namespace leavingcare
