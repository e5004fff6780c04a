// src/results/explain.cpp
#include <leavingcare/results/explain.hpp>

#include <leavingcare/evaluate/evaluate.hpp>
#include <leavingcare/rulebook/reach.hpp>

#include "duty_sentences.hpp"
#include "sentences.hpp"

#include <algorithm>
#include <stdexcept>

namespace leavingcare {
namespace {

constexpr std::size_t most_records = 6;

/// Adds a line once.
void add(std::vector<std::string>& lines, std::string line) {
  if (!line.empty() && std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
}

/// The unbroken days around a day on which the answer stays the same.
Span days_around(TruthView view, Day day) {
  Span span{Day::beginning_of_time, Day::end_of_time};
  for (const Edges edges : {view.surely, view.possibly}) {
    for (const Day edge : edges) {
      if (edge <= day) span.from = std::max(span.from, edge);
      else span.until = std::min(span.until, edge);
    }
  }
  return span;
}

class Explainer {
 public:
  Explainer(const Rulebook& book, const People& people, const Options& options, std::size_t person)
      : book_(book), plan_(make_plan(book, people, options, person)), space_(plan_), sentences_(plan_, space_), person_(person) {
    evaluate();
  }

  /// Evaluates anew, under other options.
  void choose(const Options& options) {
    plan_ = make_plan(book_, *plan_.people, options, person_);
    space_.fit(plan_);
    evaluate();
  }

  Explanation explain(std::uint32_t rule, Day on) {
    const auto& compiled = book_.rules[rule];
    if (compiled.duty) return explain_duty(rule, on);
    PersonTruth joined;
    const TruthView view = joined.join(space_, space_.truths[plan_.place(compiled.instruction)], 0);
    Explanation made;
    made.rule = compiled.declared.name;
    made.summary = compiled.declared.summary;
    made.on = on;
    made.truth = view.on(on);
    made.reason = rule_reason(rule, on);
    made.reason.truth = made.truth;
    made.reason.days = days_around(view, on);
    end_of_life(compiled, on, made.reason);
    made.changes = changes(rule, view);
    if (made.truth == Truth::unknown) made.settled_by = settled_by(compiled.instruction, on);
    return made;
  }

  Truth on(std::uint32_t rule, Day day) {
    if (book_.rules[rule].duty) return outstanding(obligations(), day);
    PersonTruth joined;
    return joined.join(space_, space_.truths[plan_.place(book_.rules[rule].instruction)], 0).on(day);
  }

 private:
  void evaluate() {
    begin_batch(plan_, person_, person_ + 1, space_);
    run(plan_, space_);
  }

  /// The row whose facts count on a day.
  [[nodiscard]] std::size_t row_on(Day day) const {
    std::size_t row = 0;
    for (std::size_t i = 0; i < space_.rows(); ++i) {
      if (!space_.lives[i].doubtful && space_.lives[i].from <= day) row = i;
    }
    return row;
  }

  /// A fact's table as an expression reads it, and its field tests.
  [[nodiscard]] std::pair<const BoundFact&, const std::vector<BoundTest>&> records_asked_for(const Expression& expression) const {
    const auto& binding = plan_.binding(expression.instruction);
    return {plan_.fact_of(binding), binding.tests};
  }

  [[nodiscard]] TruthView view(const Expression& expression, Day day) const {
    return space_.truths[plan_.place(expression.instruction)][row_on(day)];
  }

  /// The version of a rule in force on a day; `none` when there is none.
  [[nodiscard]] std::size_t version_on(const CompiledRule& rule, Day day) const {
    for (std::size_t i = 0; i < rule.versions.size(); ++i) {
      if (rule.declared.versions[i].from <= day && day < rule.declared.versions[i].until) return i;
    }
    return none;
  }

  // --- Duties -------------------------------------------------------------------------------

  Obligations obligations() {
    Obligations found;
    Duties(plan_, space_).write(0, found, [&](const Unsettled& unsettled) {
      std::vector<bool> flags(book_.fact_count(), false);
      for (std::size_t row = 0; row < space_.rows(); ++row) {
        if (space_.lives[row].doubtful) flags[plan_.fresh_start_fact] = true;
        else Causes(plan_, space_).collect(unsettled.instructions, row, unsettled.days, flags, unsettled.records);
      }
      settles_.push_back(names_of(flags));
      return static_cast<std::uint32_t>(settles_.size());
    });
    return found;
  }

  std::vector<std::string> names_of(const std::vector<bool>& facts) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (facts[i]) names.push_back(book_.fact_name(i));
    }
    return names;
  }

