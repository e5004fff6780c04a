// src/people/case_facts.hpp
//
// Facts about people as somebody writes them by hand, in YAML: a case file, or the people of a scenario.
//
//     facts:
//       date_of_birth: 2008-03-10          a day; or unknown; or none, when the day never comes
//       care:                              periods: a list; `until` left out or blank means it goes on
//         - {from: 2024-01-15, until: 2025-02-01, legal_status: V2}
//         - {from: 2025-03-01, legal_status: C2, certain: no}
//       adopted: [2025-02-01]              events: days, or maps when there are fields: {on: 2025-02-01, ...}
//       caseload: [{from: 2024-01-01, value: 12}]
//       detained: none                     nothing to record; [] says the same
//       in_hospital: unknown               nobody knows; leaving the fact out says the same
//
// A fact is known for those who state it and unknown for the others: their table covers no day. All facts that were not
// mentioned are known to be empty for a person of whom the rest is none; only the day of birth is then still unknown.
#pragma once

#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/law/facts.hpp>
#include <leavingcare/people/people.hpp>
#include <leavingcare/source/node.hpp>

#include <string>
#include <vector>

namespace leavingcare {

/// One person and the `facts` map that is about them.
struct CasePerson {
  std::string id;
  const source::Node* facts = nullptr;
  bool rest_is_none = false;
  Place place;  ///< where the person is named, for complaints
};

/// All of them as one population, in the order given. `born` is the day fact that says when someone was born: always stated, if
/// only as unknown. Problems: P102, P103, P105, P106, P107, P109, P110, P111, P112, P115, each at its place.
[[nodiscard]] Checked<People> people_from_cases(const std::vector<CasePerson>& cases,
                                                const law::Vocabulary& vocabulary, const std::string& born,
                                                std::string digest = {});

}  // namespace leavingcare
