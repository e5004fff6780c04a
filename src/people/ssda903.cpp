// Yearly returns become people: the files are read, each child's episodes joined, and the source map says which facts they make.
#include <leavingcare/people/join_returns.hpp>
#include <leavingcare/people/people_builder.hpp>
#include <leavingcare/people/read_people.hpp>

#include "../source/digest.hpp"
#include "record_text.hpp"
#include "ssda903_files.hpp"
#include "ssda903_history.hpp"
#include "ssda903_map.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace leavingcare {

namespace ssda903 {
namespace {

using csv::Row;

/// A fact of the map that the rulebook knows, and its table in the making.
struct Target {
  const FactSource* source = nullptr;
  const law::Fact* fact = nullptr;
  std::size_t table = 0;
};

/// A date of birth as one row gives it.
struct Birth {
  int year = 0;
  std::size_t rank = 0;  // of the table among those that have it; the first is the table of all children
  std::optional<Day> day;
  RowPlace at;
};

/// A row which says that something happened and not when, or that it had not happened yet.
struct SomeDay {
  const FactSource* fact = nullptr;
  bool happened = false;
  int year = 0;
  RowPlace at;
};

/// A row of a fact that takes events.
struct Event {
  std::size_t target = 0;
  std::optional<Day> on;
  int year = 0;
  RowPlace at;
};

/// What the files say of one child.
struct Child {
  std::vector<Event> events;
  std::vector<Birth> births;
  std::vector<Episode> episodes;
  std::vector<SomeDay> some_day;
  std::vector<int> lost_years;
};

/// Remarks of a kind that one file may hold thousands of: counted, and told once with the first line.
class Counted {
 public:
  void count(const std::string& message, const Row& row) {
    auto& one = counts_[message];
    if (one.times++ == 0) one.first = {0, row.line, row.column};
  }
  void tell(const ReturnFile& file, Code code, Severity severity, Remarks& remarks) {
    for (const auto& [message, one] : counts_) {
      remarks.add(
          severity, code, file.place(one.first.line, one.first.column),
          message + (one.times == 1 ? "" : " (" + std::to_string(one.times) + " times in this file)"));
    }
    counts_.clear();
  }

 private:
  struct Count {
    RowPlace first;
    std::size_t times = 0;
  };
  std::map<std::string, Count> counts_;
};

/// Reads the codes of one file's rows.
class CodeReader {
 public:
  CodeReader(const SourceMap& map, const ReturnFile& file, int year, Remarks& remarks)
      : map_(map), file_(file), year_(year), remarks_(remarks) {}

  struct Read {
    std::string code;  // blank: nothing there, or no code
    Role role = Role::none;
    bool filled = false;
    bool same_placement = false;
  };

  /// The same, but complains of a cell only once: two facts may read it.
  Read read_once(const Row& row, const std::string& column) {
    if (row.line != once_.line || row.column != once_.column) {
      once_ = {0, row.line, row.column};
      read_.clear();
    }
    const auto found = read_.find(column);
    return found != read_.end() ? found->second : read_.emplace(column, read(row, column)).first->second;
  }

  Read read(const Row& row, const std::string& column) {
    const auto* set = map_.codes_of(column);
    const auto cell = trimmed(row.cell(file_.column(column)));
    Read read{as_code(cell), Role::none, !cell.empty(), false};
    if (!read.filled) {
      if (!set->may_be_blank)
        remarks_.add(Severity::repair, Code::P115, file_.place(row),
                     column + " is blank; it was taken as unknown");
      return read;
    }
    const auto* meaning = set->find(read.code);
    if (meaning == nullptr) {
      remarks_.add(Severity::repair, Code::P210, file_.place(row),
                   column + " holds no code of the return; it was taken as unknown");
      read.code.clear();
      return read;
    }
    read.role = meaning->role;
    read.same_placement = meaning->same_placement;
    if (read.code != cell) small_letters_.count("codes in small letters were read as capitals", row);
    if (year_ < meaning->first_year || year_ > meaning->last_year) {
      other_years_.count(
          column + " " + read.code + " is not a code of " + year_in_words(map_, year_) +
              "; it was taken for what it means " +
              (year_ < meaning->first_year ? "since " + year_in_words(map_, meaning->first_year)
                                           : "until " + year_in_words(map_, meaning->last_year)),
          row);
    }
    return read;
  }

