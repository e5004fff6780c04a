// src/cli/calendar_file.cpp
#include "calendar_file.hpp"

#include <libical/ical.h>

#include <memory>

namespace leavingcare::cli {
namespace {

icaltimetype date_of(Day day) {
  const auto date = civil(day);
  icaltimetype made = icaltime_null_date();
  made.year = static_cast<int>(date.year());
  made.month = static_cast<int>(static_cast<unsigned>(date.month()));
  made.day = static_cast<int>(static_cast<unsigned>(date.day()));
  return made;
}

icaltimetype midnight_of(Day day) {
  icaltimetype made = date_of(day);
  made.is_date = 0;
  made.hour = made.minute = made.second = 0;
  made.zone = icaltimezone_get_utc_timezone();
  return made;
}

}  // namespace

std::string calendar_file(const Result& result, const std::vector<UpcomingItem>& items) {
  const std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT), icalcomponent_free);
  icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//leavingcare//leavingcare " LEAVINGCARE_VERSION "//EN"));
  const Day stamp = *result.options().as_at;
  for (const auto& item : items) {
    const auto& one = *item.obligation;
    const auto& rule = result.book().rules[one.rule].declared;
    const auto& person = result.people().ids()[one.person];
    const auto first = item.urgency == Urgency::overdue ? "OVERDUE: " : item.urgency == Urgency::no_last_day ? "No last day: " : "";
    const auto whose = person + (item.team.empty() ? "" : ", " + item.team);
    const auto uid = person + "-" + rule.name + "-" + iso(one.arose) + "-" + std::to_string(one.number) + "@leavingcare";
    auto* event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    icalcomponent_add_property(event, icalproperty_new_uid(uid.c_str()));
    icalcomponent_add_property(event, icalproperty_new_dtstamp(midnight_of(stamp)));
    icalcomponent_add_property(event, icalproperty_new_dtstart(date_of(item.day)));
    icalcomponent_add_property(event, icalproperty_new_dtend(date_of(item.day + 1)));
    icalcomponent_add_property(event, icalproperty_new_summary((first + rule.summary + " (" + whose + ")").c_str()));
    icalcomponent_add_property(event, icalproperty_new_description((in_a_sentence(result, one) + ".").c_str()));
    icalcomponent_add_property(event, icalproperty_new_categories(rule.name.c_str()));
    icalcomponent_add_property(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    icalcomponent_add_component(calendar.get(), event);
  }
  const std::unique_ptr<char, void (*)(void*)> text(icalcomponent_as_ical_string_r(calendar.get()), icalmemory_free_buffer);
  return text.get();
}

}  // namespace leavingcare::cli
