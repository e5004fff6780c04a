// src/law/duty_reader.cpp
#include "duty_reader.hpp"

#include <algorithm>

namespace leavingcare::law {
namespace {

using source::Node;
using source::NodeKind;

std::optional<Node> optional_of(const Node& node, const char* key) {
  const auto* found = node.find(key);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

/// Puts what makes the duty arise into `trigger`; leaves it empty where that was reported.
void arising(const Node& node, DutyTerms& terms, Node& trigger, NodeReader& read) {
  if (!read.keys(node, "arises", {"when", "on_each", "at_end_of", "with_each", "after_each", "on"})) return;
  if (node.entries.size() != 1) {
    return read.report(Code::L102, node.place, "'arises' says one thing that makes the duty arise", "arises: {when: looked_after}");
  }
  const auto& [key, key_place, value] = node.entries.front();
  for (std::size_t i = 0; i < std::size(arises_words); ++i) {
    if (key == arises_words[i]) terms.arises = static_cast<Arises>(i);
  }
  if (terms.arises != Arises::with_each && terms.arises != Arises::after_each) {
    trigger = value;
    return;
  }
  // With each record: the condition that goes with it is that such a record holds the day.
  if (!value.is_scalar()) {
    const bool keys_known = read.keys(value, "with_each", {"fact", "where"}) &&
                            std::all_of(value.entries.begin(), value.entries.end(), [](const auto& one) { return one.key == "fact" || one.key == "where"; });
    if (!value.is_map() || read.need(value, "fact", key) == nullptr || !keys_known) return;
  }
  trigger.kind = NodeKind::map;
  trigger.place = value.place;
  trigger.entries.push_back({"during", key_place, value});
}

DueStep step(const Node& node, NodeReader& read) {
  DueStep made;
  made.place = node.place;
  if (!read.keys(node, "a step of 'due'", {"within", "by", "on_the_day", "before_next", "opens_after", "suggested"})) return made;
  int ways = 0;
  for (std::size_t i = 1; i < std::size(last_day_words); ++i) {
    const auto* value = node.find(last_day_words[i]);
    if (value == nullptr) continue;
    made.last = static_cast<LastDay>(i);
    made.value = *value;
    ++ways;
  }
  if (ways > 1) read.report(Code::L102, node.place, "a step has one last day", "keep one of within, by, on_the_day, before_next");
  if (made.last == LastDay::on_the_day) read.choice(made.value, "on_the_day", {"yes"});
  made.opens_after = optional_of(node, "opens_after");
  made.suggested = optional_of(node, "suggested");
  return made;
}

void intervals(const Node& node, DutyTerms& terms, NodeReader& read) {
  if (node.is_scalar()) {
    terms.then_every.push_back({node, std::nullopt, std::nullopt, std::nullopt, node.place});
    return;
  }
  if (!read.is(node, NodeKind::list, "then_every")) return;
  if (node.items.empty()) read.report(Code::L102, node.place, "'then_every' names no interval");
  for (const auto& item : node.items) {
    if (!read.keys(item, "an interval", {"every", "while", "for", "until"})) continue;
    Interval made;
    made.place = item.place;
    const auto* every = read.need(item, "every", "an interval");
    if (every == nullptr) continue;
    made.every = *every;
    made.while_ = optional_of(item, "while");
    made.for_ = optional_of(item, "for");
    made.until = optional_of(item, "until");
    terms.then_every.push_back(std::move(made));
  }
}

}  // namespace

DutyTerms read_duty_terms(const Node& node, const std::string& name, Node& trigger, NodeReader& read) {
  DutyTerms terms;
  const std::string what = "'" + name + "'";
  if (const auto* arises = read.need(node, "arises", what)) arising(*arises, terms, trigger, read);
  if (const auto* done = read.need(node, "done_by", what)) terms.done_by = *done;
  terms.only_if = optional_of(node, "only_if");
  terms.owed_while = optional_of(node, "owed_while");
  terms.waived_when = optional_of(node, "waived_when");
  if (const auto* counts = node.find("done_counts")) {
    const auto found = read.choice(*counts, "done_counts", {done_counts_words, done_counts_words + std::size(done_counts_words)});
    if (found) terms.done_counts = static_cast<DoneCounts>(*found);
  }
  if (const auto* due = node.find("due")) {
    if (due->is_list()) {
      if (due->items.empty()) read.report(Code::L102, due->place, "'due' has no step");
      for (const auto& item : due->items) terms.due.push_back(step(item, read));
    } else {
      terms.due.push_back(step(*due, read));
    }
  }
  if (const auto* every = node.find("then_every")) intervals(*every, terms, read);
  if (terms.due.empty() && terms.then_every.empty() && node.find("due") == nullptr && node.find("then_every") == nullptr) {
    read.report(Code::L102, node.place, what + " does not say by when it is due", "due: {within: 3 months}; due: {} where there is no last day");
  }
  return terms;
}

}  // namespace leavingcare::law
