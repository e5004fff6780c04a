// The source map, read strictly: an unknown key, a column of no table, a code nobody declared are errors at their place.
#include "ssda903_map.hpp"

#include <leavingcare/source/read_yaml.hpp>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace leavingcare::ssda903 {

namespace {

using source::Node;
using source::NodeKind;

[[nodiscard]] bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class MapReader {
 public:
  [[nodiscard]] SourceMap read(const Node& root) {
    keys(root, "a source map",
         {"source_map", "summary", "sources", "dates", "collection_year", "person", "tables", "xml", "episodes",
          "codes", "facts", "cannot_know"});
    static_cast<void>(text_of(root, "source_map", "a source map"));
    static_cast<void>(text_of(root, "summary", "a source map"));
    if (const auto* dates = need(root, "dates", "a source map")) {
      map_.dates =
          choice<DateForm>(*dates, {{"DD/MM/YYYY", DateForm::day_first}, {"YYYY-MM-DD", DateForm::iso}});
    }
    read_collection_year(root);
    map_.person = text_of(root, "person", "a source map");
    for_each_entry(root, "tables", [this](const auto& name, const auto& place, const auto& node) {
      read_table(name, place, node);
    });
    if (const auto* xml = root.find("xml")) read_xml(*xml);
    for_each_entry(root, "codes", [this](const auto& name, const auto& place, const auto& node) {
      read_codes(name, place, node);
    });
    if (const auto* episodes = need(root, "episodes", "a source map")) read_episodes(*episodes);
    for_each_entry(root, "facts", [this](const auto& name, const auto& place, const auto& node) {
      read_fact(name, place, node);
    });
    return std::move(map_);
  }

  [[nodiscard]] Diagnostics& problems() { return problems_; }

 private:
  // -- questions to a node, each of which tells its own problem --

  void report(Code code, const Place& place, std::string message, std::string hint = {}) {
    problems_.push_back(error_at(code, place, std::move(message), std::move(hint)));
  }

  bool is(const Node& node, NodeKind kind, const std::string& what) {
    if (node.kind == kind) return true;
    report(Code::L103, node.place,
           what + " should be " + std::string(in_words(kind)) + ", but here stands " +
               std::string(in_words(node.kind)));
    return false;
  }

  bool keys(const Node& node, const std::string& what, std::initializer_list<const char*> allowed) {
    if (!is(node, NodeKind::map, what)) return false;
    for (const auto& entry : node.entries) {
      if (std::find(allowed.begin(), allowed.end(), entry.key) != allowed.end()) continue;
      report(Code::L101, entry.key_place, "unknown key '" + entry.key + "' in " + what,
             suggest(entry.key, {allowed.begin(), allowed.end()}));
    }
    return true;
  }

  const Node* need(const Node& node, const char* key, const std::string& what) {
    const auto* found = node.find(key);
    if (found != nullptr && found->kind != NodeKind::empty) return found;
    report(Code::L102, node.place, what + " has no '" + key + "'");
    return nullptr;
  }

  std::string text(const Node& node, const std::string& what) {
    return is(node, NodeKind::scalar, what) ? node.text : std::string();
  }

  std::string text_of(const Node& node, const char* key, const std::string& what) {
    const auto* found = need(node, key, what);
    return found == nullptr ? std::string() : text(*found, what + ", '" + key + "'");
  }

  std::vector<std::string> words_of(const Node& node, const char* key, const std::string& what) {
    std::vector<std::string> words;
    const auto* found = need(node, key, what);
    if (found == nullptr || !is(*found, NodeKind::list, what + ", '" + key + "'")) return words;
    for (const auto& item : found->items) words.push_back(text(item, what + ", an item of '" + key + "'"));
    return words;
  }

  template <class Visit>
  void for_each_entry(const Node& root, const char* key, Visit visit) {
    const auto* found = need(root, key, "a source map");
    if (found == nullptr || !is(*found, NodeKind::map, "'" + std::string(key) + "'")) return;
    for (const auto& entry : found->entries) visit(entry.key, entry.key_place, entry.value);
  }

  template <class Value>
  Value choice(const Node& node, std::initializer_list<std::pair<const char*, Value>> options) {
    std::string all;
    std::vector<std::string> known;
    for (const auto& [word, value] : options) {
      if (node.is_scalar() && node.text == word) return value;
      all += (all.empty() ? "" : ", ") + std::string(word);
      known.emplace_back(word);
    }
    report(Code::L112, node.place, "'" + node.text + "' is none of " + all, suggest(node.text, known));
    return options.begin()->second;
  }

  // -- the parts of a map --

  void read_collection_year(const Node& root) {
    const auto* year = need(root, "collection_year", "a source map");
    if (year == nullptr || !keys(*year, "'collection_year'", {"begins"})) return;
    const auto* begins = need(*year, "begins", "'collection_year'");
    if (begins == nullptr) return;
    // Read as a date of a common year, so that 29 February is refused.
    if (const auto day = read_iso_day("2001-" + text(*begins, "'begins'"))) {
      const auto date = civil(*day);
      map_.year_begins = date.month() / date.day();
    } else {
      report(Code::L106, begins->place, "'begins' should be a month and a day of every year",
             "write it as 04-01");
    }
  }

  void read_table(const std::string& name, const Place& place, const Node& node) {
    const std::string what = "the table '" + name + "'";
    if (!keys(node, what, {"summary", "columns", "optional"})) return;
    static_cast<void>(text_of(node, "summary", what));
    TableShape table{name, words_of(node, "columns", what), {}, place};
    if (node.find("optional") != nullptr) table.optional = words_of(node, "optional", what);
    for (const auto& column : table.optional) need_column(table, column, node.find("optional")->place);
    need_column(table, map_.person, place);
    map_.tables.push_back(std::move(table));
  }

  void need_column(const TableShape& table, const std::string& column, const Place& place) {
    if (column.empty() || contains(table.columns, column)) return;
    report(Code::L112, place, "the table '" + table.name + "' has no column '" + column + "'",
           suggest(column, table.columns));
  }

  void read_codes(const std::string& column, const Place& place, const Node& node) {
    const std::string what = "the codes of '" + column + "'";
    if (!keys(node, what, {"summary", "may_be_blank", "known"})) return;
    if (std::none_of(map_.tables.begin(), map_.tables.end(),
                     [&](const auto& table) { return contains(table.columns, column); })) {
      report(Code::L112, place, "no table has a column '" + column + "'");
    }
    static_cast<void>(text_of(node, "summary", what));
    CodeSet set;
    set.column = column;
    if (const auto* blank = node.find("may_be_blank"))
      set.may_be_blank = choice<bool>(*blank, {{"true", true}, {"false", false}});
    const auto* known = need(node, "known", what);
    if (known == nullptr || !is(*known, NodeKind::list, what)) return;
    for (const auto& item : known->items) read_code(item, set);
    map_.codes.push_back(std::move(set));
  }

  void read_code(const Node& node, CodeSet& set) {
    const std::string what = "a code of '" + set.column + "'";
    if (!keys(node, what, {"code", "means", "does", "same_placement", "first_year", "last_year"})) return;
    const auto code = text_of(node, "code", what);
    static_cast<void>(text_of(node, "means", what));
    CodeMeaning meaning;
    if (const auto* does = node.find("does")) {
      meaning.role = choice<Role>(*does, {{"begins_care", Role::begins_care},
                                          {"continues_care", Role::continues_care},
                                          {"end_made_up", Role::end_made_up}});
    }
    if (const auto* same = node.find("same_placement"))
      meaning.same_placement = choice<bool>(*same, {{"yes", true}, {"no", false}});
    if (const auto* year = node.find("first_year")) meaning.first_year = collection_year(*year);
    if (const auto* year = node.find("last_year")) meaning.last_year = collection_year(*year);
    if (!set.known.emplace(code, meaning).second) {
      report(Code::L108, node.place, "the code '" + code + "' of '" + set.column + "' is listed twice");
    }
  }

  /// A year written as 2018-19, by the calendar year in which it begins.
  int collection_year(const Node& node) {
    const std::string_view written = node.text;
    const int begins = written.size() == 7 && written[4] == '-' ? detail::digits(written.substr(0, 4)) : -1;
    const int ends = begins < 0 ? -1 : detail::digits(written.substr(5));
    if (ends >= 0 && (begins + 1) % 100 == ends) return begins;
    report(Code::L106, node.place, "'" + node.text + "' is not a collection year", "write it as 2018-19");
    return first_year;
  }

  void read_xml(const Node& node) {
    const std::string what = "'xml'";
    if (!keys(node, what, {"root", "child", "shared", "renamed", "rows"})) return;
    XmlShape shape;
    shape.root = text_of(node, "root", what);
    shape.child = text_of(node, "child", what);
    shape.shared = text_of(node, "shared", what);
    if (const auto* renamed = node.find("renamed"); renamed != nullptr && is(*renamed, NodeKind::map, what + ", 'renamed'")) {
      for (const auto& entry : renamed->entries) shape.renamed[entry.key] = text(entry.value, what + ", 'renamed'");
    }
    if (const auto* rows = need(node, "rows", what); rows != nullptr && is(*rows, NodeKind::map, what + ", 'rows'")) {
      for (const auto& entry : rows->entries) read_xml_rows(entry.key, entry.key_place, entry.value, shape);
    }
    map_.xml = std::move(shape);
  }

  void read_xml_rows(const std::string& table, const Place& place, const Node& node, XmlShape& shape) {
    const std::string what = "the rows of '" + table + "' in XML";
    if (need_table(table, place) == nullptr || !keys(node, what, {"element", "filled", "when"})) return;
    XmlShape::Rows rows;
    rows.table = table;
    rows.element = text_of(node, "element", what);
    if (node.find("filled") != nullptr) rows.filled = words_of(node, "filled", what);
    if (const auto* when = node.find("when"); when != nullptr && is(*when, NodeKind::map, what + ", 'when'")) {
      if (when->entries.size() != 1) report(Code::L103, when->place, what + ", 'when' should name one element and its values");
      for (const auto& entry : when->entries) {
        rows.when_column = entry.key;
        rows.when = words_of(*when, entry.key.c_str(), what);
      }
    }
    shape.rows.push_back(std::move(rows));
  }

  void read_episodes(const Node& node) {
    const std::string what = "'episodes'";
    if (!keys(node, what, {"table", "first_day", "end", "why_begun", "why_ended", "why_moved"})) return;
    auto& columns = map_.episodes;
    columns.table = text_of(node, "table", what);
    const auto* table = need_table(columns.table, node.place);
    const auto take = [&](const char* key, std::string& column) {
      column = text_of(node, key, what);
      if (table != nullptr) need_column(*table, column, node.place);
    };
    take("first_day", columns.first_day);
    take("end", columns.end);
    take("why_begun", columns.why_begun);
    take("why_ended", columns.why_ended);
    take("why_moved", columns.why_moved);
    for (const auto* column : {&columns.why_begun, &columns.why_ended, &columns.why_moved})
      need_codes(*column, node.place);
  }

  const TableShape* need_table(const std::string& name, const Place& place) {
    const auto* table = map_.table(name);
    if (table == nullptr && !name.empty()) report(Code::L112, place, "there is no table '" + name + "'");
    return table;
  }

  const CodeSet* need_codes(const std::string& column, const Place& place) {
    const auto* codes = map_.codes_of(column);
    if (codes == nullptr && !column.empty())
      report(Code::L112, place, "'" + column + "' has no list of codes");
    return codes;
  }

  /// `{COLUMN: [CODE, ...]}`: the column; the codes go to `codes`.
  std::string read_when(const Node& node, const std::string& what, std::vector<std::string>& codes) {
    if (!is(node, NodeKind::map, what)) return {};
    if (node.entries.size() != 1) {
      report(Code::L103, node.place, what + " should name one column and its codes");
      return {};
    }
    const auto& entry = node.entries.front();
    codes = words_of(node, entry.key.c_str(), what);
    if (const auto* set = need_codes(entry.key, entry.key_place)) {
      for (const auto& code : codes) {
        if (set->find(code) == nullptr)
          report(Code::L112, entry.value.place, "'" + entry.key + "' has no code '" + code + "'");
      }
    }
    return entry.key;
  }

  void read_fact(const std::string& name, const Place& place, const Node& node) {
    const std::string what = "the fact '" + name + "'";
    FactSource fact;
    fact.fact = name;
    fact.place = place;
    const auto* takes = is(node, NodeKind::map, what) ? need(node, "takes", what) : nullptr;
    if (takes == nullptr) return;
    fact.takes = choice<Takes>(
        *takes, {{"birth", Takes::birth}, {"episodes", Takes::episodes}, {"placements", Takes::placements},
                 {"ends", Takes::ends}, {"events", Takes::events}, {"nothing", Takes::nothing}});
    switch (fact.takes) {
      case Takes::birth:
        read_birth(node, what, fact);
        break;
      case Takes::episodes:
      case Takes::placements:
        keys(node, what, {"takes", "fields", "covered", "note"});
        if (const auto* fields = need(node, "fields", what)) read_fields(*fields, what, fact);
        break;
      case Takes::ends:
        read_ends(node, what, fact);
        break;
      case Takes::events:
        read_events(node, what, fact);
        break;
      case Takes::nothing:
        keys(node, what, {"takes", "complete_for", "note"});
        if (const auto* complete = need(node, "complete_for", what); complete != nullptr && is(*complete, NodeKind::map, what)) {
          if (complete->entries.size() != 1) report(Code::L103, complete->place, "'complete_for' is one field and its words");
          for (const auto& entry : complete->entries) {
            fact.complete_field = entry.key;
            fact.complete_words = words_of(*complete, entry.key.c_str(), what);
          }
        }
        break;
    }
    if (fact.takes != Takes::birth && fact.takes != Takes::nothing) {
      if (const auto* covered = need(node, "covered", what)) {
        fact.covered = choice<Covered>(
            *covered, {{"always", Covered::always},
                       {"years_given", Covered::years_given},
                       {"years_given_until_it_begins", Covered::years_given_until_it_begins},
                       {"years_with_the_table", Covered::years_with_the_table}});
        if ((fact.takes == Takes::events) != (fact.covered == Covered::years_with_the_table)) {
          report(Code::L112, covered->place,
                 "'years_with_the_table' is for what 'takes: events', which can be covered in no other way");
        }
      }
    }
    map_.facts.push_back(std::move(fact));
  }

  void read_birth(const Node& node, const std::string& what, FactSource& fact) {
    keys(node, what, {"takes", "column", "tables", "note"});
    fact.column = text_of(node, "column", what);
    fact.tables = words_of(node, "tables", what);
    for (const auto& name : fact.tables) {
      if (const auto* table = need_table(name, node.place)) need_column(*table, fact.column, node.place);
    }
  }

  void read_events(const Node& node, const std::string& what, FactSource& fact) {
    keys(node, what, {"takes", "table", "on", "when", "covered", "note"});
    fact.tables = {text_of(node, "table", what)};
    fact.column = text_of(node, "on", what);
    const auto* table = need_table(fact.tables.front(), node.place);
    if (table != nullptr) need_column(*table, fact.column, node.place);
    if (const auto* when = node.find("when")) {
      fact.when_column = read_when(*when, what + ", 'when'", fact.when);
      if (table != nullptr && !fact.when_column.empty()) need_column(*table, fact.when_column, when->place);
    }
  }

  void read_fields(const Node& node, const std::string& what, FactSource& fact) {
    if (!is(node, NodeKind::map, what + ", 'fields'")) return;
    const auto* table = map_.table(map_.episodes.table);
    for (const auto& entry : node.entries) {
      const std::string field = what + ", field '" + entry.key + "'";
      if (!keys(entry.value, field, {"column", "always"})) continue;
      FieldSource source{entry.key, {}, {}, entry.key_place};
      const auto* always = entry.value.find("always");
      if (always != nullptr) {
        source.always = text(*always, field);
      } else {
        source.column = text_of(entry.value, "column", field);
        if (table != nullptr) need_column(*table, source.column, entry.value.place);
        need_codes(source.column, entry.value.place);
      }
      fact.fields.push_back(std::move(source));
    }
  }

  void read_ends(const Node& node, const std::string& what, FactSource& fact) {
    keys(node, what, {"takes", "when", "covered", "unknown_after", "note"});
    if (const auto* when = need(node, "when", what)) {
      const auto column = read_when(*when, what + ", 'when'", fact.when);
      fact.when_column = column;
      if (!column.empty() && column != map_.episodes.why_ended) {
        report(Code::L112, when->place, "an end is known by its reason, '" + map_.episodes.why_ended + "'");
      }
    }
    const auto* unknown = node.find("unknown_after");
    const std::string part = what + ", 'unknown_after'";
    if (unknown == nullptr || !keys(*unknown, part, {"table", "when", "not_yet"})) return;
    HappenedSomeDay rows;
    rows.table = text_of(*unknown, "table", part);
    const auto* table = need_table(rows.table, unknown->place);
    const auto* when = need(*unknown, "when", part);
    if (when == nullptr) return;
    rows.column = read_when(*when, part + ", 'when'", rows.happened);
    if (table != nullptr) need_column(*table, rows.column, when->place);
    if (const auto* not_yet = unknown->find("not_yet")) {
      if (read_when(*not_yet, part + ", 'not_yet'", rows.not_yet) != rows.column) {
        report(Code::L112, not_yet->place, "'not_yet' should be told by the column of 'when'");
      }
    }
    fact.unknown_after = std::move(rows);
  }

  SourceMap map_;
  Diagnostics problems_;
};

}  // namespace

