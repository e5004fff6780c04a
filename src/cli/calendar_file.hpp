// src/cli/calendar_file.hpp
//
// What is next as an iCalendar file (RFC 5545), which any calendar program opens.
#pragma once

#include <leavingcare/leavingcare.hpp>

#include <string>
#include <vector>

namespace leavingcare::cli {

/// The text of the file: an all-day entry for each item, on its day. It names people by their ids only, and is the same
/// for the same result: entries are stamped with the day the data were drawn.
std::string calendar_file(const Result& result, const std::vector<UpcomingItem>& items);

}  // namespace leavingcare::cli
