// leavingcare/evaluate/arisings.hpp
//
// When a duty arises, and until when it is then owed.
//
// A duty arises from what happens while a version of it is in force. A run that already held when the first version came into force gives nothing for
// what has passed; a cycle then goes on as a cycle (`under_way`).
//
// UNKNOWN    Within one possible run lie none, one or several true ones. The first sure run is followed, with bounds for its start and its end; that
//            others may have been before it or after it is said by an arising that is not sure (`apart`). The same goes for ends of runs, of which
//            the last is followed.
#pragma once

#include <leavingcare/evaluate/fact_kernels.hpp>
#include <leavingcare/evaluate/person_views.hpp>
#include <leavingcare/rulebook/duty.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace leavingcare {

struct Arising {
  DayBounds start;                                     ///< the day on which it arose
  DayBounds end{Day::end_of_time, Day::end_of_time};   ///< the first day on which it is owed no longer
  bool surely = true;                                  ///< false: whether it arose at all is not known; `start` then says where to look
  bool under_way = false;                              ///< it was so already when the law came into force
  DayBounds began = start;                             ///< since when it was so: before `start` if it was under way
};

class Arisings {
 public:
  explicit Arisings(PersonViews& views) : views_(views) {}

  static constexpr std::size_t most_days = 10'000;  ///< on which one duty may arise for one person by `on_each`

