// src/results/compare_rulebooks.cpp
#include <leavingcare/results/compare_rulebooks.hpp>

#include <leavingcare/evaluate/evaluate.hpp>
#include <leavingcare/results/explain.hpp>

#include "law_as_it_stood.hpp"
#include "seen_days.hpp"
#include "sentences.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace leavingcare {
namespace {

constexpr std::size_t batch = 250;
constexpr std::size_t most_shrinking = 200;  // rounds
constexpr std::size_t most_hits = 8;          // kept of lives that show the same, and made smaller
constexpr std::size_t most_looked_at = 4;     // of the smallest of them: another reason is looked for
constexpr std::size_t most_examples = 2;      // shown of them
constexpr std::size_t most_reasons = 3;

/// Two rules to be compared: their places in their rulebooks.
struct Two {
  std::uint32_t first;
  std::uint32_t second;
};

/// A rule as it is searched: in a copy of its rulebook, perhaps as if it had always been in force.
struct Side {
  std::shared_ptr<Rulebook> book;
  std::uint32_t declared;  ///< the rule
  std::uint32_t searched;  ///< what is evaluated in its place
  Span in_force;
  std::string standing;    ///< if it is not in force: how it stands

  [[nodiscard]] const CompiledRule& rule() const { return book->rules[searched]; }
};

/// The rule itself or, for a duty and for what is not in force, its last version as if it had always been.
Side side(const std::shared_ptr<Rulebook>& book, std::uint32_t index) {
  Side made{book, index, index, {Day::end_of_time, Day::end_of_time}, {}};
  const auto versions = book->rules[index].declared.versions;
  std::size_t last = versions.size();
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (versions[i].not_in_force) continue;
    if (last == versions.size() || book->rules[index].duty) made.in_force.from = versions[i].from;
    made.in_force.until = versions[i].until;
    last = i;
  }
  const auto name = book->rules[index].declared.name;
  if (last == versions.size()) {
    const auto& version = versions.back();
    made.standing = std::string(law::in_words(*version.not_in_force)) + (version.planned ? ", due by " + in_words(*version.planned) : "");
    made.in_force = {version.said, Day::end_of_time};
    made.searched = add_as_always(*book, index, versions.size() - 1, name + ", as if in force");
  } else if (book->rules[index].duty) {
    made.searched = add_as_always(*book, index, last, name + ", as it last was");
  }
  return made;
}

/// A rule of the first as it stood before a change.
struct Before {
  Day changed;
  std::uint32_t rule;
  std::uint32_t told = none;  ///< the version that was in force before, to give its reasons; none if only a figure changed
};

class Search {
 public:
  Search(Side first, Side second, const CompareOptions& options) : first_(std::move(first)), second_(std::move(second)), options_(options) {
    days_ = {std::max(first_.in_force.from, second_.in_force.from), std::min(first_.in_force.until, second_.in_force.until)};
  }

  RuleComparison run() {
    RuleComparison made;
    const auto& one = first_.book->rules[first_.declared].declared;
    const auto& other = second_.book->rules[second_.declared].declared;
    made.first = one.name;
    made.second = other.name;
    made.first_summary = one.summary;
    made.second_summary = other.summary;
    for (const auto* not_in_force : {&second_, &first_}) {
      if (!not_in_force->standing.empty() && made.standing.empty()) made.standing = not_in_force->book->rules[not_in_force->declared].declared.name + " is " + not_in_force->standing;
    }
    if (days_.from >= days_.until) {
      made.verdict = Verdict::not_in_force;
      if (made.standing.empty()) made.standing = "the two were never in force on the same day";
      return made;
    }
    before();
    auto maker = life_maker();
    look(maker, made);
    judge(maker, made);
    return made;
  }

 private:
  /// The smallest lives that show something.
  struct Hits {
    std::vector<MadeLife> lives;

