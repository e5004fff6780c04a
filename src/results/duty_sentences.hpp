// src/results/duty_sentences.hpp
//
// An obligation as a sentence that a manager could send: "A review of the child's case is 9 days overdue: it was due by 11 October 2022, ..."
#pragma once

#include <leavingcare/evaluate/obligations.hpp>
#include <leavingcare/rulebook/rulebook.hpp>

#include <string>

namespace leavingcare {

/// How an obligation stands on `on`, the day as of which it was found.
[[nodiscard]] std::string in_words(const Obligation& obligation, const CompiledRule& rule, Day on);

/// By what its last day was reckoned: "within 20 working days of 12 September 2022".
[[nodiscard]] std::string reckoning(const Obligation& obligation, const CompiledRule& rule);

}  // namespace leavingcare
