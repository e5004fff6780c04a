// leavingcare/evaluate/evaluate.hpp
//
// The verb: a rulebook, people, and the answers for all days.
//
// People are taken a few hundred at a time; each instruction is one pass over such a batch, so one person costs the
// same code as a million. The answers do not depend on the size of a batch or the number of threads.
#pragma once

#include <leavingcare/evaluate/answers.hpp>
#include <leavingcare/evaluate/causes.hpp>
#include <leavingcare/evaluate/duties.hpp>
#include <leavingcare/evaluate/indicators.hpp>
#include <leavingcare/evaluate/kernels.hpp>
#include <leavingcare/evaluate/lives.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <map>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace leavingcare {

namespace detail {

/// The answers of one batch, row by row; they become columns at the end.
struct BatchAnswers {
  struct Row {
    std::uint32_t person;
    std::uint32_t rule;
    Day from;
    Day until;
    std::uint32_t depends_on;
    Truth truth;
    double amount;
  };
  std::vector<Row> rows;
  Obligations obligations;
  std::vector<IndicatorTally> tallies;  ///< for each of Plan::periods
  std::vector<std::vector<std::uint32_t>> fact_sets = {{}};

  void clear() {
    rows.clear();
    obligations.clear();
    for (auto& tally : tallies) tally.clear();
    fact_sets.resize(1);
  }
};

/// Writes the answers of one batch after it has run.
class BatchWriter {
 public:
  BatchWriter(const Plan& plan, Workspace& space, BatchAnswers& answers)
      : plan_(plan), space_(space), answers_(answers), causes_(plan, space), duties_(plan, space), counter_(plan, space) {
    answers_.tallies.resize(plan.periods.size());
  }

  void write() {
    for (std::size_t i = 0; i + 1 < space_.first_life.size(); ++i) {
      for (const auto rule : plan_.outputs) {
        const auto& compiled = plan_.book->rules[rule];
        if (compiled.kind == ValueKind::condition) write_rule(i, rule, compiled);
      }
      if (!plan_.duties.empty()) duties_.write(i, answers_.obligations, [&](const Unsettled& unsettled) { return why(i, unsettled.instructions, unsettled.days, unsettled.records); });
      if (plan_.periods.empty()) continue;
      counter_.count(i, answers_.tallies, [&](std::span<const std::uint32_t> instructions, Span days, std::vector<bool>& facts) { mark(i, instructions, days, facts); });
    }
  }

 private:
  void write_rule(std::size_t i, std::uint32_t rule, const CompiledRule& compiled) {
    const auto& truths = space_.truths[plan_.at(compiled.instruction)];
    const auto view = joined_.join(space_, truths, i);
    const auto person = space_.lives[space_.first_life[i]].person;
    const Edges sure = view.surely;
    const Edges possible = view.possibly;
    std::size_t s = 0;
    for (std::size_t p = 0; p < possible.size(); p += 2) {
      Day day = possible[p];
      while (day < possible[p + 1]) {
        while (s < sure.size() && sure[s + 1] <= day) s += 2;
        const bool yes = s < sure.size() && sure[s] <= day;
        const Day until = std::min(possible[p + 1], s >= sure.size() ? Day::end_of_time : yes ? sure[s + 1] : sure[s]);
        row(person, rule, {day, until}, yes ? Truth::yes : Truth::unknown, yes ? 0 : why(i, {&compiled.instruction, 1}, {day, until}), compiled, i);
        day = until;
      }
    }
  }

