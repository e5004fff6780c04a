// src/rulebook/compile.cpp
#include "compile.hpp"

#include "duty_compiler.hpp"
#include "expression_reader.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace leavingcare {
namespace {

constexpr std::size_t most_rules = 10'000;
constexpr std::size_t deepest = 500;  // of rules that name each other: each takes some of the stack

class Compiler {
 public:
  Compiler(Rulebook& book, bool counts_working_days, Diagnostics& problems)
      : book_(book), problems_(problems), read_(problems),
        names_{book.vocabulary, book.readings, book.parameters, {}, counts_working_days,
               [this](std::uint32_t rule, const Place& from) { return kind_of(rule, from); }} {
    for (const auto& rule : book.rules) names_.rules.push_back(rule.declared.name);
    states_.assign(book.rules.size(), State::untouched);
  }

  void run() {
    subject();
    for (const auto& fact : book_.vocabulary.facts) doubts(fact);
    for (std::uint32_t rule = 0; rule < book_.rules.size(); ++rule) resolve(rule);
    for (std::uint32_t rule = 0; rule < book_.rules.size() && !has_errors(problems_); ++rule) {
      if (states_[rule] != State::done) read_.report(Code::L102, book_.rules[rule].declared.place, "'" + names_.rules[rule] + "' says nothing that could be read");
    }
    for (const auto& rule : book_.rules) comparison(rule);
    for (const auto& category : book_.categories) {
      for (const auto& rank : category.ranks) {
        const auto rule = book_.find_rule(rank.rule);
        if (rule == none) read_.report(Code::R102, rank.place, "nothing here is called '" + rank.rule + "'", suggest(rank.rule, names_.rules));
        else if (book_.rules[rule].kind != ValueKind::condition || book_.rules[rule].duty || !book_.rules[rule].indicators.empty()) read_.report(Code::R103, rank.place, "'" + rank.rule + "' is no condition");
      }
    }
  }

 private:
  enum class State { untouched, open, done, unsound };

  /// What a rule says it may be compared with: a rule of a rulebook that this one extends, and of the same kind of thing.
  void comparison(const CompiledRule& rule) {
    const auto& [name, place] = std::tie(rule.declared.compare_with, rule.declared.compare_with_place);
    if (name.empty()) return;
    const auto other = book_.find_rule(name);
    if (other == none) return read_.report(Code::R102, place, "nothing here is called '" + name + "'", suggest(name, names_.rules));
    const auto& with = book_.rules[other];
    if (with.rulebook == rule.rulebook) {
      return read_.report(Code::R116, place, "'" + name + "' is a rule of the same rulebook", "a rule is compared with one of a rulebook that its own extends");
    }
    const auto what = [](const CompiledRule& one) {
      return one.declared.kind == law::RuleKind::duty ? "a duty" : one.declared.kind == law::RuleKind::indicator ? "an indicator" : one.kind == ValueKind::condition ? "a condition" : "a day or a number";
    };
    const std::string one = what(rule);
    if (one != what(with) || (one != "a duty" && one != "a condition")) {
      read_.report(Code::R116, place, "'" + rule.declared.name + "' is " + one + ", and '" + name + "' is " + what(with),
                   "a duty is compared with a duty, and what holds on some days with what holds on some days");
    }
  }

  void doubts(const law::Fact& fact) {
    for (const auto& doubt : fact.doubts) {
      const auto* field = fact.field(doubt.field);
      if (field == nullptr) {
        read_.report(Code::R106, doubt.place, "fact '" + fact.name + "' has no field '" + doubt.field + "'");
        continue;
      }
      for (const auto& word : doubt.words) {
        if (!field->one_of.empty() && std::find(field->one_of.begin(), field->one_of.end(), word) == field->one_of.end()) {
          read_.report(Code::R109, doubt.place, "field '" + doubt.field + "' of '" + fact.name + "' cannot be '" + word + "'", suggest(word, field->one_of));
        }
      }
      if (doubt.reading.empty()) continue;
      const auto reading = book_.find_reading(doubt.reading);
      const bool good = reading != none && book_.readings[reading].options.size() == 3 && option_of(reading, "unknown") != none &&
                        option_of(reading, "as_asserted") != none && option_of(reading, "as_denied") != none;
      if (!good) read_.report(Code::R110, doubt.place, "a doubt needs a reading with the options unknown, as_asserted and as_denied");
    }
  }

