// src/law/indicator_reader.cpp
#include "indicator_reader.hpp"

#include <algorithm>

namespace leavingcare::law {
namespace {

using source::Node;
using source::NodeKind;

constexpr const char* comparisons[] = {"at_least", "more_than", "at_most", "less_than", "exactly"};

std::optional<Node> optional_of(const Node& node, const char* key) {
  const auto* found = node.find(key);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

void periods(const Node& node, IndicatorTerms& terms, NodeReader& read) {
  if (!read.keys(node, "periods", {"every", "from"})) return;
  if (const auto* from = read.need(node, "from", "periods")) terms.begins = read.day(*from, "from").value_or(terms.begins);
  const auto* every = read.need(node, "every", "periods");
  if (every == nullptr) return;
  const auto text = read.text(*every, "every");
  const auto length = read_legal_period(text);
  if (every->is_scalar() && (!length || length->count == 0 || length->unit == PeriodUnit::working_days)) {
    read.report(Code::L107, every->place, "'" + text + "' is no length of a period", "write \"3 months\", \"1 year\", \"1 week\"");
  } else if (length) {
    terms.every = *length;
  }
}

void counted(const Node& node, IndicatorTerms& terms, NodeReader& read) {
  if (node.is_scalar()) {
    if (const auto found = read.choice(node, "counted", {"on_the_last_day", "on_any_day"})) terms.counted = static_cast<Counted>(*found);
    return;
  }
  if (!read.keys(node, "counted", {"on", "on_each"})) return;
  if (node.entries.size() != 1) {
    return read.report(Code::L102, node.place, "'counted' says one way of counting", "counted: on_the_last_day, or {on: [{birthday: 19 years}]}");
  }
  const auto& [key, key_place, value] = node.entries.front();
  if (key == "on_each") {
    terms.counted = Counted::on_each;
    terms.each = value;
  } else if (key == "on") {
    terms.counted = Counted::on;
    if (value.is_list() && value.items.empty()) read.report(Code::L102, value.place, "'on' names no day");
    if (value.is_list()) terms.days = value.items;
    else terms.days = {value};
  }
}

void target(const Node& node, IndicatorTerms& terms, NodeReader& read) {
  if (!read.keys(node, "target", {"at_least", "more_than", "at_most", "less_than", "exactly"})) return;
  if (node.entries.size() != 1) return read.report(Code::L102, node.place, "a target is one bound", "target: {at_least: 95}");
  const auto& [key, key_place, value] = node.entries.front();
  const auto known = std::find(std::begin(comparisons), std::end(comparisons), key);
  if (known == std::end(comparisons)) return;  // reported above
  terms.compared = *known;
  terms.target = value;
}

}  // namespace

IndicatorTerms read_indicator_terms(const Node& node, const std::string& name, NodeReader& read) {
  IndicatorTerms terms;
  terms.place = node.place;
  const std::string what = "'" + name + "'";
  if (const auto* found = read.need(node, "periods", what)) periods(*found, terms, read);
  if (const auto* found = node.find("counted")) counted(*found, terms, read);
  terms.among = optional_of(node, "among");
  terms.those = optional_of(node, "those");
  terms.total = optional_of(node, "total");
  terms.out_of = optional_of(node, "out_of");
  if (terms.among.has_value() == terms.total.has_value()) {
    read.report(Code::L102, node.place, what + " counts people or adds up a number: it needs 'among' or 'total', and not both");
  }
  const auto stands_alone = [&](const std::optional<Node>& given, const char* key, const char* needs) {
    if (given) read.report(Code::L101, given->place, std::string("'") + key + "' goes with '" + needs + "'");
  };
  if (!terms.among) stands_alone(terms.those, "those", "among");
  if (!terms.total) stands_alone(terms.out_of, "out_of", "total");
  if (const auto* found = node.find("counted"); found != nullptr && terms.total) {
    read.report(Code::L101, found->place, "'counted' goes with 'among': a total is that of the last day");
  }
  const auto* bound = node.find("target");
  const auto* monitored = node.find("monitor_only");
  if ((bound != nullptr) == (monitored != nullptr)) {
    read.report(Code::L102, node.place, what + " needs 'target' or 'monitor_only: yes', and not both", "target: {at_least: 95}");
  }
  if (bound != nullptr) target(*bound, terms, read);
  if (monitored != nullptr) read.choice(*monitored, "monitor_only", {"yes"});
  return terms;
}

}  // namespace leavingcare::law
