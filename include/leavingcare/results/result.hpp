// leavingcare/results/result.hpp
//
// An evaluation kept together with what it was made from, so that it can be written, looked at on a day, and explained.
#pragma once

#include <leavingcare/evaluate/evaluate.hpp>

#include <memory>
#include <string>
#include <utility>

namespace leavingcare {

class Result {
 public:
  /// Evaluates. Throws std::invalid_argument for an option that does not exist.
  Result(std::shared_ptr<const Rulebook> book, std::shared_ptr<const People> people, Options options)
      : book_(std::move(book)), people_(std::move(people)), options_(std::move(options)),
        answers_(evaluate(*book_, *people_, options_)) {}

  [[nodiscard]] const Rulebook& book() const { return *book_; }
  [[nodiscard]] const People& people() const { return *people_; }
  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] const Answers& answers() const { return answers_; }

  /// True for days after the day the data were drawn: what they show is how things will be if nothing changes.
  [[nodiscard]] bool is_projection(Day day) const { return options_.as_at && day > *options_.as_at; }

  /// The facts of a row's depends_on, joined by "; ".
  [[nodiscard]] std::string depends_on(std::size_t row) const { return facts_of(answers_.depends_on[row]); }

  /// The facts of a set of Answers::fact_sets, joined by "; ".
  [[nodiscard]] std::string facts_of(std::uint32_t set) const {
    std::string names;
    for (const auto fact : answers_.fact_sets[set]) {
      names += (names.empty() ? "" : "; ") + book_->fact_name(fact);
    }
    return names;
  }

 private:
  std::shared_ptr<const Rulebook> book_;
  std::shared_ptr<const People> people_;
  Options options_;
  Answers answers_;
};

}  // namespace leavingcare