    void offer(const MadeLife& other) {
      if (lives.size() == most_hits && other.size() >= lives.back().size()) return;
      const auto place = std::upper_bound(lives.begin(), lives.end(), other.size(), [](std::size_t size, const MadeLife& one) { return size < one.size(); });
      lives.insert(place, other);
      if (lives.size() > most_hits) lives.pop_back();
    }

    [[nodiscard]] bool any() const { return !lives.empty(); }
  };

  /// What the rules make of some lives: for each life the first rule, the second, and the first as it stood before each change.
  struct Looked {
    std::vector<std::vector<Seen>> first;
    std::vector<std::vector<Seen>> second;
    std::vector<std::vector<std::vector<Seen>>> before;
  };

  void before() {
    const auto rule = first_.book->rules[first_.declared].declared.name;  // copied: rules are added
    const bool a_duty = first_.rule().duty.has_value();
    if (!first_.standing.empty()) return;
    for (const Day day : changes_of(*first_.book, first_.declared)) {
      if (day >= days_.until) continue;
      const auto name = rule + ", as it stood before " + iso(day);
      const auto versions = first_.book->rules[first_.declared].declared.versions;
      std::uint32_t told = none;
      for (std::size_t i = 0; i < versions.size(); ++i) {
        if (versions[i].until == day) told = add_as_always(*first_.book, first_.declared, i, a_duty ? name : name + ", told");
      }
      if (a_duty && told != none) before_.push_back({day, told, told});
      if (!a_duty) before_.push_back({day, add_unchanged_on(*first_.book, first_.declared, day, name), told});
    }
  }

  LifeMaker life_maker() {
    auto reach = reach_of(*first_.book, {first_.searched});
    reach.add(reach_of(*second_.book, {second_.searched}));
    std::vector<law::Fact> facts;
    const auto& born = second_.book->subject.born;
    for (const auto* book : {first_.book.get(), second_.book.get()}) {
      for (const auto& fact : book->vocabulary.facts) {
        const bool known = std::any_of(facts.begin(), facts.end(), [&](const auto& one) { return one.name == fact.name; });
        if (!known && fact.name != born && reach.facts.contains(fact.name)) facts.push_back(fact);
      }
    }
    std::vector<Day> in_question{days_.from};
    for (const auto& one : before_) in_question.push_back(std::max(one.changed, days_.from));
    for (Day& day : in_question) {
      if (!is_a_day(day)) day = is_a_day(days_.until) ? days_.until - 1 : day_of(2020, 1, 1);
    }
    as_at_ = *std::max_element(in_question.begin(), in_question.end()) + 12 * 365;
    return LifeMaker(std::move(facts), born, {second_.book->subject.ends_with, second_.book->subject.begins_anew_with}, std::move(reach), std::move(in_question),
                     options_.seed);
  }

  [[nodiscard]] Options asked() const {
    Options made;
    made.unrecorded = Unrecorded::none;
    made.threads = options_.threads;
    made.people_at_a_time = 64;
    if (first_.rule().duty) made.as_at = as_at_;
    return made;
  }

  static void collect(const Answers& answers, std::uint32_t rule, Day as_at, std::vector<std::vector<Seen>>& into) {
    for (std::size_t row = 0; row < answers.rows(); ++row) {
      if (answers.rule[row] != rule) continue;
      into[answers.person[row]].push_back({answers.from[row], answers.until[row], answers.truth[row] == Truth::yes ? Level::full : Level::unknown, answers.amount[row]});
    }
    for (const auto& one : answers.obligations) {
      if (one.rule == rule) add_days(one, as_at, into[one.person]);
    }
  }

