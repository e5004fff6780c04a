// src/results/sentences.cpp
#include "sentences.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace leavingcare {
namespace {

std::string joined(const std::vector<std::string>& words, const char* with) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? with : ", ") + words[i];
  return text;
}

std::string ordinal(int number) {
  const int tens = number % 100;
  const char* ending = "th";
  if (tens < 11 || tens > 13) ending = number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th";
  return std::to_string(number) + ending;
}

}  // namespace

std::string plain(double number) {
  auto text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string in_words(const law::Citation& citation) { return citation.instrument + " " + citation.provision; }

std::string Sentences::birthday(LegalPeriod age) {
  if (age.unit == PeriodUnit::years) return ordinal(age.count) + " birthday";
  const LegalPeriod months{age.count % 12, PeriodUnit::months};
  return "age of " + leavingcare::in_words(LegalPeriod{age.count / 12, PeriodUnit::years}) + " and " + leavingcare::in_words(months);
}

std::string Sentences::day(const Expression& expression, std::size_t row) const {
  const auto bounds = space_.days[plan_.place(expression.instruction)][row];
  const std::string date = !bounds.exact() ? "a day not known"
                           : bounds.earliest == Day::end_of_time ? "never"
                                                                 : leavingcare::in_words(bounds.earliest);
  const auto part = [&](std::size_t i) { return this->day(expression.parts[i], row); };
  switch (expression.op) {
    case Op::date: return date;
    case Op::birthday: return "the " + birthday(expression.period) + " (" + date + ")";
    case Op::fact_day: return spaced(book_.vocabulary.facts[expression.fact].name) + " (" + date + ")";
    case Op::name: return book_.rules[expression.rule].declared.summary + " (" + date + ")";
    case Op::before: case Op::after: {
      const auto way = expression.op == Op::before ? " before " : " after ";
      const bool given = expression.parameter == none || !book_.parameters[expression.parameter].missing;
      const bool one_day = given && expression.period == LegalPeriod{1, PeriodUnit::days};
      return (one_day ? "the day" : length(expression)) + way + part(0) + (one_day ? "" : " (" + date + ")");
    }
    case Op::earliest: case Op::latest: {
      std::vector<std::string> days;
      for (std::size_t i = 0; i < expression.parts.size(); ++i) days.push_back(part(i));
      return (expression.op == Op::earliest ? "the earliest of " : "the latest of ") + joined(days, " and ");
    }
    case Op::first_day: return "the first day of: " + of(expression.parts[0], row) + " (" + date + ")";
    case Op::first_end: return "the first end of: " + of(expression.parts[0], row) + " (" + date + ")";
    case Op::choose_day: return part(plan_.chosen[expression.reading]);
    default: return date;
  }
}

std::string Sentences::length(const Expression& expression) const {
  const bool missing = expression.parameter != none && book_.parameters[expression.parameter].missing;
  return missing ? "a time that nobody has given (" + book_.parameters[expression.parameter].name + ")" : leavingcare::in_words(expression.period);
}

std::string Sentences::fact(const Expression& expression) const {
  std::string text = spaced(book_.vocabulary.facts[expression.fact].name);
  for (const auto& test : expression.where) {
    if (test.bound) {
      text += ", " + spaced(test.field) + " " + spaced(std::string(comparison_words[static_cast<std::size_t>(test.bound->how)])) + " " + plain(test.bound->figure);
      continue;
    }
    text += ", " + spaced(test.field) + (test.negated ? " other than " : " ");
    std::vector<std::string> words;
    for (const auto& word : test.words) words.push_back(spaced(word));
    text += joined(words, " or ");
  }
  return text;
}

std::string Sentences::of(const Expression& expression, std::size_t row) const {
  const auto part = [&](std::size_t i) { return of(expression.parts[i], row); };
  switch (expression.op) {
    case Op::name: {
      const auto& rule = book_.rules[expression.rule].declared;
      return rule.kind == law::RuleKind::definition ? rule.summary : spaced(rule.name);
    }
    case Op::all: return "all of these";
    case Op::any: return "at least one of these";
    case Op::not_: return "not: " + part(0);
    case Op::during: return fact(expression);
    case Op::event: return fact(expression) + ", on the day";
    case Op::age: {
      std::string text;
      if (expression.given[0]) text = "from " + day(expression.parts[0], row);
      const std::size_t last = expression.parts.size() - 1;
      if (expression.given[1]) text += (text.empty() ? "before " : ", and before ") + day(expression.parts[last], row);
      return text;
    }
    case Op::from: return "on or after " + day(expression.parts[0], row);
    case Op::until: return "before " + day(expression.parts[0], row);
    case Op::ever: return "now or earlier: " + part(0);
    case Op::earlier: return "on an earlier day: " + part(0);
    case Op::held_on: return "on " + day(expression.parts[0], row) + ": " + of(expression.parts[1], row);
    case Op::lasting: {
      static constexpr std::array ways = {", for ", ", for longer than ", ", for no longer than "};
      const bool passes = expression.alternative == 1;
      return part(0) + (passes ? ", since " : ways[expression.alternative]) + length(expression) + (passes ? " or more" : "");
    }
    case Op::total: {
      const auto days = fixed_days(expression.period).value_or(0);
      std::string text = std::string(expression.alternative == 0 ? "" : "more than ") + std::to_string(days) + " days in total";
      if (expression.given[1]) text += " since " + day(expression.parts[1], row);
      if (expression.has_window) text += " within " + leavingcare::in_words(expression.window);
      if (expression.yearly) text += " in one year";
      return text + ": " + part(0);
    }
    case Op::between: return "since " + part(0) + ", and not since then " + part(1);
    case Op::bridging: return part(0) + ", gaps under " + length(expression) + " disregarded";
    case Op::run_containing: return "the unbroken run that holds " + day(expression.parts[1], row) + ": " + part(0);
    case Op::from_each:
      return "from each day of " + spaced(book_.vocabulary.facts[expression.fact].name) + " to the end of " +
             spaced(book_.vocabulary.facts[expression.second_fact].name) + " then running, or next to start";
    case Op::doubtful: return part(0) + ", which the records cannot settle";
    case Op::reading: return part(plan_.chosen[expression.reading]);
    case Op::compare: {
      static constexpr std::array ways = {"at least", "more than", "at most", "less than"};
      return part(0) + " is " + ways[expression.alternative] + " " + part(1);
    }
    case Op::fixed: return expression.number > 0 ? "always" : "never";
    case Op::number: return "the number of " + spaced(book_.vocabulary.facts[expression.fact].name);
    case Op::count: return "how many records of " + fact(expression);
    case Op::events: return "how many of " + fact(expression) + " within " + length(expression);
    case Op::constant: {
      if (expression.parameter != none) return spaced(book_.parameters[expression.parameter].name);
      return plain(expression.number);
    }
    case Op::sum_of: {
      const auto text = spaced(expression.field) + " of " + fact(expression) + ", added up";
      return expression.period.count == 0 ? text : text + " within " + length(expression);
    }
    case Op::sum: case Op::least: case Op::greatest: {
      std::vector<std::string> numbers;
      for (std::size_t i = 0; i < expression.parts.size(); ++i) numbers.push_back(part(i));
      const char* what = expression.op == Op::sum ? "the sum of " : expression.op == Op::least ? "the least of " : "the greatest of ";
      return what + joined(numbers, " and ");
    }
    case Op::difference: return part(0) + " less " + part(1);
    case Op::ratio: return part(0) + " for each " + part(1);
    case Op::birthday: case Op::first_day: case Op::first_end: case Op::after: case Op::before: case Op::earliest: case Op::latest:
    case Op::choose_day: case Op::date: case Op::fact_day:
      return day(expression, row);
    case Op::versions: break;
  }
  return {};
}

std::string Sentences::record(std::uint32_t fact_index, std::size_t table_row) const {
  const auto& fact = book_.vocabulary.facts[fact_index];
  const auto& table = *plan_.facts[fact_index].table;
  std::string text = spaced(fact.name);
  if (fact.kind == law::FactKind::events) {
    text += " on " + leavingcare::in_words(table.from[table_row]);
  } else {
    text += " from " + leavingcare::in_words(table.from[table_row]);
    text += table.until[table_row] == Day::end_of_time ? ", no end recorded" : " until " + leavingcare::in_words(table.until[table_row]);
  }
  for (const auto& field : table.fields) {
    const auto code = field.codes[table_row];
    const auto* declared = fact.field(field.name);
    if (code == WordColumn::blank || (declared != nullptr && field.words[static_cast<std::size_t>(code)] == declared->when_absent)) continue;
    text += ", " + spaced(field.name) + " " + spaced(field.words[static_cast<std::size_t>(code)]);
  }
  if (!table.doubtful.empty() && table.doubtful[table_row] != 0) text += ", doubtful";
  if (!table.origin.empty() && table.origin[table_row].line > 0 && table.origin[table_row].source < plan_.people->sources().size()) {
    const std::filesystem::path file = plan_.people->sources()[table.origin[table_row].source];
    const auto folder = file.parent_path().filename();
    text += " (" + (folder.empty() ? file.filename() : folder / file.filename()).string() + ", line " +
            std::to_string(table.origin[table_row].line) + ")";
  }
  return text;
}

}  // namespace leavingcare
