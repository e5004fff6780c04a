// src/law/read_calendar.cpp
#include <leavingcare/law/read_calendar.hpp>

#include <leavingcare/source/read_yaml.hpp>

#include "node_reader.hpp"

#include <map>

namespace leavingcare::law {

Checked<Calendar> read_calendar(const std::filesystem::path& file) {
  auto tree = source::read_yaml_file(file);
  Diagnostics problems = tree.diagnostics();
  if (!tree) return Checked<Calendar>::refused(std::move(problems));
  const auto& root = tree.value();
  NodeReader read(problems);
  Day first = Day::beginning_of_time;
  Day until = Day::end_of_time;
  std::map<Day, Place> holidays;
  if (read.keys(root, "a calendar", {"calendar", "summary", "covers", "source", "holidays"})) {
    read.need(root, "calendar", "a calendar");
    read.need(root, "source", "a calendar", Code::L105);
    if (const auto* covers = read.need(root, "covers", "a calendar"); covers != nullptr && read.keys(*covers, "covers", {"from", "until"})) {
      if (const auto* day = read.need(*covers, "from", "covers")) first = read.day(*day, "from").value_or(first);
      if (const auto* day = read.need(*covers, "until", "covers")) until = read.day(*day, "until").value_or(until);
      if (first >= until) {
        read.report(Code::L110, covers->place, "the calendar ends before it begins");
        first = Day::beginning_of_time;
        until = Day::end_of_time;
      }
    }
    if (const auto* list = read.need(root, "holidays", "a calendar"); list != nullptr && read.is(*list, source::NodeKind::list, "holidays")) {
      for (const auto& item : list->items) {
        if (!read.keys(item, "a holiday", {"on", "name", "kind"})) continue;
        read.need(item, "name", "a holiday", Code::L104);
        if (const auto* kind = item.find("kind")) read.choice(*kind, "kind of holiday", {"regular", "substitute", "moved", "extra"});
        const auto* on = read.need(item, "on", "a holiday");
        const auto day = on == nullptr ? std::nullopt : read.day(*on, "on");
        if (!day) continue;
        if (*day < first || *day >= until) read.report(Code::L110, on->place, "the holiday is outside the days that the calendar covers");
        if (!holidays.emplace(*day, on->place).second) read.report(Code::L108, on->place, "the holiday is listed twice");
      }
    }
  }
  if (has_errors(problems)) return Checked<Calendar>::refused(std::move(problems));
  std::vector<Day> days;
  for (const auto& [day, place] : holidays) days.push_back(day);
  return {Calendar{std::make_shared<const WorkingDays>(std::move(days), first, until - 1), std::string(root.place.file->text())}, std::move(problems)};
}

}  // namespace leavingcare::law