  void finish() {
    small_letters_.tell(file_, Code::P210, Severity::repair, remarks_);
    other_years_.tell(file_, Code::P210, Severity::warning, remarks_);
  }

 private:
  const SourceMap& map_;
  const ReturnFile& file_;
  int year_;
  Remarks& remarks_;
  Counted small_letters_;
  Counted other_years_;
  RowPlace once_;
  std::map<std::string, Read> read_;
};

class Reader {
 public:
  Reader(const SourceMap& map, const law::Vocabulary& vocabulary, Remarks& remarks)
      : map_(map), remarks_(remarks) {
    for (const auto& source : map.facts) add_target(source, vocabulary);
  }

  /// Keeps the cells of the episodes, and hands them over joined as well.
  void keep_episodes(JoinedReturns& joined) {
    kept_ = &joined;
    const auto& columns = map_.episodes;
    for (const auto& column : map_.table(columns.table)->columns) {
      if (column != map_.person && column != columns.first_day && column != columns.end) joined.columns.push_back(column);
    }
  }

  [[nodiscard]] Returns read(const std::vector<YearlyReturn>& returns) {
    std::vector<int> given;
    for (const auto& one : returns) given.push_back(one.year);
    const Years years{map_, given};

    // Children come in the order of the years, and in each year in the order in which the tables stand in the map.
    for (const auto& one : returns) {
      for (const auto& shape : map_.tables) {
        for (const auto& file : one.files) {
          if (file.shape == &shape) read_file(file, one.year);
        }
      }
    }
    for (std::uint32_t person = 0; person < children_.size(); ++person) add_child(person, years);
    for (auto& [source, counts] : joined_) {
      const auto& [open, closed] = counts;
      const auto all = open + closed;
      remarks_.add(Severity::repair, Code::P205, files_[source]->place(0),
                   std::to_string(all) + (all == 1 ? " episode was" : " episodes were") +
                       " open in an earlier return and " + (all == 1 ? "stands" : "stand") + " here again, " +
                       std::to_string(closed) + " of them ended; each was joined into one");
    }
    for (auto& [file, counted] : foreign_words_) counted.tell(*file, Code::P107, Severity::warning, remarks_);

    Returns result;
    if (!years.given().empty()) result.drawn = years.end(years.given().back()) - 1;
    result.people = builder_.build(digest(returns));
    return result;
  }

 private:
  void add_target(const FactSource& source, const law::Vocabulary& vocabulary) {
    Target target{&source, vocabulary.fact(source.fact), 0};
    if (target.fact == nullptr) {
      remarks_.add(
          Severity::warning, Code::P110, source.place,
          "the rulebook declares no fact '" + source.fact + "', so what the returns say of it was left out");
      return;
    }
    using law::FactKind;
    const auto kind = target.fact->kind;
    const bool episodes = source.takes == Takes::episodes || source.takes == Takes::placements;
    const bool fits = source.takes == Takes::birth    ? kind == FactKind::day
                      : episodes                      ? kind == FactKind::periods
                      : source.takes == Takes::events ? kind == FactKind::events
                                                      : kind == FactKind::periods || kind == FactKind::events;
    if (!fits) {
      remarks_.add(Severity::error, Code::L103, source.place,
                   "the rulebook declares '" + source.fact + "' as a fact of kind '" +
                       std::string(law::in_words(kind)) + "', which cannot be made in this way");
      return;
    }
    std::vector<std::string> fields;
    for (const auto& field : target.fact->fields) fields.push_back(field.name);
    for (const auto& field : source.fields) {
      if (target.fact->field(field.field) != nullptr) continue;
      remarks_.add(
          Severity::warning, Code::P103, field.place,
          "the rulebook's fact '" + source.fact + "' has no field '" + field.field + "'; it was left out",
          suggest(field.field, fields));
    }
    if (source.takes == Takes::nothing) fields = {source.complete_field};
    target.table = builder_.add_table(source.fact, kind, std::move(fields));
    if (source.takes == Takes::nothing) builder_.complete_for(target.table, source.complete_field, source.complete_words);
    targets_.push_back(target);
  }