const TableShape* SourceMap::table(std::string_view name) const {
  const auto found =
      std::find_if(tables.begin(), tables.end(), [name](const auto& one) { return one.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

const CodeSet* SourceMap::codes_of(std::string_view column) const {
  const auto found =
      std::find_if(codes.begin(), codes.end(), [column](const auto& one) { return one.column == column; });
  return found == codes.end() ? nullptr : &*found;
}

int SourceMap::year_of(Day day) const {
  const int year = static_cast<int>(civil(day).year());
  return day < first_day_of(year) ? year - 1 : year;
}

std::string year_in_words(const SourceMap& map, int year) {
  if (map.year_begins == std::chrono::January / 1) return std::to_string(year);
  const auto ends = std::to_string((year + 1) % 100);
  return std::to_string(year) + "-" + (ends.size() == 1 ? "0" : "") + ends;
}

Checked<SourceMap> read_source_map(const std::filesystem::path& file) {
  auto root = source::read_yaml_file(file);
  if (!root) return Checked<SourceMap>::refused(root.diagnostics());
  MapReader reader;
  auto map = reader.read(root.value());
  auto problems = root.diagnostics();
  problems.insert(problems.end(), reader.problems().begin(), reader.problems().end());
  if (has_errors(problems)) return Checked<SourceMap>::refused(std::move(problems));
  return {std::move(map), std::move(problems)};
}

}  // namespace leavingcare::ssda903
