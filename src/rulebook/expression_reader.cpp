// src/rulebook/expression_reader.cpp
#include "expression_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace leavingcare {
namespace {

using source::Node;

const Operator* find_operator(std::string_view name) {
  for (const auto& row : operators) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::string keys_of(const Operator& row) {
  std::string keys;
  for (const auto& argument : row.arguments) keys += (keys.empty() ? "" : ", ") + std::string(argument.key);
  return keys;
}

template <class Things>
std::uint32_t place_of(const Things& things, std::string_view name) {
  for (std::uint32_t i = 0; i < things.size(); ++i) {
    if (things[i].name == name) return i;
  }
  return none;
}

/// "16 years", "15 years 9 months" as months, or whole years.
std::optional<LegalPeriod> read_age(std::string_view text) {
  if (const auto whole = read_legal_period(text)) {
    if (whole->unit == PeriodUnit::years || whole->unit == PeriodUnit::months) return whole;
    return std::nullopt;
  }
  const auto first_space = text.find(' ');
  const auto second_space = first_space == std::string_view::npos ? first_space : text.find(' ', first_space + 1);
  if (second_space == std::string_view::npos) return std::nullopt;
  const auto years = read_legal_period(text.substr(0, second_space));
  const auto months = read_legal_period(text.substr(second_space + 1));
  if (!years || !months || years->unit != PeriodUnit::years || months->unit != PeriodUnit::months) return std::nullopt;
  return LegalPeriod{years->count * 12 + months->count, PeriodUnit::months};
}

bool in_days(LegalPeriod period) { return fixed_days(period).has_value(); }

/// The kind of value an operand argument takes; empty for an argument that is no expression.
std::optional<ValueKind> operand_kind(Slot slot) {
  switch (slot) {
    case Slot::condition: case Slot::conditions: return ValueKind::condition;
    case Slot::day: case Slot::days: case Slot::age: return ValueKind::day;
    case Slot::number: case Slot::numbers: return ValueKind::number;
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<double> read_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

bool is_unit_of_time(std::string_view unit) {
  return unit == "days" || unit == "weeks" || unit == "months" || unit == "years" || unit == "working days";
}

std::optional<Expression> ExpressionReader::read(const Node& node, std::optional<ValueKind> expected) {
  if (node.is_scalar()) return scalar(node, expected);
  const std::string wanted = expected ? std::string(in_words(*expected)) : "day or number";
  if (!node.is_map() || node.entries.size() != 1) {
    read_.report(Code::L103, node.place,
                 node.is_map() ? "a " + wanted + " has one operator, but here are " + std::to_string(node.entries.size()) + " keys"
                               : "expected a " + wanted + ", found " + std::string(in_words(node.kind)),
                 expected == ValueKind::condition ? "join conditions with all: [...] or any: [...]" : "");
    return std::nullopt;
  }
  const auto& [key, key_place, value] = node.entries.front();
  const Operator* row = find_operator(key);
  if (row == nullptr) {
    std::vector<std::string> known;
    for (const auto& one : operators) known.emplace_back(one.name);
    const bool rule = std::find(names_.rules.begin(), names_.rules.end(), key) != names_.rules.end();
    read_.report(Code::R101, key_place, "there is no operator '" + key + "'", rule ? "'" + key + "' is a rule: write its name without a colon" : suggest(key, known));
    return std::nullopt;
  }
  if (expected ? row->gives != *expected : row->gives == ValueKind::condition) {
    read_.report(Code::R103, key_place,
                 "expected a " + wanted + ", but '" + key + "' gives a " + std::string(in_words(row->gives)));
    return std::nullopt;
  }
  Expression made;
  made.op = row->op;
  made.kind = row->gives;
  made.place = key_place;
  bool sound = true;
  const auto& arguments = row->arguments;
  if (arguments.size() == 1 && arguments[0].key.empty()) {
    sound = argument(arguments[0], value, made);
  } else if (value.is_scalar() && (arguments[0].slot == Slot::periods_fact || arguments[0].slot == Slot::events_fact) &&
             std::all_of(arguments.begin() + 1, arguments.end(), [](auto& a) { return a.presence == Presence::optional; })) {
    sound = argument(arguments[0], value, made);
    for (const auto& one : arguments) {
      if (!operand_kind(one.slot)) continue;
      made.parts.emplace_back();
      made.given.push_back(false);
    }
  } else if (!value.is_map()) {
    read_.report(Code::L103, value.place.line > 0 ? value.place : key_place, "'" + key + "' takes a map of " + keys_of(*row));
    return std::nullopt;
  } else {
    for (const auto& entry : value.entries) {
      const bool known = std::any_of(arguments.begin(), arguments.end(), [&](auto& a) { return a.key == entry.key; });
      if (known) continue;
      std::vector<std::string> keys;
      for (const auto& one : arguments) keys.emplace_back(one.key);
      auto hint = suggest(entry.key, keys);
      read_.report(Code::R108, entry.key_place, "'" + key + "' has no argument '" + entry.key + "'",
                   hint.empty() ? "it takes " + keys_of(*row) : hint);
      sound = false;
    }
    std::uint8_t alternatives = 0;
    std::uint8_t alternatives_given = 0;
    std::string choices;
    for (const auto& one : arguments) {
      const auto* given = value.find(one.key);
      if (given == nullptr) {
        if (one.presence == Presence::required) {
          read_.report(Code::R107, key_place, "'" + key + "' needs '" + std::string(one.key) + "': " + std::string(one.meaning));
          sound = false;
        }
        if (operand_kind(one.slot) && one.presence != Presence::one_of) {
          made.parts.emplace_back();
          made.given.push_back(false);
        }
      } else {
        if (one.presence == Presence::one_of) {
          made.alternative = alternatives;
          ++alternatives_given;
        }
        sound = argument(one, *given, made) && sound;
      }
      if (one.presence == Presence::one_of) {
        ++alternatives;
        choices += (choices.empty() ? "" : ", ") + std::string(one.key);
      }
    }
    if (alternatives > 0 && alternatives_given != 1) {
      read_.report(Code::R107, key_place, "'" + key + "' needs exactly one of " + choices);
      sound = false;
    }
  }
  if (sound && made.op == Op::total) sound = check_total(value, made);
  if (sound && made.op == Op::sum_of) sound = check_sum_of(made);
  if (sound) sound = check_units(made);
  if (sound && made.op == Op::age && !made.given[0] && !made.given[1]) {
    read_.report(Code::R107, key_place, "'age' needs 'from', 'until' or both");
    sound = false;
  }
  if (sound && made.op == Op::age && made.given[0] && made.given[1]) {
    const auto in_months = [](LegalPeriod age) { return age.unit == PeriodUnit::years ? age.count * 12 : age.count; };
    const bool known = std::none_of(made.parts.begin(), made.parts.end(), [&](const auto& part) { return part.parameter != none && names_.parameters[part.parameter].missing; });
    if (known && in_months(made.parts[0].period) >= in_months(made.parts[1].period)) {
      read_.report(Code::L110, key_place, "the age ends before it begins", "'until' is the birthday from which it no longer holds");
      sound = false;
    }
  }
  if (!sound) return std::nullopt;
  return made;
}

std::optional<Expression> ExpressionReader::scalar(const Node& node, std::optional<ValueKind> expected) {
  const auto& text = node.text;
  Expression made;
  made.place = node.place;
  const bool like_a_date = text.size() >= 8 && text.find_first_not_of("0123456789-/") == std::string::npos;
  if (expected != ValueKind::condition && like_a_date) {
    const auto found = read_.day(node, "day");
    if (!found) return std::nullopt;
    made.op = Op::date;
    made.kind = ValueKind::day;
    made.day = *found;
  } else if (const auto number = read_number(text); number && expected != ValueKind::condition) {
    made.op = Op::constant;
    made.kind = ValueKind::number;
    made.number = *number;
  } else if (const auto parameter = place_of(names_.parameters, text); parameter != none && expected != ValueKind::condition) {
    if (is_unit_of_time(names_.parameters[parameter].unit)) {
      read_.report(Code::R104, node.place, "'" + text + "' is a length of time, in " + names_.parameters[parameter].unit + ", and here stands a number");
      return std::nullopt;
    }
    made.op = Op::constant;
    made.kind = ValueKind::number;
    made.parameter = parameter;
  } else if (const auto fact = place_of(names_.vocabulary.facts, text);
             fact != none && names_.vocabulary.facts[fact].kind == law::FactKind::day && expected != ValueKind::condition) {
    made.op = Op::fact_day;
    made.kind = ValueKind::day;
    made.fact = fact;
  } else if (expected == ValueKind::condition && (text == "always" || text == "never")) {
    made.op = Op::fixed;
    made.number = text == "always" ? 1 : 0;
  } else {
    const auto rule = std::find(names_.rules.begin(), names_.rules.end(), text);
    if (rule == names_.rules.end()) {
      auto hint = suggest(text, names_.rules);
      if (fact != none) {
        const auto kind = names_.vocabulary.facts[fact].kind;
        hint = kind == law::FactKind::events ? "to ask about the fact, write event: " + text : "to ask about the fact, write during: " + text;
      } else if (find_operator(text) != nullptr) {
        hint = "'" + text + "' is an operator: write {" + text + ": ...}";
      }
      if (hint.empty() && expected == ValueKind::condition) {
        hint = "a condition is the name of a rule, the word always or never, or an operator with what it takes";
      }
      if (hint.empty() && expected == ValueKind::day && !text.empty() && text.front() >= '0' && text.front() <= '9') {
        hint = "dates are written YYYY-MM-DD";
      }
      read_.report(Code::R102, node.place, "nothing here is called '" + text + "'", std::move(hint));
      return std::nullopt;
    }
    made.op = Op::name;
    made.rule = static_cast<std::uint32_t>(rule - names_.rules.begin());
    const auto kind = names_.kind_of_rule(made.rule, node.place);
    if (!kind) return std::nullopt;
    made.kind = *kind;
  }
  if (expected ? made.kind != *expected : made.kind == ValueKind::condition) {
    read_.report(Code::R103, node.place, "expected a " + (expected ? std::string(in_words(*expected)) : "day or number") + ", but '" +
                                             text + "' is a " + std::string(in_words(made.kind)));
    return std::nullopt;
  }
  return made;
}

bool ExpressionReader::argument(const Argument& row, const Node& node, Expression& into) {
  switch (row.slot) {
    case Slot::condition: case Slot::day: case Slot::number: {
      auto part = read(node, operand_kind(row.slot));
      if (!part) return false;
      into.parts.push_back(std::move(*part));
      into.given.push_back(true);
      return true;
    }
    case Slot::conditions: case Slot::days: case Slot::numbers: return expressions(node, *operand_kind(row.slot), into);
    case Slot::period: return period(node, row, into);
    case Slot::age: return age(node, into);
    case Slot::periods_fact:
      return fact(node, law::FactKind::periods, into.op, into.op == Op::from_each ? into.second_fact : into.fact);
    case Slot::events_fact: return fact(node, law::FactKind::events, into.op, into.fact);
    case Slot::numbers_fact: return fact(node, law::FactKind::numbers, into.op, into.fact);
    case Slot::any_fact: return fact(node, std::nullopt, into.op, into.fact);
    case Slot::number_field: return number_field(node, into);
    case Slot::where: return where(node, into);
    case Slot::month_day: return month_day(node, into);
    case Slot::options: return options(node, into);
  }
  return false;
}

bool ExpressionReader::expressions(const Node& node, ValueKind kind, Expression& into) {
  if (!read_.is(node, source::NodeKind::list, "this")) return false;
  bool sound = true;
  if (node.items.empty()) {
    read_.report(Code::R107, node.place, "an empty list says nothing");
    sound = false;
  }
  for (const auto& item : node.items) {
    auto part = read(item, kind);
    sound = sound && part.has_value();
    if (part) {
      into.parts.push_back(std::move(*part));
      into.given.push_back(true);
    }
  }
  return sound;
}

bool ExpressionReader::options(const Node& node, Expression& into) {
  if (!node.is_map() || node.entries.size() != 1) {
    read_.report(Code::L103, node.place, "expected one reading and what follows under each of its options",
                 "reading: {my_question: {one_answer: ..., other_answer: ...}}");
    return false;
  }
  const auto& [key, key_place, value] = node.entries.front();
  into.reading = place_of(names_.readings, key);
  if (into.reading == none) {
    std::vector<std::string> known;
    for (const auto& one : names_.readings) known.push_back(one.name);
    read_.report(Code::R110, key_place, "there is no reading '" + key + "'", suggest(key, known));
    return false;
  }
  if (!read_.is(value, source::NodeKind::map, "the options")) return false;
  const auto& reading = names_.readings[into.reading];
  bool sound = true;
  for (const auto& entry : value.entries) {
    if (place_of(reading.options, entry.key) == none) {
      std::vector<std::string> known;
      for (const auto& one : reading.options) known.push_back(one.name);
      read_.report(Code::R110, entry.key_place, "reading '" + key + "' has no option '" + entry.key + "'", suggest(entry.key, known));
      sound = false;
    }
  }
  for (const auto& option : reading.options) {
    const auto* given = value.find(option.name);
    if (given == nullptr) {
      read_.report(Code::R107, key_place, "reading '" + key + "' has an option '" + option.name + "' of which nothing is said here");
      sound = false;
      continue;
    }
    auto part = read(*given, into.kind);
    sound = sound && part.has_value();
    if (part) {
      into.parts.push_back(std::move(*part));
      into.given.push_back(true);
    }
  }
  return sound;
}

bool ExpressionReader::fact(const Node& node, std::optional<law::FactKind> kind, Op asked_by, std::uint32_t& into) {
  const auto name = read_.text(node, "a fact");
  if (!node.is_scalar()) return false;
  into = place_of(names_.vocabulary.facts, name);
  if (into == none) {
    std::vector<std::string> known;
    for (const auto& one : names_.vocabulary.facts) known.push_back(one.name);
    read_.report(Code::R106, node.place, "there is no fact '" + name + "'", suggest(name, known));
    return false;
  }
  const auto found = names_.vocabulary.facts[into].kind;
  if (kind ? found == *kind : found == law::FactKind::periods || found == law::FactKind::events) return true;
  into = none;  // so that nobody looks for its fields
  const bool other_way = asked_by == Op::during && found == law::FactKind::events;
  const bool this_way = asked_by == Op::event && found == law::FactKind::periods;
  read_.report(Code::R103, node.place, "expected a fact of " + (kind ? std::string(law::in_words(*kind)) : "events or periods") + ", but '" + name + "' is one of " +
                                           std::string(law::in_words(found)),
               other_way ? "write event: " + name : this_way ? "write during: " + name : "");
  return false;
}

bool ExpressionReader::number_field(const Node& node, Expression& into) {
  if (into.fact == none) return false;
  const auto& fact = names_.vocabulary.facts[into.fact];
  into.field = read_.text(node, "a field");
  if (!node.is_scalar()) return false;
  const auto* field = fact.field(into.field);
  if (field != nullptr && !field->unit.empty()) return true;
  std::vector<std::string> known;
  for (const auto& one : fact.fields) {
    if (!one.unit.empty()) known.push_back(one.name);
  }
  if (field == nullptr) read_.report(Code::R106, node.place, "fact '" + fact.name + "' has no field '" + into.field + "'", suggest(into.field, known));
  else read_.report(Code::R103, node.place, "field '" + into.field + "' of '" + fact.name + "' holds words, and here stands a number", "declare the field with a unit, if it holds numbers");
  return false;
}

/// `{at_most: 30}`: the bound to which a field that holds a number keeps.
bool ExpressionReader::bound(const Node& node, FieldTest& test) {
  if (node.entries.size() != 1) {
    read_.report(Code::R107, node.place, "a field that holds a number is compared in one way", "amount: {at_most: 30}");
    return false;
  }
  const auto& [key, key_place, value] = node.entries.front();
  const auto how = std::find(std::begin(comparison_words), std::end(comparison_words), key);
  if (how == std::end(comparison_words)) {
    read_.report(Code::R108, key_place, "a field that holds a number cannot be '" + key + "'", "at_least, more_than, at_most, less_than or exactly");
    return false;
  }
  const auto text = read_.text(value, key);
  if (!value.is_scalar()) return false;
  auto figure = read_number(text);
  if (const auto parameter = place_of(names_.parameters, text); parameter != none) {
    const auto& values = names_.parameters[parameter].values;
    if (values.size() == 1) figure = read_number(values[0].value.text);  // the days it is good for are those on which the rule is in force
    if (!figure) {
      read_.report(Code::R111, value.place, "a field is compared with a parameter that has one value; '" + text + "' has not", "compare a number instead: compare: {the: {sum_of: ...}, ...}");
      return false;
    }
  }
  if (!figure) {
    read_.report(Code::L107, value.place, "'" + text + "' is no number");
    return false;
  }
  test.bound = {static_cast<Comparison>(how - std::begin(comparison_words)), *figure};
  return true;
}

bool ExpressionReader::where(const Node& node, Expression& into) {
  if (!read_.is(node, source::NodeKind::map, "where")) return false;
  if (into.fact == none) return false;
  const auto& fact = names_.vocabulary.facts[into.fact];
  bool sound = true;
  for (const auto& entry : node.entries) {
    const auto* field = fact.field(entry.key);
    if (field == nullptr) {
      std::vector<std::string> known;
      for (const auto& one : fact.fields) known.push_back(one.name);
      read_.report(Code::R106, entry.key_place, "fact '" + fact.name + "' has no field '" + entry.key + "'", suggest(entry.key, known));
      sound = false;
      continue;
    }
    FieldTest test;
    test.field = entry.key;
    const auto* words = &entry.value;
    if (!field->unit.empty()) {
      if (!words->is_map()) {
        read_.report(Code::R103, words->place, "field '" + entry.key + "' of '" + fact.name + "' holds a number", entry.key + ": {at_least: ...}, or more_than, at_most, less_than, exactly");
        sound = false;
      } else if (bound(*words, test)) {
        into.where.push_back(std::move(test));
      } else {
        sound = false;
      }
      continue;
    }
    if (words->is_map()) {
      if (!read_.keys(*words, "a field's test", {"not"}) || words->find("not") == nullptr) {
        if (words->entries.empty()) read_.report(Code::R107, words->place, "no word to compare the field with");
        sound = false;
        continue;
      }
      words = words->find("not");
      test.negated = true;
    }
    test.words = read_.words(*words, "a field's words");
    if (test.words.empty() && words->is_list()) read_.report(Code::R107, words->place, "no word to compare the field with");
    if (test.words.empty()) sound = false;
    for (std::size_t i = 0; i < test.words.size(); ++i) {
      const auto& word = test.words[i];
      if (word.empty()) sound = false;
      if (word.empty() || field->one_of.empty() || std::find(field->one_of.begin(), field->one_of.end(), word) != field->one_of.end()) continue;
      read_.report(Code::R109, words->is_list() ? words->items[i].place : words->place,
                   "field '" + entry.key + "' of '" + fact.name + "' cannot be '" + word + "'", suggest(word, field->one_of));
      sound = false;
    }
    into.where.push_back(std::move(test));
  }
  return sound;
}

bool ExpressionReader::period(const Node& node, const Argument& row, Expression& into) {
  const auto text = read_.text(node, row.key);
  if (!node.is_scalar()) return false;
  const bool window = row.key == "within" && into.op == Op::total;
  const auto parameter = place_of(names_.parameters, text);
  auto found = read_legal_period(text);
  if (!found && parameter != none && !window) {
    into.parameter = parameter;
    const auto& named = names_.parameters[parameter];
    if (!named.values.empty()) found = read_legal_period(named.values.front().value.text);
    if (named.missing && is_unit_of_time(named.unit)) found = read_legal_period("1 " + named.unit);  // its unit is known, if not how many
    if (!found) {
      read_.report(Code::R104, node.place, "parameter '" + text + "' is no length of time");
      return false;
    }
  } else if (!found) {
    std::vector<std::string> known;
    for (const auto& one : names_.parameters) known.push_back(one.name);
    auto hint = suggest(text, known);
    read_.report(Code::L107, node.place, "'" + text + "' is no length of time", hint.empty() ? "write \"13 weeks\", \"6 months\", \"91 days\"" : hint);
    return false;
  }
  if (found->count == 0) {
    read_.report(Code::L107, node.place, "'" + text + "' is no time at all");
    return false;
  }
  const bool moves_a_day = into.op == Op::after || into.op == Op::before;
  if (found->unit == PeriodUnit::working_days && moves_a_day && !names_.working_days) {
    read_.report(Code::R113, node.place, "the rulebook names no calendar to count working days by", "conventions: {working_days: england_and_wales}");
    return false;
  }
  const bool days_only = (into.op == Op::total && !window) || into.op == Op::bridging;
  if ((found->unit == PeriodUnit::working_days && !moves_a_day) || (days_only && !in_days(*found))) {
    read_.report(Code::R104, node.place,
                 "'" + std::string(row.key) + "' counts days, so '" + in_words(*found) + "' will not do here",
                 days_only ? "write it in days or weeks: months have no fixed length" : "write it in days, weeks, months or years");
    return false;
  }
  if (window) {
    into.window = *found;
    into.has_window = true;
  } else {
    into.period = *found;
  }
  return true;
}

bool ExpressionReader::age(const Node& node, Expression& into) {
  const auto text = read_.text(node, "an age");
  if (!node.is_scalar()) return false;
  Expression made;
  Expression& birthday = into.op == Op::birthday ? into : made;
  birthday.op = Op::birthday;
  birthday.kind = ValueKind::day;
  if (into.op != Op::birthday) birthday.place = node.place;
  auto found = read_age(text);
  if (!found) {
    birthday.parameter = place_of(names_.parameters, text);
    if (birthday.parameter != none && !names_.parameters[birthday.parameter].values.empty()) {
      found = read_age(names_.parameters[birthday.parameter].values.front().value.text);
    }
    if (birthday.parameter != none && names_.parameters[birthday.parameter].missing) found = read_age("1 " + names_.parameters[birthday.parameter].unit);
  }
  if (!found) {
    read_.report(Code::L107, node.place, "'" + text + "' is no age", "write \"16 years\" or \"15 years 9 months\"");
    return false;
  }
  birthday.period = *found;
  if (into.op != Op::birthday) {
    into.parts.push_back(std::move(made));
    into.given.push_back(true);
  }
  return true;
}

bool ExpressionReader::month_day(const Node& node, Expression& into) {
  static constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                                "July",    "August",   "September", "October", "November", "December"};
  const auto text = read_.text(node, "a date in the year");
  const auto space = text.find(' ');
  if (space != std::string::npos) {
    const int day = detail::digits(std::string_view(text).substr(0, space));
    for (unsigned month = 0; month < 12; ++month) {
      if (std::string_view(text).substr(space + 1) != months[month]) continue;
      const std::chrono::month_day found{std::chrono::month{month + 1}, std::chrono::day{static_cast<unsigned>(day > 0 ? day : 0)}};
      if (day > 0 && found.ok() && !(month == 1 && day == 29)) {
        into.yearly = true;
        into.year_begins = found;
        return true;
      }
    }
  }
  read_.report(Code::L106, node.place, "'" + text + "' is no date in every year", "write \"1 April\"");
  return false;
}

std::string ExpressionReader::unit_of(const Expression& number) const {
  if (number.op == Op::constant && number.parameter != none) return names_.parameters[number.parameter].unit;
  if (number.op == Op::number) return names_.vocabulary.facts[number.fact].unit;
  if (number.op == Op::sum_of) return names_.vocabulary.facts[number.fact].field(number.field)->unit;
  if (number.op == Op::sum || number.op == Op::difference || number.op == Op::least || number.op == Op::greatest) {
    for (const auto& part : number.parts) {
      if (auto unit = unit_of(part); !unit.empty()) return unit;
    }
  }
  return {};
}

bool ExpressionReader::check_units(const Expression& made) {
  const bool alike = made.op == Op::compare || made.op == Op::sum || made.op == Op::difference || made.op == Op::least || made.op == Op::greatest;
  if (!alike) return true;
  std::string first;
  for (const auto& part : made.parts) {
    const auto unit = unit_of(part);
    if (unit.empty() || unit == first) continue;
    if (first.empty()) {
      first = unit;
      continue;
    }
    read_.report(Code::R104, part.place, "'" + std::string(about(made.op).name) + "' takes numbers of one unit, but here are " + first + " and " + unit);
    return false;
  }
  return true;
}

/// Events are added up in a window; records that hold the day need none.
bool ExpressionReader::check_sum_of(const Expression& sum) {
  const bool of_events = names_.vocabulary.facts[sum.fact].kind == law::FactKind::events;
  const bool windowed = sum.period.count > 0;
  if (of_events == windowed) return true;
  read_.report(Code::R107, sum.place, of_events ? "events are added up 'within' a time" : "records that hold the day are added up, so 'within' has no place here");
  return false;
}

bool ExpressionReader::check_total(const Node& node, const Expression& total) {
  const int ways = int{node.find("since") != nullptr} + int{total.has_window} + int{total.yearly};
  if (ways == 1) return true;
  read_.report(Code::R107, total.place, "'total' needs exactly one of since, within, in_years_from");
  return false;
}

}  // namespace leavingcare
