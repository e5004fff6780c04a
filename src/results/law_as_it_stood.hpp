// src/results/law_as_it_stood.hpp
//
// Rules as they are not in the rulebook: one as if its last version had always been in force, one as if the law had not changed on a day.
//
// They are added to a copy of the rulebook under names of their own and evaluated like any other rule.
#pragma once

#include <leavingcare/rulebook/rulebook.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace leavingcare {

/// Adds a rule as if one version of it were in force on all days; gives its place in `book.rules`.
[[nodiscard]] std::uint32_t add_as_always(Rulebook& book, std::uint32_t rule, std::size_t version, const std::string& name);

/// Adds a condition, with its amount, as it would be if nothing in it had changed on `day`; gives its place.
[[nodiscard]] std::uint32_t add_unchanged_on(Rulebook& book, std::uint32_t rule, Day day, const std::string& name);

/// The days on which a rule changed: another version of it began, or a figure that stands in it.
[[nodiscard]] std::vector<Day> changes_of(const Rulebook& book, std::uint32_t rule);

/// Where the value is computed that a rule's versions have while the subject lives; `none` where that does not matter.
[[nodiscard]] std::uint32_t living_of(const Rulebook& book, const CompiledRule& rule);

}  // namespace leavingcare
