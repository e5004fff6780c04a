// bindings/python/frames.cpp
#include "frames.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <leavingcare/people/people_builder.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "source/digest.hpp"

namespace py = pybind11;

namespace leavingcare::python {
namespace {

using law::FactKind;

constexpr std::string_view certain_field = "certain";
constexpr const char* recorded_name = "recorded";
constexpr std::size_t absent = static_cast<std::size_t>(-1);

/// The problems of one frame. Of each code the first hundred are kept and the others counted: a broken column of a
/// million rows is not a million lines.
class FrameProblems {
 public:
  explicit FrameProblems(const std::string& fact) : frame_(std::make_shared<const SourceFile>("frame '" + fact + "'", std::string())) {}

  /// Row 0 is the frame as a whole.
  void error(Code code, std::size_t row, const std::string& message, std::string hint = {}) {
    constexpr std::size_t most = 100;
    if (++counts_[code] <= most) {
      kept_.push_back(error_at(code, {frame_, static_cast<int>(row), 0, 1}, message, std::move(hint)));
    } else if (counts_[code] == most + 1) {
      kept_.push_back(error_at(code, {frame_, 0, 0, 1}, {}));
      overflow_[code] = kept_.size() - 1;
    }
  }

  void move_to(Diagnostics& diagnostics) {
    for (const auto& [code, place] : overflow_) {
      kept_[place].message = "and " + std::to_string(counts_[code] - 100) + " more of this kind";
    }
    diagnostics.insert(diagnostics.end(), std::make_move_iterator(kept_.begin()), std::make_move_iterator(kept_.end()));
    kept_.clear();
  }

 private:
  std::shared_ptr<const SourceFile> frame_;
  Diagnostics kept_;
  std::map<Code, std::size_t> counts_;
  std::map<Code, std::size_t> overflow_;
};

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

/// A number as short as it can be written.
std::string in_digits(double number) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  return error == std::errc{} ? std::string(digits, end) : std::string();
}

/// A row of a frame: reads its cells, complains of them without repeating them, and writes them down for the digest.
class FrameRows {
 public:
  FrameRows(Frame& frame, FrameProblems& problems)
      : frame_(frame), problems_(problems), written_(frame.columns().size()), date_forms_(frame.columns().size(), DateForm::none) {
    write_line(frame.columns());
  }

  /// False after the last row.
  bool next() {
    if (row_ > 0) write_line(written_);
    if (!frame_.next()) return false;
    ++row_;
    for (auto& cell : written_) cell.clear();
    return true;
  }

  [[nodiscard]] std::size_t row() const { return row_; }
  [[nodiscard]] bool is_a_number(std::size_t column) const {
    const auto kind = at(column).kind;
    return kind == Cell::Kind::whole || kind == Cell::Kind::number;
  }
  [[nodiscard]] std::string digest() { return hash_.finish_hex(); }

  [[nodiscard]] std::size_t column(std::string_view name) const {
    const auto& columns = frame_.columns();
    const auto found = std::find(columns.begin(), columns.end(), name);
    return found == columns.end() ? absent : static_cast<std::size_t>(found - columns.begin());
  }

  void refuse(Code code, std::string_view field, const std::string& what, std::string hint = {}) {
    problems_.error(code, row_, "row " + std::to_string(row_) + ", field '" + std::string(field) + "': " + what, std::move(hint));
  }

  /// A cell as text, blank for a column that is not there; nothing (reported) when it is not text or a whole number.
  std::optional<std::string> text(std::size_t column, std::string_view field) {
    const auto cell = at(column);
    std::optional<std::string> text;
    if (cell.kind == Cell::Kind::blank) text.emplace();
    else if (cell.kind == Cell::Kind::text) text.emplace(trimmed(cell.text));
    else if (cell.kind == Cell::Kind::whole) text.emplace(std::to_string(cell.whole));
    else if (cell.kind == Cell::Kind::truth) text.emplace(cell.whole != 0 ? "yes" : "no");
    else if (cell.kind == Cell::Kind::number && is_whole(cell.number)) text.emplace(std::to_string(static_cast<std::int64_t>(cell.number)));
    if (!text) refuse(Code::P107, field, "expected text or a whole number");
    else note(column, *text);
    return text;
  }

