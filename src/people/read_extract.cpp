// An extract becomes people: first who is in it, then fact by fact the rows that the map names, each told where it was mended.
//
// CASE STUDY: a system that keeps six years
//   Drawn on 31 March 2024. A person of 20 has one episode, from 2021 to 2022. Care is known from 31 March 2018 on: there was that
//   episode and no other. Before that day it is unknown, for what had ended by then is no longer in the extract.
#include <leavingcare/people/people_builder.hpp>
#include <leavingcare/people/read_extract.hpp>

#include "../source/digest.hpp"
#include "extract_map.hpp"
#include "extract_tables.hpp"
#include "record_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace leavingcare {

namespace extract {
namespace {

using ssda903::Remarks;
using ssda903::trimmed;

/// What a cell of a date column holds.
struct DateCell {
  enum class Kind : std::uint8_t { blank, day, unreadable };
  Kind kind = Kind::blank;
  Day day{};
};

[[nodiscard]] bool is_time_of_day(std::string_view text) {
  return !text.empty() && (text.front() == ' ' || text.front() == 'T') &&
         text.find_first_not_of("0123456789:.+-Z ", 1) == std::string_view::npos;
}

/// The days of a record, as mended so far.
struct Dates {
  Day from{};
  std::optional<Day> until;         ///< the first day that is no longer part of it
  std::optional<Day> doubtful_to;   ///< it may have gone on until then
  std::size_t table = 0;            ///< of the tables read
  const TableRow* row = nullptr;
  const FactRows* source = nullptr;

  [[nodiscard]] Day end() const { return until.value_or(Day::end_of_time); }
};

/// A word and the days on which it holds.
struct Held {
  Day from{};
  Day until{};
  std::string word;
};

/// What is known of one fact and one person beside the rows.
struct Knowledge {
  bool lost = false;  ///< a row cannot be used, so that the absence of others means nothing
  Day until = Day::end_of_time;
};

class Reader {
 public:
  Reader(const ExtractMap& map, const law::Vocabulary& vocabulary, Remarks& remarks, std::vector<Table> tables)
      : map_(map), vocabulary_(vocabulary), remarks_(remarks), tables_(std::move(tables)) {}

  [[nodiscard]] Extract read(std::optional<Day> as_at) {
    find_people();
    for (const auto& table : tables_) builder_.add_source(table.name);
    drawn_ = as_at;
    if (!drawn_) find_day_of_extract();
    for (const auto& [name, daily] : map_.daily) read_daily(name, daily);
    for (const auto& fact : map_.facts) read_fact(fact);
    Extract extract;
    read_categories(extract.categories);
    tell_counted();
    for (auto& [where, rows] : unknown_) extract.unknown_words.push_back({where[0], where[1], where[2], rows});
    FilesDigest digest;
    for (const auto& table : tables_) digest.add(table.shape->name + "/" + table.digest, table.digest);
    extract.people = builder_.build(digest.hex());
    extract.drawn = drawn_;
    return extract;
  }

 private:
  // -- remarks --

  /// Told once for each table and message, with the first row and how many there were.
  void count(std::size_t table, const TableRow& row, Severity severity, Code code, const std::string& message, std::string hint = {}) {
    auto& one = counted_[{table, message}];
    if (one.times++ == 0) one = {severity, code, row.line, 1, std::move(hint)};
  }
  void tell_counted() {
    for (const auto& [where, one] : counted_) {
      remarks_.add(one.severity, one.code, tables_[where.first].place(one.line),
                   where.second + (one.times == 1 ? "" : " (" + std::to_string(one.times) + " times in this table)"), one.hint);
    }
  }
  void tell(std::size_t table, const TableRow& row, Code code, std::string message, const TableRow* other = nullptr,
            std::size_t other_table = 0) {
    Diagnostic one{code, Severity::repair, std::move(message), {{tables_[table].place(row.line), {}}}, {}};
    if (other != nullptr) one.labels.push_back({tables_[other_table].place(other->line), "the other row"});
    remarks_.add(std::move(one));
  }
  [[nodiscard]] static RowOrigin origin(std::size_t table, const TableRow& row) {
    return {static_cast<std::uint32_t>(table), row.line};
  }

