// bench/timeline_bench.cpp
//
// The timeline operators over 1 to 1,000 spans, and Boost.ICL's interval_set for the same beside each that it has.
//
// The decision that answers are checked against: every day by itself, from an array with a cell for each day.
#include "stage.hpp"

#include <leavingcare/calendar/timeline_algebra.hpp>
#include <leavingcare/calendar/timeline_measures.hpp>

#include <boost/icl/interval_set.hpp>

#include <functional>
#include <random>
#include <string>
#include <vector>

namespace {

using leavingcare::Day;
using leavingcare::Edges;
using leavingcare::LegalPeriod;
using leavingcare::Span;
using leavingcare::Timelines;
using IclDays = boost::icl::interval_set<std::int32_t, std::less, boost::icl::right_open_interval<std::int32_t>>;
using IclSpan = IclDays::interval_type;

constexpr int first_number = 10'000;
constexpr LegalPeriod window{365, leavingcare::PeriodUnit::days};
constexpr std::int32_t window_total = 75;
constexpr LegalPeriod completed{10, leavingcare::PeriodUnit::days};

/// So many spans of 1 to 30 days, with 1 to 30 days between.
std::vector<Day> made(std::size_t spans, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto step = [&] { return static_cast<std::int32_t>(1 + random() % 30); };
  std::vector<Day> edges;
  Day day{first_number};
  for (std::size_t i = 0; i < 2 * spans; ++i) edges.push_back(day = day + step());
  return edges;
}

IclDays icl(Edges edges) {
  IclDays days;
  for (std::size_t i = 0; i < edges.size(); i += 2) days += IclSpan(edges[i].number, edges[i + 1].number);
  return days;
}

/// A day in the middle of a timeline: half of it counts.
Day middle(Edges edges) { return edges[edges.size() / 2]; }

std::int64_t half_of_days(Edges edges) { return leavingcare::days_in(edges, edges.front(), Day::end_of_time) / 2; }

struct Operator {
  std::string name;
  std::function<void(Edges, Edges, Timelines&)> ours;
  std::function<IclDays(const IclDays&, const IclDays&)> icl;                                  ///< empty: it has none
  std::function<bool(const std::vector<bool>&, const std::vector<bool>&, std::size_t)> on_day;  ///< whether the day of that place is in the answer
};

std::size_t counted(const std::vector<bool>& days, std::size_t from, std::size_t until) {
  std::size_t count = 0;
  for (std::size_t i = from; i < until; ++i) count += days[i] ? 1 : 0;
  return count;
}

const std::vector<Operator>& operators() {
  static const std::vector<Operator> all = {
      {"Union", [](Edges a, Edges b, Timelines& out) { leavingcare::append_union(a, b, out); },
       [](const IclDays& a, const IclDays& b) { return a + b; }, [](const auto& a, const auto& b, std::size_t i) { return a[i] || b[i]; }},
      {"Intersection", [](Edges a, Edges b, Timelines& out) { leavingcare::append_intersection(a, b, out); },
       [](const IclDays& a, const IclDays& b) { return a & b; }, [](const auto& a, const auto& b, std::size_t i) { return a[i] && b[i]; }},
      {"Difference", [](Edges a, Edges b, Timelines& out) { leavingcare::append_difference(a, b, out); },
       [](const IclDays& a, const IclDays& b) { return a - b; }, [](const auto& a, const auto& b, std::size_t i) { return a[i] && !b[i]; }},
      {"Complement", [](Edges a, Edges, Timelines& out) { leavingcare::append_complement(a, out); },
       [](const IclDays& a, const IclDays&) { return IclDays(IclSpan(Day::beginning_of_time.number, Day::end_of_time.number)) - a; },
       [](const auto& a, const auto&, std::size_t i) { return !a[i]; }},
      {"RollingTotal", [](Edges a, Edges, Timelines& out) { leavingcare::append_rolling_total(a, window_total, window, out); }, {},
       [](const auto& a, const auto&, std::size_t i) { return counted(a, i < 364 ? 0 : i - 364, i + 1) >= static_cast<std::size_t>(window_total); }},
      {"Completed", [](Edges a, Edges, Timelines& out) { leavingcare::append_completed(a, completed, out); }, {},
       [](const auto& a, const auto&, std::size_t i) { return i >= 9 && counted(a, i - 9, i + 1) == 10; }},
  };
  return all;
}

struct Measure {
  std::string name;
  std::function<std::int64_t(Edges)> ours;
  std::function<std::int64_t(const IclDays&, std::int32_t middle, std::int64_t half)> icl;
};

const std::vector<Measure>& measures() {
  static const std::vector<Measure> all = {
      {"DaysSince", [](Edges a) { return leavingcare::days_in(a, middle(a), Day::end_of_time); },
       [](const IclDays& a, std::int32_t since, std::int64_t) { return static_cast<std::int64_t>(boost::icl::cardinality(a & IclSpan(since, Day::end_of_time.number))); }},
      {"FirstDayReaching", [](Edges a) { return std::int64_t{leavingcare::first_day_reaching(a, a.front(), half_of_days(a)).number}; },
       [](const IclDays& a, std::int32_t, std::int64_t half) {
         for (const auto& span : a) {
           const std::int64_t length = boost::icl::upper(span) - boost::icl::lower(span);
           if (length >= half) return boost::icl::lower(span) + half - 1;
           half -= length;
         }
         return std::int64_t{Day::end_of_time.number};
       }},
  };
  return all;
}

std::vector<bool> cells(Edges edges, std::size_t size) {
  std::vector<bool> days(size);
  for (std::size_t place = 0; place < size; ++place) {
    const Day day{first_number + static_cast<std::int32_t>(place)};
    for (std::size_t i = 0; i < edges.size() && !days[place]; i += 2) days[place] = edges[i] <= day && day < edges[i + 1];
  }
  return days;
}

void time_ours(benchmark::State& state, const Operator& op) {
  const auto spans = static_cast<std::size_t>(state.range(0));
  const auto a = made(spans, 1);
  const auto b = made(spans, 2);
  Timelines out;
  for (auto _ : state) {
    out.clear();
    op.ours(a, b, out);
    out.end_person();
    benchmark::DoNotOptimize(out.edges().data());
  }
  bench::per(state, "span", spans);
  state.SetComplexityN(state.range(0));
}

void time_icl(benchmark::State& state, const Operator& op) {
  const auto spans = static_cast<std::size_t>(state.range(0));
  const auto a = icl(made(spans, 1));
  const auto b = icl(made(spans, 2));
  for (auto _ : state) benchmark::DoNotOptimize(op.icl(a, b).iterative_size());
  bench::per(state, "span", spans);
  state.SetComplexityN(state.range(0));
}

void time_measure(benchmark::State& state, const Measure& measure) {
  const auto spans = static_cast<std::size_t>(state.range(0));
  const auto a = made(spans, 1);
  for (auto _ : state) benchmark::DoNotOptimize(measure.ours(a));
  bench::per(state, "span", spans);
  state.SetComplexityN(state.range(0));
}

void time_icl_measure(benchmark::State& state, const Measure& measure) {
  const auto spans = static_cast<std::size_t>(state.range(0));
  const auto edges = made(spans, 1);
  const auto a = icl(edges);
  const auto half = half_of_days(edges);
  for (auto _ : state) benchmark::DoNotOptimize(measure.icl(a, middle(edges).number, half));
  bench::per(state, "span", spans);
  state.SetComplexityN(state.range(0));
}

void over_spans(benchmark::internal::Benchmark* registered) { registered->RangeMultiplier(10)->Range(1, 1000)->Complexity(benchmark::oN); }

const bool registered = [] {
  for (const auto& op : operators()) {
    over_spans(benchmark::RegisterBenchmark((op.name + "/ours").c_str(), time_ours, op));
    if (op.icl) over_spans(benchmark::RegisterBenchmark((op.name + "/boost_icl").c_str(), time_icl, op));
  }
  for (const auto& measure : measures()) {
    over_spans(benchmark::RegisterBenchmark((measure.name + "/ours").c_str(), time_measure, measure));
    over_spans(benchmark::RegisterBenchmark((measure.name + "/boost_icl").c_str(), time_icl_measure, measure));
  }
  return true;
}();

}  // namespace