  // -- the files --

  void read_file(const ReturnFile& file, int year) {
    const auto source = builder_.add_source(file.name);
    files_.push_back(&file);
    const auto person_column = file.column(map_.person);
    const bool episodes = file.shape->name == map_.episodes.table;
    years_with_[file.shape->name].insert(year);
    CodeReader codes(map_, file, year, remarks_);
    csv::FileProblems problems(file.name);
    file.table.for_each_row(problems, [&](const Row& row) {
      const auto id = trimmed(row.cell(person_column));
      if (id.empty()) {
        remarks_.add(Severity::warning, Code::P115, file.place(row),
                     map_.person + " is blank; the row was left out");
        return;
      }
      const auto person = builder_.person(id);
      if (person == children_.size()) children_.emplace_back();
      auto& child = children_[person];
      for (const auto& target : targets_) {
        if (target.source->takes == Takes::birth) read_birth(*target.source, file, year, source, row, child);
        if (target.source->takes == Takes::events) read_event(target, file, year, source, row, codes, child);
        const auto& unknown = target.source->unknown_after;
        if (unknown && unknown->table == file.shape->name) {
          const auto code = codes.read(row, unknown->column).code;
          const bool happened = contains(unknown->happened, code);
          if (happened || contains(unknown->not_yet, code)) {
            child.some_day.push_back({target.source, happened, year, {source, row.line, row.column}});
          }
        }
      }
      if (episodes) read_episode(file, year, source, row, codes, child);
    });
    codes.finish();
    outside_.tell(file, Code::P201, Severity::warning, remarks_);
    Diagnostics told;
    problems.move_to(told);
    for (auto& one : told) remarks_.add(std::move(one));
  }

  [[nodiscard]] static bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  }

  void read_birth(const FactSource& fact, const ReturnFile& file, int year, std::uint32_t source,
                  const Row& row, Child& child) {
    const auto table = std::find(fact.tables.begin(), fact.tables.end(), file.shape->name);
    if (table == fact.tables.end()) return;
    const auto cell = trimmed(row.cell(file.column(fact.column)));
    const auto rank = static_cast<std::size_t>(table - fact.tables.begin());
    const auto day = map_.read_day(cell);
    const bool again =
        !child.births.empty() && child.births.back().at.source == source && child.births.back().day == day;
    if (!day && !again) {
      if (cell.empty()) {
        remarks_.add(Severity::repair, Code::P115, file.place(row),
                     fact.column + " is blank; it was taken as unknown");
      } else {
        remarks_.add(Severity::repair, Code::P211, file.place(row),
                     fact.column + " is not a date; it was taken as unknown");
      }
    }
    if (!again) child.births.push_back({year, rank, day, {source, row.line, row.column}});
  }

  void read_event(const Target& target, const ReturnFile& file, int year, std::uint32_t source, const Row& row,
                  CodeReader& codes, Child& child) {
    const auto& fact = *target.source;
    if (file.shape->name != fact.tables.front()) return;
    if (!fact.when_column.empty()) {
      const auto code = codes.read(row, fact.when_column).code;
      if (!code.empty() && !contains(fact.when, code)) return;
    }
    const auto cell = trimmed(row.cell(file.column(fact.column)));
    const auto on = map_.read_day(cell);
    if (!on) {
      remarks_.add(Severity::repair, Code::P211, file.place(row),
                   fact.column + (cell.empty() ? " is blank" : " is not a date") +
                       "; what else the return does not show of '" + fact.fact + "' in its year is unknown for this child");
    } else if (*on < map_.first_day_of(year) || *on >= map_.end_of(year)) {
      outside_.count(fact.column + " is outside the collection year; it was taken as it stands", row);
    }
    child.events.push_back({static_cast<std::size_t>(&target - targets_.data()), on, year, {source, row.line, row.column}});
  }