  // -- people --

  [[nodiscard]] std::optional<std::uint32_t> person(std::size_t table, const TableRow& row) const {
    const auto& shape = *tables_[table].shape;
    const auto id = tables_[table].cell(row, shape.person);
    if (id.empty()) return std::nullopt;
    if (!shape.through) return ids_.at(std::string(id));
    const auto keys = keys_.find({shape.through->table, shape.through->key});
    if (keys == keys_.end()) return std::nullopt;
    const auto found = keys->second.find(std::string(id));
    return found == keys->second.end() ? std::nullopt : std::optional(found->second);
  }

  void find_people() {
    std::set<std::pair<std::string, std::string>> wanted;
    for (const auto& table : map_.tables) {
      if (table.through) wanted.insert({table.through->table, table.through->key});
    }
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      const auto& table = tables_[t];
      if (table.shape->through) continue;
      for (const auto& row : table.rows) {
        const auto id = table.cell(row, table.shape->person);
        if (id.empty()) {
          count(t, row, Severity::warning, Code::P115, table.shape->person + " is blank; the row was left out");
          continue;
        }
        const auto number = builder_.person(id);
        ids_[std::string(id)] = number;
        for (const auto& [name, key] : wanted) {
          if (name != table.shape->name) continue;
          const auto cell = table.cell(row, key);
          if (!cell.empty()) keys_[{name, key}].emplace(std::string(cell), number);
        }
      }
    }
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      if (!tables_[t].shape->through) continue;
      for (const auto& row : tables_[t].rows) {
        if (!person(t, row))
          count(t, row, Severity::warning, Code::P108, tables_[t].shape->person + " is in no row of " + tables_[t].shape->through->table + "; the row was left out");
      }
    }
  }

