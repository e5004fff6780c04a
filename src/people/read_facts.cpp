// src/people/read_facts.cpp
//
// A folder of fact tables: which files they are, what their columns mean, and then row by row.
//
// A table is opened while the one before it is read; its digest is made, and a long one read, by several threads. When one of them finds anything
// wrong, the table is read once more from the start, so that problems are told in order.
#include <leavingcare/people/people_builder.hpp>
#include <leavingcare/people/read_people.hpp>

#include "csv_table.hpp"
#include "../source/digest.hpp"
#include "../source/side_by_side.hpp"
#include "record_text.hpp"

#include <algorithm>
#include <future>
#include <map>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace leavingcare {

namespace {

using csv::FileProblems;
using csv::Row;
using csv::Table;
using law::FactKind;

constexpr const char* recorded_name = "recorded";

[[nodiscard]] std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// The columns that every table of a kind must have.
[[nodiscard]] std::vector<std::string> columns_of(FactKind kind) {
  switch (kind) {
    case FactKind::day:
      return {"person", "value"};
    case FactKind::periods:
      return {"person", "from", "until"};
    case FactKind::events:
      return {"person", "on"};
    case FactKind::numbers:
      break;
  }
  return {"person", "from", "until", "value"};
}

/// Compares a header with what it must and may hold. False when the rows cannot be read with it.
bool check_header(const Table& table, const std::vector<std::string>& required,
                  const std::vector<std::string>& optional, FileProblems& problems) {
  auto known = required;
  known.insert(known.end(), optional.begin(), optional.end());
  const auto is_known = [&known](const std::string& name) {
    return std::find(known.begin(), known.end(), name) != known.end();
  };
  const auto& header = table.header();
  if (std::none_of(header.begin(), header.end(), is_known)) {
    // Its cells are not named here: without a header they are somebody's data.
    problems.error(Code::P102, 1, 1,
                   "expected the names of the columns in the first line, found none of them",
                   header.size() == 1 && std::string_view(header[0]).find_first_of(";\t") != std::string_view::npos
                       ? "the cells are separated by semicolons or tabs; save the file with commas"
                       : "expected: " + listed(known));
    return false;
  }
  bool sound = true;
  for (const auto& name : required) {
    if (table.column(name) != Table::absent) continue;
    const auto at = table.header_place(0);
    problems.error(Code::P102, at.line, at.column, "the column '" + name + "' is missing");
    sound = false;
  }
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (is_known(header[i])) continue;
    const auto at = table.header_place(i);
    auto hint = suggest(header[i], known);
    if (hint.empty()) hint = "columns of this table: " + listed(known);
    problems.error(Code::P103, at.line, at.column, "unknown column '" + header[i] + "'", hint);
  }
  return sound;
}

/// Reads cells of a row, and complains of them without repeating them.
class Cells {
 public:
  explicit Cells(FileProblems& problems) : problems_(problems) {}

  void use(const Row& row) { row_ = &row; }

  void refuse(Code code, std::size_t column, std::string_view field, const std::string& what,
              std::string hint = {}) {
    const auto at = csv::place_of(*row_, column);
    problems_.error(code, at.line, at.column, in_words(*row_, field) + ": " + what, std::move(hint));
  }

  /// A cell that must not be blank; empty (reported) when it is.
  std::string_view needed(std::size_t column, std::string_view field) {
    const auto cell = row_->cell(column);
    if (cell.empty()) refuse(Code::P115, column, field, "must not be blank");
    return cell;
  }

  /// A date; `blank` when the cell is blank; nothing (reported) when it is no date.
  std::optional<Day> day(std::size_t column, std::string_view field, Day blank) {
    const auto cell = row_->cell(column);
    if (cell.empty()) return blank;
    if (const auto day = read_iso_day(cell)) return *day;
    refuse(Code::P105, column, field, "expected a date written YYYY-MM-DD", advice_on_date(cell));
    return std::nullopt;
  }

  /// A date that must be there.
  std::optional<Day> needed_day(std::size_t column, std::string_view field) {
    if (needed(column, field).empty()) return std::nullopt;
    return day(column, field, {});
  }

  /// True unless the period is known to end before it begins (reported).
  bool in_order(std::optional<Day> from, std::optional<Day> until, std::size_t until_column) {
    if (!from || !until) return false;
    if (*until >= *from) return true;
    refuse(Code::P106, until_column, "until", "lies before 'from'",
           "'until' is the first day that no longer counts");
    return false;
  }

 private:
  FileProblems& problems_;
  const Row* row_ = nullptr;
};