  std::optional<std::string> needed_text(std::size_t column, std::string_view field) {
    auto found = text(column, field);
    if (!found || !found->empty()) return found;
    refuse(Code::P115, field, "must not be blank");
    return std::nullopt;
  }

  /// A date; `blank` when the cell is blank; nothing (reported) when it is no date.
  std::optional<Day> day(std::size_t column, std::string_view field, Day blank) {
    const auto cell = at(column);
    const auto written = cell.kind == Cell::Kind::text ? trimmed(cell.text) : std::string_view{};
    if (cell.kind == Cell::Kind::blank || (cell.kind == Cell::Kind::text && written.empty())) return blank;
    std::optional<Day> day;
    if (cell.kind == Cell::Kind::text) {
      day = day_of_text(column, field, written);
    } else if (cell.kind == Cell::Kind::day) {
      static constexpr Day earliest = day_of(first_year, 1, 1);
      static constexpr Day latest = day_of(last_year, 12, 31);
      if (cell.whole >= earliest.number && cell.whole <= latest.number) day = Day{static_cast<std::int32_t>(cell.whole)};
      else refuse(Code::P105, field, "expected a date between 1900 and 2200");
    } else if (cell.kind == Cell::Kind::moment) {
      refuse(Code::P105, field, "expected a date", "leave out the time of day and the time zone");
    } else {
      refuse(Code::P105, field, "expected a date, or text YYYY-MM-DD or DD/MM/YYYY");
    }
    if (day) note(column, iso(*day));
    return day;
  }

  std::optional<Day> needed_day(std::size_t column, std::string_view field) {
    const auto found = day(column, field, Day::beginning_of_time);
    if (found != Day::beginning_of_time) return found;
    refuse(Code::P115, field, "must not be blank");
    return std::nullopt;
  }

  /// A number that must be there.
  std::optional<double> needed_number(std::size_t column, std::string_view field) {
    const auto cell = at(column);
    const auto written = cell.kind == Cell::Kind::text ? trimmed(cell.text) : std::string_view{};
    std::optional<double> number;
    if (cell.kind == Cell::Kind::blank || (cell.kind == Cell::Kind::text && written.empty())) {
      refuse(Code::P115, field, "must not be blank");
      return std::nullopt;
    }
    if (cell.kind == Cell::Kind::whole) number = static_cast<double>(cell.whole);
    if (cell.kind == Cell::Kind::number && std::isfinite(cell.number)) number = cell.number;
    if (cell.kind == Cell::Kind::text) {
      double value = 0;
      const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
      if (error == std::errc{} && end == written.data() + written.size() && std::isfinite(value)) number = value;
    }
    if (!number) refuse(Code::P111, field, "expected a number such as 12 or 12.5");
    else note(column, in_digits(*number));
    return number;
  }

  /// True unless the period is known to end before it begins (reported).
  bool in_order(std::optional<Day> from, std::optional<Day> until) {
    if (!from || !until) return false;
    if (*until >= *from) return true;
    refuse(Code::P106, "until", "lies before 'from'", "'until' is the first day that no longer counts");
    return false;
  }

 private:
  enum class DateForm : std::uint8_t { none, iso, uk };

  [[nodiscard]] Cell at(std::size_t column) const { return column == absent ? Cell{} : frame_.cell(column); }

  static bool is_whole(double number) {
    constexpr double largest = 9007199254740992.0;  // 2^53: beyond it a double skips whole numbers
    return std::abs(number) < largest && number == std::floor(number);
  }

  /// Text in the form in which the column's first date was written.
  std::optional<Day> day_of_text(std::size_t column, std::string_view field, std::string_view written) {
    const auto as_iso = read_iso_day(written);
    const auto as_uk = read_uk_day(written);
    auto& form = date_forms_[column];
    if (form == DateForm::none && (as_iso || as_uk)) form = as_iso ? DateForm::iso : DateForm::uk;
    const bool other_form = (form == DateForm::iso && as_uk) || (form == DateForm::uk && as_iso);
    if (other_form) {
      refuse(Code::P105, field, "the column mixes YYYY-MM-DD and DD/MM/YYYY", "write all its dates in one form");
      return std::nullopt;
    }
    if (!as_iso && !as_uk) {
      const bool has_time = written.size() > 10 && (read_iso_day(written.substr(0, 10)) || read_uk_day(written.substr(0, 10)));
      const bool has_shape = written.size() == 10 && ((written[4] == '-' && written[7] == '-') || (written[2] == '/' && written[5] == '/'));
      refuse(Code::P105, field, "expected a date written YYYY-MM-DD or DD/MM/YYYY",
             has_time    ? "leave out the time of day"
             : has_shape ? "there is no such day between 1900 and 2200; the day stands before the month where there are slashes"
                         : "");
    }
    return as_iso ? as_iso : as_uk;
  }

