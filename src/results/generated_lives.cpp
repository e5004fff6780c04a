// src/results/generated_lives.cpp
#include <leavingcare/results/generated_lives.hpp>

#include <leavingcare/people/people_builder.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace leavingcare {
namespace {

constexpr std::int32_t year = 365;

std::int32_t days_in(LegalPeriod period) {
  switch (period.unit) {
    case PeriodUnit::days: return period.count;
    case PeriodUnit::weeks: return period.count * 7;
    case PeriodUnit::months: return period.count * 365 / 12;
    case PeriodUnit::years: return period.count * year;
    case PeriodUnit::working_days: return period.count * 7 / 5;
  }
  return period.count;
}

Day so_long_after(Day day, LegalPeriod period) { return period.unit == PeriodUnit::working_days ? day + days_in(period) : after(day, period); }

std::string in_digits(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", number);
  return text;
}

}  // namespace

LifeMaker::LifeMaker(std::vector<law::Fact> facts, std::string born, std::vector<std::string> rare, Reach reach, std::vector<Day> in_question, std::uint64_t seed)
    : facts_(std::move(facts)), born_(std::move(born)), rare_(std::move(rare)), reach_(std::move(reach)), in_question_(std::move(in_question)), state_(seed) {
  for (const auto age : reach_.ages) {
    youngest_ = youngest_ == 0 ? days_in(age) : std::min(youngest_, days_in(age));
    oldest_ = std::max(oldest_, days_in(age));
  }
  if (oldest_ == 0) oldest_ = 30 * year;  // rules that turn on no age
  youngest_ = std::max(0, youngest_ - 3 * year);
  oldest_ += 3 * year;
}

// SplitMix64, by Sebastiano Vigna, who put it in the public domain.
std::size_t LifeMaker::below(std::size_t bound) {
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return static_cast<std::size_t>((mixed ^ (mixed >> 31U)) % bound);
}

std::int32_t LifeMaker::about_a_day() {
  static constexpr std::int32_t off[] = {0, 0, 0, 0, 0, 0, 1, -1, 1, -1};
  return off[below(std::size(off))];
}

Day LifeMaker::some_length_after(Day day) {
  if (reach_.lengths.empty() || one_in(4)) return day + 1 + static_cast<std::int32_t>(below(3 * year));
  return so_long_after(day, reach_.lengths[below(reach_.lengths.size())]) + about_a_day();
}

Day LifeMaker::some_length_before(Day day) {
  if (reach_.lengths.empty() || one_in(4)) return day - 1 - static_cast<std::int32_t>(below(3 * year));
  return day - days_in(reach_.lengths[below(reach_.lengths.size())]) + about_a_day();
}

Day LifeMaker::some_day(const MadeLife& life) {
  const auto anchor = [&]() -> Day {
    const auto which = below(10);
    if (which < 4 && !reach_.ages.empty()) return after(life.born, reach_.ages[below(reach_.ages.size())]);
    if (which < 7) {  // an edge of a record there is
      std::vector<Day> edges;
      for (const auto& of_a_fact : life.records) {
        for (const auto& one : of_a_fact) {
          edges.push_back(one.from);
          if (is_a_day(one.until)) edges.push_back(one.until);
        }
      }
      if (!edges.empty()) return edges[below(edges.size())];
    }
    if (which < 8) {
      const Day law = !reach_.days.empty() && one_in(2) ? reach_.days[below(reach_.days.size())] : in_question_[below(in_question_.size())];
      if (law > life.born && law < life.born + oldest_) return law;
    }
    return life.born + youngest_ + static_cast<std::int32_t>(below(static_cast<std::size_t>(oldest_ - youngest_)));
  };
  Day day = anchor() + about_a_day();
  if (one_in(3)) day = one_in(2) ? some_length_after(day) : some_length_before(day);
  return std::max(day, life.born);
}

double LifeMaker::some_figure() {
  const double base = reach_.figures.empty() || one_in(6) ? static_cast<double>(below(1000)) : reach_.figures[below(reach_.figures.size())];
  return std::max(0.0, base + static_cast<double>(below(3)) - 1);
}

std::string LifeMaker::some_word(const law::Fact& fact, const law::Field& field) {
  if (!field.unit.empty()) {
    const auto found = reach_.bounds.find(fact.name);
    if (found != reach_.bounds.end()) {
      if (const auto bounds = found->second.find(field.name); bounds != found->second.end() && !bounds->second.empty() && !one_in(4)) {
        auto bound = bounds->second.begin();
        std::advance(bound, static_cast<std::ptrdiff_t>(below(bounds->second.size())));
        return in_digits(std::max(0.0, *bound + static_cast<double>(below(3)) - 1));
      }
    }
    return in_digits(some_figure());
  }
  std::vector<std::string> tested;
  if (const auto found = reach_.words.find(fact.name); found != reach_.words.end()) {
    if (const auto words = found->second.find(field.name); words != found->second.end()) tested.assign(words->second.begin(), words->second.end());
  }
  if (tested.empty() && !field.required) return {};  // nothing turns on it
  if (!field.required && one_in(field.when_absent.empty() ? 40 : 4)) return {};
  // A record that cannot be taken at its word decides nothing: hardly any is.
  const auto is_doubtful = [&](const std::string& word) {
    return std::any_of(fact.doubts.begin(), fact.doubts.end(), [&](const law::Doubt& doubt) {
      return doubt.field == field.name && std::find(doubt.words.begin(), doubt.words.end(), word) != doubt.words.end();
    });
  };
  for (int attempt = 0; attempt < 8; ++attempt) {
    std::string word = !tested.empty() && !one_in(3) ? tested[below(tested.size())] : !field.one_of.empty() ? field.one_of[below(field.one_of.size())] : one_in(2) && !tested.empty() ? tested.front() : "other";
    if (!is_doubtful(word) || one_in(20)) return word;
  }
  return tested.empty() ? field.one_of.empty() ? "other" : field.one_of.front() : tested.front();
}