  void row(std::uint32_t person, std::uint32_t rule, Span days, Truth truth, std::uint32_t facts, const CompiledRule& compiled, std::size_t i) {
    const auto first = answers_.rows.size();
    const auto add = [&](Day from, Day until, double amount, std::uint32_t depends_on) {
      auto& rows = answers_.rows;
      const bool same = rows.size() > first && rows.back().depends_on == depends_on && (rows.back().amount == amount || (is_absent(amount) && is_absent(rows.back().amount)));
      if (same) rows.back().until = until;
      else rows.push_back({person, rule, from, until, depends_on, truth, amount});
    };
    if (compiled.amount == none) return add(days.from, days.until, absent, facts);
    // Each life counts its own records, on its own days.
    for (auto life = space_.first_life[i]; life < space_.first_life[i + 1]; ++life) {
      const auto& seen = space_.lives[life];
      if (seen.doubtful) continue;
      const Span here{std::max(days.from, seen.from), std::min(days.until, seen.until)};
      if (here.from >= here.until) continue;
      Day from = here.from;
      const auto piece = [&](Day until) {
        const double amount = known_amount(compiled.amount, i, life, from);
        const bool ask = truth == Truth::yes && is_absent(amount) && !space_.numbers[plan_.at(compiled.amount)].exact;
        add(from, until, amount, ask ? why(i, {&compiled.amount, 1}, {from, until}) : facts);
        from = until;
      };
      for (const Day change : changes_of(compiled.amount, i, life, here)) piece(change);
      piece(here.until);
    }
  }

  /// A number on a day, as one life has it; absent where nobody knows it, or where it depends on whether there was a fresh start.
  [[nodiscard]] double known_amount(std::uint32_t amount, std::size_t i, std::size_t life, Day day) const {
    const auto& numbers = space_.numbers[plan_.at(amount)];
    const auto bound = [&](std::size_t row, bool most) { return value_on(most && !numbers.exact ? numbers.most[row] : numbers.least[row], day); };
    const double value = bound(life, false);
    bool known = value == bound(life, true);
    for (auto row = space_.first_life[i]; row < space_.first_life[i + 1]; ++row) {
      if (space_.lives[row].doubtful && space_.lives[row].from <= day) known = known && value == bound(row, false) && value == bound(row, true);
    }
    return known ? value : absent;
  }

  /// The days after the first of `days` on which a number changes, or what is known of it.
  std::vector<Day> changes_of(std::uint32_t amount, std::size_t i, std::size_t life, Span days) const {
    const auto& numbers = space_.numbers[plan_.at(amount)];
    std::vector<Day> changes;
    for (auto row = space_.first_life[i]; row < space_.first_life[i + 1]; ++row) {
      if (row != life && !space_.lives[row].doubtful) continue;
      for (const auto* bound : {&numbers.least, numbers.exact ? &numbers.least : &numbers.most}) {
        for (const Day day : (*bound)[row].from) {
          if (day > days.from && day < days.until) changes.push_back(day);
        }
      }
      const Day doubted = space_.lives[row].from;
      if (row != life && doubted > days.from && doubted < days.until) changes.push_back(doubted);
    }
    std::sort(changes.begin(), changes.end());
    changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
    return changes;
  }

  /// Marks the facts that would settle what is unknown of the instructions, on those days.
  void mark(std::size_t i, std::span<const std::uint32_t> instructions, Span days, std::vector<bool>& flags, std::span<const std::uint32_t> records = {}) {
    for (auto row = space_.first_life[i]; row < space_.first_life[i + 1]; ++row) {
      if (space_.lives[row].doubtful) {
        flags[plan_.fresh_start_fact] = true;
      } else {
        causes_.collect(instructions, row, days, flags, records);
      }
    }
  }

  std::uint32_t why(std::size_t i, std::span<const std::uint32_t> instructions, Span days, std::span<const std::uint32_t> records = {}) {
    flags_.assign(plan_.book->fact_count(), false);
    mark(i, instructions, days, flags_, records);
    std::vector<std::uint32_t> set;
    for (std::uint32_t fact = 0; fact < flags_.size(); ++fact) {
      if (flags_[fact]) set.push_back(fact);
    }
    if (set.empty()) return 0;
    const auto [found, is_new] = sets_.emplace(set, static_cast<std::uint32_t>(answers_.fact_sets.size()));
    if (is_new) answers_.fact_sets.push_back(std::move(set));
    return found->second;
  }