  void note(std::size_t column, std::string_view text) {
    if (column != absent) written_[column] = text;
  }

  void write_line(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line += ',';
      if (cells[i].find_first_of(",\"\r\n") == std::string::npos) {
        line += cells[i];
        continue;
      }
      line += '"';
      for (const char c : cells[i]) line += c == '"' ? std::string("\"\"") : std::string(1, c);
      line += '"';
    }
    line += '\n';
    hash_.update(line);
  }

  Frame& frame_;
  FrameProblems& problems_;
  Sha256 hash_;
  std::vector<std::string> written_;
  std::vector<DateForm> date_forms_;
  std::size_t row_ = 0;
};

class FramesReader {
 public:
  FramesReader(const std::map<std::string, std::unique_ptr<Frame>>& frames, const law::Vocabulary& vocabulary, const std::string& born)
      : frames_(frames), vocabulary_(vocabulary) {
    const auto* fact = vocabulary.fact(born);
    if (fact != nullptr) born_ = *fact;
    born_.name = born;
    born_.kind = FactKind::day;
  }

  Checked<FramesRead> read() {
    recognise();
    if (frames_.contains(born_.name)) read_frame(born_);
    for (const auto& fact : vocabulary_.facts) {
      if (fact.name != born_.name && frames_.contains(fact.name)) read_frame(fact);
    }
    if (frames_.contains(recorded_name)) read_recorded();
    if (has_errors(diagnostics_)) return Checked<FramesRead>::refused(std::move(diagnostics_));
    const py::gil_scoped_release others_may_work;
    Sha256 digest;
    for (const auto& [file, one] : digests_) digest.update(one + "  " + file + "\n");
    return {FramesRead{builder_.build(digest.finish_hex()), ids_are_whole_}, std::move(diagnostics_)};
  }

 private:
  void recognise() {
    std::vector<std::string> known = {recorded_name};
    for (const auto& fact : vocabulary_.facts) known.push_back(fact.name);
    for (const auto& [name, frame] : frames_) {
      if (name == born_.name || name == recorded_name || vocabulary_.fact(name) != nullptr) continue;
      FrameProblems problems(name);
      problems.error(Code::P110, 0, "no fact has the name of this frame", suggest(name, known));
      problems.move_to(diagnostics_);
    }
    if (frames_.contains(born_.name)) return;
    FrameProblems problems(born_.name);
    problems.error(Code::P113, 0, "there is no frame '" + born_.name + "', which lists the people", "add it, with the columns person and value");
    problems.move_to(diagnostics_);
  }

  /// Other threads of Python run while rows are read that are no objects of Python.
  static std::unique_ptr<py::gil_scoped_release> let_go_of_python(const Frame& frame) {
    return frame.is_of_python() ? nullptr : std::make_unique<py::gil_scoped_release>();
  }

