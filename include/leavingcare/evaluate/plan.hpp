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

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace leavingcare {

/// One field test: for each code of the column, yes or no; a blank is unknown unless the vocabulary says otherwise.
struct BoundTest {
  const WordColumn* column = nullptr;          ///< null: the source has no such column, so every cell is blank
  std::vector<Truth> answers{Truth::unknown};  ///< for a blank, then for each code
  bool may_be_unknown = false;                 ///< some row's answer is unknown

  [[nodiscard]] Truth of_code(std::int32_t code) const { return answers[static_cast<std::size_t>(code - WordColumn::blank)]; }
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

/// The records that an instruction reads, and what it asks of them.
struct Binding {
  std::uint32_t fact = none;     ///< of Plan::facts: the instruction's own, or a variant of it where the source is known to hold every record
                                 ///< that the field tests could match
  std::vector<BoundTest> tests;
  BoundNumbers numbers;          ///< sum_of: the field that is added up
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
  std::vector<std::uint32_t> places;            ///< per instruction: see place(); `none` if it is not needed
  std::array<std::uint32_t, 3> values{};        ///< by ValueKind, see values_of()
  std::vector<std::size_t> chosen;              ///< per reading: the option
  std::vector<std::uint32_t> outputs;           ///< the rules asked for, duties and indicators apart
  std::vector<std::uint32_t> duties;            ///< the duties asked for
  std::vector<PlannedPeriod> periods;           ///< of the indicators asked for
  std::optional<Day> as_at;                     ///< the day the data were drawn: what is done after it does not count as done
  std::vector<BoundFact> facts;                 ///< per fact of the vocabulary; then variants of them, see Binding
  std::vector<Binding> bindings;                ///< the first is of instructions that read no records, or are not needed
  std::vector<std::uint32_t> binding_of;        ///< per instruction: which of `bindings`
  std::vector<const FactTable*> tables;         ///< those that any instruction reads records of
  const FactTable* born = nullptr;
  MissingDay leap_birthday = MissingDay::first_of_next_month;
  bool begins_anew = false;                     ///< fresh starts apply under the readings chosen
  std::uint32_t fresh_start_fact = none;

  /// The instruction that another comes down to once readings are chosen.
  [[nodiscard]] std::uint32_t at(std::uint32_t instruction) const { return stands_for[instruction]; }

  /// How many values of a kind are computed.
  [[nodiscard]] std::uint32_t values_of(ValueKind kind) const { return values[static_cast<std::size_t>(kind)]; }

  /// Where the workspace holds the value of an instruction, among those of its kind.
  [[nodiscard]] std::uint32_t place(std::uint32_t instruction) const { return places[instruction]; }

  /// How many records are read of the people [first, last).
  [[nodiscard]] std::size_t records_of(std::size_t first, std::size_t last) const {
    std::size_t records = 0;
    for (const auto* table : tables) records += table->offsets[last] - table->offsets[first];
    return records;
  }

  /// The records that an instruction reads, and whose they are.
  [[nodiscard]] const Binding& binding(std::uint32_t instruction) const { return bindings[binding_of[instruction]]; }
  [[nodiscard]] const BoundFact& fact_of(const Binding& binding) const { return facts[binding.fact]; }
};

/// Binds a rulebook to people, or to the `only` one who will be asked about: nobody else's records are then looked through. Throws
/// std::invalid_argument for a reading, option or rule that does not exist.
[[nodiscard]] Plan make_plan(const Rulebook& book, const People& people, const Options& options, std::optional<std::size_t> only = {});

}  // namespace leavingcare
