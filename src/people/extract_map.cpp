// The map of an extract, read strictly: an unknown key, a column of no table, a list of words nobody declared are errors at their place.
#include "extract_map.hpp"

#include "../law/node_reader.hpp"

#include <leavingcare/source/read_yaml.hpp>

#include <algorithm>
#include <utility>

namespace leavingcare::extract {

namespace {

using source::Node;
using source::NodeKind;

[[nodiscard]] char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

class MapReader : private law::NodeReader {
 public:
  /// Reads on top of `before`; a map of nothing before it has to be whole.
  MapReader(ExtractMap before, Diagnostics& problems)
      : NodeReader(problems), map_(std::move(before)), whole_(map_.tables.empty()) {}

  [[nodiscard]] ExtractMap read(const Node& root) {
    const std::string what = "an extract map";
    if (!keys(root, what, {"extract_map", "summary", "sources", "dates", "end_dates", "no_date", "no_value", "window", "tables",
                           "words", "on_each_day", "facts", "recorded_categories", "cannot_know"}))
      return std::move(map_);
    if (const auto* name = need(root, "extract_map", what)) {
      if (whole_) map_.name = text(*name, what);
      else if (text(*name, what) != map_.name)
        report(Code::L112, name->place, "this map is of '" + name->text + "' and would change the map of '" + map_.name + "'");
    }
    if (const auto* dates = take(root, "dates")) {
      map_.iso_dates = map_.uk_dates = false;
      for (const auto& form : words(*dates, "'dates'")) {
        if (form == "YYYY-MM-DD") map_.iso_dates = true;
        else if (form == "DD/MM/YYYY") map_.uk_dates = true;
        else report(Code::L112, dates->place, "'" + form + "' is none of YYYY-MM-DD, DD/MM/YYYY");
      }
    }
    if (const auto* ends = take(root, "end_dates"))
      map_.end_counts = choice(*ends, "'end_dates'", {"not_counted", "counted"}) == std::size_t{1};
    if (const auto* none = root.find("no_date")) {
      for (auto& word : words(*none, "'no_date'")) map_.no_date.push_back(std::move(word));
    }
    if (const auto* none = root.find("no_value")) {
      for (const auto& word : words(*none, "'no_value'")) map_.no_value.push_back(plain(word));
    }
    if (const auto* window = root.find("window")) {
      map_.window = read_legal_period(text(*window, "'window'"));
      if (!map_.window || map_.window->unit == PeriodUnit::working_days)
        report(Code::L107, window->place, "'window' is a period such as 6 years or 6 months");
    }
    each(root, "tables", [this](const auto& entry) { read_table(entry); });
    for (const auto& table : map_.tables) {
      if (table.through) need_column(table.through->table, table.through->key, root.place);
    }
    each(root, "words", [this](const auto& entry) { read_words(entry); });
    each(root, "on_each_day", [this](const auto& entry) { read_daily(entry); });
    each(root, "facts", [this](const auto& entry) { read_fact(entry); });
    if (const auto* categories = root.find("recorded_categories"); categories != nullptr && is(*categories, NodeKind::list, "'recorded_categories'")) {
      map_.categories.clear();
      for (const auto& item : categories->items) {
        const std::string each_what = "an item of 'recorded_categories'";
        if (!keys(item, each_what, {"table", "column", "words"})) continue;
        CategoryColumn one{text_of(item, "table", each_what), text_of(item, "column", each_what), text_of(item, "words", each_what)};
        need_column(one.table, one.column, item.place);
        need_words(one.words, item.place);
        map_.categories.push_back(std::move(one));
      }
    }
    return std::move(map_);
  }

 private:
  /// What a whole map must have, and one that adds to it need not.
  const Node* take(const Node& root, const char* key) {
    return whole_ ? need(root, key, "an extract map") : root.find(key);
  }

