// bindings/python/results.cpp
//
// The stage of results: evaluating, the tables, a look at a day, why.
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "dates.hpp"
#include "hosts.hpp"

namespace py = pybind11;

namespace leavingcare::python {
namespace {

// --- Evaluating ------------------------------------------------------------------------------------------------

/// Someone in Python to be told how many people are done. The result keeps its options and so this, but not what it calls.
class Listener {
 public:
  explicit Listener(py::object called) : called_(std::move(called)) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Called by any thread, without Python's lock.
  void tell(std::size_t done) {
    const py::gil_scoped_acquire lock;
    if (called_) called_(done);
  }
  /// Called with the lock when the evaluation is over: explaining and ranking evaluate with the same options, and nobody is to be told then.
  void forget() { called_ = py::object(); }

 private:
  py::object called_;
};

bool listed_with_statuses(const law::Rule& rule) { return rule.kind == law::RuleKind::status || rule.listed_with_statuses; }

// --- Tables ----------------------------------------------------------------------------------------------------

std::int32_t code(std::size_t place) { return static_cast<std::int32_t>(place); }

/// The rows of the answers whose rule is wanted.
template <class Wanted>
std::vector<std::size_t> rows_of(const Result& result, Wanted wanted) {
  const auto& answers = result.answers();
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < answers.rows(); ++row) {
    if (wanted(result.book().rules[answers.rule[row]].declared)) rows.push_back(row);
  }
  return rows;
}

/// Collects what the tables of answers have in common.
class AnswersTable {
 public:
  AnswersTable(const Result& result, std::vector<std::size_t> rows) : result_(result), rows_(std::move(rows)) {}

  void person() {
    std::vector<std::string_view> ids;
    ids.reserve(rows_.size());
    for (const auto row : rows_) ids.push_back(result_.people().ids()[result_.answers().person[row]]);
    columns_.push_back(text_column("person", ids));
  }

  void rule(const char* name) {
    std::vector<std::string> words;
    for (const auto& rule : result_.book().rules) words.push_back(rule.declared.name);
    coded(name, words, [&](std::size_t row) { return code(result_.answers().rule[row]); });
  }

  void days() {
    std::vector<Day> from;
    std::vector<Day> until;
    for (const auto row : rows_) {
      from.push_back(result_.answers().from[row]);
      until.push_back(result_.answers().until[row]);
    }
    columns_.push_back(day_column("from", from));
    columns_.push_back(day_column("until", until));
  }

  void truth() {
    coded("truth", {"yes", "unknown"}, [&](std::size_t row) { return result_.answers().truth[row] == Truth::yes ? 0 : 1; });
  }

  void amount() {
    std::vector<double> amounts;
    for (const auto row : rows_) amounts.push_back(result_.answers().amount[row]);
    columns_.push_back(number_column("amount", std::move(amounts)));
    std::vector<std::string> units;
    for (const auto& rule : result_.book().rules) units.push_back(rule.declared.unit);
    coded("unit", units, [&](std::size_t row) { return code(result_.answers().rule[row]); });
  }

  void depends_on() {
    const auto& sets = result_.answers().depends_on;
    std::vector<std::string> words(result_.answers().fact_sets.size());
    for (const auto row : rows_) {
      if (words[sets[row]].empty()) words[sets[row]] = result_.depends_on(row);
    }
    coded("depends_on", words, [&](std::size_t row) { return code(sets[row]); });
  }

  [[nodiscard]] Table table() { return make_table(std::move(columns_), rows_.size()); }

 private:
  template <class CodeOf>
  void coded(const char* name, const std::vector<std::string>& words, CodeOf code_of) {
    std::vector<std::int32_t> codes;
    codes.reserve(rows_.size());
    for (const auto row : rows_) codes.push_back(code_of(row));
    columns_.push_back(word_column(name, std::move(codes), words));
  }

