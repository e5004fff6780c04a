// leavingcare/rulebook/operators.hpp
//
// The operators of the rule language: one table.
//
// A rule is a tree of named operators over facts: `all: [ {age: {from: 16 years, until: 18 years}}, looked_after ]`. This table says for each
// operator how it is spelled, what it gives (a condition, a day or a number), which arguments it takes and what they must be. It drives the parser, the
// checks and the reference page; the evaluator has one kernel (evaluate/kernels.hpp) and the explainer one sentence for each row, and
// both fail to compile when a row is missing.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace leavingcare {

/// What an expression gives: a truth on each day, one day, or a number on each day.
enum class ValueKind : std::uint8_t { condition, day, number };

[[nodiscard]] constexpr std::string_view in_words(ValueKind kind) {
  constexpr std::string_view words[] = {"condition", "day", "number"};
  return words[static_cast<std::size_t>(kind)];
}

enum class Op : std::uint8_t {
  all, any, not_, during, event, age, from, until, ever, earlier, held_on, lasting, total, between, bridging, run_containing,
  from_each, doubtful, reading, compare,
  birthday, first_day, first_end, after, before, earliest, latest, choose_day,
  number, count, events, sum_of, sum, difference, ratio, least, greatest,
  // Made by the compiler, never written: a rule's name, literals (`fixed`: the words always and never), a
  // fact's day, and the dated versions of a rule.
  name, date, fact_day, constant, fixed, versions,
};

/// What an argument must be.
enum class Slot : std::uint8_t {
  condition, conditions, day, days, number, numbers,
  period,       ///< "13 weeks", or the name of a parameter
  age,          ///< "16 years", "15 years 9 months": the birthday on which it is attained
  periods_fact, events_fact, numbers_fact,
  any_fact,     ///< a periods or an events fact
  number_field, ///< a field, of the fact named before it, that holds numbers
  where,        ///< {field: word, field: [word, word], field: {not: word}, field: {at_most: 30}}
  month_day,    ///< "1 April"
  options,      ///< {reading: {option: expression, ...}}, every option exactly once
};

enum class Presence : std::uint8_t { required, optional, one_of };  ///< one_of: exactly one of the arguments so marked

struct Argument {
  std::string_view key;  ///< "" when the operator's own value is the argument
  Slot slot;
  Presence presence;
  std::string_view meaning;
};

struct Operator {
  Op op;
  std::string_view name;
  ValueKind gives;
  std::span<const Argument> arguments;
  std::string_view meaning;
};