  void subject() {
    const auto& subject = book_.subject;
    const auto fact_of = [&](const std::string& name, law::FactKind kind) {
      const auto* fact = book_.vocabulary.fact(name);
      if (fact == nullptr) {
        std::vector<std::string> known;
        for (const auto& one : book_.vocabulary.facts) known.push_back(one.name);
        read_.report(Code::R106, subject.place, "the subject names a fact '" + name + "' that is not declared", suggest(name, known));
      } else if (fact->kind != kind) {
        read_.report(Code::R103, subject.place, "the subject needs '" + name + "' to be a fact of " + std::string(law::in_words(kind)));
      } else {
        return static_cast<std::uint32_t>(fact - book_.vocabulary.facts.data());
      }
      return none;
    };
    if (!subject.born.empty()) fact_of(subject.born, law::FactKind::day);
    if (!subject.ends_with.empty()) {
      if (const auto fact = fact_of(subject.ends_with, law::FactKind::events); fact != none) {
        Instruction died;
        died.op = Op::event;
        died.fact = fact;
        Instruction ever;
        ever.op = Op::ever;
        ever.operands = {intern(died)};
        Instruction living;
        living.op = Op::not_;
        living.operands = {intern(ever)};
        living_ = intern(living);
      }
    }
    if (!subject.team_fact.empty()) {
      const auto fact = fact_of(subject.team_fact, law::FactKind::periods);
      if (fact != none && !subject.team_field.empty() && book_.vocabulary.facts[fact].field(subject.team_field) == nullptr) {
        read_.report(Code::R106, subject.place, "fact '" + subject.team_fact + "' has no field '" + subject.team_field + "'");
      }
    }
    if (!subject.begins_anew_with.empty()) {
      fact_of(subject.begins_anew_with, law::FactKind::events);
      for (const auto& name : subject.forgets) fact_of(name, law::FactKind::periods);
      if (!subject.under_reading.empty()) {
        book_.begins_anew_reading = book_.find_reading(subject.under_reading);
        const auto option = book_.begins_anew_reading == none ? none : option_of(book_.begins_anew_reading, subject.under_option);
        if (option == none) read_.report(Code::R110, subject.place, "there is no reading '" + subject.under_reading + "' with an option '" + subject.under_option + "'");
        else book_.begins_anew_option = option;
      }
    }
  }

  std::uint32_t option_of(std::uint32_t reading, const std::string& name) const {
    const auto& options = book_.readings[reading].options;
    for (std::uint32_t i = 0; i < options.size(); ++i) {
      if (options[i].name == name) return i;
    }
    return none;
  }

  std::optional<ValueKind> kind_of(std::uint32_t rule, const Place& from) {
    if (states_[rule] == State::open) {
      circle(rule, from);
      return std::nullopt;
    }
    resolve(rule);
    if (states_[rule] == State::unsound) return std::nullopt;
    if (book_.rules[rule].duty) {
      read_.report(Code::R103, from, "'" + names_.rules[rule] + "' is a duty, and no condition", "name what makes it arise, or what it is done by");
      return std::nullopt;
    }
    if (book_.rules[rule].declared.kind == law::RuleKind::indicator) {
      read_.report(Code::R103, from, "'" + names_.rules[rule] + "' is an indicator, and no condition", "name what it counts");
      return std::nullopt;
    }
    return book_.rules[rule].kind;
  }

  void circle(std::uint32_t rule, const Place& from) {
    const auto begins = std::find(path_.begin(), path_.end(), rule);
    std::string way;
    Diagnostic problem = error_at(Code::R105, from, {}, "a rule cannot need itself: take one of these names out");
    for (auto step = begins; step != path_.end(); ++step) {
      way += book_.rules[*step].declared.name + " -> ";
      problem.labels.push_back({book_.rules[*step].declared.place, "'" + book_.rules[*step].declared.name + "' is declared here"});
    }
    problem.message = "these rules define each other in a circle: " + way + book_.rules[rule].declared.name;
    problems_.push_back(std::move(problem));
  }

