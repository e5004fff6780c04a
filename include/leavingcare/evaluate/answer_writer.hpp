// leavingcare/evaluate/answer_writer.hpp
//
// From the values of a batch to rows of answers: runs of days, their amounts, and on which facts an unknown depends.
#pragma once

#include <leavingcare/evaluate/answer_parts.hpp>
#include <leavingcare/evaluate/causes.hpp>
#include <leavingcare/evaluate/duties.hpp>
#include <leavingcare/evaluate/indicators.hpp>
#include <leavingcare/evaluate/lives.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace leavingcare::detail {

/// Writes the answers of each batch after it has run. One for each workspace.
class AnswerWriter {
 public:
  AnswerWriter(const Plan& plan, const Workspace& space)
      : plan_(plan), space_(space), causes_(plan, space), duties_(plan, space), counter_(plan, space) {
    for (const auto rule : plan.outputs) {
      const auto& compiled = plan.book->rules[rule];
      if (compiled.kind == ValueKind::condition) outputs_.push_back({rule, compiled.instruction, compiled.amount, &space.truths[plan.place(compiled.instruction)]});
    }
  }

  /// Adds the answers of the batch to `part`.
  void write(AnswerPart& part) {
    part_ = &part;
    part.tallies.resize(plan_.periods.size());
    rows_.clear();
    for (std::size_t i = 0; i < space_.rows_of.size(); ++i) {
      const RowRange rows = space_.rows_of[i];
      const auto person = space_.lives[rows.first].person;
      for (const auto& output : outputs_) {
        if (rows.size() == 1 && output.truths->exact && output.amount == none) write_known(person, output.rule, output.truths->surely()[rows.first]);
        else write_rule(i, person, output);
      }
      if (!plan_.duties.empty()) duties_.write(i, part.answers.obligations, [&](const Unsettled& unsettled) { return why(i, unsettled.instructions, unsettled.days, unsettled.records); });
      if (plan_.periods.empty()) continue;
      counter_.count(i, part.tallies, [&](std::span<const std::uint32_t> instructions, Span days, std::vector<bool>& facts) { mark(i, instructions, days, facts); });
    }
    rows_.append_to(part.answers);
  }

 private:
  /// A rule asked for, and where its answers are found.
  struct Output {
    std::uint32_t rule;
    std::uint32_t instruction;
    std::uint32_t amount;
    const Truths* truths;
  };

  /// What most answers are: known on all days, of one life, and of no amount.
  [[gnu::always_inline]] void write_known(std::uint32_t person, std::uint32_t rule, Edges days) {
    for (std::size_t p = 0; p < days.size(); p += 2) rows_.push({person, rule, {days[p], days[p + 1]}, Truth::yes, 0, absent});
  }

  void write_rule(std::size_t i, std::uint32_t person, const Output& output) {
    const auto view = joined_.join(space_, *output.truths, i);
    const Edges sure = view.surely;
    const Edges possible = view.possibly;
    std::size_t s = 0;
    for (std::size_t p = 0; p < possible.size(); p += 2) {
      Day day = possible[p];
      while (day < possible[p + 1]) {
        while (s < sure.size() && sure[s + 1] <= day) s += 2;
        const bool yes = s < sure.size() && sure[s] <= day;
        const Day until = std::min(possible[p + 1], s >= sure.size() ? Day::end_of_time : yes ? sure[s + 1] : sure[s]);
        write_run(i, output, person, {day, until}, yes);
        day = until;
      }
    }
  }

  /// A run of days of one truth, cut where an amount changes.
  void write_run(std::size_t i, const Output& output, std::uint32_t person, Span days, bool yes) {
    const Truth truth = yes ? Truth::yes : Truth::unknown;
    const std::uint32_t facts = yes ? 0 : why(i, {&output.instruction, 1}, days);
    if (output.amount == none) return rows_.push({person, output.rule, days, truth, facts, absent});
    const auto first = rows_.size();
    // Each life counts its own records, on its own days.
    for (auto life = space_.rows_of[i].first; life < space_.rows_of[i].last; ++life) {
      const auto& seen = space_.lives[life];
      if (seen.doubtful) continue;
      const Span here{std::max(days.from, seen.from), std::min(days.until, seen.until)};
      if (here.from >= here.until) continue;
      Day from = here.from;
      const auto piece = [&](Day until) {
        const auto amount = known_amount(output.amount, i, life, from);
        const std::uint32_t depends_on = yes && !amount ? why(i, {&output.amount, 1}, {from, until}) : facts;
        const double value = amount.value_or(absent);
        if (rows_.size() == first || !rows_.extend_last(until, value, depends_on)) rows_.push({person, output.rule, {from, until}, truth, depends_on, value});
        from = until;
      };
      for (const Day change : changes_of(output.amount, i, life, here)) piece(change);
      piece(here.until);
    }
  }

  /// A number on a day, as one life has it, `absent` if there is none; nothing where nobody knows it, or where it depends on whether there was a
  /// fresh start.
  [[nodiscard]] std::optional<double> known_amount(std::uint32_t amount, std::size_t i, std::size_t life, Day day) const {
    const auto& numbers = space_.numbers[plan_.place(amount)];
    const auto bound = [&](std::size_t row, bool most) { return value_on(most && !numbers.exact ? numbers.most[row] : numbers.least[row], day); };
    const double value = bound(life, false);
    const auto same = [&](double other) { return value == other || (is_absent(value) && is_absent(other)); };
    bool known = same(bound(life, true));
    for (auto row = space_.rows_of[i].first; row < space_.rows_of[i].last; ++row) {
      if (space_.lives[row].doubtful && space_.lives[row].from <= day) known = known && same(bound(row, false)) && same(bound(row, true));
    }
    if (known) return value;
    return std::nullopt;
  }

  /// The days after the first of `days` on which a number changes, or what is known of it.
  std::vector<Day> changes_of(std::uint32_t amount, std::size_t i, std::size_t life, Span days) const {
    const auto& numbers = space_.numbers[plan_.place(amount)];
    std::vector<Day> changes;
    for (auto row = space_.rows_of[i].first; row < space_.rows_of[i].last; ++row) {
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
    for (auto row = space_.rows_of[i].first; row < space_.rows_of[i].last; ++row) {
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
    return part_->place_of(raised(flags_));
  }

  const Plan& plan_;
  const Workspace& space_;
  std::vector<Output> outputs_;
  Causes causes_;
  Duties duties_;
  IndicatorCounter counter_;
  PersonTruth joined_;
  RowBuffer rows_;
  std::vector<bool> flags_;
  AnswerPart* part_ = nullptr;
};

}  // namespace leavingcare::detail
