// leavingcare/evaluate/answer_parts.hpp
//
// Answers while they are being written: the rows of a batch, the parts of a population that threads fill, and the parts joined to one.
#pragma once

#include <leavingcare/evaluate/answers.hpp>
#include <leavingcare/evaluate/indicators.hpp>
#include <leavingcare/evaluate/plan.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <future>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace leavingcare {

namespace detail {

/// Visits the columns of rows as members of Answers: the one list of them.
template <class Visit>
void for_each_row_column(Visit visit) {
  visit(&Answers::person);
  visit(&Answers::rule);
  visit(&Answers::from);
  visit(&Answers::until);
  visit(&Answers::truth);
  visit(&Answers::depends_on);
  visit(&Answers::amount);
}

/// Visits the columns of rows, each with the same column of the others.
template <class Visit, class... Tables>
void for_each_row_column(Visit visit, Tables&... tables) {
  for_each_row_column([&](auto column) { visit(tables.*column...); });
}

/// Rows as columns with room to spare, written by one check of the room for a whole row.
class RowBuffer {
 public:
  struct Row {
    std::uint32_t person;
    std::uint32_t rule;
    Span days;
    Truth truth;
    std::uint32_t depends_on;
    double amount;
  };

  [[nodiscard]] std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

  void push(const Row& row) {
    if (size_ == columns_.person.size()) [[unlikely]] make_room();
    columns_.person[size_] = row.person;
    columns_.rule[size_] = row.rule;
    columns_.from[size_] = row.days.from;
    columns_.until[size_] = row.days.until;
    columns_.truth[size_] = row.truth;
    columns_.depends_on[size_] = row.depends_on;
    columns_.amount[size_] = row.amount;
    ++size_;
  }

  /// Makes the last row longer if the next would differ in nothing but its days; says whether it did.
  [[nodiscard]] bool extend_last(Day until, double amount, std::uint32_t depends_on) {
    const double last = columns_.amount[size_ - 1];
    if (columns_.depends_on[size_ - 1] != depends_on || !(last == amount || (is_absent(last) && is_absent(amount)))) return false;
    columns_.until[size_ - 1] = until;
    return true;
  }

  void append_to(Answers& answers) const {
    const auto add = [&](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.begin() + static_cast<std::ptrdiff_t>(size_)); };
    for_each_row_column(add, answers, columns_);
  }

 private:
  [[gnu::noinline]] void make_room() {
    for_each_row_column([room = 2 * size_ + 64](auto& column) { column.resize(room); }, columns_);
  }

  Answers columns_;
  std::size_t size_ = 0;
};

/// Makes room for so many rows and obligations, so that columns need not be moved as they grow.
inline void reserve(Answers& answers, std::size_t rows, std::size_t obligations) {
  for_each_row_column([rows](auto& column) { column.reserve(rows); }, answers);
  answers.obligations.reserve(obligations);
}

/// Which of the flags are up: facts that would settle something, as Answers::fact_sets holds them.
[[nodiscard]] inline std::vector<std::uint32_t> raised(const std::vector<bool>& flags) {
  std::vector<std::uint32_t> set;
  for (std::uint32_t i = 0; i < flags.size(); ++i) {
    if (flags[i]) set.push_back(i);
  }
  return set;
}

}  // namespace detail

/// The answers of some people who stand together in the population. Each set of facts is kept once.
class AnswerPart {
 public:
  Answers answers;
  std::vector<detail::IndicatorTally> tallies;  ///< for each of Plan::periods

  /// The place of a set of facts in answers.fact_sets.
  [[nodiscard]] std::uint32_t place_of(std::vector<std::uint32_t>&& set) {
    if (set.empty()) return 0;
    const auto [found, is_new] = places_.emplace(std::move(set), static_cast<std::uint32_t>(answers.fact_sets.size()));
    if (is_new) answers.fact_sets.push_back(found->first);
    return found->second;
  }

  void clear() {
    detail::for_each_row_column([](auto& column) { column.clear(); }, answers);
    answers.obligations.clear();
    for (auto& tally : tallies) tally.clear();
    answers.fact_sets.resize(1);
    places_.clear();
  }

  /// Takes over the answers of people who come after those here, part after part; unless `threads` is 1, each column by a thread of its own.
  void take(std::span<AnswerPart> parts, std::size_t threads = 1) {
    std::size_t rows = answers.rows();
    std::size_t obligations = answers.obligations.size();
    for (auto& part : parts) {
      part.move_sets_to(*this);
      rows += part.answers.rows();
      obligations += part.answers.obligations.size();
      for (std::size_t i = 0; i < tallies.size(); ++i) tallies[i].add(part.tallies[i]);
    }
    std::vector<std::future<void>> columns;
    const auto take_column = [&](auto column, std::size_t size) {
      columns.push_back(std::async(threads == 1 ? std::launch::deferred : std::launch::async | std::launch::deferred, [this, parts, column, size] {
        auto& all = answers.*column;
        all.reserve(size);
        for (auto& part : parts) {
          auto& some = part.answers.*column;
          all.insert(all.end(), some.begin(), some.end());
          some = {};
        }
      }));
    };
    detail::for_each_row_column([&](auto column) { take_column(column, rows); });
    take_column(&Answers::obligations, obligations);
    for (auto& column : columns) column.get();
  }

 private:
  /// Makes the rows and obligations here speak of sets that stand in `other`.
  void move_sets_to(AnswerPart& other) {
    std::vector<std::uint32_t> place(answers.fact_sets.size(), 0);
    bool same = true;
    for (std::uint32_t i = 1; i < place.size(); ++i) {
      place[i] = other.place_of(std::move(answers.fact_sets[i]));
      same = same && place[i] == i;
    }
    if (same) return;
    for (auto& set : answers.depends_on) set = place[set];
    for (auto& obligation : answers.obligations) obligation.depends_on = place[obligation.depends_on];
  }

  std::map<std::vector<std::uint32_t>, std::uint32_t> places_;
};

namespace detail {

/// All parts, in order, as one; the indicators are worked out from what all of them counted.
[[nodiscard]] inline Answers joined(const Plan& plan, std::vector<AnswerPart> parts, std::size_t threads) {
  AnswerPart all;
  if (!parts.empty()) {
    all = std::move(parts.front());
    if (parts.size() > 1) all.take(std::span(parts).subspan(1), threads);
  }
  all.tallies.resize(plan.periods.size());
  for (std::size_t i = 0; i < plan.periods.size(); ++i) {
    auto& whole = all.tallies[i];
    Indicator row = indicator_of(plan, i, whole);
    const auto& terms = plan.book->rules[row.rule].indicators[plan.periods[i].version];
    if (row.met == TargetState::unknown && is_absent(row.target) && terms.target && terms.target->missing != none) {
      whole.facts.resize(plan.book->fact_count(), false);
      whole.facts[terms.target->missing] = true;
    }
    row.depends_on = all.place_of(raised(whole.facts));
    all.answers.indicators.push_back(row);
  }
  return std::move(all.answers);
}

}  // namespace detail

}  // namespace leavingcare