  void resolve(std::uint32_t index) {
    if (states_[index] != State::untouched) return;
    if (path_.size() >= deepest) {
      read_.report(Code::R112, book_.rules[index].declared.place, "rules that need each other more than " + std::to_string(deepest) + " deep");
      states_[index] = State::unsound;
      return;
    }
    states_[index] = State::open;
    path_.push_back(index);
    auto& rule = book_.rules[index];
    if (rule.declared.kind == law::RuleKind::indicator) {
      states_[index] = indicator(rule) ? State::done : State::unsound;
      path_.pop_back();
      return;
    }
    bool sound = !rule.declared.versions.empty();
    Instruction versions;
    versions.op = Op::versions;
    Instruction amounts;
    amounts.op = Op::versions;
    amounts.kind = ValueKind::number;
    ExpressionReader reader(names_, problems_);
    for (const auto& version : rule.declared.versions) {
      const bool a_day = version.duty && version.duty->arises == law::Arises::on;
      const std::optional<ValueKind> wanted = version.is_value ? std::nullopt : std::optional(a_day ? ValueKind::day : ValueKind::condition);
      auto expression = version.when.kind == source::NodeKind::empty ? std::nullopt : reader.read(version.when, wanted);
      if (!expression) {
        sound = false;
        if (version.duty) {
          applies_ = {version.from, version.until};
          duty(rule, version, none, reader);  // for the problems of its other parts
        }
        continue;
      }
      if (!rule.versions.empty() && expression->kind != (a_day ? ValueKind::day : rule.kind)) {
        read_.report(Code::R103, version.place, "the versions of '" + rule.declared.name + "' are not all of one kind");
        sound = false;
      }
      rule.kind = a_day ? ValueKind::condition : expression->kind;
      applies_ = {version.from, version.until};
      auto instruction = emit(*expression);
      if (version.duty) {
        sound = duty(rule, version, instruction, reader) && sound;
        if (a_day && instruction != none) instruction = intern(window(instruction, none));
      }
      rule.versions.push_back(std::move(*expression));
      if (version.amount) {
        auto amount = reader.read(*version.amount, ValueKind::number);
        if (!amount) sound = false;
        else {
          amounts.operands.push_back(emit(*amount));
          amounts.spans.push_back({version.from, version.until});
          rule.amounts.push_back(std::move(*amount));
        }
      }
      if (instruction == none) sound = false;
      versions.operands.push_back(instruction);
      versions.spans.push_back({version.from, version.until});
    }
    if (sound) {
      versions.kind = rule.kind;
      if (rule.kind == ValueKind::day && versions.operands.size() > 1) {
        read_.report(Code::R103, rule.declared.place, "'" + rule.declared.name + "' is a day, and a day has one version only");
        sound = false;
      }
      // No record lies before the first year, so a version in force since then has always been.
      if (rule.kind == ValueKind::day && versions.spans[0] != Span{Day::beginning_of_time, Day::end_of_time}) {
        read_.report(Code::R103, rule.declared.place, "'" + rule.declared.name + "' is a day, and a day is not in force or out of force", "take 'in_force' away");
        sound = false;
      }
      const bool always = versions.spans.size() == 1 && versions.spans[0].from <= day_of(first_year, 1, 1) && versions.spans[0].until == Day::end_of_time;
      rule.condition = always || rule.kind == ValueKind::day ? versions.operands[0] : intern(versions);
      rule.instruction = rule.declared.kind == law::RuleKind::definition ? rule.condition : while_living(rule, rule.condition);
      if (!amounts.operands.empty()) rule.amount = intern(amounts);
    }
    path_.pop_back();
    states_[index] = sound ? State::done : State::unsound;
  }