namespace detail {

using enum Slot;
using enum Presence;

inline constexpr Argument all_arguments[] = {{"", conditions, required, "the conditions"}};
inline constexpr Argument not_arguments[] = {{"", condition, required, "the condition"}};
inline constexpr Argument during_arguments[] = {
    {"fact", periods_fact, required, "a periods fact; alone it may stand directly: `during: care`"},
    {"where", where, optional, "only records whose fields say so; a blank field leaves the record doubtful"},
    {"running_on", day, optional, "only records that hold this day"},
    {"the_day_before_it_began", condition, optional, "only records on the day before whose first day this held"}};
inline constexpr Argument event_arguments[] = {
    {"fact", events_fact, required, "an events fact; alone it may stand directly: `event: adopted`"},
    {"where", where, optional, "only events whose fields say so"}};
inline constexpr Argument age_arguments[] = {{"from", Slot::age, optional, "from this birthday on"},
                                             {"until", Slot::age, optional, "until this birthday, which is not included"}};
inline constexpr Argument day_argument[] = {{"", day, required, "the day"}};
inline constexpr Argument held_on_arguments[] = {{"day", day, required, "the day to look at"},
                                                 {"condition", condition, required, "what is asked of it"}};
inline constexpr Argument lasting_arguments[] = {
    {"of", condition, required, "the condition whose unbroken runs are measured"},
    {"completes", period, one_of, "the days of a run from the one that completes the period, its first day counted"},
    {"passes", period, one_of, "the days of a run from the corresponding date the period after its first day"},
    {"at_most", period, one_of, "all days of runs no longer than the period"}};
inline constexpr Argument total_arguments[] = {
    {"of", condition, required, "the condition whose days are counted"},
    {"since", day, optional, "count from this day on"},
    {"within", period, optional, "count in the window of this length that ends with the day"},
    {"in_years_from", month_day, optional, "count afresh from this date in each year"},
    {"reaches", period, one_of, "true from the day that makes the total this many days"},
    {"exceeds", period, one_of, "true from the day that makes the total more than this many days"}};
inline constexpr Argument between_arguments[] = {
    {"start", condition, required, "switches on, on each of its days"},
    {"end", condition, required, "switches off, on each of its days; a day of both is off"}};
inline constexpr Argument bridging_arguments[] = {
    {"of", condition, required, "the condition"},
    {"gaps_under", period, required, "gaps shorter than this, in days or weeks, are filled"}};
inline constexpr Argument run_arguments[] = {{"of", condition, required, "the condition"},
                                             {"day", day, required, "the run that holds this day"}};
inline constexpr Argument from_each_arguments[] = {
    {"event", events_fact, required, "each of these events begins a span"},
    {"event_before", day, optional, "only events before this day"},
    {"until_end_of", periods_fact, required, "the span runs to the end of the record running on the day of the event (the last to end), "
                                             "else of the next record to start"},
    {"starting_before", day, required, "a next record counts only if it starts before this day"},
    {"otherwise_until", day, required, "where the span ends if there is no such record"}};
inline constexpr Argument reading_arguments[] = {{"", options, required, "what follows under each option"}};
inline constexpr Argument compare_arguments[] = {{"the", Slot::number, required, "the number"},
                                                 {"at_least", Slot::number, one_of, "is this or more"},
                                                 {"more_than", Slot::number, one_of, "is more than this"},
                                                 {"at_most", Slot::number, one_of, "is this or less"},
                                                 {"less_than", Slot::number, one_of, "is less than this"}};
inline constexpr Argument birthday_arguments[] = {{"", Slot::age, required, "the age attained"}};
inline constexpr Argument shifted_arguments[] = {{"day", day, required, "the day counted from, itself not counted"},
                                                 {"period", period, required, "how far"}};
inline constexpr Argument days_arguments[] = {{"", days, required, "the days"}};
inline constexpr Argument number_fact_arguments[] = {{"", numbers_fact, required, "the numbers fact"}};
inline constexpr Argument count_arguments[] = {{"fact", periods_fact, required, "a periods fact"},
                                               {"where", where, optional, "only records whose fields say so"}};
inline constexpr Argument events_arguments[] = {{"fact", events_fact, required, "an events fact"},
                                                {"where", where, optional, "only events whose fields say so"},
                                                {"within", period, required, "in the days, weeks, months or years that end with the day"}};
inline constexpr Argument sum_of_arguments[] = {{"fact", any_fact, required, "an events or a periods fact"},
                                                {"field", number_field, required, "the field, which holds a number, that is added up"},
                                                {"where", where, optional, "only records whose fields say so"},
                                                {"within", period, optional, "of events, and only of them: in the time that ends with the day"}};
inline constexpr Argument numbers_arguments[] = {{"", numbers, required, "the numbers"}};
inline constexpr Argument difference_arguments[] = {{"of", Slot::number, required, "the number"},
                                                    {"less", Slot::number, required, "what is taken away"}};
inline constexpr Argument ratio_arguments[] = {{"of", Slot::number, required, "the number"},
                                               {"to", Slot::number, required, "what it is divided by; nothing when that is 0"}};

}  // namespace detail

