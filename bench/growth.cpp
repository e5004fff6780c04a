// bench/growth.cpp
//
// How cost grows: one point of one curve, asked by growth.py, which runs each in a process of its own.
//
//   growth people N      N people in chunks of at most 100,000: made, evaluated, forgotten
//   growth read N        fact tables of N people read from disk
//   growth memory N      N people held at once, and their answers: bytes
//   growth episodes N    people of N episodes each, 300,000 episodes or 2,000 people: the small rules, and England's
//   growth rules N       a generated rulebook of N statuses: loaded, and evaluated over some people
//   growth chain N       the same, each status leaning on the one before
//   growth versions N    a generated status in N versions: the same
//   growth threads N     the small rules and England's on N threads
//
// Answers are checked before anything is timed (cohort_check.hpp, england_check.hpp, generated_rules.hpp; on more threads: they are those of one). Prints
// a line for each step: step,people,items,repeats,seconds,low,high,bytes. The time is a median, low and high its quartiles.
#include "cohort_check.hpp"
#include "england_check.hpp"
#include "generated_rules.hpp"

#include <leavingcare/leavingcare.hpp>

#include <malloc.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <functional>
#include <memory>

namespace {

using namespace bench;

constexpr std::size_t people_in_a_chunk = 100'000;
constexpr std::size_t episodes_in_all = 300'000;
const Day data_drawn = leavingcare::day_of(2024, 3, 31);

double seconds_of(const std::function<void()>& act) {
  const auto begin = std::chrono::steady_clock::now();
  act();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void tell(const std::string& step, std::size_t people, std::size_t items, std::vector<double> times, std::size_t bytes = 0) {
  std::ranges::sort(times);
  const auto at = [&](std::size_t quarter) { return times.empty() ? 0 : times[quarter * (times.size() - 1) / 4]; };
  std::printf("\"%s\",%zu,%zu,%zu,%.9f,%.9f,%.9f,%zu\n", step.c_str(), people, items, times.size(), at(2), at(1), at(3), bytes);
}

/// Five times at least, and for a third of a second, so that one disturbance does not count.
std::vector<double> repeated(const std::function<void()>& act) {
  std::vector<double> times;
  for (double spent = 0; times.size() < 5 || (spent < 0.33 && times.size() < 1001); spent += times.back()) times.push_back(seconds_of(act));
  return times;
}

leavingcare::Options statuses_and_entitlements(const leavingcare::Rulebook& book) {
  leavingcare::Options options;
  options.unrecorded = leavingcare::Unrecorded::none;
  for (const auto& rule : book.rules) {
    if (rule.declared.kind == leavingcare::law::RuleKind::status || rule.declared.kind == leavingcare::law::RuleKind::entitlement) options.rules.push_back(rule.declared.name);
  }
  return options;
}

// --- People ---

/// In bytes, of this process alone: getrusage would count what the process that started it had taken.
std::size_t most_memory_taken() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word == "VmHWM:" && status >> word) return std::stoul(word) * 1024;
  }
  throw std::runtime_error("the system does not say how much memory was taken");
}

void people(std::size_t count) {
  const auto book = peers();
  const std::size_t chunks = (count + people_in_a_chunk - 1) / people_in_a_chunk;
  // A population of one chunk is gone through several times, a larger one is many measurements by itself.
  const std::size_t rounds = chunks > 1 ? 1 : 25;
  std::vector<double> made, evaluated;
  std::size_t rows = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    double making = 0, evaluating = 0;
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
      const auto cohort = make_cohort(std::min(people_in_a_chunk, count - chunk * people_in_a_chunk), chunk);
      leavingcare::People those;
      leavingcare::Answers answers;
      making += seconds_of([&] { those = as_people(cohort); });
      evaluating += seconds_of([&] { answers = leavingcare::evaluate(book, those); });
      if (round == 0) {
        check_cohort(cohort, book, answers, 200);
        rows += answers.rows();
      }
    }
    made.push_back(making);
    evaluated.push_back(evaluating);
  }
  tell("people made", count, count, made);
  tell("evaluated", count, rows, evaluated, most_memory_taken());
}

/// What is read is what was written.
void check_read(const leavingcare::People& read, const leavingcare::People& written) {
  must(read.ids() == written.ids(), "other people are read than were written");
  for (const std::string fact : {"date_of_birth", "care"}) {
    const auto& found = *read.table(fact);
    const auto& expected = *written.table(fact);
    must(found.offsets == expected.offsets && found.from == expected.from && found.until == expected.until, "the table " + fact + " is read otherwise than it was written");
  }
}

