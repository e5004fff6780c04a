// src/results/render_explanation.cpp
#include <leavingcare/results/explain.hpp>

#include <nlohmann/json.hpp>

namespace leavingcare {
namespace {

std::string days_in_words(Span days) {
  const bool from = is_a_day(days.from);
  const bool until = is_a_day(days.until);
  if (from && until) return "from " + in_words(days.from) + " until " + in_words(days.until);
  if (from) return "since " + in_words(days.from);
  if (until) return "until " + in_words(days.until);
  return {};
}

std::string joined(const std::vector<std::string>& lines, const char* with) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : with) + line;
  return text;
}

std::string mark(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no " : "?  "; }

void render(const Reason& reason, std::size_t depth, std::string& text) {
  const std::string indent(2 * depth, ' ');
  text += indent + mark(reason.truth) + "  " + reason.sentence;
  if (const auto days = days_in_words(reason.days); !days.empty()) text += "  (" + days + ")";
  if (!reason.citations.empty()) text += "  [" + joined(reason.citations, "; ") + "]";
  text += '\n';
  const std::string under = indent + "       ";
  if (!reason.detail.empty()) text += under + reason.detail + '\n';
  for (const auto& record : reason.records) text += under + "- " + record + '\n';
  for (const auto& part : reason.parts) render(part, depth + 1, text);
}

void render_readings(const Explanation& explanation, std::string& text) {
  if (explanation.readings.empty()) return;
  text += "\nIt depends on how the law is read\n";
  for (const auto& reading : explanation.readings) text += "  " + reading + '\n';
}

/// A duty: the sentences first, then why it is owed, then all that has come of it.
std::string render_duty(const Explanation& explanation) {
  std::string text = explanation.person + ", as at " + in_words(explanation.on) + (explanation.projection ? " (a projection: as things stand)" : "") + ": " +
                     explanation.rule + "\n\n";
  for (const auto& sentence : explanation.told) text += "  " + sentence + ".\n";
  if (!explanation.settled_by.empty()) text += "  It would be settled by: " + joined(explanation.settled_by, ", ") + ".\n";
  text += "\nWhy\n";
  render(explanation.reason, 0, text);
  render_readings(explanation, text);
  if (explanation.obligations.size() > 1) text += "\nAll of them\n";
  for (std::size_t i = 0; explanation.obligations.size() > 1 && i < explanation.obligations.size(); ++i) {
    text += "  " + std::to_string(i + 1) + ". " + explanation.obligations[i] + ".\n";
  }
  return text;
}

nlohmann::ordered_json date(Day day) { return is_a_day(day) ? nlohmann::ordered_json(iso(day)) : nlohmann::ordered_json(); }

nlohmann::ordered_json as_json(const Reason& reason) {
  nlohmann::ordered_json made = {{"sentence", reason.sentence}, {"truth", in_words(reason.truth)}, {"from", date(reason.days.from)},
                                 {"until", date(reason.days.until)}, {"detail", reason.detail}, {"citations", reason.citations},
                                 {"records", reason.records}};
  made["parts"] = nlohmann::ordered_json::array();
  for (const auto& part : reason.parts) made["parts"].push_back(as_json(part));
  return made;
}

}  // namespace

std::string render_text(const Explanation& explanation) {
  if (!explanation.told.empty()) return render_duty(explanation);
  std::string text = explanation.person + ", " + in_words(explanation.on) + (explanation.projection ? " (a projection: as things stand)" : "") +
                     ": " + explanation.rule + " is " + (explanation.truth == Truth::unknown ? "UNKNOWN" : explanation.truth == Truth::yes ? "YES" : "NO") + "\n\n";
  render(explanation.reason, 0, text);
  if (!explanation.settled_by.empty()) text += "\nIt would be settled by: " + joined(explanation.settled_by, ", ") + '\n';
  render_readings(explanation, text);
  if (!explanation.changes.empty()) text += "\nAll changes\n";
  for (const auto& change : explanation.changes) {
    text += "  " + (is_a_day(change.on) ? in_words(change.on) : std::string("always")) + ": " + in_words(change.to);
    if (!change.because.empty()) text += "  because: " + joined(change.because, "; ");
    text += '\n';
  }
  return text;
}

std::string render_json(const Explanation& explanation) {
  nlohmann::ordered_json made = {{"person", explanation.person}, {"rule", explanation.rule}, {"summary", explanation.summary},
                                 {"on", iso(explanation.on)}, {"truth", in_words(explanation.truth)}, {"projection", explanation.projection},
                                 {"told", explanation.told}, {"obligations", explanation.obligations}, {"settled_by", explanation.settled_by}, {"readings", explanation.readings}};
  made["changes"] = nlohmann::ordered_json::array();
  for (const auto& change : explanation.changes) {
    made["changes"].push_back({{"on", date(change.on)}, {"to", in_words(change.to)}, {"because", change.because}});
  }
  made["reason"] = as_json(explanation.reason);
  return made.dump(2) + "\n";
}

}  // namespace leavingcare