  const Result& result_;
  std::vector<std::size_t> rows_;
  std::vector<Column> columns_;
};

Table statuses_table(const Evaluation& self) {
  const auto& result = *self.result;
  AnswersTable made(result, rows_of(result, listed_with_statuses));
  made.person();
  made.rule("status");
  made.days();
  made.truth();
  made.depends_on();
  return made.table();
}

Table entitlements_table(const Evaluation& self) {
  const auto& result = *self.result;
  AnswersTable made(result, rows_of(result, [](const law::Rule& rule) { return rule.kind == law::RuleKind::entitlement; }));
  made.person();
  made.rule("entitlement");
  made.days();
  made.truth();
  made.amount();
  made.depends_on();
  return made.table();
}

Table findings_table(const Evaluation& self) {
  const auto& result = *self.result;
  AnswersTable made(result, rows_of(result, [](const law::Rule& rule) { return rule.kind == law::RuleKind::limit; }));
  made.person();
  made.rule("limit");
  made.days();
  made.truth();
  made.depends_on();
  return made.table();
}

Table indicators_table(const Evaluation& self) {
  const auto& result = *self.result;
  const auto& rows = result.answers().indicators;
  std::vector<std::string_view> names;
  std::vector<Day> from;
  std::vector<Day> until;
  std::vector<std::int32_t> unknown;
  std::vector<std::string_view> met;
  std::vector<std::string> depends_on;
  static constexpr double Indicator::* before[] = {&Indicator::numerator, &Indicator::denominator};
  static constexpr double Indicator::* after[] = {&Indicator::value, &Indicator::least, &Indicator::most, &Indicator::target};
  const auto column = [&](const char* name, double Indicator::* member) {
    std::vector<double> numbers;
    for (const auto& row : rows) numbers.push_back(std::isfinite(row.*member) ? row.*member : absent);
    return number_column(name, std::move(numbers));
  };
  for (const auto& row : rows) {
    names.push_back(result.book().rules[row.rule].declared.name);
    from.push_back(row.from);
    until.push_back(row.until);
    unknown.push_back(static_cast<std::int32_t>(row.unknown));
    met.push_back(leavingcare::in_words(row.met));
    depends_on.push_back(result.facts_of(row.depends_on));
  }
  std::vector<Column> columns;
  columns.push_back(text_column("indicator", names));
  columns.push_back(day_column("from", from));
  columns.push_back(day_column("until", until));
  columns.push_back(column("numerator", before[0]));
  columns.push_back(column("denominator", before[1]));
  columns.push_back(whole_column("unknown", std::move(unknown)));
  static constexpr const char* after_names[] = {"value", "least", "most", "target"};
  for (std::size_t i = 0; i < std::size(after); ++i) columns.push_back(column(after_names[i], after[i]));
  columns.push_back(text_column("met", met));
  columns.push_back(text_column("depends_on", depends_on));
  return make_table(std::move(columns), rows.size());
}

/// A table of obligations: those the rows point to, in their order. `last`: more columns, at the end.
Table table_of(const Result& result, const std::vector<const Obligation*>& rows, std::vector<Column> last = {}) {
  std::vector<std::string_view> people;
  std::vector<std::int32_t> rules;
  std::vector<std::int32_t> numbers;
  std::vector<std::int32_t> states;
  std::vector<std::int32_t> late;
  std::vector<std::int32_t> sets;
  static constexpr Day Obligation::* days[] = {&Obligation::arose, &Obligation::opens, &Obligation::due, &Obligation::suggested, &Obligation::done};
  static constexpr const char* day_names[] = {"arose", "opens", "due", "suggested", "done"};
  std::vector<Day> columns_of_days[std::size(days)];
  std::vector<Day> ended;
  for (const auto* row : rows) {
    people.push_back(result.people().ids()[row->person]);
    rules.push_back(code(row->rule));
    numbers.push_back(code(row->number));
    states.push_back(code(static_cast<std::size_t>(row->state)));
    late.push_back(row->days_late > 0 ? row->days_late : -1);
    sets.push_back(code(row->depends_on));
    for (std::size_t i = 0; i < std::size(days); ++i) columns_of_days[i].push_back(row->*days[i]);
    ended.push_back(row->ended);
  }
  std::vector<std::string> names;
  for (const auto& rule : result.book().rules) names.push_back(rule.declared.name);
  std::vector<std::string> words;
  for (int state = 0; state <= static_cast<int>(ObligationState::unknown); ++state) words.emplace_back(leavingcare::in_words(static_cast<ObligationState>(state)));
  std::vector<std::string> facts;
  for (std::uint32_t set = 0; set < result.answers().fact_sets.size(); ++set) facts.push_back(result.facts_of(set));
  std::vector<Column> columns;
  columns.push_back(text_column("person", people));
  columns.push_back(word_column("duty", std::move(rules), names));
  columns.push_back(whole_column("number", std::move(numbers)));
  for (std::size_t i = 0; i < std::size(days); ++i) columns.push_back(day_column(day_names[i], columns_of_days[i]));
  columns.push_back(word_column("state", std::move(states), words));
  columns.push_back(whole_column("days_late", std::move(late)));
  columns.push_back(day_column("ended", ended));
  columns.push_back(word_column("depends_on", std::move(sets), facts));
  for (auto& column : last) columns.push_back(std::move(column));
  return make_table(std::move(columns), rows.size());
}

Table obligations_table(const Evaluation& self) {
  std::vector<const Obligation*> rows;
  for (const auto& one : self.result->answers().obligations) rows.push_back(&one);
  return table_of(*self.result, rows);
}

Table upcoming_table(const Evaluation& self, const std::string& within, const py::object& whose, const std::string& team) {
  const auto person = whose.is_none() ? std::string() : id_argument(whose);
  auto words = within;
  if (words.ends_with("d") && words.find(' ') == std::string::npos) words = words.substr(0, words.size() - 1) + " days";
  const auto period = read_legal_period(words);
  if (!period || period->unit == PeriodUnit::working_days) throw py::value_error("within: '" + within + "' is not a period; write '90d' or '3 months'");
  const auto& result = *self.result;
  if (!result.options().as_at) throw py::value_error("as_at: what is next is seen from the day on which the data were drawn, and that is not known; give it to evaluate()");
  const py::gil_scoped_release others_may_work;
  const auto items = upcoming(result, {*result.options().as_at, *period, person, team});
  std::vector<const Obligation*> rows;
  std::vector<std::int32_t> urgencies;
  std::vector<Day> days;
  std::vector<std::string> teams;
  std::vector<std::string> sentences;
  for (const auto& item : items) {
    rows.push_back(item.obligation);
    urgencies.push_back(code(static_cast<std::size_t>(item.urgency)));
    days.push_back(item.day);
    teams.push_back(item.team);
    sentences.push_back(in_a_sentence(result, *item.obligation));
  }
  std::vector<Column> last;
  last.push_back(word_column("urgency", std::move(urgencies), {"overdue", "due", "no last day"}));
  last.push_back(day_column("day", days));
  last.push_back(text_column("team", teams));
  last.push_back(text_column("sentence", sentences));
  auto table = table_of(result, rows, std::move(last));
  table.native = self.native;
  return table;
}

/// Worked out when first asked for. Called without Python's lock.
const std::vector<CategorySpan>& spans_of(const Evaluation& self) {
  std::call_once(*self.categories_once, [&] { *self.category_spans = categories(*self.result); });
  return *self.category_spans;
}

Table categories_table(const Evaluation& self) {
  const auto& book = self.result->book();
  const auto& spans = spans_of(self);
  std::vector<std::string> names;
  std::vector<std::string> labels;
  std::vector<std::size_t> first_label;  // of each category
  for (const auto& category : book.categories) {
    names.push_back(category.name);
    first_label.push_back(labels.size());
    for (const auto& rank : category.ranks) labels.push_back(rank.label);
  }
  std::vector<std::string_view> people;
  std::vector<std::int32_t> name_codes;
  std::vector<std::int32_t> label_codes;
  std::vector<std::int32_t> truth_codes;
  std::vector<Day> from;
  std::vector<Day> until;
  for (const auto& span : spans) {
    const bool known = span.rank != none;
    people.push_back(self.result->people().ids()[span.person]);
    name_codes.push_back(code(span.category));
    from.push_back(span.from);
    until.push_back(span.until);
    label_codes.push_back(known ? code(first_label[span.category] + span.rank) : -1);
    truth_codes.push_back(known ? 0 : 1);
  }
  std::vector<Column> columns;
  columns.push_back(text_column("person", people));
  columns.push_back(word_column("category", std::move(name_codes), names));
  columns.push_back(day_column("from", from));
  columns.push_back(day_column("until", until));
  columns.push_back(word_column("label", std::move(label_codes), labels));
  columns.push_back(word_column("truth", std::move(truth_codes), {"yes", "unknown"}));
  return make_table(std::move(columns), spans.size());
}

Table day_table(const Evaluation& self, const py::object& date) {
  const Day on = day_argument(date, "date");
  const py::gil_scoped_release others_may_work;
  const auto& result = *self.result;
  const auto& answers = result.answers();
  const auto& book = result.book();
  const auto people = result.people().size();
  constexpr std::int32_t no_word = 0;
  std::map<std::uint32_t, std::vector<std::int32_t>> truths;  // of each rule with a column
  for (std::uint32_t rule = 0; rule < book.rules.size(); ++rule) {
    if (listed_with_statuses(book.rules[rule].declared)) truths[rule].assign(people, no_word);
  }
  for (std::size_t row = 0; row < answers.rows(); ++row) {
    if (answers.from[row] > on || answers.until[row] <= on) continue;
    const auto found = truths.find(answers.rule[row]);
    if (found != truths.end()) found->second[answers.person[row]] = answers.truth[row] == Truth::yes ? 2 : 1;
  }
  std::vector<Column> columns;
  columns.push_back(text_column("person", result.people().ids()));
  for (auto& [rule, codes] : truths) {
    columns.push_back(word_column(book.rules[rule].declared.name, std::move(codes), {"no", "unknown", "yes"}));
  }
  std::vector<std::vector<std::int32_t>> labels(book.categories.size(), std::vector<std::int32_t>(people, -1));
  for (const auto& span : spans_of(self)) {
    if (span.from > on || span.until <= on) continue;
    const auto unknown = book.categories[span.category].ranks.size();
    labels[span.category][span.person] = code(span.rank == none ? unknown : span.rank);
  }
  for (std::size_t i = 0; i < book.categories.size(); ++i) {
    std::vector<std::string> words;
    for (const auto& rank : book.categories[i].ranks) words.push_back(rank.label);
    words.emplace_back("unknown");
    columns.push_back(word_column(book.categories[i].name, std::move(labels[i]), words));
  }
  auto table = make_table(std::move(columns), people);
  table.on = on;
  if (result.options().as_at) table.projection = result.is_projection(on);
  table.native = self.native;
  return table;
}

/// A property that is a table: made without Python's lock, and it knows what the people came in.
auto property(Table (*made)(const Evaluation&)) {
  return [made](const Evaluation& self) {
    const py::gil_scoped_release others_may_work;
    auto table = made(self);
    table.native = self.native;
    return table;
  };
}

// --- Why -------------------------------------------------------------------------------------------------------

Explanation explain_in_python(const Evaluation& self, const py::object& id, const std::string& rule, const py::object& on) {
  const auto person = id_argument(id);
  auto day = optional_day_argument(on, "on");
  if (!day) day = self.result->options().as_at;
  if (!day) throw py::value_error("on: say which day; the day on which the data were drawn is not known either");
  const py::gil_scoped_release others_may_work;
  const auto& result = *self.result;
  if (result.people().find(person) == result.people().size()) {
    throw std::invalid_argument("person: nobody among the " + std::to_string(result.people().size()) + " people has the id asked for");
  }
  if (result.book().find_rule(rule) == none) {
    std::vector<std::string> known;
    for (const auto& one : result.book().rules) known.push_back(one.declared.name);
    const auto hint = suggest(rule, known);
    throw std::invalid_argument("rule: the rulebook has no rule '" + rule + "'" + "; " + (hint.empty() ? "see Rulebook.rules" : hint));
  }
  return explain(result.book(), result.people(), result.options(), person, rule, *day);
}

std::string in_html(const Explanation& self) {
  const py::object escape = py::module_::import("html").attr("escape");
  return "<pre>" + escape(render_text(self)).cast<std::string>() + "</pre>";
}

void bind_explanation(py::module_& module) {
  py::class_<Explanation> explanation(module, "Explanation",
                                      "Why the answer to one rule for one person on one day is what it is. str() is for a person to read; to_dict() is\n"
                                      "the same for programs: every clause with its answer, the days on which it stays so, the records, birthdays or\n"
                                      "totals it rests on, and the citation.");
  explanation.def("__str__", [](const Explanation& self) { return render_text(self); }, "Sentences, indented.")
      .def(
          "__repr__", [](const Explanation& self) { return "<leavingcare.Explanation: " + self.rule + " on " + iso(self.on) + ", " + leavingcare::in_words(self.truth) + ">"; },
          "The rule, the day and the answer; no personal data.")
      .def("_repr_html_", in_html, "The sentences, for notebooks.")
      .def("to_dict", [](const Explanation& self) { return from_json(render_json(self)); },
           "Everything, as dicts, lists and text; dates are text YYYY-MM-DD.");
  explanation.def_property_readonly("person", [](const Explanation& self) { return self.person; }, "The person's id.");
  explanation.def_property_readonly("rule", [](const Explanation& self) { return self.rule; }, "The name of the rule.");
  explanation.def_property_readonly("summary", [](const Explanation& self) { return self.summary; }, "What the rule is, in a few words.");
  explanation.def_property_readonly("on", [](const Explanation& self) { return to_date(self.on); }, "The day asked about.");
  explanation.def_property_readonly("truth", [](const Explanation& self) { return leavingcare::in_words(self.truth); },
                                    "The answer: 'yes', 'no' or 'unknown'.");
  explanation.def_property_readonly("projection", [](const Explanation& self) { return self.projection; },
                                    "True if the day lies after the day on which the data were drawn.");
  explanation.def_property_readonly("settled_by", [](const Explanation& self) { return self.settled_by; },
                                    "Where the answer is unknown, the facts that would settle it: a list of str.");
}

std::string shown(const Evaluation& self) {
  return "<leavingcare.Result: " + self.result->book().name + ", " + std::to_string(self.result->people().size()) + " people, " +
         std::to_string(self.result->answers().rows()) + " answers, " + std::to_string(self.result->answers().obligations.size()) + " obligations>";
}

Evaluation evaluate_in_python(const Book& book, const py::object& given, const py::object& as_at,
                              const std::map<std::string, std::string>& readings, const std::string& unrecorded, unsigned threads,
                              const py::object& progress, const py::object& indicators_from, const std::vector<std::string>& rules) {
  // Not left to pybind11: its words would repeat what was given, and that may be a frame of personal data.
  if (!py::isinstance<Population>(given)) {
    throw py::type_error("people: expected People, made by read_ssda903, read_facts, read_case or people, not " +
                         std::string(py::str(py::type::handle_of(given).attr("__name__"))));
  }
  const auto& people = given.cast<const Population&>();
  Options options;
  options.readings = readings;
  options.as_at = optional_day_argument(as_at, "as_at");
  if (!options.as_at) options.as_at = people.as_at;
  options.indicators_from = optional_day_argument(indicators_from, "indicators_from");
  options.threads = threads;
  options.rules = rules;
  if (unrecorded != "unknown" && unrecorded != "none") {
    throw py::value_error("unrecorded: '" + unrecorded + "' is neither 'unknown' nor 'none'");
  }
  options.unrecorded = unrecorded == "none" ? Unrecorded::none : Unrecorded::unknown;

  std::shared_ptr<Listener> listener;
  if (!progress.is_none() && !progress.is(py::bool_(false))) {
    const auto bar = progress.is(py::bool_(true)) ? py::object(py::module_::import("leavingcare._progress").attr("bar")(people.people->size())) : progress;
    if (PyCallable_Check(bar.ptr()) == 0) throw py::type_error("progress: expected None, True or something to call");
    listener = std::make_shared<Listener>(bar);
    options.progress = [listener](std::size_t done) { listener->tell(done); };
  }

  Evaluation made;
  made.native = people.native;
  made.book = book.book;
  try {
    const py::gil_scoped_release others_may_work;
    made.result = std::make_shared<const Result>(book.book, people.people, std::move(options));
  } catch (...) {
    if (listener) listener->forget();
    throw;
  }
  if (listener) listener->forget();
  made.people = std::make_shared<const Population>(people);
  return made;
}

}  // namespace