  template <class Visit>
  void each(const Node& root, const char* key, Visit visit) {
    const bool needed = std::string_view(key) == "tables" || std::string_view(key) == "facts";
    const auto* found = needed ? take(root, key) : root.find(key);
    if (found == nullptr || !is(*found, NodeKind::map, "'" + std::string(key) + "'")) return;
    for (const auto& entry : found->entries) visit(entry);
  }

  void need_column(const std::string& table, const std::string& column, const Place& place) {
    const auto* shape = map_.table(table);
    if (shape == nullptr) {
      report(Code::L112, place, "there is no table '" + table + "'");
    } else if (!column.empty() && shape->column(column) == shape->columns.size()) {
      std::vector<std::string> names;
      for (const auto& one : shape->columns) names.push_back(one.name);
      report(Code::L112, place, "the table '" + table + "' has no column '" + column + "'", suggest(column, names));
    }
  }

  void need_words(const std::string& name, const Place& place) {
    if (!map_.words.contains(name)) report(Code::L112, place, "there is no list of words '" + name + "'");
  }

  void read_table(const source::Entry& entry) {
    const std::string what = "the table '" + entry.key + "'";
    const auto& node = entry.value;
    if (!keys(node, what, {"summary", "person", "columns", "needs"})) return;
    TableShape table;
    table.name = entry.key;
    if (const auto* columns = need(node, "columns", what)) {
      if (columns->is_map()) {
        for (const auto& column : columns->entries) {
          table.columns.push_back({column.key, words(column.value, what + ", column '" + column.key + "'")});
        }
      } else {
        for (auto& name : words(*columns, what + ", 'columns'")) table.columns.push_back({std::move(name), {}});
      }
    }
    const auto known = std::find_if(map_.tables.begin(), map_.tables.end(), [&](const auto& one) { return one.name == table.name; });
    auto& added = known != map_.tables.end() ? *known = std::move(table) : map_.tables.emplace_back(std::move(table));
    if (const auto* person = need(node, "person", what)) {
      if (person->is_map()) {
        if (keys(*person, what + ", 'person'", {"by", "in", "same_as"})) {
          added.person = text_of(*person, "by", what);
          added.through = PersonThrough{text_of(*person, "in", what), text_of(*person, "same_as", what)};
        }
      } else {
        added.person = text(*person, what + ", 'person'");
      }
      need_column(added.name, added.person, person->place);
    }
    if (const auto* needs = need(node, "needs", what)) {
      added.needs = words(*needs, what + ", 'needs'");
      for (const auto& column : added.needs) need_column(added.name, column, needs->place);
    }
  }

  void read_words(const source::Entry& entry) {
    const std::string what = "the words '" + entry.key + "'";
    if (!keys(entry.value, what, {"summary", "first_word", "known"})) return;
    auto& set = map_.words[entry.key];
    std::map<std::string, std::string> here;
    if (const auto* first = entry.value.find("first_word"))
      set.first_word = choice(*first, what + ", 'first_word'", {"no", "yes"}) == std::size_t{1};
    const auto* known = need(entry.value, "known", what);
    if (known == nullptr || !is(*known, NodeKind::map, what + ", 'known'")) return;
    for (const auto& meaning : known->entries) {
      add_word(here, meaning.key, meaning.key, meaning.key_place, what);
      set.names[plain(meaning.key)] = meaning.key;
      if (meaning.value.kind == NodeKind::empty) continue;
      for (const auto& word : words(meaning.value, what)) add_word(here, word, meaning.key, meaning.value.place, what);
    }
    for (auto& [word, meaning] : here) set.meanings[word] = meaning;
  }

  void add_word(std::map<std::string, std::string>& meanings, const std::string& word, const std::string& meaning,
                const Place& place, const std::string& what) {
    const auto [found, is_new] = meanings.emplace(plain(word), meaning);
    if (!is_new && found->second != meaning)
      report(Code::L108, place, "'" + word + "' of " + what + " means two things: " + found->second + " and " + meaning);
  }