  [[nodiscard]] std::vector<std::size_t> tables_of(const std::string& name) const {
    std::vector<std::size_t> found;
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      if (tables_[t].shape->name == name) found.push_back(t);
    }
    return found;
  }

  [[nodiscard]] bool has(std::size_t table, const std::string& column) const {
    const auto at = tables_[table].shape->column(column);
    return column.empty() || (at < tables_[table].has.size() && tables_[table].has[at]);
  }

  // -- dates and words --

  DateCell date(std::size_t table, const TableRow& row, const std::string& column, bool quiet = false) {
    auto text = tables_[table].cell(row, column);
    if (text.empty()) return {};
    if (text.size() > 10 && is_time_of_day(text.substr(10))) text = text.substr(0, 10);
    const bool uk_shape = text.size() == 10 && text[2] == '/' && text[5] == '/';
    const std::string year_first =
        uk_shape ? std::string(text.substr(6)) + "-" + std::string(text.substr(3, 2)) + "-" + std::string(text.substr(0, 2)) : std::string(text);
    for (const auto& none : map_.no_date) {
      if (!year_first.starts_with(none)) continue;
      if (!quiet) count(table, row, Severity::repair, Code::P211, column + " holds a date that stands for none; it was taken as blank");
      return {};
    }
    std::optional<Day> day;
    if (map_.iso_dates) day = read_iso_day(text);
    if (!day && map_.uk_dates) day = read_uk_day(text);
    if (day) return {DateCell::Kind::day, *day};
    if (quiet) return {DateCell::Kind::unreadable, {}};
    const bool month_first = uk_shape && read_uk_day(std::string(text.substr(3, 3)) + std::string(text.substr(0, 3)) + std::string(text.substr(6)));
    if (month_first) {
      count(table, row, Severity::error, Code::P105, column + " holds a date with the month before the day, so no date of the column can be trusted",
            "write the day first, or the year: DD/MM/YYYY or YYYY-MM-DD");
    } else {
      tell(table, row, Code::P211, column + " is not a date");
    }
    return {DateCell::Kind::unreadable, {}};
  }

  /// The latest day on which something happened: what the map reads as a first day or an event.
  void find_day_of_extract() {
    for (const auto& fact : map_.facts) {
      for (const auto& rows : fact.rows) {
        for (const auto t : tables_of(rows.table)) {
          for (const auto& row : tables_[t].rows) {
            const auto cell = date(t, row, rows.from, true);
            if (cell.kind == DateCell::Kind::day && (!drawn_ || cell.day > *drawn_)) drawn_ = cell.day;
          }
        }
      }
    }
    if (drawn_)
      remarks_.add(Severity::warning, Code::P201, {},
                   "the extract does not say on which day it was drawn; the latest day in it on which something began or happened was taken",
                   "say it: --as-at YYYY-MM-DD, or as_at= in Python");
  }

  /// What a cell means; blank where it is, or (counted) where the map does not have it.
  std::string meaning(std::size_t table, const TableRow& row, const std::string& column, const std::string& words) {
    const auto cell = tables_[table].cell(row, column);
    if (cell.empty() || words.empty()) return std::string(cell);
    if (const auto* found = map_.words.at(words).find(cell)) return *found;
    const auto& shape = *tables_[table].shape;
    if (told_.insert({table, row.line, column}).second) {
      count(table, row, Severity::repair, Code::P210, column + " holds words that the source map does not have; they were taken as unknown",
            "add them to the words '" + words + "' of a map of your own; the unknown words are listed as data");
      ++unknown_[{shape.name, column, std::string(cell)}];
    }
    return {};
  }

  /// Whether a row counts for a fact; unknown when it turns on a word that the map does not have.
  [[nodiscard]] Truth counts(std::size_t table, const TableRow& row, const FactRows& source) {
    Truth all = Truth::yes;
    for (const auto& test : source.where) {
      const auto cell = tables_[table].cell(row, test.column);
      const auto word = test.words.empty() ? plain(cell) : meaning(table, row, test.column, test.words);
      const auto listed = [&](const auto& list) { return std::find(list.begin(), list.end(), word) != list.end(); };
      const bool fits = (test.one_of.empty() || listed(test.one_of)) && !listed(test.not_one_of);
      if (!test.words.empty() && word.empty() && !cell.empty()) all = Truth::unknown;
      else if (!fits) return Truth::no;
    }
    return all;
  }

  // -- words that hold on each day --

  void read_daily(const std::string& name, const DailyWord& daily) {
    auto& of_person = daily_[name];
    for (const auto t : tables_of(daily.table)) {
      for (const auto& row : tables_[t].rows) {
        const auto who = person(t, row);
        if (!who || tables_[t].cell(row, daily.column).empty()) continue;
        const auto word = meaning(t, row, daily.column, daily.words);
        if (word.empty() || (!daily.only.empty() && std::find(daily.only.begin(), daily.only.end(), word) == daily.only.end())) continue;
        const auto from = date(t, row, daily.from);
        if (from.kind != DateCell::Kind::day) continue;
        const auto until = daily.until.empty() ? DateCell{} : date(t, row, daily.until);
        if (until.kind == DateCell::Kind::unreadable) continue;
        of_person[*who].push_back({from.day, until.kind == DateCell::Kind::day ? first_day_after(until.day) : Day::end_of_time, word});
      }
    }
    for (auto& [who, all] : of_person) {
      std::stable_sort(all.begin(), all.end(), [](const Held& a, const Held& b) { return a.from < b.from; });
    }
  }

  [[nodiscard]] Day first_day_after(Day end) const { return map_.end_counts ? end + 1 : end; }

  /// The word of a day: of several the one that began last.
  [[nodiscard]] std::string word_on(const std::vector<Held>& all, Day day) const {
    std::string word;
    for (const auto& one : all) {
      if (one.from <= day && day < one.until) word = one.word;
    }
    return word;
  }

  // -- facts --

  void read_fact(const FactSource& source) {
    const auto* fact = vocabulary_.fact(source.fact);
    if (fact == nullptr) {
      remarks_.add(Severity::warning, Code::P110, source.place,
                   "the rulebook declares no fact '" + source.fact + "', so what the extract says of it was left out");
      return;
    }
    if (!source.complete_field.empty()) {
      const auto table = builder_.add_table(source.fact, fact->kind, {source.complete_field});
      builder_.complete_for(table, source.complete_field, source.complete_words);
      for (std::uint32_t who = 0; who < builder_.size(); ++who) builder_.cover(table, who, {});
      return;
    }
    bool any = false;
    bool all = true;
    for (const auto& rows : source.rows) {
      if (rows.not_when) continue;
      bool there = false;
      for (const auto t : tables_of(rows.table)) there = there || (has(t, rows.from) && has(t, rows.until));
      any = any || there;
      all = all && there;
    }
    if (!any) return;
    std::vector<std::string> names;
    if (fact->kind == law::FactKind::periods || fact->kind == law::FactKind::events) {
      for (const auto& field : fact->fields) names.push_back(field.name);
    }
    const auto handle = builder_.add_table(source.fact, fact->kind, names);

    std::vector<std::vector<Dates>> records(builder_.size());
    std::vector<Knowledge> known(builder_.size());
    for (const auto& rows : source.rows) {
      for (const auto t : tables_of(rows.table)) {
        if (rows.not_when) collect_unknown(source, rows, t, records, known);
        else if (has(t, rows.from) && has(t, rows.until)) collect(*fact, rows, t, records, known);
      }
    }
    for (std::uint32_t who = 0; who < builder_.size(); ++who) {
      auto& mine = records[who];
      if (fact->kind == law::FactKind::day) add_day(handle, who, mine);
      else if (fact->kind == law::FactKind::events) add_events(*fact, handle, who, mine);
      else add_periods(*fact, handle, who, mine);
      cover(source, *fact, handle, who, mine, known[who], all);
    }
    if (fact->kind == law::FactKind::periods) check_ends(source);
  }

  void collect(const law::Fact& fact, const FactRows& rows, std::size_t t, std::vector<std::vector<Dates>>& records,
               std::vector<Knowledge>& known) {
    const auto& table = tables_[t];
    const bool periods = fact.kind == law::FactKind::periods;
    for (const auto& row : table.rows) {
      const auto who = person(t, row);
      if (!who) continue;
      const auto counted = counts(t, row, rows);
      if (counted == Truth::no) continue;
      const auto from = date(t, row, rows.from);
      if (counted == Truth::unknown) {
        // It may have been one of these: from that day on nothing is known of the fact.
        known[*who].until = std::min(known[*who].until, from.kind == DateCell::Kind::day ? from.day : Day::beginning_of_time);
        continue;
      }
      if (from.kind == DateCell::Kind::unreadable) known[*who].lost = true;
      if (from.kind != DateCell::Kind::day) {
        if (periods && from.kind == DateCell::Kind::blank && !rows.until.empty() && !table.cell(row, rows.until).empty()) {
          known[*who].lost = true;
          tell(t, row, Code::P211, rows.from + " is blank and " + rows.until + " is not; the row cannot be placed");
        }
        continue;
      }
      Dates dates{from.day, {}, {}, t, &row, &rows};
      if (periods && !rows.until.empty()) {
        const auto until = date(t, row, rows.until);
        if (until.kind == DateCell::Kind::day) dates.until = first_day_after(until.day);
        if (until.kind == DateCell::Kind::unreadable) {
          dates.until = from.day + 1;
          dates.doubtful_to = Day::end_of_time;
        }
        if (dates.until && *dates.until <= dates.from) {
          const bool backwards = *dates.until < dates.from;
          tell(t, row, Code::P209, backwards ? "the record ends before it begins; it was left out, and what else there is of '" + fact.name + "' may not be all"
                                             : "the record ends on the day on which it begins: it holds on no day and was left out");
          known[*who].lost = known[*who].lost || backwards;
          continue;
        }
      }
      records[*who].push_back(dates);
    }
  }

  /// Rows which say that it happened and not when.
  void collect_unknown(const FactSource& source, const FactRows& rows, std::size_t t, const std::vector<std::vector<Dates>>& records,
                       std::vector<Knowledge>& known) {
    for (const auto& row : tables_[t].rows) {
      const auto who = person(t, row);
      if (!who || !records[*who].empty() || counts(t, row, rows) != Truth::yes) continue;
      const auto from = date(t, row, rows.from);
      known[*who].until = std::min(known[*who].until, from.kind == DateCell::Kind::day ? from.day : Day::beginning_of_time);
      tell(t, row, Code::P208, "the row says that it happened and not when; '" + source.fact + "' is unknown from the last day on which it surely had not");
    }
  }

  void add_day(std::size_t handle, std::uint32_t who, const std::vector<Dates>& days) {
    if (days.empty()) {
      builder_.cover(handle, who, {});
      return;
    }
    const auto& first = days.front();
    for (const auto& one : days) {
      if (one.from != first.from)
        tell(one.table, *one.row, Code::P214, one.source->from + " differs between two rows of the same person; the first was used", first.row, first.table);
    }
    builder_.add(handle, who, {first.from, first.from, 0, false, {}, origin(first.table, *first.row)});
  }

  /// The words of a record's fields on a day.
  std::vector<std::string> fields_on(const law::Fact& fact, const Dates& record, std::uint32_t who, Day day) {
    std::vector<std::string> words;
    for (const auto& field : fact.fields) {
      const auto& sources = record.source->fields;
      const auto found = std::find_if(sources.begin(), sources.end(), [&](const auto& one) { return one.field == field.name; });
      std::string word;
      if (found != sources.end()) {
        if (!found->always.empty()) {
          word = found->always;
        } else if (!found->column.empty()) {
          word = meaning(record.table, *record.row, found->column, found->words);
        } else {
          const auto held = daily_[found->on_each_day].find(who);
          if (held != daily_[found->on_each_day].end()) word = word_on(held->second, day);
          if (word.empty())
            count(record.table, *record.row, Severity::repair, Code::P115,
                  "on some days of the record the extract has no word for '" + field.name + "'; it is unknown there");
        }
        if (!word.empty() && !is_allowed(field, word)) {
          count(record.table, *record.row, Severity::warning, Code::P107,
                "the rulebook has no word '" + word + "' for '" + field.name + "'; it was taken as unknown");
          word.clear();
        }
      }
      words.push_back(std::move(word));
    }
    return words;
  }

  void add_events(const law::Fact& fact, std::size_t handle, std::uint32_t who, std::vector<Dates>& events) {
    std::stable_sort(events.begin(), events.end(), [](const Dates& a, const Dates& b) { return a.from < b.from; });
    const Dates* before = nullptr;
    for (const auto& one : events) {
      auto fields = fields_on(fact, one, who, one.from);
      if (before != nullptr && before->from == one.from && before->table == one.table && fact.fields.empty()) {
        tell(one.table, *one.row, Code::P203, "the same day stands in the table twice; it counts once", before->row, before->table);
        continue;
      }
      before = &one;
      builder_.add(handle, who, {one.from, one.from + 1, 0, false, std::move(fields), origin(one.table, *one.row)});
    }
  }

  void add_periods(const law::Fact& fact, std::size_t handle, std::uint32_t who, std::vector<Dates>& periods) {
    std::stable_sort(periods.begin(), periods.end(), [](const Dates& a, const Dates& b) { return a.from < b.from; });
    const bool one_at_a_time = std::any_of(periods.begin(), periods.end(), [](const auto& one) { return one.source->one_at_a_time; });
    if (one_at_a_time) mend(periods);
    for (const auto& one : periods) {
      add_split(fact, handle, who, one, one.from, one.end(), false);
      if (one.doubtful_to) add_split(fact, handle, who, one, one.end(), *one.doubtful_to, true);
    }
  }

  /// Of records that may not overlap: those that begin on one day count once, and one that goes on into the next ends where it begins.
  void mend(std::vector<Dates>& periods) {
    std::vector<Dates> kept;
    for (const auto& one : periods) {
      if (kept.empty() || kept.back().from != one.from) {
        kept.push_back(one);
        continue;
      }
      const auto& other = kept.back();
      tell(one.table, *one.row, other.until == one.until ? Code::P203 : Code::P204,
           other.until == one.until ? "the same record stands in the extract twice; it counts once"
                                    : "two records begin on this day and differ; the later row counts",
           other.row, other.table);
      kept.back() = one;
    }
    for (std::size_t i = 0; i + 1 < kept.size(); ++i) {
      auto& one = kept[i];
      auto& next = kept[i + 1];
      const Day reaches = std::max(one.end(), one.doubtful_to.value_or(one.end()));
      if (one.doubtful_to && *one.doubtful_to > next.from) one.doubtful_to = next.from;
      if (one.end() > next.from) {
        tell(one.table, *one.row, Code::P202, one.until ? "the record ends after the next begins; it was ended where the next begins"
                                                        : "the record has no end although the next has begun; it was ended where the next begins",
             next.row, next.table);
        const bool was_closed = one.until.has_value();
        one.until = next.from;
        one.doubtful_to.reset();
        // The next ends before this one is said to: whether it went on after that is not known.
        if (was_closed && next.until && reaches > *next.until) next.doubtful_to = std::max(next.doubtful_to.value_or(reaches), reaches);
      }
    }
    periods = std::move(kept);
  }

  /// A record cut wherever a word that holds on each day changes.
  void add_split(const law::Fact& fact, std::size_t handle, std::uint32_t who, const Dates& record, Day from, Day until, bool doubtful) {
    std::set<Day> cuts{from};
    for (const auto& field : record.source->fields) {
      if (field.on_each_day.empty()) continue;
      const auto held = daily_[field.on_each_day].find(who);
      if (held == daily_[field.on_each_day].end()) continue;
      for (const auto& one : held->second) {
        for (const Day edge : {one.from, one.until}) {
          if (from < edge && edge < until) cuts.insert(edge);
        }
      }
    }
    std::optional<Record> open;
    for (const Day cut : cuts) {
      auto fields = fields_on(fact, record, who, cut);
      if (open && open->fields == fields) continue;
      if (open) {
        open->until = cut;
        builder_.add(handle, who, *open);
      }
      open = Record{cut, until, 0, doubtful, std::move(fields), origin(record.table, *record.row)};
    }
    if (open) builder_.add(handle, who, *open);
  }

  void cover(const FactSource& source, const law::Fact& fact, std::size_t handle, std::uint32_t who, const std::vector<Dates>& records,
             const Knowledge& known, bool all_tables) {
    if (fact.kind == law::FactKind::day) return;
    const auto& covered = source.covered;
    if (covered.always && known.until == Day::end_of_time && !known.lost && all_tables) return;
    std::vector<Span> days;
    const auto add = [&](Day from, Day until) {
      until = std::min(until, known.until);
      if (from < until) days.push_back({from, until});
    };
    if (covered.always && !known.lost && all_tables) add(Day::beginning_of_time, Day::end_of_time);
    if (covered.window && !known.lost && all_tables && drawn_ && map_.window)
      add(after(*drawn_, {-map_.window->count, map_.window->unit}), Day::end_of_time);
    for (const auto& one : records) {
      if (covered.since_rows) add(one.from, Day::end_of_time);
      if (covered.rows || covered.window) add(one.from, fact.kind == law::FactKind::events ? one.from + 1 : one.end());
    }
    builder_.cover(handle, who, std::move(days));
  }

  /// Records that follow one another without a gap show which day the source means by an end.
  void check_ends(const FactSource& source) {
    for (const auto& rows : source.rows) {
      if (!rows.one_at_a_time) continue;
      for (const auto t : tables_of(rows.table)) {
        std::map<std::uint32_t, std::vector<std::pair<Day, std::optional<Day>>>> of_person;
        for (const auto& row : tables_[t].rows) {
          const auto who = person(t, row);
          const auto from = date(t, row, rows.from, true);
          const auto until = date(t, row, rows.until, true);
          if (!who || from.kind != DateCell::Kind::day) continue;
          of_person[*who].push_back({from.day, until.kind == DateCell::Kind::day ? std::optional(until.day) : std::nullopt});
        }
        std::size_t same_day = 0;
        std::size_t next_day = 0;
        for (auto& [who, days] : of_person) {
          std::sort(days.begin(), days.end());
          for (std::size_t i = 0; i + 1 < days.size(); ++i) {
            if (!days[i].second) continue;
            same_day += days[i + 1].first == *days[i].second ? 1 : 0;
            next_day += days[i + 1].first == *days[i].second + 1 ? 1 : 0;
          }
        }
        const auto against = map_.end_counts ? same_day : next_day;
        const auto with = map_.end_counts ? next_day : same_day;
        if (against < 3 || against <= with) continue;
        remarks_.add(Severity::warning, Code::P217, tables_[t].place(0),
                     std::to_string(against) + " records begin " + (map_.end_counts ? "on the day on which" : "the day after") +
                         " another ends, and " + std::to_string(with) + (map_.end_counts ? " the day after" : " on the same day") +
                         ": it seems that the day of an end " + (map_.end_counts ? "does not count" : "counts") + " in this system",
                     std::string("in a map of your own write 'end_dates: ") + (map_.end_counts ? "not_counted" : "counted") + "'");
      }
    }
  }

  void read_categories(std::vector<RecordedCategory>& categories) {
    for (const auto& source : map_.categories) {
      for (const auto t : tables_of(source.table)) {
        for (const auto& row : tables_[t].rows) {
          const auto who = person(t, row);
          const auto cell = tables_[t].cell(row, source.column);
          if (!who || cell.empty()) continue;
          categories.push_back({*who, std::string(cell), meaning(t, row, source.column, source.words), origin(t, row)});
        }
      }
    }
  }

  struct Count {
    Severity severity = Severity::repair;
    Code code{};
    std::uint32_t line = 0;
    std::size_t times = 0;
    std::string hint;
  };

  const ExtractMap& map_;
  const law::Vocabulary& vocabulary_;
  Remarks& remarks_;
  std::vector<Table> tables_;
  PeopleBuilder builder_;
  std::map<std::string, std::uint32_t> ids_;
  std::map<std::pair<std::string, std::string>, std::map<std::string, std::uint32_t>> keys_;  // people by the key of another table
  std::map<std::string, std::map<std::uint32_t, std::vector<Held>>> daily_;
  std::map<std::pair<std::size_t, std::string>, Count> counted_;
  std::map<std::array<std::string, 3>, std::size_t> unknown_;
  std::set<std::tuple<std::size_t, std::uint32_t, std::string>> told_;  // unknown words: a cell may be read more than once
  std::optional<Day> drawn_;
};

}  // namespace
}  // namespace extract

Checked<Extract> read_extract(const ExtractSources& sources, const std::vector<std::filesystem::path>& maps,
                              const law::Vocabulary& vocabulary, std::optional<Day> as_at) {
  auto map = extract::read_extract_map(maps);
  if (!map) {
    auto problems = map.diagnostics();
    problems.push_back(error_at(Code::P215, {}, "the source map is not sound, so nothing was read"));
    return Checked<Extract>::refused(std::move(problems));
  }
  ssda903::Remarks remarks;
  auto tables = extract::find_tables(sources, map.value(), remarks);
  if (tables.empty()) remarks.add(Severity::error, Code::P215, {}, "there is no table that the source map knows",
                                  "expected " + extract::tables_in_words(map.value()));
  extract::Reader reader(map.value(), vocabulary, remarks, std::move(tables));
  auto extract = reader.read(as_at);
  return {std::move(extract), remarks.take()};
}

}  // namespace leavingcare