  void read_episode(const ReturnFile& file, int year, std::uint32_t source, const Row& row, CodeReader& codes,
                    Child& child) {
    const auto& columns = map_.episodes;
    const auto from_cell = trimmed(row.cell(file.column(columns.first_day)));
    const auto until_cell = trimmed(row.cell(file.column(columns.end)));
    Episode episode;
    episode.year = year;
    episode.at = {source, row.line, row.column};

    const auto from = map_.read_day(from_cell);
    if (!from) {
      remarks_.add(Severity::repair, Code::P211, file.place(row),
                   columns.first_day + (from_cell.empty() ? " is blank" : " is not a date") +
                       "; the episode cannot be placed, and what else the return does not show of the "
                       "child's care in its year is unknown");
      child.lost_years.push_back(year);
      return;
    }
    episode.from = *from;
    episode.until = map_.read_day(until_cell);
    episode.end_unreadable = !until_cell.empty() && !episode.until;
    episode.ends_before_it_begins = episode.until && *episode.until < *from;
    if (episode.end_unreadable) {
      remarks_.add(Severity::repair, Code::P211, file.place(row),
                   columns.end + " is not a date; when in its collection year the episode ended is unknown");
    }

    const auto begun = codes.read(row, columns.why_begun);
    const auto ended = codes.read(row, columns.why_ended);
    const auto moved = codes.read(row, columns.why_moved);
    episode.why_begun = begun.role;
    episode.same_placement = begun.same_placement;
    episode.why_ended = ended.role;
    episode.reason_ended = ended.code;
    episode.has_reason_ended = ended.filled;
    episode.end_made_up = ended.role == Role::end_made_up || moved.role == Role::end_made_up;
    episode.row = begun.code;
    for (const auto& target : targets_) {
      if (target.source->takes == Takes::episodes) read_fields(target, file, row, codes, episode, episode.fields);
      if (target.source->takes == Takes::placements)
        read_fields(target, file, row, codes, episode, episode.placement_fields);
    }
    if (kept_ != nullptr) {
      for (const auto& column : kept_->columns) episode.cells.push_back(as_code(row.cell(file.column(column))));
    }
    child.episodes.push_back(std::move(episode));
  }

  void read_fields(const Target& target, const ReturnFile& file, const Row& row, CodeReader& codes,
                   Episode& episode, std::vector<std::string>& fields) {
    for (const auto& field : target.fact->fields) {
      const auto& sources = target.source->fields;
      const auto found = std::find_if(sources.begin(), sources.end(),
                                      [&](const auto& one) { return one.field == field.name; });
      std::string word;
      if (found != sources.end())
        word = found->column.empty() ? found->always : codes.read_once(row, found->column).code;
      if (found != sources.end() && !found->column.empty()) episode.row += "," + word;
      if (!word.empty() && !is_allowed(field, word)) {
        foreign_words_[&file].count(
            "the rulebook has no word '" + word + "' for '" + field.name + "'; it was taken as unknown",
            row);
        word.clear();
      }
      fields.push_back(std::move(word));
    }
  }

  // -- one child --

  [[nodiscard]] Place place(const RowPlace& at) const { return files_[at.source]->place(at.line, at.column); }
  [[nodiscard]] static RowOrigin origin(const RowPlace& at) { return {at.source, at.line}; }

  void add_child(std::uint32_t person, const Years& years) {
    const auto& child = children_[person];
    std::vector<Mended> mended;
    const auto history = join(
        child.episodes, years, [this](Mended one) { tell(std::move(one)); },
        [this](const Episode& later) {
          auto& [open, closed] = joined_[later.at.source];
          ++(later.until ? closed : open);
        });
    if (kept_ != nullptr) {
      for (const auto& row : history.care) {
        const auto& of = *row.of;
        kept_->episodes.push_back({builder_.ids()[person], row.from, row.until, !row.doubtful, of.cells,
                                   year_in_words(map_, of.year), files_[of.at.source]->name, of.at.line});
      }
    }
    const auto known = known_days(child, history, years);
    for (const auto& target : targets_) {
      switch (target.source->takes) {
        case Takes::birth:
          add_birth(target, person, child);
          break;
        case Takes::episodes:
          for (const auto& row : history.care) {
            builder_.add(
                target.table, person,
                {row.from, row.until, 0, row.doubtful, row.of->fields, origin(row.of->at)});
          }
          cover(target, person, known);
          break;
        case Takes::placements:
          add_placements(target, person, history);
          cover(target, person, known);
          break;
        case Takes::events:
          add_events(target, person, child, years);
          break;
        case Takes::ends:
          add_ends(target, person, child, history, known, years);
          break;
        case Takes::nothing:
          builder_.cover(target.table, person, {});
          break;
      }
    }
  }

