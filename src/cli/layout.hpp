// src/cli/layout.hpp
//
// Text that a person reads in a terminal: no line longer than 120 characters.
#pragma once

#include <string_view>

namespace leavingcare::cli {

inline constexpr int widest = 120;

/// Prints a label and words, indented, broken between words where a line would grow too long; what follows stands under the first word.
void print_wrapped(std::string_view label, std::string_view words, int indent);

}  // namespace leavingcare::cli