/// The columns of periods, events or numbers.
struct RowShape {
  RowShape(const law::Fact& its_fact, const Table& table, std::uint32_t its_source)
      : fact(its_fact), first(its_fact.kind == FactKind::events ? "on" : "from"), source(its_source), person(table.column("person")), from(table.column(first)),
        until(table.column("until")), value(table.column("value")), certain(table.column(certain_field)) {
    if (fact.kind == FactKind::numbers) return;
    for (const auto& field : fact.fields) fields.push_back(table.column(field.name));
  }

  const law::Fact& fact;
  std::string_view first;  // the name of the column with the first day
  std::uint32_t source;
  std::size_t person;
  std::size_t from;
  std::size_t until;
  std::size_t value;
  std::size_t certain;
  std::vector<std::size_t> fields;
};

/// A cell of a field, or what its being blank means; false (reported) when the field does not have that word.
bool read_word(const law::Field& field, std::string_view cell, std::size_t column, Cells& cells, std::string& word) {
  word = cell.empty() ? std::string_view(field.when_absent) : cell;
  if (cell.empty() || is_allowed(field, cell)) return true;
  cells.refuse(Code::P107, column, field.name, expected_in(field), advice_on_field(field, cell));
  return false;
}

/// Reads what a row says, but for whom; false (reported) when there is something wrong with it. Flattened, because a date that is returned from a
/// function of its own is put together from two pieces, which a processor waits for.
[[gnu::flatten]] bool read_record(const Row& row, const RowShape& shape, Cells& cells, Record& record) {
  const auto begins = cells.needed_day(shape.from, shape.first);
  bool sound = begins.has_value();
  if (shape.fact.kind != FactKind::events) {
    const auto ends = cells.day(shape.until, "until", Day::end_of_time);
    sound = cells.in_order(begins, ends, shape.until) && sound;
    record.until = ends.value_or(Day::end_of_time);
  }
  if (shape.fact.kind == FactKind::numbers) {
    const auto number = read_number(row.cell(shape.value));
    if (!number && !cells.needed(shape.value, "value").empty()) {
      cells.refuse(Code::P111, shape.value, "value", "expected a number such as 12 or 12.5");
    }
    sound = sound && number.has_value();
    record.value = number.value_or(0);
  } else {
    const auto doubt = read_doubt(row.cell(shape.certain));
    if (!doubt) cells.refuse(Code::P107, shape.certain, certain_field, "expected yes or no");
    sound = sound && doubt.has_value();
    record.doubtful = doubt.value_or(false);
  }
  record.fields.resize(shape.fields.size());
  for (std::size_t i = 0; i < shape.fields.size(); ++i) {
    sound = read_word(shape.fact.fields[i], row.cell(shape.fields[i]), shape.fields[i], cells, record.fields[i]) && sound;
  }
  if (sound) record.from = *begins;
  record.origin = {shape.source, row.line};
  return sound;
}

struct Opened {
  FileProblems problems;
  std::optional<Table> table;  // empty when it cannot be used, which `problems` tell
};

class FactsReader {
 public:
  FactsReader(std::filesystem::path folder, const law::Vocabulary& vocabulary, const std::string& born)
      : folder_(std::move(folder)), vocabulary_(vocabulary) {
    if (const auto* fact = vocabulary.fact(born)) {
      if (fact->kind != FactKind::day) throw std::invalid_argument("the fact '" + born + "' is not a day");
      born_ = *fact;
    } else {
      born_.name = born;
      born_.kind = FactKind::day;
    }
  }