  /// Episodes that follow one another in one placement are one row; what is doubtful of them stays a row of its own.
  void add_placements(const Target& target, std::uint32_t person, const History& history) {
    std::optional<Record> open;
    const auto finish = [&] {
      if (open) builder_.add(target.table, person, *open);
      open.reset();
    };
    for (const auto& row : history.care) {
      const auto& of = *row.of;
      const bool goes_on = open && open->until == row.from && of.same_placement && !row.doubtful && !open->doubtful &&
                           open->fields == of.placement_fields;
      if (goes_on) {
        open->until = row.until;
        continue;
      }
      finish();
      open = Record{row.from, row.until, 0, row.doubtful, of.placement_fields, origin(of.at)};
    }
    finish();
  }

  /// Each day counts once: a return may list an event again that an earlier one had.
  void add_events(const Target& target, std::uint32_t person, const Child& child, const Years& years) {
    const auto number = static_cast<std::size_t>(&target - targets_.data());
    std::map<Day, const Event*> by_day;
    std::set<int> lost;
    for (const auto& event : child.events) {
      if (event.target != number) continue;
      if (!event.on) {
        lost.insert(event.year);
        continue;
      }
      const auto [first, is_new] = by_day.emplace(*event.on, &event);
      if (!is_new && first->second->year == event.year) {
        remarks_.add({Code::P203,
                      Severity::repair,
                      "the same day stands in the table twice; it counts once",
                      {{place(event.at), {}}, {place(first->second->at), "the other row"}},
                      {}});
      }
    }
    for (const auto& [on, event] : by_day) builder_.add(target.table, person, {on, on + 1, 0, false, {}, origin(event->at)});
    std::vector<Span> days;
    for (const int year : years_with_[target.source->tables.front()]) {
      if (!lost.contains(year)) days.push_back({years.begin(year), years.any_after(year) ? years.end(year) : Day::end_of_time});
    }
    for (const auto& [on, event] : by_day) days.push_back({on, on + 1});
    builder_.cover(target.table, person, std::move(days));
  }

  void tell(Mended one) {
    Diagnostic diagnostic{
        one.code, Severity::repair, std::move(one.message), {{place(one.at->at), {}}}, {}};
    if (one.other != nullptr)
      diagnostic.labels.push_back({place(one.other->at), "the other row"});
    remarks_.add(std::move(diagnostic));
  }

  void cover(const Target& target, std::uint32_t person, const std::vector<Span>& known) {
    if (target.source->covered != Covered::always) builder_.cover(target.table, person, known);
  }

  /// The days on which the returns tell all of a child's care.
  static std::vector<Span> known_days(const Child& child, const History& history, const Years& years) {
    std::set<int> lost(child.lost_years.begin(), child.lost_years.end());
    lost.insert(history.lost_years.begin(), history.lost_years.end());
    std::vector<Span> days;
    for (const int year : years.given()) {
      const Day end = years.any_after(year) ? years.end(year) : Day::end_of_time;
      if (!lost.contains(year)) days.push_back({years.begin(year), end});
    }
    for (const auto& row : history.care) {
      if (!row.doubtful) days.push_back({row.from, row.until});
    }
    return days;
  }

