// leavingcare/law/read_calendar.hpp
//
// A list of holidays as a file of rules/calendars/ says it: which days it covers, and each holiday with its name and kind.
#pragma once

#include <leavingcare/calendar/working_days.hpp>
#include <leavingcare/diagnostics/checked.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace leavingcare::law {

struct Calendar {
  std::shared_ptr<const WorkingDays> working_days;
  std::string text;  ///< of the file, for the rulebook's digest
};

[[nodiscard]] Checked<Calendar> read_calendar(const std::filesystem::path& file);

}  // namespace leavingcare::law