  [[nodiscard]] Looked look_at(const LifeMaker& maker, std::span<const MadeLife> lives) const {
    const auto people = maker.people(lives);
    Looked looked;
    looked.first.resize(lives.size());
    looked.second.resize(lives.size());
    Options options = asked();
    options.rules = {first_.rule().declared.name};
    for (const auto& one : before_) options.rules.push_back(first_.book->rules[one.rule].declared.name);
    const bool one_book = first_.book == second_.book;
    if (one_book) options.rules.push_back(second_.rule().declared.name);
    const auto answers = evaluate(*first_.book, people, options);
    collect(answers, first_.searched, as_at_, looked.first);
    for (const auto& one : before_) {
      looked.before.emplace_back(lives.size());
      collect(answers, one.rule, as_at_, looked.before.back());
    }
    if (one_book) {
      collect(answers, second_.searched, as_at_, looked.second);
    } else {
      options.rules = {second_.rule().declared.name};
      collect(evaluate(*second_.book, people, options), second_.searched, as_at_, looked.second);
    }
    return looked;
  }

  /// The days that are looked at: of duties, those up to the one as at which they are seen.
  [[nodiscard]] Span days() const { return first_.rule().duty ? Span{days_.from, std::min(days_.until, as_at_)} : days_; }

  /// The first days on which the second gives more, or less; empty if there are none.
  [[nodiscard]] Span found(const Looked& looked, std::size_t life, Sign wanted) const {
    Span span{Day::end_of_time, Day::end_of_time};
    for_each_stretch(looked.first[life], looked.second[life], days(), [&](Day from, Day until, const Seen& first, const Seen& second) {
      if (sign_of(first, second) != wanted) return;
      if (span.from == Day::end_of_time) span = {from, until};
      else if (span.until == from) span.until = until;
    });
    return span;
  }

  /// The first days on which the first gives more than the second and, before its change, did not (`outdated`), or did so as well.
  [[nodiscard]] Span found_less(const Looked& looked, std::size_t life, std::size_t change, bool outdated) const {
    Span span{Day::end_of_time, Day::end_of_time};
    const Span all = days();
    for_each_stretch(looked.first[life], looked.second[life], outdated ? Span{std::max(all.from, before_[change].changed), all.until} : all,
                     [&](Day from, Day until, const Seen& first, const Seen& second) {
                       if (sign_of(first, second) != Sign::less || span.from != Day::end_of_time) return;
                       for_each_stretch(looked.before[change][life], looked.second[life], {from, until}, [&](Day start, Day end, const Seen& old, const Seen& now) {
                         const auto sign = sign_of(old, now);
                         const bool wanted = outdated ? sign == Sign::equal || sign == Sign::more : sign == Sign::less;
                         if (span.from == Day::end_of_time && wanted) span = {start, end};
                       });
                     });
    return span;
  }

  /// True if the second gives less than the first did before its change, on some day.
  [[nodiscard]] bool falls_short(const Looked& looked, std::size_t life, std::size_t change) const {
    bool found = false;
    for_each_stretch(looked.before[change][life], looked.second[life], days(), [&](Day, Day, const Seen& old, const Seen& now) { found = found || sign_of(old, now) == Sign::less; });
    return found;
  }

  void look(LifeMaker& maker, RuleComparison& made) {
    outdated_.resize(before_.size());
    less_in_any_case_.resize(before_.size());
    falls_short_.resize(before_.size(), false);
    std::vector<MadeLife> telling;  // lives in which one of the rules gave something: others like them are made
    while (made.lives < options_.lives) {
      std::vector<MadeLife> lives;
      const auto count = std::min(batch, options_.lives - made.lives);
      for (std::size_t i = 0; i < count; ++i) lives.push_back(!telling.empty() && i % 2 == 1 ? maker.changed(telling[maker.below(telling.size())]) : maker.fresh());
      const auto looked = look_at(maker, lives);
      for (std::size_t i = 0; i < count; ++i) {
        bool answered = false;
        bool more = false;
        bool less = false;
        for_each_stretch(looked.first[i], looked.second[i], days(), [&](Day, Day, const Seen& first, const Seen& second) {
          answered = answered || (first.level != Level::nothing && first.level != Level::unknown) || (second.level != Level::nothing && second.level != Level::unknown);
          const auto sign = sign_of(first, second);
          more = more || sign == Sign::more;
          less = less || sign == Sign::less;
        });
        if (more) more_.offer(lives[i]);
        if (less) less_.offer(lives[i]);
        for (std::size_t change = 0; change < before_.size(); ++change) {
          if (less && found_less(looked, i, change, true).from != Day::end_of_time) outdated_[change].offer(lives[i]);
          if (less && found_less(looked, i, change, false).from != Day::end_of_time) less_in_any_case_[change].offer(lives[i]);
          falls_short_[change] = falls_short_[change] || falls_short(looked, i, change);
        }
        if (!answered) continue;
        ++made.answered;
        if (telling.size() < 400) telling.push_back(lives[i]);
        else telling[maker.below(telling.size())] = lives[i];
      }
      made.lives += count;
    }
  }