  void add_birth(const Target& target, std::uint32_t person, const Child& child) {
    const auto& fact = *target.source;
    // The header before other tables, of each the latest return.
    const Birth* chosen = nullptr;
    for (const auto& one : child.births) {
      const auto before = [](const Birth& a, const Birth& b) {
        return std::tuple(a.rank == 0, a.year, b.rank) > std::tuple(b.rank == 0, b.year, a.rank);
      };
      if (one.day && (chosen == nullptr || before(one, *chosen))) chosen = &one;
    }
    std::set<int> differs;
    for (const auto& one : child.births) {
      if (!one.day || one.day == chosen->day || !differs.insert(one.year).second) continue;
      remarks_.add({Code::P214,
                    Severity::repair,
                    fact.column + " differs between two rows of the same child; the other was used",
                    {{place(one.at), {}}, {place(chosen->at), "used"}},
                    {}});
    }
    std::set<int> in_header;
    for (const auto& one : child.births) {
      if (one.rank == 0) in_header.insert(one.year);
    }
    for (const auto& episode : child.episodes) {
      if (!in_header.insert(episode.year).second) continue;
      remarks_.add(Severity::repair, Code::P212, place(episode.at),
                   "the child of this episode is not in the table '" + fact.tables.front() +
                       "' of the same return; " + fact.column +
                       (chosen == nullptr ? " is unknown"
                        : chosen->rank == 0
                            ? " was taken from that of another return"
                            : " was taken from the table '" + files_[chosen->at.source]->shape->name + "'"));
    }
    if (chosen == nullptr) {
      builder_.cover(target.table, person, {});
    } else {
      builder_.add(target.table, person,
                   {*chosen->day, *chosen->day, 0, false, {}, origin(chosen->at)});
    }
  }

  void add_ends(const Target& target, std::uint32_t person, const Child& child, const History& history,
                const std::vector<Span>& known, const Years& years) {
    const auto& fact = *target.source;
    Day known_until = Day::end_of_time;
    bool happened = false;
    for (const auto& end : history.ends) {
      if (!contains(fact.when, end.of->reason_ended)) continue;
      happened = true;
      if (end.day_known)
        builder_.add(target.table, person,
                     {end.on, Day::end_of_time, 0, false, {}, origin(end.of->at)});
      if (!end.day_known) known_until = std::min(known_until, end.on);
      if (end.day_known && fact.covered == Covered::years_given_until_it_begins)
        known_until = std::min(known_until, end.on + 1);
    }
    const SomeDay* unknown = nullptr;
    for (const auto& one : child.some_day) {
      if (one.fact == &fact && one.happened && (unknown == nullptr || one.year < unknown->year))
        unknown = &one;
    }
    if (unknown != nullptr && !happened) {
      Day not_yet = end_of_certain_care(history, years);
      for (const auto& one : child.some_day) {
        if (one.fact == &fact && !one.happened && one.year < unknown->year)
          not_yet = std::max(not_yet, years.begin(one.year));
      }
      known_until = std::min(known_until, not_yet);
      remarks_.add(Severity::repair, Code::P208, place(unknown->at),
                   fact.unknown_after->column + " says that it happened and not when; '" + fact.fact +
                       "' is unknown from the last day on which it surely had not");
    }
    if (fact.covered == Covered::always && known_until == Day::end_of_time) return;
    Timelines covered;
    const auto edges = fact.covered == Covered::always
                           ? std::vector<Day>{Day::beginning_of_time, Day::end_of_time}
                           : timeline_of(known);
    for (std::size_t i = 0; i < edges.size(); i += 2)
      covered.append(edges[i], std::min(edges[i + 1], known_until));
    std::vector<Span> days;
    for (std::size_t i = 0; i < covered.edges().size(); i += 2)
      days.push_back({covered.edges()[i], covered.edges()[i + 1]});
    builder_.cover(target.table, person, std::move(days));
  }

  /// The first day after those on which a child was certainly in care; of care that goes on, only what its return could know counts.
  static Day end_of_certain_care(const History& history, const Years& years) {
    Day day = Day::beginning_of_time;
    for (const auto& row : history.care) {
      if (row.doubtful) continue;
      day =
          std::max(day, is_a_day(row.until) ? row.until : std::max(row.from + 1, years.begin(row.of->year)));
    }
    return day;
  }

