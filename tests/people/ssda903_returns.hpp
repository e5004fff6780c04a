// For the tests of yearly returns: small returns written into a folder, read with the map that is shipped, and what came out in short.
#pragma once

#include <leavingcare/people/join_returns.hpp>
#include <leavingcare/people/read_people.hpp>

#include "people/folder_of_files.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace leavingcare::testing_people {

inline const std::string episode_columns =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n";
inline const std::string header_columns = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n";

/// A row of an episodes file, with a line end.
struct EpisodeRow {
  std::string from, why_begun, legal_status, until, why_ended;
  std::string place = "U6";
  std::string why_moved = {};
  std::string child = "4711";

  [[nodiscard]] std::string text() const {
    return child + "," + from + "," + why_begun + "," + legal_status + ",N1," + place + ",PR1," + until +
           "," + why_ended + "," + why_moved + ",QX1 1AA,QX1 1AB,\n";
  }
};

/// A folder of a year: its name, its episodes; the header has each child once, born on 10 March 2005.
struct ReturnOf {
  std::string folder;
  std::vector<EpisodeRow> rows;

  [[nodiscard]] std::string episodes() const {
    auto text = episode_columns;
    for (const auto& row : rows) text += row.text();
    return text;
  }
  [[nodiscard]] std::string header() const {
    auto text = header_columns;
    std::set<std::string> children;
    for (const auto& row : rows) {
      if (children.insert(row.child).second) text += row.child + ",1,10/03/2005,WBRI,UN3,,\n";
    }
    return text;
  }
};

/// The facts of England's rulebook that a return may tell of.
inline law::Vocabulary england() {
  law::Vocabulary vocabulary;
  const auto add = [&](std::string name, law::FactKind kind, const std::vector<std::string>& fields = {}) {
    law::Fact fact;
    fact.name = std::move(name);
    fact.kind = kind;
    for (const auto& field_name : fields) {
      law::Field field;
      field.name = field_name;
      fact.fields.push_back(std::move(field));
    }
    vocabulary.facts.push_back(std::move(fact));
  };
  using law::FactKind;
  add("date_of_birth", FactKind::day);
  add("care", FactKind::periods, {"legal_status", "placement", "authority", "disputed", "found_by_court"});
  add("living_with_family", FactKind::periods, {"with"});
  add("detained", FactKind::periods, {"kind"});
  add("special_guardianship", FactKind::periods);
  add("placements", FactKind::periods, {"placement"});
  add("looked_after_reviews", FactKind::events);
  add("adopted", FactKind::events);
  add("died", FactKind::events);
  return vocabulary;
}

inline std::filesystem::path shipped_map() {
  return std::filesystem::path(LEAVINGCARE_RULES_FOLDER) / "sources" / "ssda903.yaml";
}

inline Checked<Returns> read_folders(const std::vector<std::filesystem::path>& folders) {
  return read_ssda903(folders, shipped_map(), england());
}

/// Writes a file into a folder of `folder`.
inline void write_in(const Folder& folder, const std::string& inner, const std::string& name,
                     const std::string& text) {
  std::filesystem::create_directories(folder.path() / inner);
  folder.write(inner + "/" + name, text);
}

inline Checked<Returns> read_returns(const std::vector<ReturnOf>& returns) {
  const Folder folder;
  for (const auto& one : returns) {
    write_in(folder, one.folder, "episodes.csv", one.episodes());
    write_in(folder, one.folder, "header.csv", one.header());
  }
  return read_folders({folder.path()});
}

/// "P204 2018-19/episodes.csv:2" for each diagnostic about rows; remarks on which year a folder is (P201) and on ordinary joining (P205) left out.
inline std::vector<std::string> mended(const Diagnostics& diagnostics) {
  std::vector<std::string> all;
  for (const auto& one : diagnostics) {
    if (one.code == Code::P201 || one.code == Code::P205) continue;
    std::string text(about(one.code).id);
    if (!one.labels.empty() && one.labels.front().place.file) {
      const std::filesystem::path name(one.labels.front().place.file->name());
      text += " " + name.parent_path().filename().string() + "/" + name.filename().string();
      if (one.labels.front().place.line > 0) text += ":" + std::to_string(one.labels.front().place.line);
    }
    all.push_back(text);
  }
  return all;
}

/// Rows of a fact for a person: "2018-05-10 2019-04-01 C2", with " ?" when doubtful and no end when open; the first field only.
inline std::vector<std::string> rows_of(const People& people, const std::string& fact,
                                        const std::string& person = "4711") {
  std::vector<std::string> all;
  const auto* table = people.table(fact);
  const auto at = people.find(person);
  if (table == nullptr || at == people.size()) return {"none"};
  for (auto row = table->offsets[at]; row < table->offsets[at + 1]; ++row) {
    auto text = iso(table->from[row]);
    if (table->kind == law::FactKind::periods) text += " " + iso(table->until[row]);
    if (!table->fields.empty()) {
      const auto& field = table->fields.front();
      text += " " + (field.codes[row] == WordColumn::blank
                         ? "-"
                         : field.words[static_cast<std::size_t>(field.codes[row])]);
    }
    if (!table->doubtful.empty() && table->doubtful[row] != 0) text += " ?";
    all.push_back(text);
  }
  return all;
}

/// The days on which a fact is complete for a person: "2018-04-01.." for each span.
inline std::string coverage_of(const People& people, const std::string& fact,
                               const std::string& person = "4711") {
  const auto* table = people.table(fact);
  if (table->covers_all_days) return "always";
  const auto edges = table->coverage[people.find(person)];
  std::string text;
  for (std::size_t i = 0; i < edges.size(); i += 2) {
    text += (text.empty() ? "" : " ") + iso(edges[i]) + ".." + iso(edges[i + 1]);
  }
  return text;
}

}  // namespace leavingcare::testing_people
