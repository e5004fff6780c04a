// The one file that knows pugixml. The tree is walked once, from the top to the bottom, so places are counted once as well.
#include "ssda903_xml.hpp"

#include <leavingcare/source/read_yaml.hpp>

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace leavingcare::ssda903 {

namespace {

using csv::FileProblems;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Lines and columns of bytes asked for one after another: it counts on from the last, so that a whole file on one line is no burden.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {}

  [[nodiscard]] csv::CellPlace of(std::size_t byte) {
    byte = std::min(byte, text_.size());
    if (byte < byte_) *this = Places(text_);
    for (; byte_ < byte; ++byte_) {
      const auto c = static_cast<unsigned char>(text_[byte_]);
      if (c == '\n') {
        ++place_.line;
        place_.column = 1;
      } else if ((c & 0xC0U) != 0x80U && !(byte_ < byte_order_mark.size() && text_.starts_with(byte_order_mark))) {
        ++place_.column;
      }
    }
    return place_;
  }

 private:
  std::string_view text_;
  std::size_t byte_ = 0;
  csv::CellPlace place_{1, 1};
};

/// Deeper than any return, counted without recursion.
class DepthLimit : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    if (depth() < static_cast<int>(most_xml_depth)) return true;
    at = node.offset_debug();
    return false;
  }
  std::ptrdiff_t at = -1;
};

[[nodiscard]] bool is_element(const pugi::xml_node& node) { return node.type() == pugi::node_element; }

[[nodiscard]] bool has_elements(const pugi::xml_node& node) {
  return std::any_of(node.begin(), node.end(), [](const auto& inner) { return is_element(inner); });
}

/// All text of an element without elements in it.
[[nodiscard]] std::string text_of(const pugi::xml_node& leaf) {
  std::string text;
  for (const auto& part : leaf) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
  }
  return text;
}

/// The values that stand directly in an element, by name. An element has few, so they are looked for one by one.
class Leaves {
 public:
  void clear() { values_.clear(); }
  /// False if there is one of that name already.
  bool add(std::string_view name, std::string value) {
    if (find(name) != nullptr) return false;
    values_.emplace_back(name, std::move(value));
    return true;
  }
  [[nodiscard]] const std::string* find(std::string_view name) const {
    const auto found =
        std::find_if(values_.begin(), values_.end(), [name](const auto& one) { return one.first == name; });
    return found == values_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] bool is_filled(std::string_view name) const {
    const auto* value = find(name);
    return value != nullptr && value->find_first_not_of(" \t\r\n") != std::string::npos;
  }

 private:
  std::vector<std::pair<std::string_view, std::string>> values_;
};

class XmlReader {
 public:
  XmlReader(const SourceMap& map, std::shared_ptr<const std::string> bytes, FileProblems& problems)
      : shape_(*map.xml), bytes_(std::move(bytes)), places_(*bytes_), problems_(problems) {
    for (const auto& table : map.tables) {
      const auto rows = std::find_if(shape_.rows.begin(), shape_.rows.end(),
                                     [&](const auto& one) { return one.table == table.name; });
      if (rows == shape_.rows.end()) continue;
      kinds_.push_back({&table, &*rows, {}, {table.columns, {}, bytes_}});
      for (const auto& column : table.columns) kinds_.back().names.push_back(name_in_xml(column));
    }
  }