MadeRecord LifeMaker::some_record(const MadeLife& life, std::size_t index) {
  const auto& fact = facts_[index];
  MadeRecord made;
  made.from = some_day(life);
  if (fact.kind == law::FactKind::periods || fact.kind == law::FactKind::numbers) {
    const auto way = below(10);
    made.until = way < 2 ? Day::end_of_time : way < 6 ? some_length_after(made.from) : some_day(life);
    if (made.until < made.from) std::swap(made.from, made.until);
    if (made.until == made.from) made.until = made.from + 1;
  } else {
    made.until = made.from + 1;
  }
  if (fact.kind == law::FactKind::numbers) made.value = some_figure();
  for (const auto& field : fact.fields) made.fields.push_back(some_word(fact, field));
  return made;
}

void LifeMaker::in_order(MadeLife& life, std::size_t index) const {
  auto& records = life.records[index];
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  if (facts_[index].kind == law::FactKind::day && records.size() > 1) records.resize(1);
  if (facts_[index].kind != law::FactKind::numbers) return;
  for (std::size_t i = 0; i + 1 < records.size(); ++i) records[i].until = std::min(records[i].until, records[i + 1].from);
  std::erase_if(records, [](const auto& one) { return one.from >= one.until; });
}

void LifeMaker::records_of(MadeLife& life, std::size_t index) {
  const auto& fact = facts_[index];
  auto& records = life.records[index];
  if (std::find(rare_.begin(), rare_.end(), fact.name) != rare_.end() && !one_in(25)) return;
  static constexpr std::size_t counts[] = {0, 0, 0, 1, 1, 1, 1, 2, 2, 3};
  std::size_t count = counts[below(std::size(counts))];
  if (fact.kind == law::FactKind::events && count > 1) {
    // A row of them, at about one interval.
    auto made = some_record(life, index);
    const std::size_t row = count + below(3);
    const auto length = reach_.lengths.empty() ? LegalPeriod{30, PeriodUnit::days} : reach_.lengths[below(reach_.lengths.size())];
    for (std::size_t i = 0; i < row; ++i) {
      records.push_back(made);
      made.from = so_long_after(made.from, length) + about_a_day();
      made.until = made.from + 1;
    }
    count = below(2);
  }
  for (std::size_t i = 0; i < count; ++i) records.push_back(some_record(life, index));
  in_order(life, index);
}

MadeLife LifeMaker::fresh() {
  MadeLife life;
  life.records.resize(facts_.size());
  // Of some age on one of the days in question, or some years after it.
  Day when = in_question_[below(in_question_.size())];
  if (!one_in(3)) when = when + static_cast<std::int32_t>(below(6 * year));
  const auto age = !reach_.ages.empty() && !one_in(3) ? days_in(reach_.ages[below(reach_.ages.size())])
                                                        : youngest_ + static_cast<std::int32_t>(below(static_cast<std::size_t>(oldest_ - youngest_)));
  life.born = when - age + static_cast<std::int32_t>(below(120)) - 60;
  for (std::size_t fact = 0; fact < facts_.size(); ++fact) records_of(life, fact);
  return life;
}

MadeLife LifeMaker::changed(MadeLife life) {
  if (facts_.empty()) return fresh();
  for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
    const auto fact = below(facts_.size());
    auto& records = life.records[fact];
    const auto way = below(6);
    if (way == 0 || records.empty()) {
      records.push_back(some_record(life, fact));
    } else {
      auto& one = records[below(records.size())];
      if (way == 1) {
        one = records.back();
        records.pop_back();
      }
      else if (way == 2) one = some_record(life, fact);
      else if (way == 3 && !one.fields.empty()) {
        const auto field = below(one.fields.size());
        one.fields[field] = some_word(facts_[fact], facts_[fact].fields[field]);
      } else if (facts_[fact].kind == law::FactKind::periods) {
        auto& edge = one_in(2) ? one.from : one.until;
        edge = one_in(3) && is_a_day(edge) ? edge + about_a_day() : some_day(life);
        if (one.until <= one.from) one.until = some_length_after(one.from);
        if (one.until <= one.from) one.until = one.from + 1;
      } else {
        const Day from = one_in(3) ? one.from + about_a_day() : some_day(life);
        if (facts_[fact].kind != law::FactKind::numbers) one.until = from + 1;
        else if (one.until <= from) one.until = Day::end_of_time;
        one.from = from;
      }
    }
    in_order(life, fact);
  }
  return life;
}

People LifeMaker::people(std::span<const MadeLife> lives) const {
  PeopleBuilder builder;
  const auto born = builder.add_table(born_, law::FactKind::day, {});
  std::vector<std::size_t> tables;
  for (const auto& fact : facts_) {
    std::vector<std::string> names;
    for (const auto& field : fact.fields) names.push_back(field.name);
    tables.push_back(builder.add_table(fact.name, fact.kind, std::move(names)));
  }
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const auto person = builder.person(std::to_string(i + 1));
    Record birth;
    birth.from = birth.until = lives[i].born;
    builder.add(born, person, birth);
    for (std::size_t fact = 0; fact < facts_.size(); ++fact) {
      for (const auto& one : lives[i].records[fact]) {
        Record record;
        record.from = one.from;
        record.until = facts_[fact].kind == law::FactKind::day ? one.from : one.until;
        record.value = one.value;
        record.fields = one.fields;
        builder.add(tables[fact], person, record);
      }
    }
  }
  return builder.build();
}

}  // namespace leavingcare