  /// A condition, and the subject still living, unless the rule goes on after death.
  std::uint32_t while_living(const CompiledRule& rule, std::uint32_t condition) {
    if (living_ == none || rule.declared.continues_after_death) return condition;
    if (condition == none) return living_;
    Instruction both;
    both.operands = {condition, living_};
    return intern(both);
  }

  // --- Duties -------------------------------------------------------------------------------

  /// One more version of a duty. All its parts are read, whatever is wrong with one of them. `trigger`: what makes it arise; `none` if that is not sound.
  bool duty(CompiledRule& rule, const law::Version& version, std::uint32_t trigger, ExpressionReader& reader) {
    const auto& declared = *version.duty;
    if (!rule.duty) {
      rule.duty.emplace();
      rule.duty->arises = declared.arises;
    }
    auto& made = *rule.duty;
    bool sound = trigger != none;
    if (made.arises != declared.arises) {
      read_.report(Code::R103, version.place, "the versions of '" + rule.declared.name + "' do not all arise in the same way");
      sound = false;
    }
    const auto condition = [&](const source::Node& node, ValueKind kind) {
      auto expression = reader.read(node, kind);
      return expression ? emit(*expression) : none;
    };
    const auto unknown = [&](const law::Parameter& missing, ValueKind kind) { return unknown_for_want_of(missing, kind); };
    const DutyCompiler compiler{read_, book_.parameters, names_.working_days, condition, unknown};
    auto terms = compiler.terms(declared, applies_);
    if (terms) {
      for (auto& step : terms->steps) step.known_ahead = step.condition != none && rests_on_dates_alone(step.condition);
    }
    auto done = declared.done_by.kind == source::NodeKind::empty ? std::nullopt : reader.read(declared.done_by, ValueKind::condition);
    const std::uint32_t owed = declared.owed_while ? condition(*declared.owed_while, ValueKind::condition) : none;
    const std::uint32_t only_if = declared.only_if ? condition(*declared.only_if, ValueKind::condition) : none;
    const std::uint32_t waived = declared.waived_when ? condition(*declared.waived_when, ValueKind::condition) : none;
    if ((declared.owed_while && owed == none) || (declared.only_if && only_if == none) || (declared.waived_when && waived == none)) sound = false;
    if (!terms || !done) return false;
    const bool recurs = terms->steps.size() > 1 || !terms->intervals.empty();
    if (recurs && !made_of_events(*done)) {
      read_.report(Code::R114, declared.done_by.place, "a duty that is done again and again is done by events, each day of which is a doing of its own",
                   "done_by: {event: ...}, or any of several");
      return false;
    }
    if (!sound) return false;
    made.triggers.push_back(trigger);
    made.only_if = joined(made.only_if, only_if, made.versions, true);
    made.owed = joined(made.owed, owed, made.versions, true);
    made.done = joined(made.done, emit(*done), made.versions, false);
    made.waived = joined(made.waived, waived, made.versions, false);
    made.done_by.push_back(std::move(*done));
    made.versions.push_back(std::move(*terms));
    if (made.versions.size() == rule.declared.versions.size()) made.owed = while_living(rule, made.owed);
    return true;
  }

  /// True if nothing that anyone records after birth can change it.
  [[nodiscard]] bool rests_on_dates_alone(std::uint32_t instruction) const {
    const auto& step = book_.program[instruction];
    if (step.fact != none && step.op != Op::fact_day) return false;
    return std::all_of(step.operands.begin(), step.operands.end(), [&](auto operand) { return operand == none || rests_on_dates_alone(operand); });
  }

  /// A condition of the versions so far and that of the next, each on its own days; `none` stands for always or never.
  std::uint32_t joined(std::uint32_t so_far, std::uint32_t next, const std::vector<CompiledTerms>& versions, bool if_none) {
    if (versions.empty() || so_far == next) return next;
    const auto written = [&](std::uint32_t condition) {
      if (condition != none) return condition;
      Instruction made;
      made.op = Op::fixed;
      made.number = if_none ? 1 : 0;
      return intern(made);
    };
    Instruction both;
    both.op = Op::versions;
    both.operands = {written(so_far), written(next)};
    both.spans = {{Day::beginning_of_time, applies_.from}, {applies_.from, Day::end_of_time}};
    return intern(both);
  }