/// Every operator that can be written, in the order of Op.
inline constexpr auto operators = std::to_array<Operator>({
    {Op::all, "all", ValueKind::condition, detail::all_arguments, "every one holds"},
    {Op::any, "any", ValueKind::condition, detail::all_arguments, "at least one holds"},
    {Op::not_, "not", ValueKind::condition, detail::not_arguments, "it does not hold"},
    {Op::during, "during", ValueKind::condition, detail::during_arguments, "a record of the fact holds the day"},
    {Op::event, "event", ValueKind::condition, detail::event_arguments, "the event is on the day"},
    {Op::age, "age", ValueKind::condition, detail::age_arguments, "the person is of that age"},
    {Op::from, "from", ValueKind::condition, detail::day_argument, "on the day or later"},
    {Op::until, "until", ValueKind::condition, detail::day_argument, "before the day"},
    {Op::ever, "ever", ValueKind::condition, detail::not_arguments, "it holds on the day or held on an earlier one"},
    {Op::earlier, "earlier", ValueKind::condition, detail::not_arguments, "it held on an earlier day"},
    {Op::held_on, "held_on", ValueKind::condition, detail::held_on_arguments, "it holds on another, named day"},
    {Op::lasting, "lasting", ValueKind::condition, detail::lasting_arguments, "it holds, in a run of that length"},
    {Op::total, "total", ValueKind::condition, detail::total_arguments, "its days, counted up to and including the day, are that many"},
    {Op::between, "between", ValueKind::condition, detail::between_arguments, "it has been switched on and not off again"},
    {Op::bridging, "bridging", ValueKind::condition, detail::bridging_arguments, "it holds, short gaps disregarded"},
    {Op::run_containing, "run_containing", ValueKind::condition, detail::run_arguments, "the unbroken run of it that holds the named day"},
    {Op::from_each, "from_each", ValueKind::condition, detail::from_each_arguments, "from each event to the end of the record that goes with it"},
    {Op::doubtful, "doubtful", ValueKind::condition, detail::not_arguments, "where it holds, nobody can say: unknown instead of yes"},
    {Op::reading, "reading", ValueKind::condition, detail::reading_arguments, "what follows under the reading chosen"},
    {Op::compare, "compare", ValueKind::condition, detail::compare_arguments, "the number is as large, or as small, as that"},
    {Op::birthday, "birthday", ValueKind::day, detail::birthday_arguments, "the day on which the age is attained"},
    {Op::first_day, "first_day", ValueKind::day, detail::not_arguments, "the first day on which it ever holds"},
    {Op::first_end, "first_end", ValueKind::day, detail::not_arguments, "the first day on which it holds no longer"},
    {Op::after, "after", ValueKind::day, detail::shifted_arguments, "the day so long after"},
    {Op::before, "before", ValueKind::day, detail::shifted_arguments, "the day so long before"},
    {Op::earliest, "earliest", ValueKind::day, detail::days_arguments, "the earliest of them"},
    {Op::latest, "latest", ValueKind::day, detail::days_arguments, "the latest of them"},
    {Op::choose_day, "choose_day", ValueKind::day, detail::reading_arguments, "the day under the reading chosen"},
    {Op::number, "number", ValueKind::number, detail::number_fact_arguments, "the value recorded for the day"},
    {Op::count, "count", ValueKind::number, detail::count_arguments, "how many records hold the day"},
    {Op::events, "events", ValueKind::number, detail::events_arguments, "how many events lie in the window that ends with the day"},
    {Op::sum_of, "sum_of", ValueKind::number, detail::sum_of_arguments, "a field of records added up: of those that hold the day or, of events, those in the window that ends with it"},
    {Op::sum, "sum", ValueKind::number, detail::numbers_arguments, "all of them added"},
    {Op::difference, "difference", ValueKind::number, detail::difference_arguments, "one less the other"},
    {Op::ratio, "ratio", ValueKind::number, detail::ratio_arguments, "one divided by the other"},
    {Op::least, "least", ValueKind::number, detail::numbers_arguments, "the smallest of them"},
    {Op::greatest, "greatest", ValueKind::number, detail::numbers_arguments, "the largest of them"},
});

inline constexpr std::size_t op_count = static_cast<std::size_t>(Op::versions) + 1;

/// The row of an operator that can be written.
[[nodiscard]] constexpr const Operator& about(Op op) { return operators[static_cast<std::size_t>(op)]; }

namespace detail {
consteval bool rows_stand_in_order() {
  for (std::size_t i = 0; i < operators.size(); ++i) {
    if (operators[i].op != static_cast<Op>(i)) return false;
  }
  return operators.size() == static_cast<std::size_t>(Op::name);
}
static_assert(rows_stand_in_order());
}  // namespace detail

}  // namespace leavingcare