  static std::vector<std::string> columns_of(FactKind kind) {
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

  /// False when the rows cannot be read with these columns.
  static bool check_columns(const Frame& frame, const std::vector<std::string>& required, const std::vector<std::string>& optional,
                            FrameProblems& problems) {
    auto known = required;
    known.insert(known.end(), optional.begin(), optional.end());
    const auto& columns = frame.columns();
    const auto has = [](const std::vector<std::string>& names, const std::string& name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    bool sound = true;
    for (const auto& name : required) {
      if (has(columns, name)) continue;
      problems.error(Code::P102, 0, "the column '" + name + "' is missing", "expected: " + listed(known));
      sound = false;
    }
    for (auto name = columns.begin(); name != columns.end(); ++name) {
      if (!has(known, *name)) {
        const auto hint = suggest(*name, known);
        // A frame made without names calls its columns after its first row: not a word of it is repeated.
        if (sound) problems.error(Code::P103, 0, "unknown column '" + *name + "'", hint.empty() ? "columns of this frame: " + listed(known) : hint);
      } else if (std::find(columns.begin(), name, *name) != name) {
        problems.error(Code::P103, 0, "the column '" + *name + "' stands twice");
        sound = false;
      }
    }
    return sound;
  }

  void read_frame(const law::Fact& fact) {
    auto& frame = *frames_.at(fact.name);
    const auto others_may_work = let_go_of_python(frame);
    FrameProblems problems(fact.name);
    const bool has_fields = fact.kind == FactKind::periods || fact.kind == FactKind::events;
    auto required = columns_of(fact.kind);
    std::vector<std::string> optional;
    std::vector<std::string> fields;
    if (has_fields) {
      for (const auto& field : fact.fields) {
        (field.required ? required : optional).push_back(field.name);
        fields.push_back(field.name);
      }
      optional.emplace_back(certain_field);
    }
    if (check_columns(frame, required, optional, problems)) {
      if (fact.name == born_.name) people_are_listed_ = true;
      const auto handle = builder_.add_table(fact.name, fact.kind, fields);
      handles_[fact.name] = handle;
      source_ = builder_.add_source("frame '" + fact.name + "'");
      FrameRows rows(frame, problems);
      try {
        if (fact.kind == FactKind::day) read_days(fact, handle, rows);
        else read_rows(fact, handle, rows);
        digests_[fact.name + ".csv"] = rows.digest();
      } catch (const UnreadableFrame& failure) {
        problems.error(Code::P101, 0, failure.what());
      }
    }
    problems.move_to(diagnostics_);
  }

  /// The person of a row; nothing (reported) when blank or not listed.
  std::optional<std::uint32_t> person_of(FrameRows& rows, std::size_t column) {
    const auto id = rows.needed_text(column, "person");
    if (!id) return std::nullopt;
    if (last_person_ && builder_.ids()[*last_person_] == *id) return last_person_;
    if (people_are_listed_ && !builder_.find_person(*id)) {
      rows.refuse(Code::P108, "person", "this person is not in frame '" + born_.name + "'");
      return std::nullopt;
    }
    last_person_ = builder_.person(*id);
    return last_person_;
  }

  [[nodiscard]] RowOrigin origin(const FrameRows& rows) const { return {source_, static_cast<std::uint32_t>(rows.row())}; }

  /// One day for each person. The frame of `born` is where the people come from.
  void read_days(const law::Fact& fact, std::size_t handle, FrameRows& rows) {
    const bool lists_people = fact.name == born_.name;
    const auto person = rows.column("person");
    const auto value = rows.column("value");
    std::vector<std::size_t> seen(builder_.size(), 0);  // the row of each person
    while (rows.next()) {
      if (lists_people) ids_are_whole_ = rows.is_a_number(person) && (rows.row() == 1 || ids_are_whole_);
      const auto day = rows.day(value, "value", Day::end_of_time);
      std::optional<std::uint32_t> who;
      if (!lists_people) who = person_of(rows, person);
      else if (const auto id = rows.needed_text(person, "person")) who = builder_.person(*id);
      if (!who) continue;
      if (*who >= seen.size()) seen.resize(*who + 1, 0);
      if (seen[*who] != 0) {
        rows.refuse(Code::P109, "person", "this person has a row already, row " + std::to_string(seen[*who]));
        continue;
      }
      seen[*who] = rows.row();
      if (!day) continue;
      Record record;
      record.from = *day == Day::end_of_time ? Day::beginning_of_time : *day;
      record.until = *day;
      record.origin = origin(rows);
      builder_.add(handle, *who, record);
    }
  }

  /// Periods, events and numbers.
  void read_rows(const law::Fact& fact, std::size_t handle, FrameRows& rows) {
    const bool is_event = fact.kind == FactKind::events;
    const bool is_number = fact.kind == FactKind::numbers;
    const std::string_view first = is_event ? "on" : "from";
    const auto person = rows.column("person");
    const auto from = rows.column(first);
    const auto until = rows.column("until");
    const auto value = rows.column("value");
    const auto certain = rows.column(certain_field);
    std::vector<std::size_t> columns;
    if (!is_number) {
      for (const auto& field : fact.fields) columns.push_back(rows.column(field.name));
    }
    Record record;
    record.fields.resize(columns.size());
    while (rows.next()) {
      const auto who = person_of(rows, person);
      const auto begins = rows.needed_day(from, first);
      bool sound = who.has_value() && begins.has_value();
      if (!is_event) {
        const auto ends = rows.day(until, "until", Day::end_of_time);
        sound = rows.in_order(begins, ends) && sound;
        record.until = ends.value_or(Day::end_of_time);
      }
      if (is_number) {
        const auto number = rows.needed_number(value, "value");
        sound = sound && number.has_value();
        record.value = number.value_or(0);
      } else {
        const auto word = rows.text(certain, certain_field);
        const bool known = word && (word->empty() || *word == "yes" || *word == "no");
        if (word && !known) rows.refuse(Code::P107, certain_field, "expected yes or no");
        sound = sound && known;
        record.doubtful = known && *word == "no";
      }
      for (std::size_t i = 0; i < columns.size(); ++i) {
        sound = read_word(fact.fields[i], columns[i], rows, record.fields[i]) && sound;
      }
      if (!sound) continue;
      record.from = *begins;
      record.origin = origin(rows);
      builder_.add(handle, *who, record);
    }
  }

  /// A cell of a field, or what its being blank means; false (reported) when the field does not have that word.
  static bool read_word(const law::Field& field, std::size_t column, FrameRows& rows, std::string& word) {
    const auto text = rows.text(column, field.name);
    if (!text) return false;
    word = text->empty() ? field.when_absent : *text;
    const auto& allowed = field.one_of;
    if (!field.unit.empty() && !text->empty()) {
      double number = 0;
      const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
      if (error == std::errc{} && end == text->data() + text->size()) return true;
      rows.refuse(Code::P107, field.name, "expected a number of " + field.unit, "write digits alone: 3500, 71.50");
      return false;
    }
    if (text->empty() || allowed.empty() || std::find(allowed.begin(), allowed.end(), *text) != allowed.end()) return true;
    const auto hint = suggest(*text, allowed);
    rows.refuse(Code::P107, field.name, "expected one of the words this field allows", hint.empty() ? "allowed: " + listed(allowed) : hint);
    return false;
  }

  /// On which days the tables are complete.
  void read_recorded() {
    auto& frame = *frames_.at(recorded_name);
    const auto others_may_work = let_go_of_python(frame);
    FrameProblems problems(recorded_name);
    if (check_columns(frame, {"person", "fact", "from", "until"}, {}, problems)) {
      source_ = builder_.add_source("frame 'recorded'");
      FrameRows rows(frame, problems);
      const auto person = rows.column("person");
      const auto fact = rows.column("fact");
      const auto from = rows.column("from");
      const auto until = rows.column("until");
      try {
        while (rows.next()) {
          const auto who = person_of(rows, person);
          const auto name = rows.needed_text(fact, "fact");
          const auto begins = rows.day(from, "from", Day::beginning_of_time);
          const auto ends = rows.day(until, "until", Day::end_of_time);
          const bool in_order = rows.in_order(begins, ends);
          const auto handle = name ? handles_.find(*name) : handles_.end();
          if (name && (handle == handles_.end() || *name == born_.name)) {
            rows.refuse(Code::P107, "fact", "expected the name of a fact that has a frame");
          } else if (who && name && in_order) {
            builder_.cover(handle->second, *who, {{*begins, *ends}});
          }
        }
        digests_[std::string(recorded_name) + ".csv"] = rows.digest();
      } catch (const UnreadableFrame& failure) {
        problems.error(Code::P101, 0, failure.what());
      }
    }
    problems.move_to(diagnostics_);
  }

  const std::map<std::string, std::unique_ptr<Frame>>& frames_;
  const law::Vocabulary& vocabulary_;
  law::Fact born_;
  Diagnostics diagnostics_;
  PeopleBuilder builder_;
  std::map<std::string, std::size_t> handles_;
  std::map<std::string, std::string> digests_;  // of each frame, as the CSV file it would be
  std::uint32_t source_ = 0;
  bool ids_are_whole_ = false;
  bool people_are_listed_ = false;  // false: `born` could not be read, so nobody can be called a stranger
  std::optional<std::uint32_t> last_person_;
};

}  // namespace

Checked<FramesRead> read_frames(const std::map<std::string, std::unique_ptr<Frame>>& frames, const law::Vocabulary& vocabulary,
                                const std::string& born) {
  return FramesReader(frames, vocabulary, born).read();
}

}  // namespace leavingcare::python
