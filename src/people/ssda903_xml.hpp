// The XML form of a return, as the tables that the CSV form has: from here on nothing knows in which form it came.
//
// XML files come from outside and are not trusted. Refused, with the limit named: a file larger than `most_xml_bytes`, more than
// `most_xml_elements` elements or deeper ones than `most_xml_depth`, and any document type, which is how entities are declared. Nothing
// is ever fetched.
#pragma once

#include "ssda903_map.hpp"
#include "text_table.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

namespace leavingcare::ssda903 {

inline constexpr std::size_t most_xml_bytes = std::size_t{256} << 20;
inline constexpr std::size_t most_xml_elements = 8'000'000;
inline constexpr std::size_t most_xml_depth = 32;

struct XmlTable {
  const TableShape* shape = nullptr;
  KeptRows rows;
};

/// True if the file begins as XML does, whatever its name.
[[nodiscard]] bool looks_like_xml(const std::filesystem::path& path);

/// The tables of an XML return, in the order of the map; each that the map gives rows is there, if only without any. None
/// (reported: P101, P114, P216) when the file cannot be used; none, and nothing reported, when it is some other XML than a return.
[[nodiscard]] std::optional<std::vector<XmlTable>> read_xml(const std::filesystem::path& path, const SourceMap& map,
                                                            csv::FileProblems& problems);

}  // namespace leavingcare::ssda903
