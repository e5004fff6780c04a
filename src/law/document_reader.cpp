// src/law/document_reader.cpp
#include "document_reader.hpp"

#include <string>

namespace leavingcare::law {

using source::Node;
using source::NodeKind;

std::vector<Lines> lines_of(const Node& node, std::string_view what, NodeReader& read) {
  const auto written = read.text(node, what);
  if (!node.is_scalar()) return {};
  auto found = read_lines(written);
  if (!found) read.report(Code::D101, node.place, std::string(what) + ": '" + written + "' are no lines of a document", "write 7, 5-11, or \"5-11, 27\"");
  return found.value_or(std::vector<Lines>{});
}

Document read_document(const source::Entry& entry, NodeReader& read) {
  Document document;
  const auto& node = entry.value;
  document.name = entry.key;
  document.place = entry.key_place;
  if (!read.keys(node, "a document", {"title", "publisher", "dated", "undated", "lines", "blank_lines", "without_rules"})) return document;
  if (const auto* title = read.need(node, "title", "document '" + entry.key + "'")) document.title = read.text(*title, "title");
  if (const auto* publisher = read.need(node, "publisher", "document '" + entry.key + "'")) document.publisher = read.text(*publisher, "publisher");
  const auto* dated = node.find("dated");
  const auto* undated = node.find("undated");
  if (dated != nullptr) document.dated = read.day(*dated, "dated");
  if (undated != nullptr) read.choice(*undated, "undated", {"yes"});
  if (dated != nullptr && undated != nullptr) read.report(Code::L101, undated->place, "'undated' stands beside 'dated'");
  if (dated == nullptr && undated == nullptr) {
    read.report(Code::L102, node.place, "document '" + entry.key + "' has no date", "dated: 2015-11-18, or: undated: yes");
  }
  if (const auto* lines = read.need(node, "lines", "document '" + entry.key + "'"); lines != nullptr && read.is(*lines, NodeKind::scalar, "lines")) {
    document.lines = lines->text.size() > 7 ? -1 : detail::digits(lines->text);
    if (document.lines < 1) {
      read.report(Code::L107, lines->place, "lines: '" + lines->text + "' is no number of lines", "how many lines the document has: lines: 861");
      document.lines = 0;
    }
  }
  const auto within = [&](const std::vector<Lines>& lines, const Place& place) {
    for (const auto one : lines) {
      if (document.lines > 0 && one.last > document.lines) {
        read.report(Code::D102, place, "document '" + entry.key + "' has " + std::to_string(document.lines) + " lines, and no line " + std::to_string(one.last));
      }
    }
  };
  if (const auto* blank = node.find("blank_lines")) {
    document.blank = lines_of(*blank, "blank_lines", read);
    within(document.blank, blank->place);
  }
  if (const auto* list = node.find("without_rules"); list != nullptr && read.is(*list, NodeKind::list, "without_rules")) {
    for (const auto& item : list->items) {
      if (!read.keys(item, "lines without rules", {"lines", "because"})) continue;
      WithoutRules one;
      one.place = item.place;
      if (const auto* lines = read.need(item, "lines", "lines without rules")) {
        one.lines = lines_of(*lines, "lines", read);
        one.place = lines->place;
        within(one.lines, one.place);
      }
      if (const auto* because = read.need(item, "because", "lines without rules")) one.because = read.text(*because, "because");
      document.without_rules.push_back(std::move(one));
    }
  }
  return document;
}

}  // namespace leavingcare::law
