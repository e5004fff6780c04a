// src/rulebook/compile.hpp
//
// From declarations to a rulebook: names resolved, rules put in order, expressions turned into shared instructions.
#pragma once

#include <leavingcare/rulebook/rulebook.hpp>

namespace leavingcare {

/// `chain`: the declarations of the national rulebook first, of the one asked for last. Appends every problem found.
[[nodiscard]] Rulebook compile(std::vector<law::Declarations> chain, Diagnostics& problems);

}  // namespace leavingcare
