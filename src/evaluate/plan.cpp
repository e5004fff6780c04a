// src/evaluate/plan.cpp
#include <leavingcare/evaluate/plan.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <stdexcept>

namespace leavingcare {
namespace {

std::size_t option_named(const law::Reading& reading, const std::string& name) {
  for (std::size_t i = 0; i < reading.options.size(); ++i) {
    if (reading.options[i].name == name) return i;
  }
  std::string options;
  for (const auto& option : reading.options) options += (options.empty() ? "" : ", ") + option.name;
  throw std::invalid_argument("reading '" + reading.name + "' has no option '" + name + "'; it has " + options);
}

/// A number that a reader has checked; a text that is none (of a table made by hand) is as good as blank.
double number_in(const std::string& text) {
  double number = absent;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : absent;
}

/// The people for whom a plan is made: [first, last).
struct Planned {
  std::size_t first = 0;
  std::size_t last = 0;

  /// Their cells of a column of a table.
  [[nodiscard]] std::span<const std::int32_t> cells(const FactTable& table, const WordColumn& column) const {
    return std::span(column.codes).subspan(table.offsets[first], table.offsets[last] - table.offsets[first]);
  }
  /// True if any of them has a blank there.
  [[nodiscard]] bool blank(const FactTable& table, const WordColumn& column) const {
    const auto codes = cells(table, column);
    return std::find(codes.begin(), codes.end(), WordColumn::blank) != codes.end();
  }
};

BoundTest bind(const FieldTest& test, const law::Fact& fact, const FactTable* table, Planned people) {
  const auto answer = [&](const std::string& word) {
    if (test.bound) {
      const double number = number_in(word);
      return is_absent(number) ? Truth::unknown : holds(number, test.bound->how, test.bound->figure) ? Truth::yes : Truth::no;
    }
    const bool found = std::find(test.words.begin(), test.words.end(), word) != test.words.end();
    return found != test.negated ? Truth::yes : Truth::no;
  };
  BoundTest bound;
  const auto* field = fact.field(test.field);
  if (field != nullptr && !field->when_absent.empty()) bound.answers[0] = answer(field->when_absent);
  bound.column = table == nullptr ? nullptr : table->field(test.field);
  if (bound.column != nullptr) {
    for (const auto& word : bound.column->words) bound.answers.push_back(answer(word));
    bound.may_be_unknown = bound.answers[0] == Truth::unknown && people.blank(*table, *bound.column);
  } else {
    bound.may_be_unknown = bound.answers[0] == Truth::unknown && table != nullptr && table->rows() > 0;
  }
  return bound;
}

BoundNumbers bind_numbers(const std::string& field_name, const law::Fact& fact, const FactTable* table, Planned people) {
  BoundNumbers bound;
  if (const auto* field = fact.field(field_name); field != nullptr && !field->when_absent.empty()) bound.blank = number_in(field->when_absent);
  bound.column = table == nullptr ? nullptr : table->field(field_name);
  if (bound.column != nullptr) {
    for (const auto& word : bound.column->words) bound.of_code.push_back(number_in(word));
  }
  for (std::size_t row = table == nullptr ? 0 : table->offsets[people.first]; table != nullptr && row < table->offsets[people.last] && !bound.may_be_unknown; ++row) {
    bound.may_be_unknown = is_absent(bound[row]);
  }
  return bound;
}

/// True if every record that the instruction's field tests could match is one for which the table is complete.
bool holds_all_that_match(const Instruction& instruction, const law::Fact& fact, const FactTable* table) {
  if (table == nullptr || table->complete_for.name.empty()) return false;
  const auto* field = fact.field(table->complete_for.name);
  if (field == nullptr || field->one_of.empty()) return false;
  const auto has = [](const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  return std::any_of(instruction.where.begin(), instruction.where.end(), [&](const FieldTest& test) {
    return test.field == field->name && std::all_of(field->one_of.begin(), field->one_of.end(), [&](const std::string& word) {
      return has(table->complete_for.words, word) || has(test.words, word) == test.negated;
    });
  });
}

/// The doubts that lie on a fact's records under the readings chosen.
void bind_doubts(const law::Fact& fact, const Rulebook& book, const std::vector<std::size_t>& chosen, Planned people, BoundFact& bound) {
  const auto& table = *bound.table;
  bound.has_doubtful = !table.doubtful.empty();
  for (const auto& doubt : fact.doubts) {
    BoundDoubt made{bind({doubt.field, doubt.words, false, {}}, fact, bound.table, people), Truth::unknown};
    if (!doubt.reading.empty()) {
      const auto reading = book.find_reading(doubt.reading);
      const auto& option = book.readings[reading].options[chosen[reading]].name;
      if (option == "as_asserted") continue;
      if (option == "as_denied") made.then = Truth::no;
    }
    const auto codes = made.test.column == nullptr ? std::span<const std::int32_t>{} : people.cells(table, *made.test.column);
    const bool holds_somewhere = made.test.may_be_unknown || std::any_of(codes.begin(), codes.end(), [&](std::int32_t code) {
      return code != WordColumn::blank && made.test.of_code(code) == Truth::yes;
    });
    if (!holds_somewhere) continue;
    bound.has_doubtful = true;
    bound.doubts.push_back(std::move(made));
  }
}

/// Binds an instruction to the records that it reads, if it reads any.
void bind_records(std::uint32_t index, Planned people, Plan& plan) {
  const auto& book = *plan.book;
  const auto& instruction = book.program[index];
  if (instruction.fact == none) return;
  Binding binding{instruction.fact, {}, {}};
  if (instruction.fact < book.vocabulary.facts.size()) {
    const auto& fact = book.vocabulary.facts[instruction.fact];
    const auto* table = plan.facts[instruction.fact].table;
    for (const auto& test : instruction.where) binding.tests.push_back(bind(test, fact, table, people));
    if (instruction.op == Op::sum_of) binding.numbers = bind_numbers(instruction.field, fact, table, people);
    if (holds_all_that_match(instruction, fact, table)) {
      binding.fact = static_cast<std::uint32_t>(plan.facts.size());
      BoundFact known = plan.facts[instruction.fact];
      known.has_coverage = false;
      plan.facts.push_back(std::move(known));
    }
  }
  plan.binding_of[index] = static_cast<std::uint32_t>(plan.bindings.size());
  plan.bindings.push_back(std::move(binding));
}

/// The whole periods of an indicator that are over by as_at: all from the day asked for on or, if none is, the last.
void plan_periods(Plan& plan, std::uint32_t rule, const Options& options) {
  if (!options.as_at) return;
  std::optional<PlannedPeriod> last;
  const auto& versions = plan.book->rules[rule].indicators;
  for (std::uint32_t version = 0; version < versions.size(); ++version) {
    const auto& terms = versions[version];
    for (std::int32_t n = 0;; ++n) {
      const Span days = terms.period(n);
      if (days.until > *options.as_at + 1 || days.from >= terms.in_force.until) break;
      if (days.from < terms.in_force.from) continue;
      last = PlannedPeriod{rule, version, days};
      if (options.indicators_from && days.from >= *options.indicators_from) plan.periods.push_back(*last);
    }
  }
  if (!options.indicators_from && last) plan.periods.push_back(*last);
}

}  // namespace

Plan make_plan(const Rulebook& book, const People& people, const Options& options, std::optional<std::size_t> only) {
  const Planned planned = only ? Planned{*only, *only + 1} : Planned{0, people.size()};
  Plan plan;
  plan.book = &book;
  plan.people = &people;
  plan.as_at = options.as_at;

  for (const auto& reading : book.readings) plan.chosen.push_back(reading.chosen);
  for (const auto& [reading, option] : options.readings) {
    const auto index = book.find_reading(reading);
    if (index == none) throw std::invalid_argument("the rulebook has no reading '" + reading + "'");
    plan.chosen[index] = option_named(book.readings[index], option);
  }
  if (book.leap_birthday_reading != none) {
    const auto& reading = book.readings[book.leap_birthday_reading];
    const auto& chosen = reading.options[plan.chosen[book.leap_birthday_reading]].name;
    plan.leap_birthday = chosen == "28_february" ? MissingDay::last_day_of_month : MissingDay::first_of_next_month;
  }

  for (std::uint32_t rule = 0; rule < book.rules.size(); ++rule) {
    const auto& one = book.rules[rule];
    const bool named = std::find(options.rules.begin(), options.rules.end(), one.declared.name) != options.rules.end();
    const bool reported = one.declared.kind != law::RuleKind::definition;
    if (options.rules.empty() ? !reported : !named) continue;
    if (one.declared.kind == law::RuleKind::indicator) plan_periods(plan, rule, options);
    else (one.duty ? plan.duties : plan.outputs).push_back(rule);
  }
  for (const auto& name : options.rules) {
    if (book.find_rule(name) == none) throw std::invalid_argument("the rulebook has no rule '" + name + "'");
  }

  const auto& subject = book.subject;
  plan.begins_anew = !subject.begins_anew_with.empty() &&
                     (book.begins_anew_reading == none || plan.chosen[book.begins_anew_reading] == book.begins_anew_option);
  for (std::uint32_t i = 0; i < book.vocabulary.facts.size(); ++i) {
    const auto& fact = book.vocabulary.facts[i];
    BoundFact bound;
    bound.table = people.table(fact.name);
    const bool recorded_only = options.unrecorded == Unrecorded::unknown;
    bound.unknown_for_all = bound.table == nullptr && recorded_only;
    bound.has_coverage = bound.table != nullptr && !bound.table->covers_all_days && recorded_only;
    bound.begins_anew = plan.begins_anew &&
                        std::find(subject.forgets.begin(), subject.forgets.end(), fact.name) != subject.forgets.end();
    if (bound.table != nullptr) bind_doubts(fact, book, plan.chosen, planned, bound);
    if (fact.name == subject.begins_anew_with) plan.fresh_start_fact = i;
    plan.facts.push_back(std::move(bound));
  }
  for (std::size_t i = 0; i < book.missing_figures.size(); ++i) {
    plan.facts.emplace_back();
    plan.facts.back().unknown_for_all = true;
  }
  plan.born = people.table(subject.born);

  plan.stands_for.resize(book.program.size());
  for (std::uint32_t i = 0; i < book.program.size(); ++i) {
    const auto& instruction = book.program[i];
    const bool chooses = instruction.op == Op::reading || instruction.op == Op::choose_day;
    plan.stands_for[i] = chooses ? plan.stands_for[instruction.operands[plan.chosen[instruction.reading]]] : i;
  }

  std::vector<bool> needed(book.program.size(), false);
  const auto need = [&](std::uint32_t instruction) {
    if (instruction != none) needed[plan.at(instruction)] = true;
  };
  for (const auto* asked : {&plan.outputs, &plan.duties}) {
    for (const auto rule : *asked) book.rules[rule].for_each_instruction(need);
  }
  for (const auto& period : plan.periods) {
    const auto& terms = book.rules[period.rule].indicators[period.version];
    for (const auto one : {terms.each, terms.among, terms.those, terms.total, terms.out_of}) need(one);
    for (const auto day : terms.days) need(day);
  }
  for (std::size_t i = book.program.size(); i-- > 0;) {
    if (!needed[i]) continue;
    for (const auto operand : book.program[i].operands) need(operand);
  }
  plan.bindings.resize(1);
  plan.binding_of.resize(book.program.size(), 0);
  plan.places.resize(book.program.size(), none);
  for (std::uint32_t i = 0; i < book.program.size(); ++i) {
    if (needed[i]) {
      plan.order.push_back(i);
      plan.places[i] = plan.values[static_cast<std::size_t>(book.program[i].kind)]++;
      bind_records(i, planned, plan);
    } else {
      plan.places[i] = plan.places[plan.stands_for[i]];
    }
  }
  for (const auto index : plan.order) {
    for (const auto fact : {book.program[index].fact, book.program[index].second_fact}) {
      const auto* table = fact == none ? nullptr : plan.facts[fact].table;
      if (table != nullptr && std::find(plan.tables.begin(), plan.tables.end(), table) == plan.tables.end()) plan.tables.push_back(table);
    }
  }
  return plan;
}

}  // namespace leavingcare