  void judge(const LifeMaker& maker, RuleComparison& made) {
    const bool more = more_.any();
    const bool less = less_.any();
    made.verdict = more && less ? Verdict::different : more ? Verdict::more_generous : less ? Verdict::less_generous : Verdict::same;
    std::optional<std::size_t> since;
    for (std::size_t change = 0; change < before_.size(); ++change) {
      if (!outdated_[change].any()) continue;
      const bool all = !falls_short_[change];
      if (all) made.verdict = Verdict::outdated;
      if (all || made.verdict != Verdict::outdated) since = change;
    }
    if (since) made.outdated_since = before_[*since].changed;
    if (less && made.verdict != Verdict::outdated) {
      if (since && less_in_any_case_[*since].any()) {
        examples(maker, less_in_any_case_[*since], Verdict::less_generous, [&](const Looked& looked, std::size_t i) { return found_less(looked, i, *since, false); }, {}, made.examples);
      } else {
        examples(maker, less_, Verdict::less_generous, [&](const Looked& looked, std::size_t i) { return found(looked, i, Sign::less); }, {}, made.examples);
      }
    }
    if (since) examples(maker, outdated_[*since], Verdict::outdated, [&](const Looked& looked, std::size_t i) { return found_less(looked, i, *since, true); }, since, made.examples);
    if (more) examples(maker, more_, Verdict::more_generous, [&](const Looked& looked, std::size_t i) { return found(looked, i, Sign::more); }, {}, made.examples);
    if (!made.standing.empty()) made.verdict = Verdict::not_in_force;
  }

  // --- The counter-example ------------------------------------------------------------------