  /// The obligation that matters on a day: of those begun by then, one still open, else the last; else the first to come.
  static std::size_t at_hand(const Obligations& all, Day on) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].clock <= on && (all[i].state != ObligationState::unknown || all[found].state == ObligationState::unknown || i == 0)) found = i;
    }
    return found;
  }

  static Truth outstanding(const Obligations& all, Day on) {
    Truth truth = Truth::no;
    for (const auto& one : all) {
      if (one.clock > on || one.ended <= on) continue;
      if (one.state == ObligationState::due || one.state == ObligationState::overdue) return Truth::yes;
      if (one.state == ObligationState::unknown) truth = Truth::unknown;
    }
    return truth;
  }

  Explanation explain_duty(std::uint32_t rule, Day on) {
    const auto& compiled = book_.rules[rule];
    const auto all = obligations();
    Explanation made;
    made.rule = compiled.declared.name;
    made.summary = compiled.declared.summary;
    made.on = on;
    made.truth = outstanding(all, on);
    for (const auto& one : all) made.obligations.push_back(leavingcare::in_words(one, compiled, on));
    const Obligation* one = all.empty() ? nullptr : &all[at_hand(all, on)];
    const Day arose = one != nullptr && is_a_day(one->arose) ? one->arose : on;
    made.reason = why_it_arose(rule, arose);
    if (one == nullptr) {
      made.told.push_back(made.summary + " was never owed");
      return made;
    }
    made.told.push_back(leavingcare::in_words(*one, compiled, on));
    if (!made.reason.citations.empty()) {
      std::string by;
      for (const auto& citation : made.reason.citations) by += (by.empty() ? "" : "; ") + citation;
      made.told.push_back("It is required by " + by);
    }
    if (one->state == ObligationState::unknown) made.settled_by = settles_[one->depends_on - 1];
    if (!is_a_day(one->arose)) return made;
    std::vector<std::string> because;
    moved_life(arose, because);
    if (because.empty() && compiled.duty->arises != law::Arises::on) moved_rule(rule, arose, because);
    if (because.empty()) because = made.reason.records;
    std::string text = "It arose on " + leavingcare::in_words(arose);
    for (std::size_t i = 0; i < because.size(); ++i) text += (i == 0 ? ": " : "; ") + because[i];
    made.told.push_back(text);
    if (one->number > 1) made.told.push_back("It was last done on " + leavingcare::in_words(one->clock));
    if (one->state == ObligationState::due || one->state == ObligationState::overdue) doings(compiled, *one, made);
    return made;
  }

  /// What the records say of its being done, since the clock started.
  void doings(const CompiledRule& rule, const Obligation& one, Explanation& made) {
    std::vector<std::string> records;
    std::vector<std::string> facts;
    records_of(rule.duty->done_by.back(), one.number > 1 ? one.clock + 1 : one.clock, records, facts);
    std::string names;
    for (const auto& fact : facts) names += (names.empty() ? "" : " or ") + fact;
    if (records.empty()) made.told.push_back("No " + names + " since then are recorded");
    for (const auto& record : records) made.told.push_back("On record, though it does not discharge it: " + record);
  }

  /// The records of a condition's facts, from `since` to the day the data were drawn, and the names of the facts.
  void records_of(const Expression& written, Day since, std::vector<std::string>& records, std::vector<std::string>& facts) {
    const auto& expression = resolved(written);
    if (expression.op == Op::name) {
      for (const auto& version : book_.rules[expression.rule].versions) records_of(version, since, records, facts);
    }
    for (const auto& part : expression.parts) {
      if (part.kind == ValueKind::condition) records_of(part, since, records, facts);
    }
    if (expression.op != Op::event && expression.op != Op::during) return;
    add(facts, spaced(book_.vocabulary.facts[expression.fact].name));
    const auto& [fact, tests] = records_asked_for(expression);
    for (std::size_t row = fact.table == nullptr ? 0 : fact.table->offsets[person_]; fact.table != nullptr && row < fact.table->offsets[person_ + 1]; ++row) {
      if (fact.table->until[row] <= since || (plan_.as_at && fact.table->from[row] > *plan_.as_at)) continue;
      if (kernels::truth_of_row(fact, tests, row) != Truth::no) add(records, sentences_.record(expression.fact, row));
    }
  }

  /// The rule's tree on the day on which it arose: for what arises at an end, on the day before.
  Reason why_it_arose(std::uint32_t rule, Day arose) {
    const auto& compiled = book_.rules[rule];
    const auto arises = compiled.duty->arises;
    const bool at_an_end = arises == law::Arises::at_end_of || arises == law::Arises::after_each;
    Reason made;
    if (arises != law::Arises::on) {
      made = rule_reason(rule, at_an_end ? arose - 1 : arose);
    } else {
      const auto version = version_on(compiled, arose);
      if (version != none) {
        made.detail = sentences_.day(compiled.versions[version], row_on(arose));
        for (const auto& citation : compiled.declared.versions[version].cite) made.citations.push_back(leavingcare::in_words(citation));
      }
      made.truth = Truth::yes;
    }
    made.sentence = "it arises " + std::string(at_an_end ? "at the end of this" : "with this");
    return made;
  }

  // --- The tree -----------------------------------------------------------------------------

  Reason rule_reason(std::uint32_t index, Day on) {
    const auto& rule = book_.rules[index];
    Reason made;
    made.sentence = rule.declared.summary;
    const auto condition = space_.truths[plan_.place(rule.condition)][row_on(on)];
    made.truth = condition.on(on);
    made.days = days_around(condition, on);
    const auto version = version_on(rule, on);
    if (version == none) {
      const auto& first = rule.declared.versions.front();
      made.detail = first.not_in_force ? std::string(law::in_words(*first.not_in_force)) + (first.not_in_force == law::NotInForce::in_progress ? " since " : " on ") + in_words(first.said) + ", and not in force"
                    : on < first.from ? "not in force before " + in_words(first.from)
                                      : "no longer in force";
      for (const auto& citation : first.cite) made.citations.push_back(in_words(citation));
      return made;
    }
    for (const auto& citation : rule.declared.versions[version].cite) made.citations.push_back(in_words(citation));
    const auto& expression = resolved(rule.versions[version]);
    if (expression.op == Op::all || expression.op == Op::any) {
      made.parts = chosen_parts(expression, on);
    } else {
      Reason only = reason(expression, on);
      if (only.sentence == made.sentence || expression.op == Op::during || expression.op == Op::total || expression.op == Op::lasting) {
        made.detail = only.detail;
        made.records = std::move(only.records);
        made.parts = std::move(only.parts);
      } else {
        made.parts.push_back(std::move(only));
      }
    }
    return made;
  }

  /// The expression itself or, for a reading, what it says under the option chosen.
  [[nodiscard]] const Expression& resolved(const Expression& expression) const {
    return expression.op == Op::reading ? resolved(expression.parts[plan_.chosen[expression.reading]]) : expression;
  }

  /// The parts that carry the answer: of an "all" that fails, those that fail; of an "any" that holds, those that hold.
  std::vector<Reason> chosen_parts(const Expression& expression, Day on) {
    const Truth truth = view(expression, on).on(on);
    std::vector<Reason> parts;
    for (const auto& part : expression.parts) {
      const Truth one = view(part, on).on(on);
      const bool carries = expression.op == Op::all ? (truth == Truth::yes || one == truth) : (truth == Truth::no || one == truth);
      if (carries) {
        parts.push_back(reason(part, on));
      } else if (expression.op == Op::all && one == Truth::yes) {
        Reason brief = reason(part, on);
        brief.parts.clear();
        brief.records.clear();
        parts.push_back(std::move(brief));
      }
    }
    return parts;
  }

  Reason reason(const Expression& written, Day on) {
    const auto& expression = resolved(written);
    if (expression.op == Op::name) return rule_reason(expression.rule, on);
    Reason made;
    const auto row = row_on(on);
    const auto truths = view(expression, on);
    made.sentence = sentences_.of(expression, row);
    made.truth = truths.on(on);
    made.days = days_around(truths, on);
    switch (expression.op) {
      case Op::all: case Op::any: made.parts = chosen_parts(expression, on); break;
      case Op::not_: made.parts.push_back(reason(expression.parts[0], on)); break;
      case Op::during: case Op::event: records(expression, on, made); break;
      case Op::from_each: from_each(expression, made); break;
      case Op::total: total(expression, on, made); break;
      case Op::lasting: lasting(expression, on, made); break;
      case Op::held_on: {
        const auto day = space_.days[plan_.place(expression.parts[0].instruction)][row];
        if (day.exact() && is_a_day(day.earliest)) made.parts.push_back(reason(expression.parts[1], day.earliest));
        break;
      }
      case Op::ever: case Op::earlier: {
        const auto of = view(expression.parts[0], on);
        const Day first = !of.surely.empty() ? of.surely.front() : !of.possibly.empty() ? of.possibly.front() : on;
        made.parts.push_back(reason(expression.parts[0], is_a_day(first) && made.truth != Truth::no ? first : on));
        break;
      }
      case Op::between:
        last_before(expression.parts[0], on, "last switched on", made);
        last_before(expression.parts[1], on, "last switched off", made);
        break;
      case Op::bridging: case Op::run_containing: case Op::doubtful: made.parts.push_back(reason(expression.parts[0], on)); break;
      default: break;
    }
    return made;
  }

  void records(const Expression& expression, Day on, Reason& made) {
    const auto& [fact, tests] = records_asked_for(expression);
    if (fact.unknown_for_all) {
      made.detail = "nothing is recorded of it";
      return;
    }
    if (fact.table == nullptr) {
      made.detail = "none recorded";
      return;
    }
    const auto& table = *fact.table;
    if (fact.has_coverage && !holds_on(table.coverage[person_], on)) made.detail = "the records do not cover this day";
    std::size_t before = none;
    std::size_t next = none;
    for (std::size_t row = table.offsets[person_]; row < table.offsets[person_ + 1]; ++row) {
      if (kernels::truth_of_row(fact, tests, row) == Truth::no) continue;
      if (table.from[row] <= on && on < table.until[row]) {
        if (made.records.size() < most_records) made.records.push_back(sentences_.record(expression.fact, row));
      } else if (table.until[row] <= on) {
        before = before == none || table.until[row] >= table.until[before] ? row : before;
      } else if (next == none) {
        next = row;
      }
    }
    if (made.truth != Truth::no || !made.records.empty()) return;
    if (before == none && next == none && made.detail.empty()) made.detail = "none recorded";
    if (before != none) made.records.push_back("the last before: " + sentences_.record(expression.fact, before));
    if (next != none) made.records.push_back("the next: " + sentences_.record(expression.fact, next));
  }

  void from_each(const Expression& expression, Reason& made) {
    for (const auto fact : {expression.fact, expression.second_fact}) {
      const auto* table = plan_.facts[fact].table;
      if (table == nullptr) {
        add(made.records, book_.vocabulary.facts[fact].name + (plan_.facts[fact].unknown_for_all ? ": nothing is recorded of it" : ": none recorded"));
        continue;
      }
      for (std::size_t row = table->offsets[person_]; row < table->offsets[person_ + 1] && made.records.size() < 2 * most_records; ++row) {
        made.records.push_back(sentences_.record(fact, row));
      }
    }
  }

  void total(const Expression& expression, Day on, Reason& made) {
    const auto row = row_on(on);
    const auto of = view(expression.parts[0], on);
    const auto wanted = fixed_days(expression.period).value_or(0) + (expression.alternative == 1 ? 1 : 0);
    if (!expression.given[1]) {
      made.parts.push_back(reason(expression.parts[0], on));
      return;
    }
    const auto since = space_.days[plan_.place(expression.parts[1].instruction)][row];
    const Day reached = first_day_reaching(of.surely, since.latest, wanted);
    const Day reachable = first_day_reaching(of.possibly, since.earliest, wanted);
    const auto counted = days_in(of.surely, since.latest, on + 1);
    const auto possible = days_in(of.possibly, since.earliest, on + 1);
    if (made.truth == Truth::yes) {
      made.detail = "day " + std::to_string(wanted) + " was " + in_words(reached);
    } else {
      made.detail = std::to_string(counted) + (possible > counted ? " to " + std::to_string(possible) : "") + " of " + std::to_string(wanted) + " days";
      if (is_a_day(reached)) made.detail += "; reaches " + std::to_string(wanted) + " on " + in_words(reached) + " as things stand";
      else if (is_a_day(reachable) && made.truth == Truth::no) made.detail += "; may reach " + std::to_string(wanted) + " from " + in_words(reachable);
      else if (made.truth == Truth::no) made.detail += "; " + std::to_string(wanted - counted) + " short";
    }
    for (std::size_t i = 0; i < of.possibly.size(); i += 2) {
      const Day from = std::max(of.possibly[i], since.earliest);
      const Day until = std::min(of.possibly[i + 1], on + 1);
      if (from >= until) continue;
      if (made.records.size() == most_records) {
        made.records.push_back("and more");
        break;
      }
      const bool sure = holds_on(of.surely, from);
      made.records.push_back(in_words(from) + " to " + in_words(until - 1) + ": " +
                             (is_a_day(from) ? std::to_string(days_between(from, until)) : "any number of") + " days" + (sure ? "" : ", some of them unknown"));
    }
  }

  void lasting(const Expression& expression, Day on, Reason& made) {
    const auto of = view(expression.parts[0], on);
    const Span run = span_holding(of.possibly, on);
    if (run.from < run.until && is_a_day(run.from)) {
      const Day turns = expression.alternative == 0 ? last_day_of_period_beginning_with(run.from, expression.period) : after(run.from, expression.period);
      made.detail = "unbroken since " + in_words(run.from);
      if (expression.alternative == 2) {
        made.detail += is_a_day(run.until) ? ", " + std::to_string(days_between(run.from, run.until)) + " days in all" : ", no end recorded";
      } else if (turns > on) {
        made.detail += "; " + in_words(expression.period) + " on " + in_words(turns);
      }
    }
    made.parts.push_back(reason(expression.parts[0], on));
  }

  void last_before(const Expression& expression, Day on, const char* words, Reason& made) {
    const auto days = view(expression, on).possibly;
    Day last = Day::beginning_of_time;
    for (std::size_t i = 0; i < days.size() && days[i] <= on; i += 2) last = std::min(on, days[i + 1] - 1);
    made.records.push_back(std::string(words) + ": " + (is_a_day(last) ? in_words(last) : "never"));
  }

  void end_of_life(const CompiledRule& rule, Day on, Reason& made) {
    if (space_.any_doubtful && made.truth == Truth::unknown) {
      add(made.records, "it is not recorded whether there was an event from which earlier history no longer counts: " + book_.subject.begins_anew_with);
    }
    const auto row = row_on(on);
    if (is_a_day(space_.lives[row].forget_before)) {
      add(made.records, book_.subject.begins_anew_with + " on " + in_words(space_.lives[row].forget_before) + ": what lies before no longer counts");
    }
    if (rule.instruction == rule.condition) return;
    const auto& table = plan_.people->table(book_.subject.ends_with);
    if (table == nullptr) return;
    for (std::size_t i = table->offsets[person_]; i < table->offsets[person_ + 1]; ++i) {
      if (table->from[i] <= on) add(made.records, book_.subject.ends_with + " on " + in_words(table->from[i]));
    }
  }

  // --- What moved it ------------------------------------------------------------------------

  std::vector<Change> changes(std::uint32_t rule, TruthView view) {
    std::vector<Day> days(view.surely.begin(), view.surely.end());
    days.insert(days.end(), view.possibly.begin(), view.possibly.end());
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    std::vector<Change> found;
    for (const Day day : days) {
      if (day == Day::end_of_time) continue;
      Change change{day, view.on(day), {}};
      if (is_a_day(day)) moved_life(day, change.because);
      if (is_a_day(day) && change.because.empty()) moved_rule(rule, day, change.because);
      found.push_back(std::move(change));
    }
    return found;
  }

  /// Death, or a fresh start, on the day.
  void moved_life(Day day, std::vector<std::string>& because) {
    for (const auto& event : {book_.subject.ends_with, book_.subject.begins_anew_with}) {
      const auto* table = event.empty() ? nullptr : plan_.people->table(event);
      if (table == nullptr || (event == book_.subject.begins_anew_with && !plan_.begins_anew)) continue;
      for (std::size_t i = table->offsets[person_]; i < table->offsets[person_ + 1]; ++i) {
        if (table->from[i] == day) add(because, event);
      }
    }
  }

  void moved_rule(std::uint32_t index, Day day, std::vector<std::string>& because) {
    const auto& rule = book_.rules[index];
    const auto now = version_on(rule, day);
    const auto before = version_on(rule, day - 1);
    if (now != before) {
      const auto& version = rule.declared.versions[now == none ? before : now];
      const auto words = version.cite.empty() ? rule.declared.name : in_words(version.cite.back());
      add(because, "the law: " + words + (now == none ? " no longer in force" : " in force"));
      return;
    }
    if (now != none) moved(rule.versions[now], day, because);
  }

  /// What on `day` made the answer of an expression another than the day before.
  void moved(const Expression& written, Day day, std::vector<std::string>& because) {
    const auto& expression = resolved(written);
    if (!is_a_day(day)) return;
    const auto row = row_on(day);
    const auto truths = space_.truths[plan_.place(expression.instruction)][row];
    if (truths.on(day) == truths.on(day - 1)) return;
    switch (expression.op) {
      case Op::name: moved_rule(expression.rule, day, because); break;
      case Op::age: case Op::from: case Op::until:
        for (const auto& part : expression.parts) {
          if (part.instruction == none || space_.days[plan_.place(part.instruction)][row].earliest != day) continue;
          add(because, part.op == Op::birthday ? Sentences::birthday(part.period) : sentences_.day(part, row));
        }
        break;
      case Op::during: case Op::event: moved_records(expression, day, because); break;
      case Op::total:
        add(because, "day " + std::to_string(fixed_days(expression.period).value_or(0) + (expression.alternative == 1 ? 1 : 0)) + " of: " +
                         sentences_.of(expression.parts[0], row));
        break;
      case Op::lasting:
        if (truths.on(day) > truths.on(day - 1) && expression.alternative != 2) add(because, sentences_.of(expression, row));
        else moved(expression.parts[0], day, because);
        break;
      case Op::compare: add(because, sentences_.of(expression, row)); break;
      case Op::earlier: moved(expression.parts[0], day - 1, because); break;
      case Op::from_each:
        for (const auto fact : {expression.fact, expression.second_fact}) {
          const auto* table = plan_.facts[fact].table;
          for (std::size_t i = table == nullptr ? 0 : table->offsets[person_]; table != nullptr && i < table->offsets[person_ + 1]; ++i) {
            if (table->from[i] == day && fact == expression.fact) add(because, sentences_.record(fact, i));
            if (table->until[i] == day && fact != expression.fact) add(because, "ends: " + sentences_.record(fact, i));
          }
        }
        break;
      default:
        for (std::size_t i = 0; i < expression.parts.size(); ++i) {
          if (expression.given[i] && expression.parts[i].kind == ValueKind::condition) moved(expression.parts[i], day, because);
        }
    }
  }

  void moved_records(const Expression& expression, Day day, std::vector<std::string>& because) {
    const auto& [fact, tests] = records_asked_for(expression);
    if (fact.table == nullptr) return;
    const auto& table = *fact.table;
    const bool has_ends = book_.vocabulary.facts[expression.fact].kind == law::FactKind::periods;
    for (std::size_t row = table.offsets[person_]; row < table.offsets[person_ + 1] && table.from[row] <= day; ++row) {
      const bool begins = table.from[row] == day;
      const bool ends = has_ends && table.until[row] == day;
      if (!(begins || ends) || kernels::truth_of_row(fact, tests, row) == Truth::no) continue;
      add(because, (begins ? "begins: " : "ends: ") + sentences_.record(expression.fact, row));
    }
    if (!fact.has_coverage) return;
    for (const Day edge : table.coverage[person_]) {
      if (edge == day) add(because, "the records of " + table.name + (holds_on(table.coverage[person_], day) ? " begin" : " end"));
    }
  }

  std::vector<std::string> settled_by(std::uint32_t instruction, Day on) {
    std::vector<bool> flags(book_.fact_count(), false);
    Causes(plan_, space_).collect({&instruction, 1}, row_on(on), {on, on + 1}, flags);
    if (space_.any_doubtful) flags[plan_.fresh_start_fact] = true;
    return names_of(flags);
  }

  const Rulebook& book_;
  Plan plan_;
  Workspace space_;
  Sentences sentences_;
  std::size_t person_;
  std::vector<std::vector<std::string>> settles_;  // what would settle the unknown obligations
};

}  // namespace

