// src/cli/upcoming.cpp
//
// leavingcare upcoming: what has to be done next, overdue first.
#include "calendar_file.hpp"
#include "command.hpp"

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

namespace leavingcare::cli {
namespace {

struct UpcomingOptions {
  Inputs inputs;
  std::string within = "90d";
  std::string person;
  std::string team;
  std::string calendar;
};

std::string heading(Urgency urgency, Day as_at, Day last) {
  if (urgency == Urgency::overdue) return "Overdue on " + in_words(as_at);
  return urgency == Urgency::due ? "Due by " + in_words(last) : "To be done as soon as practicable; no last day";
}

void print_text(const Result& result, const std::vector<UpcomingItem>& items, Day as_at, Day last) {
  std::size_t wide = 6;
  for (const auto& item : items) wide = std::max(wide, result.people().ids()[item.obligation->person].size());
  for (const auto urgency : {Urgency::overdue, Urgency::due, Urgency::no_last_day}) {
    const auto count = std::count_if(items.begin(), items.end(), [&](const auto& item) { return item.urgency == urgency; });
    std::cout << heading(urgency, as_at, last) << ": " << count << "\n";
    for (const auto& item : items) {
      if (item.urgency != urgency) continue;
      const auto& one = *item.obligation;
      std::cout << "  " << iso(item.day) << "  " << std::left << std::setw(static_cast<int>(wide)) << result.people().ids()[one.person] << "  ";
      if (!item.team.empty()) std::cout << item.team << "  ";
      std::cout << result.book().rules[one.rule].declared.summary;
      if (one.days_late > 0) std::cout << ", " << one.days_late << (one.days_late == 1 ? " day" : " days") << " overdue";
      if (urgency != Urgency::no_last_day && !is_a_day(one.due)) std::cout << " (its last day is not known; not before this)";
      if (urgency == Urgency::no_last_day && is_a_day(one.suggested)) std::cout << " (the day is a target, not a limit)";
      std::cout << '\n';
    }
    std::cout << '\n';
  }
}

/// What nobody can tell, by the facts that are wanting.
void print_unknown(const Result& result, const UpcomingOptions& asked) {
  std::map<std::string, std::size_t> wanting;
  std::size_t count = 0;
  for (const auto& one : result.answers().obligations) {
    if (one.state != ObligationState::unknown || one.ended <= *result.options().as_at) continue;
    if (!asked.person.empty() && result.people().ids()[one.person] != asked.person) continue;
    ++wanting[result.facts_of(one.depends_on)];
    ++count;
  }
  if (count == 0) return;
  std::vector<std::pair<std::size_t, std::string>> most;
  for (const auto& [facts, times] : wanting) most.emplace_back(times, facts);
  std::sort(most.rbegin(), most.rend());
  constexpr std::size_t shown = 5;
  std::cout << "Cannot be told: " << count << ", for want of\n";
  for (std::size_t i = 0; i < std::min(shown, most.size()); ++i) std::cout << std::right << std::setw(7) << most[i].first << "  " << most[i].second << '\n';
  if (most.size() > shown) std::cout << "         and " << most.size() - shown << " other combinations\n";
}

void print_json(const Result& result, const std::vector<UpcomingItem>& items) {
  static constexpr const char* words[] = {"overdue", "due", "no last day"};
  auto list = nlohmann::ordered_json::array();
  for (const auto& item : items) {
    const auto& one = *item.obligation;
    list.push_back({{"person", result.people().ids()[one.person]}, {"duty", result.book().rules[one.rule].declared.name},
                    {"urgency", words[static_cast<std::size_t>(item.urgency)]}, {"day", iso(item.day)}, {"days_late", one.days_late}, {"team", item.team},
                    {"sentence", in_a_sentence(result, one)}});
  }
  std::cout << list.dump(2) << '\n';
}

void run(const UpcomingOptions& asked) {
  const auto within = read_period_option("--within", asked.within);
  auto loaded = load(asked.inputs);
  if (!loaded.options.as_at) throw WrongUsage{"upcoming needs the day to count from: --as-at"};
  if (!asked.person.empty() && loaded.people->find(asked.person) == loaded.people->size()) {
    throw WrongUsage{"--person: nobody in the data has the id asked for (" + std::to_string(loaded.people->size()) + (loaded.people->size() == 1 ? " person)" : " people)")};
  }
  if (!asked.team.empty() && loaded.people->table(loaded.book->subject.team_fact) == nullptr) {
    throw WrongUsage{"--team: the data do not say who is in which team; a table " + (loaded.book->subject.team_fact.empty() ? "of teams" : loaded.book->subject.team_fact) + " would"};
  }
  for (const auto& rule : loaded.book->rules) {
    if (rule.duty) loaded.options.rules.push_back(rule.declared.name);
  }
  if (loaded.options.rules.empty()) throw WrongUsage{"--rules: the rulebook has no duties"};
  const Result result(loaded.book, loaded.people, loaded.options);
  const Day as_at = *loaded.options.as_at;
  const auto items = upcoming(result, {as_at, within, asked.person, asked.team});
  if (!asked.calendar.empty()) {
    write_whole(asked.calendar, calendar_file(result, items));
    if (!asked.inputs.quiet && asked.inputs.format == "text") std::cerr << "Wrote " << items.size() << " calendar entries to " << asked.calendar << '\n';
  }
  if (asked.inputs.format == "json") return print_json(result, items);
  print_text(result, items, as_at, after(as_at, within));
  if (asked.team.empty()) print_unknown(result, asked);
}

}  // namespace

void add_upcoming(CLI::App& app) {
  auto* command = app.add_subcommand("upcoming", "What has to be done next: overdue first, then soonest first");
  auto asked = std::make_shared<UpcomingOptions>();
  asked->inputs.add_to(*command);
  command->add_option("--within", asked->within, "How far ahead: 90d, \"3 months\"")->check(not_empty)->capture_default_str();
  command->add_option("--person", asked->person, "Only of this person")->check(not_empty);
  command->add_option("--team", asked->team, "Only of the people in this team")->check(not_empty);
  command->add_option("--ics", asked->calendar, "Also write it as a calendar file (iCalendar), which calendar programs open")->check(not_empty);
  command->callback([asked] { run(*asked); });
}

}  // namespace leavingcare::cli
