// leavingcare/diagnostics/codes.hpp
//
// Every kind of problem has a code that does not change, a title, and an explanation; this is the one table of them.
//
// The letter is the stage that finds it: Y the text of a YAML file, L what a rulebook declares, R what its rules mean, D a council's documents and the ledger
// of what became of them, P people and
// their records, S a scenario, U the way a command was called. tests/command proves that every code has a bad file which provokes it.
// `leavingcare check --codes` prints the table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace leavingcare {

enum class Code : std::uint16_t {
  Y101, Y102, Y103, Y104, Y105, Y106, Y107, Y108, Y109, Y110,
  L101, L102, L103, L104, L105, L106, L107, L108, L109, L110, L111, L112, L113,
  R101, R102, R103, R104, R105, R106, R107, R108, R109, R110, R111, R112, R113, R114, R115, R116,
  D101, D102, D103, D104, D105, D106, D107, D108, D109,
  P101, P102, P103, P104, P105, P106, P107, P108, P109, P110, P111, P112, P113, P114, P115,
  P201, P202, P203, P204, P205, P206, P207, P208, P209, P210, P211, P212, P213, P214, P215, P216, P217,
  S101, S102, S103, S104,
  U101,
};

struct CodeRow {
  Code code;
  std::string_view id;           ///< as it is printed: "L104"
  std::string_view title;        ///< a few words
  std::string_view explanation;  ///< why it is refused, and what to do
};

/// The whole table, in the order of the enumeration.
[[nodiscard]] std::span<const CodeRow> all_codes();

/// The row of one code.
[[nodiscard]] inline const CodeRow& about(Code code) { return all_codes()[static_cast<std::size_t>(code)]; }

}  // namespace leavingcare