Explanation explain(const Rulebook& book, const People& people, const Options& given, const std::string& person, const std::string& rule, Day on,
                    bool under_other_readings) {
  const auto index = people.find(person);
  if (index == people.size()) throw std::invalid_argument("there is nobody with the id asked for");
  const auto rule_index = book.find_rule(rule);
  if (rule_index == none) throw std::invalid_argument("the rulebook has no rule '" + rule + "'");
  if (!book.rules[rule_index].indicators.empty()) throw std::invalid_argument("'" + rule + "' is an indicator, which is about many people and not about one");
  if (book.rules[rule_index].kind != ValueKind::condition) throw std::invalid_argument("'" + rule + "' is a day or a number, which has no reasons");
  Options options = given;
  options.rules = {rule};
  if (book.rules[rule_index].duty) options.as_at = on;
  Explainer explainer(book, people, options, index);
  Explanation made = explainer.explain(rule_index, on);
  made.person = person;
  made.projection = given.as_at && on > *given.as_at;
  if (!under_other_readings) return made;
  for (const auto place : readings_of(book, rule_index)) {
    const auto& reading = book.readings[place];
    const auto chosen = given.readings.find(reading.name);
    for (std::size_t i = 0; i < reading.options.size(); ++i) {
      const auto& option = reading.options[i].name;
      if (chosen == given.readings.end() ? i == reading.chosen : option == chosen->second) continue;
      Options other = options;
      other.readings[reading.name] = option;
      explainer.choose(other);
      const Truth truth = explainer.on(rule_index, on);
      if (truth != made.truth) made.readings.push_back(reading.name + " = " + option + ": " + in_words(truth));
    }
  }
  return made;
}

}  // namespace leavingcare
