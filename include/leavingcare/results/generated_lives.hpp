// leavingcare/results/generated_lives.hpp
//
// Lives that nobody led, made to lie on the edges of rules.
//
// A difference between two rules shows in some lives only: somebody who is in care for 90 days and not 91, who turns 21 the day before a course
// ends. So lives are made from what the rules rest on (rulebook/reach.hpp) and from nothing else: records begin and end at birthdays, at days of the law,
// and at the rules' lengths of time from another day of the life, each now and then a day off; fields hold the words that are tested, and others; events
// come singly and in rows, at about the intervals that are asked for; figures lie on and beside those in the rules. What the rules do not read is left empty.
//
// The same seed makes the same lives on every machine.
#pragma once

#include <leavingcare/people/people.hpp>
#include <leavingcare/rulebook/reach.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace leavingcare {

/// One record of a life. Which members count depends on the fact's kind.
struct MadeRecord {
  Day from;
  Day until = Day::end_of_time;
  double value = 0;
  std::vector<std::string> fields;  ///< one for each field of the fact; empty: blank
};

/// One life: a birth, and for each fact of its maker the records there are.
struct MadeLife {
  Day born;
  std::vector<std::vector<MadeRecord>> records;

  /// How many records there are.
  [[nodiscard]] std::size_t size() const {
    std::size_t count = 0;
    for (const auto& of_a_fact : records) count += of_a_fact.size();
    return count;
  }
};

class LifeMaker {
 public:
  /// `facts`: those that lives may have records of, the day of birth left out. `rare`: names of events that hardly anybody has, such as death.
  /// `in_question`: days about which the lives should turn.
  LifeMaker(std::vector<law::Fact> facts, std::string born, std::vector<std::string> rare, Reach reach, std::vector<Day> in_question, std::uint64_t seed);

  [[nodiscard]] const std::vector<law::Fact>& facts() const { return facts_; }

  /// Another life.
  [[nodiscard]] MadeLife fresh();

  /// A life that differs from another in one or a few records.
  [[nodiscard]] MadeLife changed(MadeLife life);

  /// A number below `bound`, which must not be 0.
  [[nodiscard]] std::size_t below(std::size_t bound);

  /// The lives as people, named 1, 2, 3 and so on.
  [[nodiscard]] People people(std::span<const MadeLife> lives) const;

 private:
  [[nodiscard]] bool one_in(std::size_t times) { return below(times) == 0; }
  [[nodiscard]] std::int32_t about_a_day();
  [[nodiscard]] Day some_day(const MadeLife& life);
  [[nodiscard]] Day some_length_after(Day day);
  [[nodiscard]] Day some_length_before(Day day);
  [[nodiscard]] double some_figure();
  [[nodiscard]] MadeRecord some_record(const MadeLife& life, std::size_t fact);
  [[nodiscard]] std::string some_word(const law::Fact& fact, const law::Field& field);
  void records_of(MadeLife& life, std::size_t fact);
  void in_order(MadeLife& life, std::size_t fact) const;

  std::vector<law::Fact> facts_;
  std::string born_;
  std::vector<std::string> rare_;
  Reach reach_;
  std::vector<Day> in_question_;
  std::uint64_t state_;
  std::int32_t youngest_ = 0;  ///< in days: the ages about which the rules turn
  std::int32_t oldest_ = 0;
};

}  // namespace leavingcare