  void read_daily(const source::Entry& entry) {
    const std::string what = "'" + entry.key + "' of 'on_each_day'";
    const auto& node = entry.value;
    if (!keys(node, what, {"table", "from", "until", "column", "words", "only"})) return;
    DailyWord daily{text_of(node, "table", what), text_of(node, "from", what), text_of(node, "until", what),
                    text_of(node, "column", what), text_of(node, "words", what), {}};
    for (const auto* column : {&daily.from, &daily.until, &daily.column}) need_column(daily.table, *column, node.place);
    if (!daily.words.empty()) need_words(daily.words, node.place);
    if (const auto* only = node.find("only")) daily.only = words(*only, what + ", 'only'");
    map_.daily[entry.key] = std::move(daily);
  }

  void read_fact(const source::Entry& entry) {
    const std::string what = "the fact '" + entry.key + "'";
    const auto& node = entry.value;
    if (!keys(node, what, {"rows", "covered", "complete_for", "note"})) return;
    FactSource fact;
    fact.fact = entry.key;
    fact.place = entry.key_place;
    if (const auto* rows = node.find("rows"); rows != nullptr && is(*rows, NodeKind::list, what + ", 'rows'")) {
      for (const auto& item : rows->items) fact.rows.push_back(read_rows(item, "a row of " + what));
    }
    if (const auto* covered = node.find("covered")) {
      for (const auto& word : words(*covered, what + ", 'covered'")) {
        if (word == "always") fact.covered.always = true;
        else if (word == "window") fact.covered.window = true;
        else if (word == "rows") fact.covered.rows = true;
        else if (word == "since_rows") fact.covered.since_rows = true;
        else report(Code::L112, covered->place, "'" + word + "' is none of always, window, rows, since_rows");
      }
    }
    if (const auto* complete = node.find("complete_for"); complete != nullptr && is(*complete, NodeKind::map, what + ", 'complete_for'")) {
      if (complete->entries.size() != 1) report(Code::L103, complete->place, "'complete_for' is one field and its words");
      for (const auto& one : complete->entries) {
        fact.complete_field = one.key;
        fact.complete_words = words(one.value, what + ", 'complete_for'");
      }
    }
    const auto known = std::find_if(map_.facts.begin(), map_.facts.end(), [&](const auto& one) { return one.fact == fact.fact; });
    if (known != map_.facts.end()) *known = std::move(fact);
    else map_.facts.push_back(std::move(fact));
  }

  FactRows read_rows(const Node& node, const std::string& what) {
    FactRows rows;
    rows.place = node.place;
    if (!keys(node, what, {"table", "on", "from", "happened_after", "until", "where", "fields", "one_at_a_time"})) return rows;
    rows.table = text_of(node, "table", what);
    rows.not_when = node.find("happened_after") != nullptr;
    rows.from = text_of(node, rows.not_when ? "happened_after" : node.find("on") != nullptr ? "on" : "from", what);
    rows.until = text_of(node, "until", what);
    if (rows.from.empty()) report(Code::L102, node.place, what + " has none of 'on', 'from' and 'happened_after'");
    need_column(rows.table, rows.from, node.place);
    need_column(rows.table, rows.until, node.place);
    if (const auto* one = node.find("one_at_a_time"))
      rows.one_at_a_time = choice(*one, what + ", 'one_at_a_time'", {"no", "yes"}) == std::size_t{1};
    if (const auto* where = node.find("where"); where != nullptr && is(*where, NodeKind::map, what + ", 'where'")) {
      for (const auto& entry : where->entries) {
        if (!keys(entry.value, what + ", 'where'", {"words", "one_of", "not"})) continue;
        Where test{entry.key, text_of(entry.value, "words", what), {}, {}, entry.key_place};
        need_column(rows.table, test.column, entry.key_place);
        if (!test.words.empty()) need_words(test.words, entry.key_place);
        const auto read_list = [&](const char* key, std::vector<std::string>& list) {
          if (const auto* found = entry.value.find(key)) {
            for (auto& word : words(*found, what + ", 'where'")) list.push_back(test.words.empty() ? plain(word) : std::move(word));
          }
        };
        read_list("one_of", test.one_of);
        read_list("not", test.not_one_of);
        rows.where.push_back(std::move(test));
      }
    }
    if (const auto* fields = node.find("fields"); fields != nullptr && is(*fields, NodeKind::map, what + ", 'fields'")) {
      for (const auto& entry : fields->entries) {
        const auto field = what + ", field '" + entry.key + "'";
        if (!keys(entry.value, field, {"column", "words", "always", "on_each_day"})) continue;
        FieldSource source{entry.key, text_of(entry.value, "column", field), text_of(entry.value, "words", field),
                           text_of(entry.value, "always", field), text_of(entry.value, "on_each_day", field), entry.key_place};
        need_column(rows.table, source.column, entry.key_place);
        if (!source.words.empty()) need_words(source.words, entry.key_place);
        if (!source.on_each_day.empty() && !map_.daily.contains(source.on_each_day))
          report(Code::L112, entry.key_place, "'on_each_day' has no '" + source.on_each_day + "'");
        rows.fields.push_back(std::move(source));
      }
    }
    return rows;
  }

