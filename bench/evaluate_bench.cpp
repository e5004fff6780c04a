// bench/evaluate_bench.cpp
//
// Evaluating: one person with and without reasons, with and without obligations; cohorts, small rules and England's whole rulebook,
// everything known and most of it unknown. One core.
//
// The decisions that answers are checked against: of the small rules, each day decided by itself; of England's, the two programs of tests/
// (england_check.hpp); with most facts unknown, that nothing certain contradicts what is so when there are none; of reasons, the answer itself.
#include "cohort_check.hpp"
#include "england_check.hpp"
#include "stage.hpp"

#include <leavingcare/leavingcare.hpp>

namespace {

using namespace bench;
using leavingcare::Truth;

leavingcare::Options options_for(const leavingcare::Rulebook& book, bool known, bool obligations) {
  leavingcare::Options options;
  options.unrecorded = known ? leavingcare::Unrecorded::none : leavingcare::Unrecorded::unknown;
  for (const auto& rule : book.rules) {
    const auto kind = rule.declared.kind;
    if (!obligations && (kind == leavingcare::law::RuleKind::status || kind == leavingcare::law::RuleKind::entitlement)) options.rules.push_back(rule.declared.name);
  }
  return options;
}

std::string in_words(bool known, bool obligations) {
  return std::string(obligations ? "statuses, entitlements, obligations" : "statuses, entitlements") + (known ? "; everything known" : "; most facts unknown");
}

// --- One person ---

/// The plan is kept, as a service that answers one question after another would.
void OnePerson(benchmark::State& state) {
  const bool known = state.range(0) == 1;
  const bool obligations = state.range(1) == 1;
  const auto people = as_people(make_cohort(1));
  const auto book = england();
  const auto plan = leavingcare::make_plan(book, people, options_for(book, known, obligations));
  leavingcare::Evaluator evaluator(plan);
  leavingcare::AnswerPart part;
  for (auto _ : state) {
    part.clear();
    evaluator.add(0, 1, part);
    benchmark::DoNotOptimize(part.answers.rows());
  }
  state.SetLabel(in_words(known, obligations) + "; plan kept");
}
BENCHMARK(OnePerson)->ArgNames({"known", "obligations"})->ArgsProduct({{1, 0}, {0, 1}})->Unit(benchmark::kMicrosecond);

/// A plan is made for each question.
void OnePersonAndPlan(benchmark::State& state) {
  const bool obligations = state.range(0) == 1;
  const auto people = as_people(make_cohort(1));
  const auto book = england();
  const auto options = options_for(book, true, obligations);
  for (auto _ : state) benchmark::DoNotOptimize(leavingcare::evaluate(book, people, options).rows());
  state.SetLabel(in_words(true, obligations) + "; plan made anew");
}
BENCHMARK(OnePersonAndPlan)->ArgNames({"obligations"})->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

constexpr const char* asked_about = "former_relevant_child";

/// One status alone: what its reasons are to be compared with.
void OneStatusWithoutReasons(benchmark::State& state) {
  const auto people = as_people(make_cohort(1));
  const auto book = england();
  leavingcare::Options options;
  options.unrecorded = leavingcare::Unrecorded::none;
  options.rules = {asked_about};
  for (auto _ : state) benchmark::DoNotOptimize(leavingcare::evaluate(book, people, options).rows());
}
BENCHMARK(OneStatusWithoutReasons)->Unit(benchmark::kMicrosecond);

void OneStatusWithReasons(benchmark::State& state) {
  const bool other_readings = state.range(0) == 1;
  const auto people = as_people(make_cohort(1));
  const auto book = england();
  leavingcare::Options options;
  options.unrecorded = leavingcare::Unrecorded::none;
  for (auto _ : state) benchmark::DoNotOptimize(leavingcare::explain(book, people, options, "p0", asked_about, leavingcare::day_of(2024, 3, 31), other_readings).truth);
}
BENCHMARK(OneStatusWithReasons)->ArgNames({"under_other_readings"})->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

// --- Cohorts ---

void FourStatuses(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto people = as_people(make_cohort(count));
  const auto book = peers();
  for (auto _ : state) benchmark::DoNotOptimize(leavingcare::evaluate(book, people).rows());
  per(state, "person", count);
}
BENCHMARK(FourStatuses)->ArgNames({"people"})->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void England(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const bool known = state.range(1) == 1;
  const bool obligations = state.range(2) == 1;
  const auto people = as_people(make_cohort(count));
  const auto book = england();
  const auto options = options_for(book, known, obligations);
  for (auto _ : state) benchmark::DoNotOptimize(leavingcare::evaluate(book, people, options).rows());
  per(state, "person", count);
  state.SetLabel(in_words(known, obligations));
}
// Fewer people where each takes longer, so that no round takes more than some seconds.
BENCHMARK(England)->ArgNames({"people", "known", "obligations"})->ArgsProduct({{1'000, 100'000, 1'000'000}, {1}, {0}})->ArgsProduct({{1'000, 100'000}, {1}, {1}})
    ->ArgsProduct({{1'000, 10'000}, {0}, {0, 1}})->Unit(benchmark::kMillisecond);

// --- Whether the answers are right ---

/// What is explained is what is so.
void check_reasons(const Cohort& cohort) {
  const auto people = as_people(cohort);
  const auto book = peers();
  for (std::size_t person = 0; person < people.size(); ++person) {
    const auto truth = day_by_day(cohort, person);
    for (std::size_t s = 0; s < statuses; ++s) {
      const std::string rule = std::array{"eligible", "relevant", "former_relevant", "qualifying"}[s];
      for (const Day day : {cohort.born[person] + 17 * 365, cohort.born[person] + 20 * 365}) {
        const auto explained = leavingcare::explain(book, people, {}, people.ids()[person], rule, day);
        must(explained.truth == (leavingcare::holds_on(truth[s], day) ? Truth::yes : Truth::no), "an explanation gives another answer than the day itself");
      }
    }
  }
}

}  // namespace

void bench::check() {
  const auto cohort = make_cohort(5'000);
  const auto book = peers();
  check_cohort(cohort, book, leavingcare::evaluate(book, as_people(cohort)), cohort.born.size());
  check_reasons(make_cohort(100));
  check_england(make_cohort(1'000), leavingcare::day_of(2024, 3, 31), "england");
  check_unknown(make_cohort(1'000), options_for(england(), false, true));
}