  /// True if the days on which the condition holds are days of events.
  bool made_of_events(const Expression& condition) const {
    const auto is_so = [&](const Expression& part) { return made_of_events(part); };
    switch (condition.op) {
      case Op::event: return true;
      case Op::any: case Op::reading: return std::all_of(condition.parts.begin(), condition.parts.end(), is_so);
      case Op::all: return std::any_of(condition.parts.begin(), condition.parts.end(), is_so);
      case Op::name: return std::all_of(book_.rules[condition.rule].versions.begin(), book_.rules[condition.rule].versions.end(), is_so);
      case Op::fixed: return condition.number == 0;
      default: return false;
    }
  }

  // --- Indicators ---------------------------------------------------------------------------

  bool indicator(CompiledRule& rule) {
    ExpressionReader reader(names_, problems_);
    bool sound = true;
    const auto made_of = [&](const std::optional<source::Node>& node, ValueKind kind) {
      if (!node) return none;
      auto expression = reader.read(*node, kind);
      const auto instruction = expression ? emit(*expression) : none;
      sound = sound && instruction != none;
      return instruction;
    };
    for (const auto& version : rule.declared.versions) {
      const auto& declared = *version.indicator;
      applies_ = {version.from, version.until};
      CompiledIndicator made;
      made.in_force = applies_;
      made.every = declared.every;
      made.begins = declared.begins;
      made.counted = declared.counted;
      for (const auto& day : declared.days) made.days.push_back(made_of(day, ValueKind::day));
      made.each = made_of(declared.each, ValueKind::condition);
      made.among = made_of(declared.among, ValueKind::condition);
      if (made.among != none) made.among = while_living(rule, made.among);
      made.those = made_of(declared.those, ValueKind::condition);
      made.total = made_of(declared.total, ValueKind::number);
      made.out_of = made_of(declared.out_of, ValueKind::number);
      if (declared.target) sound = target(declared, made) && sound;
      rule.indicators.push_back(std::move(made));
    }
    return sound && !rule.indicators.empty();
  }

  bool target(const law::IndicatorTerms& declared, CompiledIndicator& made) {
    const auto& node = *declared.target;
    if (!read_.is(node, source::NodeKind::scalar, "a target")) return false;
    CompiledIndicator::Target target;
    const auto how = std::find(std::begin(comparison_words), std::end(comparison_words), declared.compared);
    target.how = static_cast<Comparison>(how - std::begin(comparison_words));
    const auto parameter = std::find_if(book_.parameters.begin(), book_.parameters.end(), [&](const auto& one) { return one.name == node.text; });
    if (const auto figure = read_number(node.text)) {
      target.figures.push_back({{Day::beginning_of_time, Day::end_of_time}, *figure});
    } else if (parameter == book_.parameters.end() || is_unit_of_time(parameter->unit)) {
      std::vector<std::string> known;
      for (const auto& one : book_.parameters) known.push_back(one.name);
      read_.report(Code::L107, node.place, "'" + node.text + "' is neither a figure nor a parameter that is one", suggest(node.text, known));
      return false;
    } else {
      for (const auto& value : parameter->values) target.figures.push_back({{value.from, value.until}, read_number(value.value.text).value_or(0)});
      if (parameter->missing) target.missing = fact_for(*parameter);
    }
    made.target = std::move(target);
    return true;
  }

  // --- Instructions -------------------------------------------------------------------------

  /// The fact that stands for a parameter without a figure.
  std::uint32_t fact_for(const law::Parameter& missing) const {
    const auto parameter = static_cast<std::uint32_t>(&missing - book_.parameters.data());
    const auto place = std::find(book_.missing_figures.begin(), book_.missing_figures.end(), parameter) - book_.missing_figures.begin();
    return static_cast<std::uint32_t>(book_.vocabulary.facts.size() + static_cast<std::size_t>(place));
  }