  /// Lives that are simpler than another, the simplest first.
  static std::vector<MadeLife> simpler(const LifeMaker& maker, const MadeLife& life) {
    std::vector<MadeLife> found;
    for (std::size_t fact = 0; fact < life.records.size(); ++fact) {
      for (std::size_t i = 0; i < life.records[fact].size(); ++i) {
        found.push_back(life);
        found.back().records[fact].erase(found.back().records[fact].begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
    for (std::size_t fact = 0; fact < life.records.size(); ++fact) {
      const auto& declared = maker.facts()[fact];
      for (std::size_t i = 0; i < life.records[fact].size(); ++i) {
        const auto& record = life.records[fact][i];
        if (declared.kind == law::FactKind::periods && is_a_day(record.until)) {
          found.push_back(life);
          found.back().records[fact][i].until = Day::end_of_time;
        }
        for (std::size_t field = 0; field < record.fields.size(); ++field) {
          if (record.fields[field].empty() || declared.fields[field].required) continue;
          found.push_back(life);
          found.back().records[fact][i].fields[field].clear();
        }
        for (std::size_t field = 0; field < record.fields.size(); ++field) {
          const auto& words = declared.fields[field].one_of;
          if (words.empty() || record.fields[field].empty() || record.fields[field] == words.front()) continue;
          found.push_back(life);
          found.back().records[fact][i].fields[field] = words.front();
        }
      }
    }
    return found;
  }

  /// The life with as few records, and as plain ones, as still show it.
  template <class Find>
  MadeLife shrunk(const LifeMaker& maker, MadeLife life, Find find) const {
    for (std::size_t round = 0; round < most_shrinking; ++round) {
      const auto candidates = simpler(maker, life);
      if (candidates.empty()) break;
      const auto looked = look_at(maker, candidates);
      std::size_t i = 0;
      while (i < candidates.size() && find(looked, i).from == Day::end_of_time) ++i;
      if (i == candidates.size()) break;
      life = candidates[i];
    }
    return life;
  }

  /// Smaller lives first; of two as small the one of facts that are declared earlier, as the more common are.
  static std::pair<std::size_t, std::size_t> order(const MadeLife& life) {
    std::size_t places = 0;
    for (std::size_t fact = 0; fact < life.records.size(); ++fact) places += life.records[fact].size() * fact;
    return {life.size(), places};
  }

  /// Adds the smallest counter-example, and another if the rules have other reasons in it.
  template <class Find>
  void examples(const LifeMaker& maker, const Hits& hits, Verdict shows, Find find, std::optional<std::size_t> change, std::vector<CounterExample>& into) const {
    std::vector<MadeLife> lives;
    for (const auto& life : hits.lives) lives.push_back(shrunk(maker, life, find));
    std::stable_sort(lives.begin(), lives.end(), [](const auto& a, const auto& b) { return order(a) < order(b); });
    std::vector<std::string> known;
    for (std::size_t i = 0; i < std::min(lives.size(), most_looked_at) && known.size() < most_examples; ++i) {
      auto made = example(maker, lives[i], shows, find, change);
      const auto reasons = without_days(made.first.answer) + " / " + without_days(made.second.answer);
      if (std::find(known.begin(), known.end(), reasons) != known.end()) continue;
      known.push_back(reasons);
      into.push_back(std::move(made));
    }
  }

  /// The words of an answer, apart from what stands in brackets and from figures: those are of the one life.
  static std::string without_days(const std::string& answer) {
    std::string words;
    int brackets = 0;
    for (const char c : answer) {
      brackets += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (brackets == 0 && (c < '0' || c > '9')) words += c;
    }
    return words;
  }

  template <class Find>
  CounterExample example(const LifeMaker& maker, const MadeLife& life, Verdict shows, Find find, std::optional<std::size_t> change) const {
    const std::vector<MadeLife> alone{life};
    CounterExample made;
    made.shows = shows;
    made.days = find(look_at(maker, alone), 0);
    const auto people = maker.people(alone);
    made.facts = facts_of(maker, life);
    made.first = says(first_, people, made.days.from);
    made.second = says(second_, people, made.days.from);
    if (change) {
      const auto& [changed, rule, told] = before_[*change];
      made.before = told != none ? answer(*first_.book, told, people, made.days.from) : truth_and_amount(*first_.book, rule, people, made.days.from);
    }
    return made;
  }

  [[nodiscard]] std::vector<std::string> facts_of(const LifeMaker& maker, const MadeLife& life) const {
    std::vector<std::string> lines{second_.book->subject.born + ": " + iso(life.born)};
    for (std::size_t fact = 0; fact < life.records.size(); ++fact) {
      if (life.records[fact].empty()) continue;
      const auto& declared = maker.facts()[fact];
      std::string line = declared.name + ": ";
      if (declared.kind == law::FactKind::day) {
        lines.push_back(line + iso(life.records[fact].front().from));
        continue;
      }
      for (std::size_t i = 0; i < life.records[fact].size(); ++i) {
        const auto& one = life.records[fact][i];
        line += i == 0 ? "[" : ", ";
        std::string fields;
        for (std::size_t field = 0; field < one.fields.size(); ++field) {
          if (!one.fields[field].empty()) fields += ", " + declared.fields[field].name + ": " + one.fields[field];
        }
        if (declared.kind == law::FactKind::events && fields.empty()) {
          line += iso(one.from);
          continue;
        }
        line += (declared.kind == law::FactKind::events ? "{on: " : "{from: ") + iso(one.from);
        if (declared.kind != law::FactKind::events && is_a_day(one.until)) line += ", until: " + iso(one.until);
        if (declared.kind == law::FactKind::numbers) line += ", value: " + amount_in_words(one.value);
        line += fields + "}";
      }
      lines.push_back(line + "]");
    }
    return lines;
  }

  static std::string amount_in_words(double amount) {
    auto text = std::to_string(amount);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
  }

  RuleSays says(const Side& side, const People& people, Day on) const {
    RuleSays made;
    made.answer = answer(*side.book, side.searched, people, on);
    const auto& versions = side.book->rules[side.declared].declared.versions;
    auto version = std::find_if(versions.begin(), versions.end(), [&](const auto& one) { return one.from <= on && on < one.until; });
    if (version == versions.end()) version = versions.end() - 1;
    for (auto citation : version->cite) {
      for (const auto& document : side.book->documents) {
        if (!citation.lines.empty() && document.name == citation.instrument) citation.instrument = document.title + ",";
      }
      made.citations.push_back(in_words(citation));
    }
    if (side.rule().duty) {
      Options options = asked();
      options.rules = {side.rule().declared.name};
      for (const auto& one : evaluate(*side.book, people, options).obligations) {
        if (is_a_day(one.due) && made.due.size() < 3) made.due.push_back(one.due);
      }
    }
    return made;
  }

  /// What a rule says of the one person on a day, in a sentence.
  std::string answer(const Rulebook& book, std::uint32_t rule, const People& people, Day on) const {
    const auto& compiled = book.rules[rule];
    const auto explanation = explain(book, people, asked(), "1", compiled.declared.name, on, false);
    if (compiled.duty) return explanation.told.empty() ? compiled.declared.summary + " was never owed" : explanation.told.front();
    auto words = truth_and_amount(book, rule, people, on);
    std::vector<std::string> because;
    collect_reasons(explanation.reason, because, 0);
    if (because.empty()) return words;
    words += explanation.truth == Truth::no ? ", for want of: " : ", because: ";
    for (std::size_t i = 0; i < std::min(because.size(), most_reasons); ++i) words += (i == 0 ? "" : "; ") + because[i];
    if (because.size() > most_reasons) words += "; and " + std::to_string(because.size() - most_reasons) + " more";
    return words;
  }

  /// "no", "yes, 2000 pounds".
  std::string truth_and_amount(const Rulebook& book, std::uint32_t rule, const People& people, Day on) const {
    const auto& compiled = book.rules[rule];
    Options options = asked();
    options.rules = {compiled.declared.name};
    const auto answers = evaluate(book, people, options);
    for (std::size_t row = 0; row < answers.rows(); ++row) {
      if (answers.from[row] > on || answers.until[row] <= on) continue;
      if (std::isnan(answers.amount[row])) return std::string(in_words(answers.truth[row]));
      return std::string(in_words(answers.truth[row])) + ", " + amount_in_words(answers.amount[row]) + (compiled.declared.unit.empty() ? "" : " " + compiled.declared.unit);
    }
    return "no";
  }

  static bool says_nothing(const Reason& reason) {
    return reason.sentence == "all of these" || reason.sentence == "at least one of these";
  }

  /// A clause as a part of a sentence, with how far it is met.
  static std::string clause(const Reason& reason) {
    auto words = reason.sentence;
    if (words.size() > 1 && words[0] >= 'A' && words[0] <= 'Z' && words[1] >= 'a' && words[1] <= 'z') words[0] = static_cast<char>(words[0] - 'A' + 'a');
    return words + (reason.detail.empty() ? "" : " (" + reason.detail + ")");
  }

  /// The clauses that carry an answer: those that fail for a no, down to where it fails; those that hold for a yes.
  static void collect_reasons(const Reason& reason, std::vector<std::string>& into, int depth) {
    std::vector<const Reason*> carrying;
    for (const auto& part : reason.parts) {
      if (part.truth == reason.truth) carrying.push_back(&part);
    }
    const bool descends = depth == 0 || says_nothing(reason) || (reason.truth == Truth::no && !reason.sentence.starts_with("not: ") && carrying.size() == 1 && depth < 4);
    if (carrying.empty() || !descends) {
      if (depth > 0 || !reason.detail.empty()) into.push_back(depth > 0 ? clause(reason) : reason.detail);
      return;
    }
    // Of several ways that all fail, the one that failed by least comes first.
    const auto wanting = [](const Reason* part) {
      return std::count_if(part->parts.begin(), part->parts.end(), [](const auto& one) { return one.truth == Truth::no; }) + (part->parts.empty() ? 9 : 0);
    };
    if (reason.truth == Truth::no) std::stable_sort(carrying.begin(), carrying.end(), [&](const auto* a, const auto* b) { return wanting(a) < wanting(b); });
    for (const auto* part : carrying) collect_reasons(*part, into, depth + 1);
  }

  Side first_;
  Side second_;
  const CompareOptions& options_;
  Span days_;  // on which both are in force
  Day as_at_;
  std::vector<Before> before_;
  Hits more_;
  Hits less_;
  std::vector<Hits> outdated_;          // for each change: less, and not so before it
  std::vector<Hits> less_in_any_case_;  // less, and so before it too
  std::vector<bool> falls_short_;
};

bool extends(const Rulebook& book, const std::string& other) {
  return book.name != other && std::find(book.chain.begin(), book.chain.end(), other) != book.chain.end();
}

/// The rules of `book` that say they may be compared with a rule of `other` or of what it extends.
std::vector<Two> named_pairs(const Rulebook& book, const Rulebook& other) {
  std::vector<Two> found;
  for (std::uint32_t i = 0; i < book.rules.size(); ++i) {
    const auto& rule = book.rules[i];
    if (rule.declared.compare_with.empty() || std::find(other.chain.begin(), other.chain.end(), rule.rulebook) != other.chain.end()) continue;
    const auto with = book.find_rule(rule.declared.compare_with);
    if (with != none && std::find(other.chain.begin(), other.chain.end(), book.rules[with].rulebook) != other.chain.end()) found.push_back({with, i});
  }
  return found;
}

}  // namespace

RulebookComparison compare_rulebooks(const Rulebook& first, const Rulebook& second, const CompareOptions& options) {
  RulebookComparison made{first.name, second.name, {}};
  if (first.name == second.name) throw std::invalid_argument("'" + first.name + "' is compared with itself");
  auto left = std::make_shared<Rulebook>(extends(second, first.name) ? second : first);
  auto right = extends(second, first.name) || extends(first, second.name) ? left : std::make_shared<Rulebook>(second);
  std::vector<Two> pairs;
  if (extends(second, first.name)) {
    pairs = named_pairs(second, first);
  } else if (extends(first, second.name)) {
    for (const auto& [with, rule] : named_pairs(first, second)) pairs.push_back({rule, with});
  } else {
    if (first.subject.born != second.subject.born || first.chain.front() != second.chain.front()) {
      throw std::invalid_argument("'" + first.name + "' and '" + second.name + "' extend no rulebook that is the same, so they do not speak of the same people");
    }
    for (std::uint32_t i = 0; i < second.rules.size(); ++i) {
      for (std::uint32_t j = 0; j < first.rules.size(); ++j) {
        const auto& one = first.rules[j].declared;
        const auto& other = second.rules[i].declared;
        if (!one.compare_with.empty() && one.compare_with == other.compare_with && one.name != other.name) pairs.push_back({j, i});
      }
    }
  }
  if (!options.rule.empty()) {
    if (first.find_rule(options.rule) == none && second.find_rule(options.rule) == none) throw std::invalid_argument("there is no rule '" + options.rule + "' in either rulebook");
    std::erase_if(pairs, [&](const Two& two) { return left->rules[two.first].declared.name != options.rule && right->rules[two.second].declared.name != options.rule; });
    if (pairs.empty()) throw std::invalid_argument("no rule says that it may be compared with '" + options.rule + "'");
  }
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    made.rules.push_back(Search(side(left, pairs[i].first), side(right, pairs[i].second), options).run());
  }
  return made;
}

}  // namespace leavingcare