void bind_results(py::module_& module) {
  bind_explanation(module);

  py::class_<Evaluation> result(module, "Result",
                                "Answers of a rulebook for people, on all days: see Rulebook.evaluate. Immutable.\n\n"
                                "In all tables `from` is the first day and `until` the first day after; None stands for an end that nobody knows.");
  result.def("__repr__", shown, "The rulebook and how much there is; no personal data.");
  result.def_property_readonly("people", [](const Evaluation& self) { return *self.people; }, "The People who were evaluated.");
  result.def(
      "chart",
      [](const py::object& self, const py::object& person, const py::object& since, const py::object& until) {
        return py::module_::import("leavingcare.pictures").attr("life")(self, person, py::arg("since") = since, py::arg("until") = until);
      },
      py::arg("person"), py::kw_only(), py::arg("since") = py::none(), py::arg("until") = py::none(),
      "One person's life as a Picture: see leavingcare.pictures.life. A notebook shows it. Needs matplotlib:\n"
      "`pip install leavingcare[plots]`.");
  result.def_property_readonly("statuses", property(statuses_table),
                               "Table person, status, from, until, truth, depends_on: a row for each unbroken run of days on which the status is held\n"
                               "(truth 'yes') or may be ('unknown'); there are no rows for 'no'. depends_on names the facts, joined by '; ', that would\n"
                               "settle an unknown, and is '' otherwise. Entitlements that the rulebook lists with the statuses are in it too.");
  result.def_property_readonly("entitlements", property(entitlements_table),
                               "Table person, entitlement, from, until, truth, amount, unit, depends_on: as `statuses`. amount is float in the unit\n"
                               "named beside it, None for an entitlement without one; a row ends where the amount changes.");
  result.def_property_readonly("obligations", property(obligations_table),
                               "Table person, duty, number, arose, opens, due, suggested, done, state, days_late, ended, depends_on: a row for each\n"
                               "obligation, cycle by cycle. due is the last day on which it is in time, None where there is none; suggested is a target\n"
                               "that breaches nothing; ended is the first day on which it is owed no longer. state is 'met', 'met late', 'due', 'overdue',\n"
                               "'lapsed', 'waived' or 'unknown', as at the day on which the data were drawn; without such a day nothing is overdue.\n"
                               "depends_on names the facts that would settle an unknown state, or what else of the row is not known and so is None.");
  result.def_property_readonly("findings", property(findings_table),
                               "Table person, limit, from, until, truth, depends_on: as `statuses`, the days on which a limit is passed.");
  result.def_property_readonly("indicators", property(indicators_table),
                               "Table indicator, from, until, numerator, denominator, unknown, value, least, most, target, met, depends_on: a row for each\n"
                               "indicator and whole period over by the day on which the data were drawn: the last one or, with indicators_from, all from\n"
                               "that day on. value is in per cent for a rate; least and most bound it where something is unknown of `unknown` cases. met is\n"
                               "'yes', 'no', 'unknown' or 'monitor only', and '' where nothing was counted.");
  result.def("upcoming", upcoming_table, py::kw_only(), py::arg("within") = "90d", py::arg("person") = py::none(), py::arg("team") = "",
             "What has to be done next: the columns of `obligations`, and urgency ('overdue', 'due', 'no last day'), day (the last day, or\n"
             "where there is none a target or the day it can first be done), team, sentence. Overdue first, then soonest first, then what has\n"
             "no last day.\n\n"
             "within: how far ahead, '90d' or '3 months'. person: only theirs. team: only of those who are in it on that day, where the facts say\n"
             "so. Raises ValueError for what is no period, and where the day on which the data were drawn is not known.");
  result.def_property_readonly("categories", property(categories_table),
                               "Table person, category, from, until, label, truth: of the statuses that a category ranks, the first that holds. Where a\n"
                               "higher one is unknown, label is None and truth 'unknown'.");
  result.def("on", day_table, py::arg("date"),
             "A look at one day: a Table with one row for each person, in their order, with the columns person; for each status (and\n"
             "entitlement listed with them) 'yes', 'no' or 'unknown'; for each category of the rulebook its label, 'unknown', or None\n"
             "where no status holds. `.on` is the day; `.projection` is True if it lies after the day on which the data were drawn.\n\n"
             "date: a datetime.date or text YYYY-MM-DD. Raises ValueError for text that is no date.");
  result.def("explain", explain_in_python, py::arg("person"), py::arg("rule"), py::kw_only(), py::arg("on") = py::none(),
             "Why the answer to `rule` (a status, entitlement or definition) for the person of that id (text, or a whole number\n"
             "for ids that are digits) is what it is on a day: an Explanation. Without `on` it is the day on which the data were drawn.\n"
             "Raises ValueError for a person or rule that does not exist, a rule that is no condition, and when no day is known.");
  result.def_property_readonly("receipt", [](const Evaluation& self) { return from_json(receipt_json(*self.result)); },
                               "What was evaluated, a dict: library version, rulebook and its digest, readings, as_at, what was assumed, the facts that\n"
                               "the source does not hold, digest of the inputs. The same receipt means the same answers.");
  result.def_property_readonly("rulebook", [](const Evaluation& self) { return Book{self.book}; }, "The rulebook that was evaluated.");
  result.def_property_readonly("as_at", [](const Evaluation& self) { return self.result->options().as_at ? to_date(*self.result->options().as_at) : py::none(); },
                               "The day on which the data were drawn, or None.");
  result.def(
      "write",
      [](const Evaluation& self, const std::filesystem::path& folder) {
        try {
          const py::gil_scoped_release others_may_work;
          write_tables(*self.result, folder);
        } catch (const std::runtime_error& failure) {
          PyErr_SetString(PyExc_OSError, failure.what());
          throw py::error_already_set();
        }
      },
      py::arg("folder"),
      "Writes statuses.csv, entitlements.csv, obligations.csv, findings.csv, indicators.csv, categories.csv and receipt.json into a folder, made\n"
      "if need be: all of them or none. ISO dates, blank for None. Raises OSError when that fails.");

  auto book = py::reinterpret_borrow<py::class_<Book>>(module.attr("Rulebook"));
  book.def("evaluate", evaluate_in_python, py::arg("people"), py::kw_only(), py::arg("as_at") = py::none(),
           py::arg("readings") = py::dict(), py::arg("unrecorded") = "unknown", py::arg("threads") = 0, py::arg("progress") = py::none(), py::arg("indicators_from") = py::none(),
           py::arg("rules") = py::list(),
           "All answers for all people on all days: a Result. Other threads of Python run meanwhile.\n\n"
           "as_at: the day on which the data were drawn, a datetime.date or text YYYY-MM-DD; later days are a projection. By default\n"
           "people.as_at. No clock is read.\n"
           "readings: a dict from question to option (see Rulebook.readings); the others take their defaults.\n"
           "unrecorded: what to make of facts that the source does not hold: 'unknown', or 'none' for \"there were none\". The receipt\n"
           "tells.\n"
           "threads: how many; 0 for as many as the machine has. Changes no answer.\n"
           "indicators_from: indicators of every whole period from this day on; by default of the last that is over.\n"
           "rules: names of rules, a list; only these are answered, which is quicker. By default all but the definitions.\n"
           "progress: True for a bar on standard error, or something to call with the number of people done so far.\n\n"
           "Raises ValueError for a reading, option, rule or day that does not exist, TypeError for people that are no People.");
}

}  // namespace leavingcare::python