  /// A condition, day or number that nobody knows until the parameter has a figure. `operands`: what it would be made of, for explaining.
  std::uint32_t unknown_for_want_of(const law::Parameter& missing, ValueKind kind, const std::vector<std::uint32_t>& operands = {}) {
    Instruction made;
    if (kind == ValueKind::condition) made.operands = {none, none};
    made.operands.insert(made.operands.end(), operands.begin(), operands.end());
    made.op = kind == ValueKind::condition ? Op::during : kind == ValueKind::day ? Op::fact_day : Op::number;
    made.kind = kind;
    made.fact = fact_for(missing);
    return intern(made);
  }

  /// The instruction of an expression; `none` (reported) if it cannot be made.
  std::uint32_t emit(Expression& expression) {
    if (expression.op == Op::name) return expression.instruction = book_.rules[expression.rule].condition;
    Instruction made;
    made.op = expression.op;
    made.kind = expression.kind;
    for (std::size_t i = 0; i < expression.parts.size(); ++i) {
      const auto operand = expression.given[i] ? emit(expression.parts[i]) : none;
      if (expression.given[i] && operand == none) return none;
      made.operands.push_back(operand);
    }
    if (expression.op == Op::from) made = window(made.operands[0], none);
    if (expression.op == Op::until) made = window(none, made.operands[0]);
    made.fact = expression.fact;
    made.second_fact = expression.second_fact;
    made.where = expression.where;
    made.field = expression.field;
    made.reading = expression.reading;
    made.alternative = expression.alternative;
    made.period = expression.period;
    made.has_window = expression.has_window;
    made.window = expression.window;
    made.yearly = expression.yearly;
    made.year_begins = expression.year_begins;
    made.day = expression.day;
    made.number = expression.number;
    return expression.instruction = expression.parameter == none ? intern(made) : with_parameter(expression, made);
  }

  static Instruction window(std::uint32_t from, std::uint32_t until) {
    Instruction made;
    made.op = Op::age;
    made.operands = {from, until};
    return made;
  }

  /// An instruction whose period or number is a parameter: one for each of its values, each applying while that value does.
  std::uint32_t with_parameter(const Expression& expression, Instruction made) {
    const auto& parameter = book_.parameters[expression.parameter];
    if (parameter.missing) {
      const auto unknown = unknown_for_want_of(parameter, made.kind, made.operands);
      if (made.op != Op::lasting) return unknown;
      Instruction both;  // however long it takes, only while it lasts
      both.operands = {made.operands[0], unknown};
      return intern(both);
    }
    Instruction versions;
    versions.op = Op::versions;
    versions.kind = made.kind;
    const Day first = std::max(applies_.from, day_of(first_year, 1, 1));
    // A number without a value is no number that day; a period without one would silently read as "no".
    if (made.op != Op::constant && !parameter.values.empty() && first < applies_.until && (parameter.values.front().from > first || parameter.values.back().until < applies_.until)) {
      Diagnostic problem = error_at(Code::R111, expression.place, "parameter '" + parameter.name + "' has no value on some of the days on which this applies",
                                    "say from when the rule is in force, or leave out the first 'from' or the last 'until' of the parameter");
      problem.labels.push_back({parameter.place, "declared here"});
      problems_.push_back(std::move(problem));
      return none;
    }
    for (const auto& value : parameter.values) {
      if (made.op == Op::constant) {
        made.number = read_number(value.value.text).value_or(0);
      } else {
        made.period = read_legal_period(value.value.text).value_or(made.period);
      }
      versions.operands.push_back(intern(made));
      versions.spans.push_back({value.from, value.until});
    }
    if (versions.operands.size() == 1 && versions.spans[0] == Span{Day::beginning_of_time, Day::end_of_time}) return versions.operands[0];
    if (made.kind == ValueKind::day) {
      if (versions.operands.size() == 1) return versions.operands[0];
      read_.report(Code::R111, expression.place, "parameter '" + parameter.name + "' has several values, and a day needs one");
      return none;
    }
    return intern(versions);
  }