void read(std::size_t count) {
  const Scratch scratch("growth");
  const auto book = peers();
  const auto cohort = make_cohort(count);
  write_fact_tables(cohort, scratch.folder());
  const auto read_them = [&] { return leavingcare::read_facts(scratch.folder(), book.vocabulary, book.subject.born).value_or_throw(); };
  check_read(read_them(), as_people(cohort));
  tell("fact tables", count, count + cohort.episodes.size(), repeated([&] { (void)read_them().size(); }));
}

std::size_t allocated() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

void memory(std::size_t count) {
  const auto book = peers();
  const auto cohort = make_cohort(count);
  const std::size_t before = allocated();
  const auto those = as_people(cohort);
  const std::size_t with_people = allocated();
  const auto answers = leavingcare::evaluate(book, those);
  const std::size_t with_answers = allocated();
  check_cohort(cohort, book, answers, 200);
  tell("people and their care", count, cohort.episodes.size(), {}, with_people - before);
  tell("answers", count, answers.rows(), {}, with_answers - with_people);
}

// --- Episodes ---

/// So many episodes for each person, all between about the 10th and the 22nd birthday.
Cohort cohort_of_episodes(std::size_t people, std::size_t episodes) {
  std::mt19937_64 random(episodes);
  const auto upto = [&](std::size_t most) { return static_cast<std::int32_t>(1 + random() % std::max<std::size_t>(most, 1)); };
  const std::size_t room = 4000 / episodes;  // an episode and a gap, on average
  Cohort cohort;
  for (std::size_t i = 0; i < people; ++i) {
    const Day born = leavingcare::day_of(2000, 1, 1) + upto(8 * 365);
    cohort.born.push_back(born);
    Day day = born + 10 * 365 + upto(365);
    for (std::size_t e = 0; e < episodes; ++e) {
      const Day until = day + upto(room * 5 / 4);
      cohort.episodes.push_back({day, until, upto(10) == 1});
      day = until + upto(room * 3 / 4);
    }
    cohort.offsets.push_back(static_cast<std::uint32_t>(cohort.episodes.size()));
  }
  return cohort;
}

