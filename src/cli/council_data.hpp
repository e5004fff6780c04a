// src/cli/council_data.hpp
//
// The data of a council: one folder for each of its rulebooks, about young people, advisers, the service.
#pragma once

#include "command.hpp"

#include <vector>

namespace leavingcare::cli {

/// Loads rules and people as the inputs say. If the folder of fact tables holds folders named like rulebooks of the council, each is loaded with that
/// rulebook; `--parameter` and `--reading` go to those that know them. Else it is one rulebook, and one folder. Stops, as load() does, on any problem.
std::vector<Loaded> load_council_data(const Inputs& inputs);

}  // namespace leavingcare::cli