  std::uint32_t intern(const Instruction& made) {
    std::string key = std::to_string(static_cast<int>(made.op));
    const auto add = [&](auto number) { key += ' ' + std::to_string(number); };
    for (const auto operand : made.operands) add(operand);
    add(made.fact); add(made.second_fact); add(made.reading); add(made.alternative); add(made.has_window); add(made.yearly);
    add(made.period.count); add(static_cast<int>(made.period.unit)); add(made.window.count); add(static_cast<int>(made.window.unit));
    add(made.day.number); add(made.number);
    add(static_cast<unsigned>(made.year_begins.month()) * 100 + static_cast<unsigned>(made.year_begins.day()));
    for (const auto& span : made.spans) { add(span.from.number); add(span.until.number); }
    for (const auto& test : made.where) {
      key += ' ' + test.field + (test.negated ? "!" : "=");
      for (const auto& word : test.words) key += word + '|';
      if (test.bound) { add(static_cast<int>(test.bound->how)); add(test.bound->figure); }
    }
    key += ' ' + made.field;
    const auto [found, is_new] = interned_.emplace(std::move(key), static_cast<std::uint32_t>(book_.program.size()));
    if (is_new) book_.program.push_back(made);
    return found->second;
  }

  Rulebook& book_;
  Diagnostics& problems_;
  law::NodeReader read_;
  Names names_;
  std::vector<State> states_;
  std::vector<std::uint32_t> path_;
  std::uint32_t living_ = none;
  Span applies_{Day::beginning_of_time, Day::end_of_time};  // the version at work
  std::unordered_map<std::string, std::uint32_t> interned_;
};

/// Puts a figure that the caller gives in place of what the files say.
void give(law::Parameter& parameter, const std::string& figure) {
  law::Parameter::Value value;
  value.value.kind = source::NodeKind::scalar;
  value.value.text = figure;
  parameter.values = {std::move(value)};
  parameter.missing = false;
}

/// Checks the values of a parameter: every one a length of time in its unit or, for any other unit, a number.
void check_parameter(const law::Parameter& parameter, law::NodeReader& read) {
  for (const auto& value : parameter.values) {
    const auto& text = value.value.text;
    if (is_unit_of_time(parameter.unit)) {
      const auto period = read_legal_period(text);
      if (!period) {
        read.report(read_number(text) ? Code::R104 : Code::L107, value.value.place, "'" + text + "' is no length of time", "parameter '" + parameter.name + "' is in " + parameter.unit + ": write \"13 " + parameter.unit + "\"");
      } else if (in_words({2, period->unit}) != "2 " + parameter.unit) {
        read.report(Code::R104, value.value.place, "parameter '" + parameter.name + "' is in " + parameter.unit + ", but this is '" + text + "'");
      }
    } else if (!read_number(text)) {
      read.report(Code::L107, value.value.place, "'" + text + "' is no number",
                  read_legal_period(text) ? "a length of time has the unit days, weeks, months or years" : "write digits alone; the unit stands under 'unit'");
    }
  }
}

}  // namespace