  /// Every arising of a duty for the person at hand, in order of time.
  [[nodiscard]] const std::vector<Arising>& of(const CompiledRule& rule) {
    found_.clear();
    const auto& duty = *rule.duty;
    switch (duty.arises) {
      case law::Arises::when: runs(rule); break;
      case law::Arises::on_each: days(rule); break;
      case law::Arises::at_end_of: ends(duty); break;
      case law::Arises::with_each: case law::Arises::after_each: records(duty); break;
      case law::Arises::on: named_day(duty); break;
    }
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.start.earliest < b.start.earliest; });
    std::erase_if(found_, [&](Arising& arising) { return !keep_while_owed(duty, arising); });
    return found_;
  }

 private:
  /// It may have arisen on a day of the span, once or more often, or not at all.
  void unsure(Day from, Day until) {
    if (from < until) found_.push_back({{from, until - 1}, {Day::end_of_time, Day::end_of_time}, false, false});
  }

  /// The days on which a run may begin that lies in a possible run, apart from its first sure run.
  struct Apart {
    Span before;
    Span after;
  };
  [[nodiscard]] static Apart apart(Span possible, Span sure) {
    const auto before = [](Day day) { return is_a_day(day) ? day - 1 : day; };
    return {{possible.from, before(sure.from)}, {sure.until + 1, possible.until}};
  }

  void runs(const CompiledRule& rule) {
    const TruthView view = views_.of(rule.condition);
    std::size_t s = 0;
    for (std::size_t p = 0; p < view.possibly.size(); p += 2) {
      const Span possible{view.possibly[p], view.possibly[p + 1]};
      while (s < view.surely.size() && view.surely[s + 1] <= possible.from) s += 2;
      if (s >= view.surely.size() || view.surely[s] >= possible.until) {
        unsure(possible.from, possible.until);
        continue;
      }
      const Span sure{view.surely[s], view.surely[s + 1]};
      Arising one{{possible.from, sure.from}, {sure.until, possible.until}};
      if (possible.from == rule.duty->versions.front().in_force.from) already(rule, one);
      const Apart others = apart(possible, sure);
      unsure(others.before.from, others.before.until);
      found_.push_back(one);
      unsure(others.after.from, others.after.until);
    }
  }

  /// A run that may begin with the first version: it may have been so before.
  void already(const CompiledRule& rule, Arising& one) {
    const Day before = one.start.earliest - 1;
    const TruthView trigger = views_.of(rule.duty->triggers.front());
    const Truth truth = trigger.on(before);
    one.under_way = one.start.exact() && truth == Truth::yes;
    one.surely = one.under_way || truth == Truth::no;
    if (one.under_way) one.began = {span_holding(trigger.possibly, before).from, span_holding(trigger.surely, before).from};
  }

  void days(const CompiledRule& rule) {
    const TruthView view = views_.of(rule.condition);
    for (std::size_t s = 0; s < view.surely.size(); s += 2) {
      const Span run{std::max(view.surely[s], day_of(first_year, 1, 1)), view.surely[s + 1]};
      const auto last = run.from + static_cast<std::int32_t>(most_days - std::min(found_.size(), most_days));
      if (run.until > last) {
        throw std::length_error("the duty '" + rule.declared.name + "' would arise on more than " + std::to_string(most_days) +
                                " days for one person: what goes on for days makes a duty arise by 'when', not by 'on_each'");
      }
      for (Day day = run.from; day < run.until; day = day + 1) found_.push_back(Arising{{day, day}});
    }
    for (std::size_t p = 0; p < view.possibly.size(); p += 2) {
      if (span_holding(view.surely, view.possibly[p]).until < view.possibly[p + 1]) unsure(view.possibly[p], view.possibly[p + 1]);
    }
  }

  void ends(const CompiledDuty& duty) {
    for (std::size_t version = 0; version < duty.versions.size(); ++version) {
      const TruthView view = views_.of(duty.triggers[version]);
      for (std::size_t p = 0; p < view.possibly.size(); p += 2) {
        const Span possible{view.possibly[p], view.possibly[p + 1]};
        Timelines sure;
        append_clipped(view.surely, possible.from, possible.until, sure);
        if (sure.edges().empty()) {
          add_in_force(duty, version, {possible.from + 1, possible.until}, false);
          continue;
        }
        const Span last{sure.edges()[sure.edges().size() - 2], sure.edges().back()};
        // One that begins on a day ends on the day after at the earliest, and at the latest on the day before the next.
        const Apart others = apart(possible, last);
        if (others.before.from < others.before.until) add_in_force(duty, version, {others.before.from + 1, others.before.until}, false);
        add_in_force(duty, version, {last.until, possible.until}, possible.until != Day::end_of_time);
        if (others.after.from < others.after.until) add_in_force(duty, version, {others.after.from + 1, others.after.until}, false);
      }
    }
  }

  void add_in_force(const CompiledDuty& duty, std::size_t version, DayBounds start, bool surely,
                    DayBounds end = {Day::end_of_time, Day::end_of_time}) {
    const Span in_force = duty.versions[version].in_force;
    const auto within = [&](Day day) { return in_force.from <= day && day < in_force.until; };
    if (start.exact()) {
      if (within(start.earliest)) found_.push_back({start, end, surely, false});
    } else if (start.earliest < in_force.until && start.latest >= in_force.from) {
      found_.push_back({start, end, surely && within(start.earliest) && within(start.latest), false});
    }
  }

  /// The days about a day on which a fact's table is complete for the person; none if it is not.
  [[nodiscard]] Span seen(const BoundFact& fact, Day day) const {
    return fact.has_coverage ? span_holding(fact.table->coverage[views_.person()], day) : Span{Day::beginning_of_time, Day::end_of_time};
  }

  /// A record makes it arise on its first day or, if the law came later, has it under way then. What it says of days on which its table is not complete
  /// is an assumption.
  void begun(const CompiledDuty& duty, std::size_t version, const BoundFact& fact, Span record, Truth truth) {
    const Span in_force = duty.versions[version].in_force;
    const auto end = [&](Span complete) {
      return record.until <= complete.until ? DayBounds{record.until, record.until} : DayBounds{complete.until, Day::end_of_time};
    };
    const Span first = seen(fact, record.from);
    if (is_a_day(record.from) && first.from < first.until) add_in_force(duty, version, {record.from, record.from}, truth == Truth::yes, end(first));
    if (version > 0 || in_force.from <= record.from || in_force.from >= record.until) return;
    const Span then = seen(fact, in_force.from);
    if (then.from == then.until) return;
    const bool since_before = then.from < in_force.from;
    const DayBounds began = then.from <= record.from ? DayBounds{record.from, record.from} : DayBounds{Day::beginning_of_time, then.from};
    found_.push_back({{in_force.from, in_force.from}, end(then), since_before && truth == Truth::yes, true, began});
  }

  void records(const CompiledDuty& duty) {
    const bool with = duty.arises == law::Arises::with_each;
    Life whole;
    whole.person = views_.person();
    for (std::size_t version = 0; version < duty.versions.size(); ++version) {
      const auto& plan = views_.plan();
      const auto& trigger = plan.binding(plan.at(duty.triggers[version]));
      const auto& fact = plan.fact_of(trigger);
      const Span in_force = duty.versions[version].in_force;
      kernels::for_each_record(fact, trigger.tests, whole, [&](Day from, Day until, Truth truth) {
        if (with) begun(duty, version, fact, {from, until}, truth);
        else if (const Span last = seen(fact, until - 1); is_a_day(until) && last.from < last.until) add_in_force(duty, version, {until, until}, truth == Truth::yes);
      });
      if (version > 0) continue;
      const Day out_of_force = duty.versions.back().in_force.until;
      if (fact.unknown_for_all) {
        unsure(in_force.from, out_of_force);
      } else if (fact.has_coverage) {
        Timelines uncovered;
        append_complement(fact.table->coverage[whole.person], uncovered);
        for (std::size_t i = 0; i < uncovered.edges().size(); i += 2) {
          unsure(std::max(uncovered.edges()[i], in_force.from), std::min(uncovered.edges()[i + 1], out_of_force));
        }
      }
    }
  }

  void named_day(const CompiledDuty& duty) {
    for (std::size_t version = 0; version < duty.versions.size(); ++version) {
      const DayBounds day = views_.day(duty.triggers[version], Day::end_of_time);
      if (day.earliest != Day::end_of_time) add_in_force(duty, version, day, day.latest != Day::end_of_time);
    }
  }

  /// Cuts an arising off where it is owed no longer; false if it is not owed at all.
  bool keep_while_owed(const CompiledDuty& duty, Arising& arising) {
    const Day out_of_force = duty.versions.back().in_force.until;
    arising.end = {std::min(arising.end.earliest, out_of_force), std::min(arising.end.latest, out_of_force)};
    if (duty.only_if != none) {
      const TruthView view = views_.of(duty.only_if);
      Timelines possible;
      append_clipped(view.possibly, arising.start.earliest, arising.start.latest == Day::end_of_time ? Day::end_of_time : arising.start.latest + 1, possible);
      if (possible.edges().empty()) return false;
      if (span_holding(view.surely, arising.start.earliest).until <= arising.start.latest) arising.surely = false;
    }
    if (duty.owed == none) return true;
    const TruthView owed = views_.of(duty.owed);
    if (!arising.start.exact() || !arising.surely) {
      Timelines possible;
      append_clipped(owed.possibly, arising.start.earliest, arising.start.latest == Day::end_of_time ? Day::end_of_time : arising.start.latest + 1, possible);
      if (possible.edges().empty()) return false;
      if (span_holding(owed.surely, arising.start.earliest).until <= arising.start.latest) arising.surely = false;
    }
    const Day day = arising.start.latest;
    if (arising.start.exact()) {
      const Truth truth = owed.on(day);
      if (truth == Truth::no) return false;
      if (truth == Truth::unknown) arising.surely = false;
    }
    arising.end.earliest = std::min(arising.end.earliest, span_holding(owed.surely, day).until);
    arising.end.latest = std::min(arising.end.latest, span_holding(owed.possibly, day).until);
    return true;
  }

  PersonViews& views_;
  std::vector<Arising> found_;
};

}  // namespace leavingcare
