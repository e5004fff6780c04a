// src/rulebook/compile.hpp
//
// From declarations to a rulebook: names resolved, rules put in order, expressions turned into shared instructions.
#pragma once

#include <leavingcare/rulebook/rulebook.hpp>

namespace leavingcare {

/// `chain`: the declarations of the national rulebook first, of the one asked for last. Appends every problem found.
/// `working_days`: the calendar that they name, or null.
[[nodiscard]] Rulebook compile(std::vector<law::Declarations> chain, std::shared_ptr<const WorkingDays> working_days, const GivenParameters& given, Diagnostics& problems);

}  // namespace leavingcare