Rulebook compile(std::vector<law::Declarations> chain, std::shared_ptr<const WorkingDays> working_days, const GivenParameters& given, Diagnostics& problems) {
  Rulebook book;
  book.given = given;
  book.working_days = std::move(working_days);
  law::NodeReader read(problems);
  std::unordered_map<std::string, Place> seen;
  const auto declare = [&](const std::string& name, const Place& place) {
    const auto [other, is_new] = seen.emplace(name, place);
    if (is_new) return true;
    Diagnostic twice = error_at(Code::L108, place, "'" + name + "' is declared by a rulebook that this one extends",
                                "a rulebook adds its own names and never edits another's");
    twice.labels.push_back({other->second, "declared here first"});
    problems.push_back(std::move(twice));
    return false;
  };
  std::string conventions_reading;
  bool names_a_calendar = false;
  Place conventions_place;
  for (auto& one : chain) {
    book.chain.push_back(one.name);
    for (auto& fact : one.vocabulary.facts) {
      if (declare(fact.name, fact.place)) book.vocabulary.facts.push_back(std::move(fact));
    }
    for (auto& reading : one.readings) {
      if (declare(reading.name, reading.place)) book.readings.push_back(std::move(reading));
    }
    for (auto& parameter : one.parameters) {
      if (const auto figure = given.find(parameter.name); figure != given.end()) give(parameter, figure->second);
      check_parameter(parameter, read);
      if (declare(parameter.name, parameter.place)) book.parameters.push_back(std::move(parameter));
    }
    for (auto& rule : one.rules) {
      if (!declare(rule.name, rule.place)) continue;
      CompiledRule compiled;
      compiled.rulebook = one.name;
      compiled.declared = std::move(rule);
      book.rules.push_back(std::move(compiled));
    }
    for (auto& category : one.categories) {
      if (declare(category.name, category.place)) book.categories.push_back(std::move(category));
    }
    for (auto& document : one.documents) {
      if (declare(document.name, document.place)) book.documents.push_back(std::move(document));
    }
    for (auto& says : one.cannot_express) book.cannot_express.push_back(std::move(says));
    if (one.subject) book.subject = *one.subject;
    // A calendar that is named and could not be read was reported where it is named.
    names_a_calendar = names_a_calendar || (one.conventions && !one.conventions->working_days.empty());
    if (one.conventions && !one.conventions->leap_birthday_reading.empty()) {
      conventions_reading = one.conventions->leap_birthday_reading;
      conventions_place = one.conventions->place;
    }
    book.name = one.name;
    book.title = one.title;
    book.summary = one.summary;
  }
  for (const auto& [name, figure] : given) {
    const bool known = std::any_of(book.parameters.begin(), book.parameters.end(), [&given_name = name](const auto& one) { return one.name == given_name; });
    if (known) continue;
    std::vector<std::string> names;
    for (const auto& one : book.parameters) names.push_back(one.name);
    read.report(Code::R115, {}, "there is no parameter '" + name + "' to give a figure for", suggest(name, names));
  }
  // A figure that nobody has given is like a fact that nobody recorded: what needs it is unknown, and says so by this name.
  for (std::uint32_t i = 0; i < book.parameters.size(); ++i) {
    if (book.parameters[i].missing) book.missing_figures.push_back(i);
  }
  const Place whole = {chain.back().files.empty() ? nullptr : chain.back().files.front(), 0, 0, 1};
  const bool whole_so_far = !has_errors(problems);  // else what is missing may only not have been read
  if (book.subject.born.empty() && whole_so_far) read.report(Code::L102, whole, "the rulebook does not say whom it is about", "subject: {name: young_person, born: date_of_birth}");
  if (conventions_reading.empty()) {
    if (whole_so_far) {
      read.report(Code::L102, whole, "the rulebook does not say when someone born on 29 February has a birthday in a common year",
                  "conventions: {birthday_on_29_february: leap_birthday}");
    }
  } else {
    book.leap_birthday_reading = book.find_reading(conventions_reading);
    const bool good = book.leap_birthday_reading != none &&
                      std::all_of(book.readings[book.leap_birthday_reading].options.begin(), book.readings[book.leap_birthday_reading].options.end(),
                                  [](const auto& option) { return option.name == "1_march" || option.name == "28_february"; });
    if (!good) read.report(Code::R110, conventions_place, "birthday_on_29_february needs a reading with the options 1_march and 28_february");
  }
  if (book.rules.size() > most_rules) {
    read.report(Code::R112, whole, "more than " + std::to_string(most_rules) + " rules");
    return book;
  }
  Compiler(book, names_a_calendar, problems).run();
  return book;
}

std::uint32_t Rulebook::find_rule(std::string_view rule_name) const {
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (rules[i].declared.name == rule_name) return i;
  }
  return none;
}

std::uint32_t Rulebook::find_reading(std::string_view reading_name) const {
  for (std::uint32_t i = 0; i < readings.size(); ++i) {
    if (readings[i].name == reading_name) return i;
  }
  return none;
}

}  // namespace leavingcare
