// src/law/duty_reader.hpp
//
// The terms of a duty, read from the map of a rule or of one of its versions.
#pragma once

#include <leavingcare/law/duties.hpp>

#include "node_reader.hpp"

#include <string>

namespace leavingcare::law {

/// Reads the terms; puts what makes the duty arise into `trigger`. What is wrong is reported.
[[nodiscard]] DutyTerms read_duty_terms(const source::Node& node, const std::string& name, source::Node& trigger, NodeReader& read);

}  // namespace leavingcare::law
