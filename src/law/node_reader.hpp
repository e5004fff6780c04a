// src/law/node_reader.hpp
//
// Small questions to a located tree, each of which reports its own problem and lets the reading go on.
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/diagnostics/diagnostic.hpp>
#include <leavingcare/source/node.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare::law {

class NodeReader {
 public:
  explicit NodeReader(Diagnostics& problems) : problems_(problems) {}

  void report(Code code, const Place& place, std::string message, std::string hint = {}) {
    problems_.push_back(error_at(code, place, std::move(message), std::move(hint)));
  }

  /// Reports every key of the map that is not allowed; false (reported) if it is no map.
  bool keys(const source::Node& node, std::string_view what, std::initializer_list<const char*> allowed) {
    if (!is(node, source::NodeKind::map, what)) return false;
    for (const auto& entry : node.entries) {
      if (std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end()) {
        report(Code::L101, entry.key_place, "unknown key '" + entry.key + "' in " + std::string(what),
               suggest(entry.key, {allowed.begin(), allowed.end()}));
      }
    }
    return true;
  }

  bool is(const source::Node& node, source::NodeKind kind, std::string_view what) {
    if (node.kind == kind) return true;
    report(Code::L103, node.place, std::string(what) + " should be " + std::string(in_words(kind)) +
                                       ", but here stands " + std::string(in_words(node.kind)));
    return false;
  }

  /// The value under a key that must be there; null (reported) when it is not.
  const source::Node* need(const source::Node& node, const char* key, std::string_view what, Code code = Code::L102) {
    const auto* found = node.find(key);
    if (found == nullptr || found->kind == source::NodeKind::empty) {
      report(code, node.place, std::string(what) + " has no '" + key + "'");
      return nullptr;
    }
    return found;
  }

  std::string text(const source::Node& node, std::string_view what) {
    return is(node, source::NodeKind::scalar, what) ? node.text : std::string{};
  }

  std::string text_of(const source::Node& node, const char* key, std::string_view what) {
    const auto* found = node.find(key);
    return found == nullptr ? std::string{} : text(*found, std::string(what) + ", " + key);
  }

  std::vector<std::string> words(const source::Node& node, std::string_view what) {
    std::vector<std::string> found;
    if (node.is_scalar()) return {node.text};
    if (!is(node, source::NodeKind::list, what)) return found;
    for (const auto& item : node.items) found.push_back(text(item, what));
    return found;
  }

  std::optional<Day> day(const source::Node& node, std::string_view what) {
    if (node.is_scalar()) {
      if (const auto found = read_iso_day(node.text)) return found;
      std::string hint = "dates are written YYYY-MM-DD, and must exist";
      if (const auto uk = read_uk_day(node.text)) hint = "write " + iso(*uk);
      report(Code::L106, node.place, std::string(what) + ": '" + node.text + "' is not a date", hint);
      return std::nullopt;
    }
    is(node, source::NodeKind::scalar, what);
    return std::nullopt;
  }

  /// A word of a closed list, as its place in the list.
  std::optional<std::size_t> choice(const source::Node& node, std::string_view what,
                                    const std::vector<std::string>& allowed) {
    const auto written = text(node, what);
    const auto found = std::find(allowed.begin(), allowed.end(), written);
    if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
    if (node.is_scalar()) {
      std::string all;
      for (const auto& word : allowed) all += (all.empty() ? "" : ", ") + word;
      auto hint = suggest(written, allowed);
      report(Code::L112, node.place, std::string(what) + ": '" + written + "' is none of " + all, std::move(hint));
    }
    return std::nullopt;
  }

  /// A name of our own making: lower case letters, digits and underscores, beginning with a letter or digit.
  bool name(const std::string& written, const Place& place) {
    const bool good = !written.empty() && written.front() != '_' &&
                      std::all_of(written.begin(), written.end(), [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                      });
    if (!good) report(Code::L113, place, "'" + written + "' is not a name: use lower case words joined by underscores");
    return good;
  }

 private:
  Diagnostics& problems_;
};

}  // namespace leavingcare::law