  Checked<People> read(const std::function<void(std::size_t done, std::size_t of)>& progress) {
    if (!list_files()) return Checked<People>::refused(std::move(diagnostics_));
    const auto order = in_order_of_reading();
    std::size_t done = 0;
    std::future<Opened> next;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto& file = files_.at(order[i]);
      auto opened = i == 0 ? open(file) : next.get();
      if (i + 1 < order.size()) next = std::async(meanwhile, [this, &later = files_.at(order[i + 1])] { return open(later); });
      if (opened.table) {
        auto digest = std::async(meanwhile, [&] { return sha256_hex(opened.table->bytes()); });
        read_table(order[i], *opened.table, file, opened.problems);
        digest_.add_digest(file, digest.get());
      }
      opened.problems.move_to(diagnostics_);
      if (progress) progress(++done, order.size());
    }
    if (has_errors(diagnostics_)) return Checked<People>::refused(std::move(diagnostics_));
    return {builder_.build(digest_.hex()), std::move(diagnostics_)};
  }

 private:
  /// The tables of the folder. Other files are left alone: a README is welcome.
  bool list_files() {
    std::error_code failure;
    std::vector<std::filesystem::path> found;
    std::filesystem::directory_iterator entry(folder_, failure);
    while (!failure && entry != std::filesystem::directory_iterator()) {
      const auto name = entry->path().filename();
      const bool hidden = name.string().starts_with('.');
      if (!hidden && is_csv(name) && !entry->is_directory()) found.push_back(name);
      entry.increment(failure);
    }
    if (failure) {
      FileProblems problems(folder_.string());
      problems.error(Code::P101, 0, 0, "the folder cannot be read: " + failure.message());
      problems.move_to(diagnostics_);
      return false;
    }
    std::sort(found.begin(), found.end());
    for (const auto& name : found) recognise(name);
    if (files_.contains(born_.name)) return true;
    FileProblems problems(folder_.string());
    problems.error(Code::P113, 0, 0, "there is no table " + born_.name + ".csv, which lists the people",
                   "add " + born_.name + ".csv with the columns person,value");
    problems.move_to(diagnostics_);
    return !files_.empty();
  }

  static bool is_csv(const std::filesystem::path& name) {
    auto ending = name.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return ending == ".csv";
  }

  void recognise(const std::filesystem::path& name) {
    const auto fact = name.stem().string();
    const bool is_table = fact == born_.name || fact == recorded_name || vocabulary_.fact(fact) != nullptr;
    if (is_table && name.extension() == ".csv") {
      files_[fact] = name.string();
      return;
    }
    std::vector<std::string> known = {born_.name, recorded_name};
    for (const auto& one : vocabulary_.facts) known.push_back(one.name);
    auto problems = problems_of(name.string());
    problems.error(Code::P110, 0, 0,
                   is_table ? "the file name does not end in .csv, in small letters"
                            : "no fact has the name of this file",
                   is_table ? "rename it to " + fact + ".csv" : suggest(fact, known));
    problems.move_to(diagnostics_);
  }

  /// The facts that have files: those who the people are, what is recorded of them, and then which of it is complete.
  [[nodiscard]] std::vector<std::string> in_order_of_reading() const {
    std::vector<std::string> order;
    const auto add = [&](const std::string& name) {
      if (files_.contains(name)) order.push_back(name);
    };
    add(born_.name);
    for (const auto& fact : vocabulary_.facts) {
      if (fact.name != born_.name) add(fact.name);
    }
    add(recorded_name);
    return order;
  }

  [[nodiscard]] FileProblems problems_of(const std::string& file) const {
    return FileProblems((folder_ / file).string());
  }

  [[nodiscard]] Opened open(const std::string& file) const {
    Opened opened{problems_of(file), {}};
    opened.table = Table::open(folder_ / file, opened.problems);
    return opened;
  }

  void read_table(const std::string& name, const Table& table, const std::string& file, FileProblems& problems) {
    if (name == born_.name) {
      people_are_listed_ = check_header(table, columns_of(FactKind::day), {}, problems);
      if (people_are_listed_) read_days(born_, table, file, problems);
    } else if (name == recorded_name) {
      read_recorded(table, file, problems);
    } else {
      read_fact(*vocabulary_.fact(name), table, file, problems);
    }
  }

  void read_fact(const law::Fact& fact, const Table& table, const std::string& file, FileProblems& problems) {
    const bool has_fields = fact.kind == FactKind::periods || fact.kind == FactKind::events;
    auto required = columns_of(fact.kind);
    std::vector<std::string> optional;
    for (const auto& field : fact.fields) (field.required ? required : optional).push_back(field.name);
    if (has_fields) optional.emplace_back(certain_field);
    if (!check_header(table, required, optional, problems)) return;
    if (fact.kind == FactKind::day) {
      read_days(fact, table, file, problems);
    } else {
      read_rows(fact, table, file, problems);
    }
  }

  /// The person of a row; nothing (reported) when blank or not listed.
  std::optional<std::uint32_t> person_of(std::size_t column, Cells& cells) {
    const auto id = cells.needed(column, "person");
    if (id.empty()) return std::nullopt;
    if (const auto found = builder_.find_person(id, last_person_)) {
      last_person_ = *found;
      return found;
    }
    if (people_are_listed_) {
      cells.refuse(Code::P108, column, "person", "this person is not in " + born_.name + ".csv");
      return std::nullopt;
    }
    last_person_ = builder_.person(id);
    return last_person_;
  }

  /// One day for each person. The table of `born` is where the people come from.
  void read_days(const law::Fact& fact, const Table& table, const std::string& file, FileProblems& problems) {
    const bool lists_people = fact.name == born_.name;
    const auto person = table.column("person");
    const auto value = table.column("value");
    const auto handle = declare(fact);
    const auto source = builder_.add_source(file);
    if (lists_people && list_side_by_side(table, handle, source)) return;
    std::vector<std::uint32_t> lines(builder_.size(), 0);  // where each person was read
    Cells cells(problems);
    table.for_each_row(problems, [&](const Row& row) {
      cells.use(row);
      const auto day = cells.day(value, "value", Day::end_of_time);
      std::optional<std::uint32_t> who;
      if (!lists_people) {
        who = person_of(person, cells);
      } else if (const auto id = cells.needed(person, "person"); !id.empty()) {
        who = builder_.person(id);
      }
      if (!who) return;
      if (*who >= lines.size()) lines.resize(*who + 1, 0);
      if (lines[*who] != 0) {
        const auto at = csv::place_of(row, person);
        auto problem = error_at(Code::P109, problems.place(at.line, at.column),
                                in_words(row, "person") + ": this person has a row already");
        problem.labels.push_back({problems.place(lines[*who], 1), "here"});
        problems.add(std::move(problem));
        return;
      }
      lines[*who] = row.line;
      if (day) builder_.add(handle, *who, record_of_day(*day, row.cell(value).empty(), {source, row.line}));
    });
  }

  static Record record_of_day(Day day, bool is_blank, RowOrigin origin) {
    Record record;
    record.from = is_blank ? Day::beginning_of_time : day;
    record.until = day;
    record.origin = origin;
    return record;
  }

  /// Lists the people as read_days() does, the table read by as many threads as the machine has; false, and nothing done, when it is too short to share
  /// or something is wrong with a row.
  bool list_side_by_side(const Table& table, std::size_t handle, std::uint32_t source) {
    struct Listed {
      std::vector<std::string> ids;
      std::vector<Record> records;
      bool sound = true;
    };
    const auto person = table.column("person");
    const auto value = table.column("value");
    auto parts = in_stretches(table, [&](const csv::Stretch& stretch) {
      Listed listed;
      FileProblems problems{std::string()};
      Cells cells(problems);
      table.for_each_row(stretch, problems, [&](const Row& row) {
        cells.use(row);
        const auto day = cells.day(value, "value", Day::end_of_time);
        if (!day || cells.needed(person, "person").empty()) return;
        listed.ids.emplace_back(row.cell(person));
        listed.records.push_back(record_of_day(*day, row.cell(value).empty(), {source, row.line}));
      });
      listed.sound = problems.empty();
      return listed;
    });
    if (parts.empty() || std::any_of(parts.begin(), parts.end(), [](const Listed& part) { return !part.sound; })) return false;
    std::vector<std::string> ids;
    for (auto& part : parts) ids.insert(ids.end(), std::make_move_iterator(part.ids.begin()), std::make_move_iterator(part.ids.end()));
    if (!builder_.add_people(std::move(ids))) return false;
    auto rows = builder_.rows_for(handle);
    rows.reserve(builder_.size());
    std::uint32_t who = 0;
    for (const auto& part : parts) {
      for (const auto& record : part.records) rows.add(who++, record);
    }
    builder_.add(handle, std::move(rows));
    return true;
  }

  /// What `read` makes of each stretch of a table, one thread for each; nothing when the table is too short to share.
  template <class Read>
  static auto in_stretches(const Table& table, Read read) -> std::vector<decltype(read(csv::Stretch{}))> {
    const auto stretches = table.stretches(std::max(1U, std::thread::hardware_concurrency()));
    std::vector<decltype(read(csv::Stretch{}))> made;
    if (stretches.size() < 2) return made;
    side_by_side(stretches.size(), 0, [&](std::size_t i) { return read(stretches[i]); }, [&](auto part) { made.push_back(std::move(part)); });
    return made;
  }

  /// Periods, events and numbers.
  void read_rows(const law::Fact& fact, const Table& table, const std::string& file, FileProblems& problems) {
    const auto handle = declare(fact);
    const RowShape shape(fact, table, builder_.add_source(file));
    if (people_are_listed_ && read_side_by_side(shape, table, handle)) return;
    Record record;
    Cells cells(problems);
    table.for_each_row(problems, [&](const Row& row) {
      cells.use(row);
      const auto who = person_of(shape.person, cells);
      if (read_record(row, shape, cells, record) && who) builder_.add(handle, *who, record);
    });
  }

  /// Reads the rows by as many threads as the machine has; false, and nothing done, when they are too few to share or something is wrong with one.
  bool read_side_by_side(const RowShape& shape, const Table& table, std::size_t handle) {
    auto parts = in_stretches(table, [&](const csv::Stretch& stretch) {
      auto rows = builder_.rows_for(handle);
      // The first has room for those that will be added to it.
      const bool is_first = stretch.line == table.body_line();
      rows.reserve((is_first ? table.bytes().size() : stretch.end - stretch.begin) / table.bytes_of_a_row());
      return read_stretch(shape, table, stretch, std::move(rows));
    });
    if (parts.empty() || std::any_of(parts.begin(), parts.end(), [](const auto& rows) { return !rows; })) return false;
    for (auto& rows : parts) builder_.add(handle, std::move(*rows));
    return true;
  }

  /// The rows of a stretch, if nothing is wrong with any.
  std::optional<FactRows> read_stretch(const RowShape& shape, const Table& table, const csv::Stretch& stretch, FactRows rows) const {
    FileProblems problems{std::string()};
    Record record;
    Cells cells(problems);
    std::uint32_t guess = 0;
    bool sound = true;
    table.for_each_row(stretch, problems, [&](const Row& row) {
      if (!sound) return;
      cells.use(row);
      const auto who = builder_.find_person(row.cell(shape.person), guess);
      sound = who && read_record(row, shape, cells, record);
      if (!sound) return;
      guess = *who;
      rows.add(*who, record);
    });
    if (!sound || !problems.empty()) return std::nullopt;
    return rows;
  }

  std::size_t declare(const law::Fact& fact) {
    std::vector<std::string> names;
    if (fact.kind == FactKind::periods || fact.kind == FactKind::events) {
      for (const auto& field : fact.fields) names.push_back(field.name);
    }
    const auto handle = builder_.add_table(fact.name, fact.kind, std::move(names));
    handles_[fact.name] = handle;
    return handle;
  }

  /// On which days the tables are complete.
  void read_recorded(const Table& table, const std::string& file, FileProblems& problems) {
    if (!check_header(table, {"person", "fact", "from", "until"}, {}, problems)) return;
    builder_.add_source(file);
    const auto person = table.column("person");
    const auto fact = table.column("fact");
    const auto from = table.column("from");
    const auto until = table.column("until");
    Cells cells(problems);
    table.for_each_row(problems, [&](const Row& row) {
      cells.use(row);
      const auto who = person_of(person, cells);
      const auto handle = recorded_fact(row.cell(fact), fact, cells);
      const auto begins = cells.day(from, "from", Day::beginning_of_time);
      const auto ends = cells.day(until, "until", Day::end_of_time);
      const bool sound = cells.in_order(begins, ends, until) && who && handle;
      if (sound) builder_.cover(*handle, *who, {{*begins, *ends}});
    });
  }

  /// The table that a row of recorded.csv speaks of; nothing (reported) when there is none.
  std::optional<std::size_t> recorded_fact(std::string_view name, std::size_t column, Cells& cells) {
    if (cells.needed(column, "fact").empty()) return std::nullopt;
    if (const auto found = handles_.find(name); found != handles_.end() && name != born_.name)
      return found->second;
    if (const auto* fact = vocabulary_.fact(name); fact != nullptr && fact->name != born_.name) {
      if (!files_.contains(name)) {
        cells.refuse(Code::P113, column, "fact", "there is no table " + fact->name + ".csv",
                     "add it, with its header alone if there is nothing to record");
      }
      return std::nullopt;
    }
    std::vector<std::string> known;
    for (const auto& fact : vocabulary_.facts) {
      if (fact.name != born_.name) known.push_back(fact.name);
    }
    cells.refuse(Code::P107, column, "fact", "expected the name of a fact", advice_on_word(name, known));
    return std::nullopt;
  }

  std::filesystem::path folder_;
  const law::Vocabulary& vocabulary_;
  law::Fact born_;
  Diagnostics diagnostics_;
  FilesDigest digest_;
  std::map<std::string, std::string, std::less<>> files_;  // of each fact that has one
  std::map<std::string, std::size_t, std::less<>> handles_;
  PeopleBuilder builder_;
  bool people_are_listed_ = false;  // false: `born` could not be read, so nobody can be called a stranger
  std::uint32_t last_person_ = 0;
};

}  // namespace

Checked<People> read_facts(const std::filesystem::path& folder, const law::Vocabulary& vocabulary,
                           const std::string& born, const std::function<void(std::size_t done, std::size_t of)>& progress) {
  return FactsReader(folder, vocabulary, born).read(progress);
}

}  // namespace leavingcare
