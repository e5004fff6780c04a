// leavingcare/source/node.hpp
//
// A YAML text as a tree in which every node knows its place.
//
// Nothing is typed yet: a scalar is the text that was written ("3.10" stays "3.10", NO stays "NO"), a map keeps its keys in
// order. What a scalar means is decided by the stage that expects a number, a date or a name there.
#pragma once

#include <leavingcare/diagnostics/place.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::source {

enum class NodeKind : std::uint8_t { empty, scalar, list, map };

struct Entry;

struct Node {
  NodeKind kind = NodeKind::empty;
  Place place;
  std::string text;            ///< scalar: as written, quotes removed
  bool quoted = false;         ///< scalar: quoted or a block, so certainly meant as text
  std::vector<Node> items;     ///< list
  std::vector<Entry> entries;  ///< map, keys in the order written; no key twice

  [[nodiscard]] bool is_scalar() const { return kind == NodeKind::scalar; }
  [[nodiscard]] bool is_list() const { return kind == NodeKind::list; }
  [[nodiscard]] bool is_map() const { return kind == NodeKind::map; }

  /// The value under `key` of a map; null when there is none.
  [[nodiscard]] const Node* find(std::string_view key) const;
};

/// A key of a map, with its own place, and its value.
struct Entry {
  std::string key;
  Place key_place;
  Node value;
};

inline const Node* Node::find(std::string_view key) const {
  for (const auto& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

/// "a list", "a map", "text", "nothing": for messages.
[[nodiscard]] inline std::string_view in_words(NodeKind kind) {
  switch (kind) {
    case NodeKind::scalar: return "text";
    case NodeKind::list: return "a list";
    case NodeKind::map: return "a map";
    case NodeKind::empty: break;
  }
  return "nothing";
}

}  // namespace leavingcare::source