  const Plan& plan_;
  Workspace& space_;
  BatchAnswers& answers_;
  Causes causes_;
  Duties duties_;
  IndicatorCounter counter_;
  PersonTruth joined_;
  std::vector<bool> flags_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> sets_;
};

/// All batches' rows as columns, in order, equal sets of facts joined.
inline Answers as_columns(const Plan& plan, const std::vector<BatchAnswers>& parts) {
  std::size_t count = 0;
  for (const auto& part : parts) count += part.rows.size();
  Answers all;
  all.person.resize(count);
  all.rule.resize(count);
  all.from.resize(count);
  all.until.resize(count);
  all.truth.resize(count);
  all.depends_on.resize(count);
  all.amount.resize(count);
  std::map<std::vector<std::uint32_t>, std::uint32_t> sets;
  std::vector<std::uint32_t> place;
  std::size_t at = 0;
  for (const auto& part : parts) {
    place.assign(part.fact_sets.size(), 0);
    for (std::size_t i = 1; i < part.fact_sets.size(); ++i) {
      const auto [found, is_new] = sets.emplace(part.fact_sets[i], static_cast<std::uint32_t>(all.fact_sets.size()));
      if (is_new) all.fact_sets.push_back(part.fact_sets[i]);
      place[i] = found->second;
    }
    for (const auto& row : part.rows) {
      all.person[at] = row.person;
      all.rule[at] = row.rule;
      all.from[at] = row.from;
      all.until[at] = row.until;
      all.truth[at] = row.truth;
      all.depends_on[at] = place[row.depends_on];
      all.amount[at] = row.amount;
      ++at;
    }
    for (auto obligation : part.obligations) {
      obligation.depends_on = place[obligation.depends_on];
      all.obligations.push_back(obligation);
    }
  }
  for (std::size_t i = 0; i < plan.periods.size(); ++i) {
    IndicatorTally whole;
    for (const auto& part : parts) whole.add(part.tallies[i]);
    Indicator row = indicator_of(plan, i, whole);
    const auto& terms = plan.book->rules[row.rule].indicators[plan.periods[i].version];
    if (row.met == TargetState::unknown && is_absent(row.target) && terms.target && terms.target->missing != none) {
      whole.facts.resize(plan.book->fact_count(), false);
      whole.facts[terms.target->missing] = true;
    }
    std::vector<std::uint32_t> set;
    for (std::uint32_t fact = 0; fact < whole.facts.size(); ++fact) {
      if (whole.facts[fact]) set.push_back(fact);
    }
    if (!set.empty()) {
      const auto [found, is_new] = sets.emplace(set, static_cast<std::uint32_t>(all.fact_sets.size()));
      if (is_new) all.fact_sets.push_back(std::move(set));
      row.depends_on = found->second;
    }
    all.indicators.push_back(row);
  }
  return all;
}

}  // namespace detail

/// Answers of a plan for the people [first, last), in this thread, into `answers`, whose memory is used again.
inline void evaluate_batch(const Plan& plan, Workspace& space, std::size_t first, std::size_t last, detail::BatchAnswers& answers) {
  answers.clear();
  begin_batch(plan, first, last, space);
  run(plan, space);
  detail::BatchWriter(plan, space, answers).write();
}

/// All answers of a rulebook for a population, on all days. Throws std::invalid_argument for an option that does not exist.
[[nodiscard]] inline Answers evaluate(const Rulebook& book, const People& people, const Options& options = {}) {
  const Plan plan = make_plan(book, people, options);
  const std::size_t size = std::max<std::size_t>(options.people_at_a_time, 1);
  const std::size_t batches = (people.size() + size - 1) / size;
  std::vector<detail::BatchAnswers> parts(batches);
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::exception_ptr failed;
  std::mutex telling;
  const auto work = [&] {
    try {
      Workspace space(plan);
      detail::BatchAnswers answers;
      for (std::size_t batch = next++; batch < batches; batch = next++) {
        const std::size_t first = batch * size;
        const std::size_t last = std::min(first + size, people.size());
        evaluate_batch(plan, space, first, last, answers);
        parts[batch] = answers;
        if (options.progress) {
          const std::lock_guard lock(telling);
          options.progress(done += last - first);
        }
      }
    } catch (...) {
      const std::lock_guard lock(telling);
      failed = std::current_exception();
      next = batches;
    }
  };
  const unsigned wanted = options.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.threads;
  std::vector<std::thread> helpers;
  for (unsigned i = 1; i < std::min<std::size_t>(wanted, batches); ++i) helpers.emplace_back(work);
  work();
  for (auto& helper : helpers) helper.join();
  if (failed) std::rethrow_exception(failed);

  return detail::as_columns(plan, parts);
}

}  // namespace leavingcare
