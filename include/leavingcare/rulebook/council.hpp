// leavingcare/rulebook/council.hpp
//
// A council: its rulebooks, its documents, and the ledger that accounts for every line of them.
//
// A council's folder holds its rulebook about young people; a folder inside it that holds a file rulebook.yaml is a rulebook of its own, about another
// subject (advisers, the service). `ledger/` and `scenarios/` are no rulebooks. One ledger accounts for them all.
//
// THE ACCOUNT IS COMPLETE BOTH WAYS. Every rule but the definitions is named by an entry; every entry names rules, which cite some of its lines, or the
// reason why there are none; every line of every document is in an entry, or is said to hold no rule, or to be blank. Anything else is a problem of
// the council (codes D101 to D109), told at its place together with all the others.
#pragma once

#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/law/ledger.hpp>
#include <leavingcare/rulebook/rulebook.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare {

struct Council {
  std::vector<std::shared_ptr<const Rulebook>> books;  ///< the one asked for, then those in folders of it, by the folders' names
  std::vector<law::Document> documents;                ///< those that its rulebooks declare
  law::Ledger ledger;

  [[nodiscard]] const Rulebook& book() const { return *books.front(); }
  [[nodiscard]] bool has_ledger() const { return !ledger.documents.empty(); }

  /// A rule of one of its own rulebooks, not of those that they extend; null when there is none of that name.
  [[nodiscard]] const law::Rule* rule(std::string_view name) const;

  /// A parameter that one of its rulebooks may use; null when there is none of that name.
  [[nodiscard]] const law::Parameter* parameter(std::string_view name) const;
};

/// Loads a council's rulebook as load_rulebook() does, the rulebooks in its folders, and its ledger. Every problem of all of them is reported; the account is
/// checked once they can all be read.
[[nodiscard]] Checked<Council> load_council(const std::string& name_or_path);

/// The names of the councils that come with the library, and of those in the folders of LEAVINGCARE_RULES: the folders of councils/ that hold a file rulebook.yaml.
[[nodiscard]] std::vector<std::string> council_names();

/// Whether a rule applies, in words: "in force from 1 July 2016", "in force until 31 March 2018", "proposed: not in force".
[[nodiscard]] std::string standing_in_words(const law::Rule& rule);

}  // namespace leavingcare