  [[nodiscard]] std::string digest(const std::vector<YearlyReturn>& returns) const {
    FilesDigest digest;
    std::map<std::string, int> times;
    std::set<const char*> seen;  // an XML file is several tables and counts once
    for (const auto& one : returns) {
      for (const auto& file : one.files) {
        if (!seen.insert(file.table.bytes().data()).second) continue;
        auto name = year_in_words(map_, one.year) + "/" + file.file_name;
        if (const int again = times[name]++; again != 0) name += "#" + std::to_string(again + 1);
        digest.add(name, file.table.bytes());
      }
    }
    return digest.hex();
  }

  const SourceMap& map_;
  Remarks& remarks_;
  PeopleBuilder builder_;
  std::vector<Target> targets_;
  std::vector<const ReturnFile*> files_;                                 // by number of source
  std::vector<Child> children_;                                          // by number of person
  std::map<std::uint32_t, std::pair<std::size_t, std::size_t>> joined_;  // for each file: open again, ended
  std::map<const ReturnFile*, Counted> foreign_words_;
  std::map<std::string, std::set<int>> years_with_;  // for each table: the years whose return has it
  JoinedReturns* kept_ = nullptr;
  Counted outside_;                                  // events of the file being read, outside its year
};

/// The facts of the map itself, with the fields that it fills: what is needed to read returns without a rulebook.
law::Vocabulary vocabulary_of(const SourceMap& map) {
  law::Vocabulary vocabulary;
  for (const auto& source : map.facts) {
    law::Fact fact;
    fact.name = source.fact;
    const bool events = source.takes == Takes::events || source.takes == Takes::ends;
    fact.kind = source.takes == Takes::birth ? law::FactKind::day : events ? law::FactKind::events : law::FactKind::periods;
    for (const auto& field : source.fields) {
      law::Field one;
      one.name = field.field;
      fact.fields.push_back(std::move(one));
    }
    vocabulary.facts.push_back(std::move(fact));
  }
  return vocabulary;
}

struct Read {
  Returns returns;
  JoinedReturns joined;
};

/// Reads the folders: with the facts of a rulebook, or of none, and then the episodes are kept.
Checked<Read> read_folders(const std::vector<std::filesystem::path>& folders, const std::filesystem::path& map_file,
                           const law::Vocabulary* vocabulary) {
  const auto map = read_source_map(map_file);
  if (!map) {
    auto problems = map.diagnostics();
    problems.push_back(error_at(
        Code::P215, {std::make_shared<const SourceFile>(map_file.generic_string(), std::string()), 0, 0, 1},
        "the source map is not sound, so no return was read"));
    return Checked<Read>::refused(std::move(problems));
  }
  Remarks remarks;
  const auto returns = find_returns(folders, map.value(), remarks);
  if (returns.empty()) remarks.add(Severity::error, Code::P215, {}, "no folder holds a return that can be used");
  const auto own = vocabulary == nullptr ? vocabulary_of(map.value()) : law::Vocabulary{};
  Read result;
  Reader reader(map.value(), vocabulary == nullptr ? own : *vocabulary, remarks);
  if (vocabulary == nullptr) reader.keep_episodes(result.joined);
  result.returns = reader.read(returns);
  result.joined.drawn = result.returns.drawn;
  return {std::move(result), remarks.take()};
}

}  // namespace
}  // namespace ssda903

Checked<JoinedReturns> join_ssda903(const std::vector<std::filesystem::path>& folders, const std::filesystem::path& map) {
  auto read = ssda903::read_folders(folders, map, nullptr);
  auto remarks = read.diagnostics();
  if (!read) return Checked<JoinedReturns>::refused(std::move(remarks));
  return {std::move(read.value().joined), std::move(remarks)};
}

Checked<Returns> read_ssda903(const std::vector<std::filesystem::path>& folders,
                              const std::filesystem::path& map, const law::Vocabulary& vocabulary) {
  auto read = ssda903::read_folders(folders, map, &vocabulary);
  auto remarks = read.diagnostics();
  if (!read) return Checked<Returns>::refused(std::move(remarks));
  return {std::move(read.value().returns), std::move(remarks)};
}

}  // namespace leavingcare
