// src/law/indicator_reader.hpp
//
// From the keys of an indicator, or of one of its versions, to its terms.
#pragma once

#include <leavingcare/law/indicators.hpp>

#include "node_reader.hpp"

#include <string>

namespace leavingcare::law {

/// What stands at `node` beside in_force, cite and note. Every problem is reported.
[[nodiscard]] IndicatorTerms read_indicator_terms(const source::Node& node, const std::string& name, NodeReader& read);

}  // namespace leavingcare::law
