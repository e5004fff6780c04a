// src/law/document_reader.hpp
//
// One entry of `documents:` in a rulebook.
#pragma once

#include <leavingcare/law/documents.hpp>

#include "node_reader.hpp"

#include <string_view>
#include <vector>

namespace leavingcare::law {

/// The document under a key of `documents`. Problems are reported; what could be read comes back all the same.
[[nodiscard]] Document read_document(const source::Entry& entry, NodeReader& read);

/// Lines as a scalar says them; none (reported, D101) if it says none.
[[nodiscard]] std::vector<Lines> lines_of(const source::Node& node, std::string_view what, NodeReader& read);

}  // namespace leavingcare::law
