// leavingcare/law/ledger.hpp
//
// The ledger of a council: what each line of its documents became.
//
//     document: westmarch_offer
//     entries:
//       WES-3:
//         lines: 5-6                        several: "5-6, 9"
//         says: An adviser at 17 and a half          in words of our own, short
//         kind: entitlement
//         state: in_force
//         rules: [westmarch_adviser]        or, instead: not_computable: No date or figure is given.
//
// An entry names the rules that say it, or the reason why no machine can decide it. Both ways the account is complete: every rule of the council is
// named by an entry, every line of the document is in an entry or is said to hold no rule (rulebook/council.hpp checks it).
#pragma once

#include <leavingcare/diagnostics/diagnostic.hpp>
#include <leavingcare/law/documents.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::law {

/// What sort of thing a line of a document says.
enum class EntryKind : std::uint8_t {
  status_definition, entitlement, duty_with_deadline, recurring_cycle, amount_or_limit, authority_limit, workforce_ratio, cohort_kpi, count_target, qualitative,
};
inline constexpr std::string_view entry_kind_words[] = {
    "status definition", "entitlement", "duty with deadline", "recurring cycle", "amount or limit", "authority limit", "workforce ratio",
    "cohort KPI with target", "service or quality count target", "qualitative"};
[[nodiscard]] constexpr std::string_view in_words(EntryKind kind) { return entry_kind_words[static_cast<std::size_t>(kind)]; }

/// How binding it is. Only what is in force, or contracted for, gives anybody anything.
enum class EntryState : std::uint8_t { in_force, in_progress, proposed, contract, plan_target, monitor_only, spent, description };
inline constexpr std::string_view entry_state_keys[] = {"in_force", "in_progress", "proposed", "contract", "plan_target", "monitor_only", "spent", "description"};
inline constexpr std::string_view entry_state_words[] = {"in force", "in progress", "proposed", "contract", "plan target", "monitor only", "spent", "description"};
[[nodiscard]] constexpr std::string_view in_words(EntryState state) { return entry_state_words[static_cast<std::size_t>(state)]; }

/// A word with its place.
struct Named {
  std::string name;
  Place place;
};

struct LedgerEntry {
  std::string id;
  std::string document;
  std::vector<Lines> lines;
  std::string says;             ///< in words of our own
  EntryKind kind = EntryKind::qualitative;
  EntryState state = EntryState::in_force;
  std::vector<Named> rules;     ///< the rules and parameters that say it; none if it is not computable
  std::string not_computable;   ///< why no machine can decide it; empty if rules say it
  std::vector<Named> needs;     ///< what somebody has to supply before the rules answer: parameters, facts
  std::string reads;            ///< how an ambiguity was taken, and the other meaning
  std::string law;              ///< how it stands to the national law
  std::vector<std::string> against;  ///< entries or lines that it contradicts
  Place place;
  Place lines_place;
};

struct Ledger {
  std::vector<LedgerEntry> entries;  ///< in the order of the files' names and of each file
  std::vector<Named> documents;      ///< the one that each file is about
};

/// The ledger files of a rulebook: those in the folder ledger/ beside its files or, for a rulebook of one file x.yaml, the file x.ledger.yaml.
[[nodiscard]] std::vector<std::filesystem::path> ledger_files(const std::filesystem::path& file_or_folder);

/// Reads ledger files. Appends every problem of every file; what could be read comes back all the same.
[[nodiscard]] Ledger read_ledger(const std::vector<std::filesystem::path>& files, Diagnostics& problems);

}  // namespace leavingcare::law