void episodes(std::size_t each) {
  // Fewer people would be a batch or two, and the memory that an evaluation works in would be new to most of them.
  const std::size_t count = std::max<std::size_t>(2'000, episodes_in_all / each);
  const auto cohort = cohort_of_episodes(count, each);
  const auto those = as_people(cohort);
  const auto book = peers();
  check_cohort(cohort, book, leavingcare::evaluate(book, those), 200);
  tell("small rules", count, cohort.episodes.size(), repeated([&] { (void)leavingcare::evaluate(book, those).rows(); }));
  const auto truth = day_by_day(cohort, 0);
  const Day asked = cohort.born[0] + 17 * 365;
  const auto explained = [&] { return leavingcare::explain(book, those, {}, "p0", "eligible", asked, false); };
  must((explained().truth == leavingcare::Truth::yes) == leavingcare::holds_on(truth[0], asked), "an explanation gives another answer than the day itself");
  const auto one = as_people(cohort_of_episodes(1, each));
  tell("one explanation, small rules", 1, each, repeated([&] { (void)leavingcare::explain(book, one, {}, "p0", "eligible", asked, false).truth; }));

  const auto whole = england();
  check_england(cohort_of_episodes(100, each), data_drawn, "growth");
  const auto timed = [&](const std::string& step, const leavingcare::People& asked_about, const leavingcare::Options& options) {
    tell(step, asked_about.size(), asked_about.size() * each, repeated([&] { (void)leavingcare::evaluate(whole, asked_about, options).rows(); }));
  };
  timed("England", those, statuses_and_entitlements(whole));
  leavingcare::Options everything;
  everything.unrecorded = leavingcare::Unrecorded::none;
  everything.as_at = data_drawn;
  const auto fewer = as_people(cohort_of_episodes(std::max<std::size_t>(1'000, count / 10), each));
  timed("England with obligations", fewer, everything);
  everything.unrecorded = leavingcare::Unrecorded::unknown;
  const auto few = cohort_of_episodes(std::max<std::size_t>(300, count / 100), each);
  check_unknown(few, everything);
  timed("England with obligations, most unknown", as_people(few), everything);
}

// --- Rules and versions ---

/// The days of each rule, for each person in turn.
void check_generated(const Cohort& cohort, const leavingcare::Answers& answers, std::size_t rules, const std::function<std::vector<Day>(const CountedDays&, std::size_t rule)>& decide) {
  std::size_t row = 0;
  for (std::size_t person = 0; person < cohort.born.size(); ++person) {
    std::vector<std::vector<Span>> spans(rules);
    for (; row < answers.rows() && answers.person[row] == person; ++row) spans.at(answers.rule[row]).push_back({answers.from[row], answers.until[row]});
    const CountedDays days(cohort, person);
    for (std::size_t rule = 0; rule < rules; ++rule) must(leavingcare::timeline_of(spans[rule]) == decide(days, rule), "a generated rule is answered otherwise than day by day");
  }
  must(row == answers.rows() && row > 0, "the answers are of other people");
}

void generated(const std::string& text, std::size_t size, std::size_t rules, const std::function<std::vector<Day>(const CountedDays&, std::size_t rule)>& decide) {
  const Scratch scratch("growth");
  const auto file = (scratch.folder() / "generated.yaml").string();
  std::ofstream out(file);
  out << text;
  out.close();
  must(static_cast<bool>(out), "cannot write " + file);
  const auto book = leavingcare::load_rulebook(file).value_or_throw();
  const auto few = make_cohort(50);
  check_generated(few, leavingcare::evaluate(book, as_people(few)), rules, decide);
  tell("loaded", 0, size, repeated([&] { (void)leavingcare::load_rulebook(file).value_or_throw(); }));
  const std::size_t count = 2'000;
  const auto those = as_people(make_cohort(count));
  tell("evaluated", count, size, repeated([&] { (void)leavingcare::evaluate(book, those).rows(); }));
}

void rules(std::size_t count) {
  generated(rulebook_of_rules(count), count, count, [](const CountedDays& days, std::size_t rule) {
    const auto condition = generated_condition(rule);
    return days.edges([&](Day, const auto& is) { return is(condition); });
  });
}

void chain(std::size_t count) {
  std::vector<Day> so_far;  // of the rules before, of the same person
  generated(rulebook_of_a_chain(count), count, count, [&](const CountedDays& days, std::size_t rule) {
    if (rule == 0) so_far.clear();
    const auto condition = generated_condition(rule);
    return so_far = days.edges([&](Day day, const auto& is) { return is(condition) || leavingcare::holds_on(so_far, day); });
  });
}

void versions(std::size_t count) {
  generated(rulebook_of_versions(count), count, 1, [&](const CountedDays& days, std::size_t) {
    return days.edges([&](Day day, const auto& is) {
      std::size_t begun = 0;
      while (begun < count && generated_version(begun, count) <= day) ++begun;
      return begun > 0 && is(generated_condition(begun - 1));
    });
  });
}

// --- Threads ---

bool same(const leavingcare::Answers& a, const leavingcare::Answers& b) {
  // No amount is not equal to itself, so amounts are compared as they would be printed.
  const auto same_amount = [](double x, double y) { return x == y || (leavingcare::is_absent(x) && leavingcare::is_absent(y)); };
  return a.person == b.person && a.rule == b.rule && a.from == b.from && a.until == b.until && a.truth == b.truth && a.depends_on == b.depends_on && a.fact_sets == b.fact_sets &&
         std::ranges::equal(a.amount, b.amount, same_amount);
}

void threads(std::size_t count) {
  const auto measure = [&](const std::string& step, const leavingcare::Rulebook& book, std::size_t people, leavingcare::Options options) {
    const auto cohort = make_cohort(people);
    const auto those = as_people(cohort);
    options.threads = 1;
    const auto by_one = leavingcare::evaluate(book, those, options);
    if (step == "small rules") check_cohort(cohort, book, by_one, 200);
    options.threads = static_cast<unsigned>(count);
    must(same(leavingcare::evaluate(book, those, options), by_one), "other answers on more threads");
    tell(step, people, by_one.rows(), repeated([&] { (void)leavingcare::evaluate(book, those, options).rows(); }));
  };
  measure("small rules", peers(), 500'000, {});
  const auto whole = england();
  check_england(make_cohort(300), data_drawn, "growth");
  measure("England", whole, 50'000, statuses_and_entitlements(whole));
  leavingcare::Options unknown;
  measure("England, most unknown", whole, 3'000, unknown);
}

}  // namespace

int main(int count, char** words) try {
  const std::map<std::string, void (*)(std::size_t)> curves = {{"people", people}, {"read", read}, {"memory", memory}, {"episodes", episodes}, {"rules", rules}, {"chain", chain}, {"versions", versions}, {"threads", threads}};
  const auto curve = count == 3 ? curves.find(words[1]) : curves.end();
  char* end = nullptr;
  const std::size_t size = count == 3 ? std::strtoul(words[2], &end, 10) : 0;
  if (curve == curves.end() || size == 0 || *end != '\0') {
    std::fputs("growth people|read|memory|episodes|rules|chain|versions|threads N\n", stderr);
    return 2;
  }
  curve->second(size);
  return 0;
} catch (const std::exception& problem) {
  std::fprintf(stderr, "growth: %s; nothing is timed\n", problem.what());
  return 1;
}