  ExtractMap map_;
  bool whole_;
};

}  // namespace

std::size_t TableShape::column(std::string_view column_name) const {
  return static_cast<std::size_t>(
      std::find_if(columns.begin(), columns.end(), [&](const auto& one) { return one.name == column_name; }) -
      columns.begin());
}

const TableShape* ExtractMap::table(std::string_view table_name) const {
  const auto found =
      std::find_if(tables.begin(), tables.end(), [&](const auto& one) { return one.name == table_name; });
  return found == tables.end() ? nullptr : &*found;
}

std::string plain(std::string_view text) {
  std::string word;
  bool gap = false;
  for (const char c : text) {
    const char letter = small(c);
    // Bytes beyond ASCII are letters: nothing is known of them here.
    const bool counts = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || static_cast<unsigned char>(c) > 0x7F;
    if (!counts) {
      gap = !word.empty();
      continue;
    }
    if (gap) word += ' ';
    gap = false;
    word += letter;
  }
  return word;
}

const std::string* Words::find(std::string_view cell) const {
  const auto look_up = [this](const std::string& word) -> const std::string* {
    if (const auto found = meanings.find(word); found != meanings.end()) return &found->second;
    if (!first_word) return nullptr;
    const auto found = names.find(word.substr(0, word.find(' ')));
    return found == names.end() ? nullptr : &found->second;
  };
  if (const auto* found = look_up(plain(cell))) return found;
  // "k) P1: placed with parents": the lists of Annex A number their words by letters.
  const auto bracket = cell.find(')');
  return bracket == 1 || bracket == 2 ? look_up(plain(cell.substr(bracket + 1))) : nullptr;
}

bool fits(std::string_view pattern, std::string_view heading) {
  std::size_t p = 0;
  std::size_t h = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  while (h < heading.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = h;
    } else if (p < pattern.size() && small(pattern[p]) == small(heading[h])) {
      ++p;
      ++h;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      h = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Checked<ExtractMap> read_extract_map(const std::vector<std::filesystem::path>& files) {
  ExtractMap map;
  Diagnostics problems;
  for (const auto& file : files) {
    auto root = source::read_yaml_file(file);
    problems.insert(problems.end(), root.diagnostics().begin(), root.diagnostics().end());
    if (root) map = MapReader(std::move(map), problems).read(root.value());
  }
  if (has_errors(problems)) return Checked<ExtractMap>::refused(std::move(problems));
  return {std::move(map), std::move(problems)};
}

}  // namespace leavingcare::extract