  [[nodiscard]] std::optional<std::vector<XmlTable>> read() {
    pugi::xml_document document;
    // The document type is kept only to be refused; the UTF-8 has been checked.
    const auto parsed = document.load_buffer(bytes_->data(), bytes_->size(),
                                             pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
    if (!parsed) {
      refuse(parsed.offset, std::string("expected well-formed XML: ") + parsed.description(),
             "export the return again; nothing of this file was read");
      return std::nullopt;
    }
    pugi::xml_node root;
    for (const auto& node : document) {
      if (node.type() == pugi::node_doctype) {
        refuse(node.offset_debug(), "a document type is not allowed: it may declare entities, and a return has none",
               "take the line <!DOCTYPE ...> out");
        return std::nullopt;
      }
      if (!is_element(node)) continue;
      if (root) {
        refuse(node.offset_debug(), "a second element stands beside the first; a document has one");
        return std::nullopt;
      }
      root = node;
    }
    if (root.name() != shape_.root) return std::vector<XmlTable>{};
    DepthLimit depth;
    root.traverse(depth);
    if (depth.at >= 0) {
      refuse(depth.at, "elements stand more than " + std::to_string(most_xml_depth) +
                           " deep in one another, which is the limit");
      return std::nullopt;
    }
    for (const auto& node : root) {
      if (!is_element(node)) continue;
      if (node.name() == shape_.child) read_child(node);
      else leave_out(node, shape_.root);
    }
    std::vector<XmlTable> tables;
    for (auto& kind : kinds_) tables.push_back({kind.table, std::move(kind.rows)});
    return tables;
  }

 private:
  struct Kind {
    const TableShape* table = nullptr;
    const XmlShape::Rows* which = nullptr;
    std::vector<std::string> names;  // of the columns, as XML has them
    KeptRows rows;
  };

  [[nodiscard]] std::string name_in_xml(const std::string& column) const {
    for (const auto& [name, renamed] : shape_.renamed) {
      if (renamed == column) return name;
    }
    return column;
  }

  void refuse(std::ptrdiff_t byte, const std::string& message, std::string hint = {}) {
    const auto at = places_.of(byte < 0 ? 0 : static_cast<std::size_t>(byte));
    problems_.error(Code::P216, at.line, at.column, message, std::move(hint));
  }

  /// Warned of once for each name in each element: a file may hold thousands.
  void leave_out(const pugi::xml_node& node, const std::string& within) {
    if (left_out_.emplace(within, node.name()).second)
      warn(node, "the element '" + within + "' of the return has no '" + node.name() + "'; it was not read");
  }

  void warn(const pugi::xml_node& node, const std::string& message) {
    const auto byte = node.offset_debug();
    const auto at = places_.of(byte < 0 ? 0 : static_cast<std::size_t>(byte));
    problems_.add({Code::P103, Severity::warning, message, {{problems_.place(at.line, at.column), {}}}, {}});
  }

  [[nodiscard]] bool is_row(std::string_view name) const {
    return name != shape_.shared &&
           std::any_of(kinds_.begin(), kinds_.end(), [name](const auto& kind) { return kind.which->element == name; });
  }

  /// True if some table takes a value of this name from such an element.
  [[nodiscard]] bool is_known(std::string_view name, std::string_view element) const {
    return std::any_of(kinds_.begin(), kinds_.end(), [&](const Kind& kind) {
      if (kind.which->element != element) return false;
      const auto has = [name](const auto& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
      return has(kind.names) || has(kind.which->filled) || kind.which->when_column == name;
    });
  }

  void read_child(const pugi::xml_node& child) {
    shared_.clear();
    for (const auto& node : child) {
      if (node.name() == shape_.shared) read_leaves(node, shape_.shared, shared_);
    }
    for (const auto& node : child) {
      if (!is_element(node)) continue;
      if (node.name() == shape_.shared) {
        add_rows(node, shared_);
        for (const auto& inner : node) {
          if (is_element(inner) && is_row(inner.name())) read_row(inner);
        }
      } else if (is_row(node.name())) {
        read_row(node);
      } else {
        leave_out(node, shape_.child);
      }
    }
  }

  void read_row(const pugi::xml_node& node) {
    Leaves own;
    read_leaves(node, node.name(), own);
    add_rows(node, own);
  }

  void read_leaves(const pugi::xml_node& node, const std::string& element, Leaves& leaves) {
    for (const auto& leaf : node) {
      if (!is_element(leaf) || (element == shape_.shared && is_row(leaf.name()))) continue;
      if (!is_known(leaf.name(), element) || has_elements(leaf)) {
        leave_out(leaf, element);
      } else if (!leaves.add(leaf.name(), text_of(leaf))) {
        warn(leaf, std::string("the element '") + leaf.name() + "' stands twice in one '" + element +
                       "'; the first counts");
      }
    }
  }

  /// A row of each table whose element this is.
  void add_rows(const pugi::xml_node& node, const Leaves& own) {
    for (auto& kind : kinds_) {
      const auto& which = *kind.which;
      if (which.element != node.name()) continue;
      const auto filled = [&](const std::string& name) { return own.is_filled(name); };
      if (!which.filled.empty() && std::none_of(which.filled.begin(), which.filled.end(), filled)) continue;
      if (!which.when_column.empty()) {
        const auto* value = own.find(which.when_column);
        if (value == nullptr || std::find(which.when.begin(), which.when.end(), *value) == which.when.end()) continue;
      }
      const auto byte = node.offset_debug();
      // A name begins one byte after its bracket.
      const auto at = places_.of(byte <= 0 ? 0 : static_cast<std::size_t>(byte) - 1);
      KeptRows::Row row{static_cast<std::uint32_t>(at.line), static_cast<std::uint32_t>(at.column), {}};
      row.cells.reserve(kind.names.size());
      for (const auto& name : kind.names) {
        const auto* value = own.find(name);
        if (value == nullptr) value = shared_.find(name);
        row.cells.push_back(value == nullptr ? std::string() : *value);
      }
      kind.rows.rows.push_back(std::move(row));
    }
  }

  const XmlShape& shape_;
  std::shared_ptr<const std::string> bytes_;
  Places places_;
  FileProblems& problems_;
  std::vector<Kind> kinds_;
  Leaves shared_;
  std::set<std::pair<std::string, std::string>> left_out_;
};

}  // namespace

bool looks_like_xml(const std::filesystem::path& path) {
  std::array<char, 512> start{};
  std::ifstream file(path, std::ios::binary);
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  std::string_view text(start.data(), static_cast<std::size_t>(file.gcount()));
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  // In UTF-16 the bracket has a zero byte on one side; the reader says that it cannot read that.
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return text.substr(2, 2).find('<') != std::string_view::npos;
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '<';
}

std::optional<std::vector<XmlTable>> read_xml(const std::filesystem::path& path, const SourceMap& map,
                                              FileProblems& problems) {
  auto read = source::read_file(path, most_xml_bytes);
  if (!read) {
    for (const auto& one : read.diagnostics()) {
      const bool too_large = one.code == Code::Y102;
      problems.error(too_large ? Code::P216 : Code::P101, 0, 0, one.message, one.hint);
    }
    return std::nullopt;
  }
  const auto bytes = std::make_shared<const std::string>(std::move(read).value());
  if (!csv::is_text(*bytes, "save the file as XML in UTF-8", problems)) return std::nullopt;
  if (static_cast<std::size_t>(std::count(bytes->begin(), bytes->end(), '<')) > 2 * most_xml_elements) {
    problems.error(Code::P216, 0, 0,
                   "there are more than " + std::to_string(most_xml_elements) + " elements, which is the limit");
    return std::nullopt;
  }
  if (!map.xml) return std::vector<XmlTable>{};
  return XmlReader(map, bytes, problems).read();
}

}  // namespace leavingcare::ssda903