void bench::check() {
  for (const std::size_t spans : {1U, 10U, 100U}) {
    const auto a = made(spans, 1);
    const auto b = made(spans, 2);
    const std::size_t size = static_cast<std::size_t>(std::max(a.back(), b.back()).number - first_number) + 400;
    const auto days_a = cells(a, size);
    const auto days_b = cells(b, size);
    for (const auto& op : operators()) {
      Timelines out;
      op.ours(a, b, out);
      out.end_person();
      const auto days = cells(out[0], size);
      for (std::size_t i = 0; i < size; ++i) must(days[i] == op.on_day(days_a, days_b, i), op.name + " of " + std::to_string(spans) + " spans is another set of days");
      if (!op.icl) continue;
      std::vector<Day> edges;
      for (const auto& span : op.icl(icl(a), icl(b))) {
        edges.push_back({boost::icl::lower(span)});
        edges.push_back({boost::icl::upper(span)});
      }
      must(std::ranges::equal(edges, out[0]), op.name + " of Boost.ICL is another set of days");
    }
    const auto since = static_cast<std::size_t>(middle(a).number - first_number);
    const std::size_t half = counted(days_a, 0, size) / 2;
    std::size_t reached = 0;
    for (std::size_t seen = 0; seen < half; ++reached) seen += days_a[reached] ? 1 : 0;
    const std::vector<std::int64_t> expected = {static_cast<std::int64_t>(counted(days_a, since, size)), first_number + static_cast<std::int64_t>(reached) - 1};
    for (std::size_t i = 0; i < measures().size(); ++i) {
      const auto& measure = measures()[i];
      must(half == 0 || (measure.ours(a) == expected[i] && measure.icl(icl(a), middle(a).number, static_cast<std::int64_t>(half)) == expected[i]), measure.name + " of " + std::to_string(spans) + " spans is another number");
    }
  }
}
