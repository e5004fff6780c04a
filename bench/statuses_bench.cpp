// bench/statuses_bench.cpp
//
// The four statuses of five-episode histories, as full timelines, columns in memory, one core. Both ways are checked
// against the day-by-day truth before anything is timed.
#include "cohort.hpp"

#include <leavingcare/leavingcare.hpp>

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

namespace {

using namespace bench;

constexpr std::size_t people_timed = 100'000;
constexpr std::size_t people_checked = 5'000;

leavingcare::Rulebook peers() { return leavingcare::load_rulebook(LEAVINGCARE_BENCH_FOLDER "/peers.yaml").value_or_throw(); }

std::array<std::vector<Day>, statuses> joined(const std::vector<Span> (&spans)[statuses]) {
  std::array<std::vector<Day>, statuses> edges;
  for (std::size_t s = 0; s < statuses; ++s) edges[s] = leavingcare::timeline_of(spans[s]);
  return edges;
}

/// Ends the program if either way gives another answer than the day-by-day truth.
void check() {
  const auto cohort = make_cohort(people_checked);
  const auto people = as_people(cohort);
  const auto book = peers();
  const auto answers = leavingcare::evaluate(book, people);
  std::size_t row = 0;
  for (std::uint32_t person = 0; person < people_checked; ++person) {
    const auto truth = day_by_day(cohort, person);
    std::vector<Span> engine[statuses];
    for (; row < answers.rows() && answers.person[row] == person; ++row) {
      const auto status = book.rules[answers.rule[row]].declared.name;
      const std::size_t s = status == "eligible" ? 0 : status == "relevant" ? 1 : status == "former_relevant" ? 2 : 3;
      engine[s].push_back({answers.from[row], answers.until[row]});
    }
    Swept swept;
    sweep(cohort, person, swept);
    std::vector<Span> hand[statuses];
    for (std::size_t i = 0; i < swept.status.size(); ++i) hand[swept.status[i]].push_back({swept.from[i], swept.until[i]});
    const auto by_hand = joined(hand);
    if (joined(engine) != truth || by_hand != truth) {
      std::fprintf(stderr, "person %u: the %s is not the day-by-day truth; nothing is timed\n", person, by_hand != truth ? "sweep's answer" : "engine's answer");
      std::exit(1);
    }
  }
}

const bool checked = [] {
  check();
  return true;
}();

void per_person(benchmark::State& state, std::size_t people) {
  state.counters["per_person"] = benchmark::Counter(static_cast<double>(people), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void Engine(benchmark::State& state) {
  const auto people = as_people(make_cohort(people_timed));
  const auto book = peers();
  leavingcare::Options options;
  options.people_at_a_time = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(leavingcare::evaluate(book, people, options).rows());
  per_person(state, people_timed);
}
BENCHMARK(Engine)->Arg(64)->Arg(256)->Arg(1024)->Unit(benchmark::kMillisecond);

void HandWrittenSweep(benchmark::State& state) {
  const auto cohort = make_cohort(people_timed);
  for (auto _ : state) {
    Swept out;
    for (std::size_t person = 0; person < people_timed; ++person) sweep(cohort, person, out);
    benchmark::DoNotOptimize(out.until.data());
  }
  per_person(state, people_timed);
}
BENCHMARK(HandWrittenSweep)->Unit(benchmark::kMillisecond);

void England(benchmark::State& state) {
  const bool known = state.range(0) == 1;
  const bool duties = state.range(1) == 1;
  const auto people = as_people(make_cohort(people_timed));
  const auto book = leavingcare::load_rulebook("england").value_or_throw();
  leavingcare::Options options;
  options.unrecorded = known ? leavingcare::Unrecorded::none : leavingcare::Unrecorded::unknown;
  for (const auto& rule : book.rules) {
    const auto kind = rule.declared.kind;
    if (!duties && (kind == leavingcare::law::RuleKind::status || kind == leavingcare::law::RuleKind::entitlement)) options.rules.push_back(rule.declared.name);
  }
  state.SetLabel(std::string(duties ? "statuses, entitlements, duties" : "statuses and entitlements") + (known ? ", everything known" : ", most facts unknown"));
  for (auto _ : state) benchmark::DoNotOptimize(leavingcare::evaluate(book, people, options).rows());
  per_person(state, people_timed);
}
BENCHMARK(England)->ArgsProduct({{1, 0}, {1, 0}})->Unit(benchmark::kMillisecond);

void LoadEngland(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(leavingcare::load_rulebook("england").value_or_throw().rules.size());
}
BENCHMARK(LoadEngland)->Unit(benchmark::kMillisecond);

void OnePerson(benchmark::State& state) {
  const auto people = as_people(make_cohort(1));
  const auto book = leavingcare::load_rulebook("england").value_or_throw();
  leavingcare::Options options;
  options.unrecorded = leavingcare::Unrecorded::none;
  const auto plan = leavingcare::make_plan(book, people, options);
  leavingcare::Evaluator evaluator(plan);
  leavingcare::AnswerPart part;
  for (auto _ : state) {
    part.clear();
    evaluator.add(0, 1, part);
    benchmark::DoNotOptimize(part.answers.rows());
  }
}
BENCHMARK(OnePerson)->Unit(benchmark::kMicrosecond);

void OnePersonExplained(benchmark::State& state) {
  const auto people = as_people(make_cohort(1));
  const auto book = leavingcare::load_rulebook("england").value_or_throw();
  leavingcare::Options options;
  options.unrecorded = leavingcare::Unrecorded::none;
  for (auto _ : state) {
    benchmark::DoNotOptimize(leavingcare::explain(book, people, options, "p0", "former_relevant_child", leavingcare::day_of(2024, 3, 31)).truth);
  }
}
BENCHMARK(OnePersonExplained)->Unit(benchmark::kMicrosecond);

}  // namespace
