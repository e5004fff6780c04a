// bench/statuses_bench.cpp
//
// The four statuses of five-episode histories, as full timelines, columns in memory, one core: the engine, and what an expert writes by hand.
#include "cohort_check.hpp"
#include "stage.hpp"

#include <leavingcare/leavingcare.hpp>

namespace {

using namespace bench;

constexpr std::size_t people_timed = 100'000;
constexpr std::size_t people_checked = 5'000;

void Engine(benchmark::State& state) {
  const auto people = as_people(make_cohort(people_timed));
  const auto book = peers();
  leavingcare::Options options;
  options.people_at_a_time = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(leavingcare::evaluate(book, people, options).rows());
  per(state, "person", people_timed);
}
BENCHMARK(Engine)->Arg(64)->Arg(256)->Arg(1024)->Unit(benchmark::kMillisecond);

void HandWrittenSweep(benchmark::State& state) {
  const auto cohort = make_cohort(people_timed);
  for (auto _ : state) {
    Swept out;
    for (std::size_t person = 0; person < people_timed; ++person) sweep(cohort, person, out);
    benchmark::DoNotOptimize(out.until.data());
  }
  per(state, "person", people_timed);
}
BENCHMARK(HandWrittenSweep)->Unit(benchmark::kMillisecond);

}  // namespace

void bench::check() {
  const auto cohort = make_cohort(people_checked);
  const auto book = peers();
  check_cohort(cohort, book, leavingcare::evaluate(book, as_people(cohort)), people_checked);
}
